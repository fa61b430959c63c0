"""The tile grid (地区タイル): one equal tile a district, placed to resemble the map.

Mountain districts fill most of the map and the districts around the station almost
nothing of it; tiles give each of them the same room. Placed by hand (`data/city.yml`): columns
run from west to east, rows from north to south.
"""

from __future__ import annotations

from collections.abc import Sequence

from kyodo_geo.city import city

FALLBACK_COLUMNS = 8


def tile_positions(district_ids: Sequence[str]) -> dict[str, tuple[int, int]]:
    """Column and row of each district; rows of eight if a district has no place by hand."""
    by_hand = {
        district_id: (column, row)
        for row, tiles in enumerate(city().tile_rows)
        for column, district_id in enumerate(tiles.split())
    }
    if set(district_ids) <= by_hand.keys():
        return {district_id: by_hand[district_id] for district_id in district_ids}
    return {
        district_id: (n % FALLBACK_COLUMNS, n // FALLBACK_COLUMNS)
        for n, district_id in enumerate(district_ids)
    }
