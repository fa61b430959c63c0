"""The tile grid (地区タイル): one equal tile a district, placed to resemble the map.

Mountain districts fill most of the map and the districts around the station almost
nothing of it; tiles give each of them the same room. Placed by hand: columns run from
west to east, rows from north to south.
"""

from __future__ import annotations

from collections.abc import Sequence

TILES: dict[str, tuple[int, int]] = {
    "C17": (2, 0),
    "C18": (3, 0),
    "C16": (4, 0),
    "C09": (2, 1),
    "C06": (3, 1),
    "C19": (4, 1),
    "C21": (5, 1),
    "C12": (6, 1),
    "C13": (7, 1),
    "C08": (1, 2),
    "C05": (2, 2),
    "C03": (3, 2),
    "C20": (4, 2),
    "C15": (5, 2),
    "C14": (6, 2),
    "C11": (0, 3),
    "C10": (1, 3),
    "C02": (2, 3),
    "C01": (3, 3),
    "C07": (4, 3),
    "C22": (5, 3),
    "C04": (3, 4),
    "C24": (4, 4),
    "C23": (5, 4),
    "C25": (4, 5),
    "C26": (5, 5),
    "C27": (6, 5),
}
"""Column and row of each district's tile."""

FALLBACK_COLUMNS = 8


def tile_positions(district_ids: Sequence[str]) -> dict[str, tuple[int, int]]:
    """Column and row of each district; rows of eight if a district has no place by hand."""
    if set(district_ids) <= TILES.keys():
        return {district_id: TILES[district_id] for district_id in district_ids}
    return {
        district_id: (n % FALLBACK_COLUMNS, n // FALLBACK_COLUMNS)
        for n, district_id in enumerate(district_ids)
    }
