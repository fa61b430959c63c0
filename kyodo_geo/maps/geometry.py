"""Geometry of the districts for browsers, once per edition: shapes and tile grid (地区タイル).

Mountain districts fill most of the map, the districts around the station almost nothing;
tiles give each of them the same room.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import geopandas as gpd
import shapely

from kyodo_geo.city import city
from kyodo_geo.geo.boundaries import simplify_boundaries
from kyodo_geo.model import District

SIMPLIFY_TOLERANCE_M = 60
"""Half a pixel at the zoom that shows the whole city."""

DECIMALS = 5
"""About one metre."""

FALLBACK_COLUMNS = 8


def geometry(boundaries: gpd.GeoDataFrame, districts: Sequence[District]) -> dict[str, Any]:
    """Return total bounds, and rings, anchor and tile per district, ready for JSON.

    `boundaries` is indexed by district id, in WGS84; points are [lat, lng].
    """
    shapes = simplify_boundaries(boundaries, SIMPLIFY_TOLERANCE_M)
    tiles = tile_positions([d.district_id for d in districts])
    west, south, east, north = (round(float(v), DECIMALS) for v in shapes.total_bounds)
    return {
        "bounds": [[south, west], [north, east]],
        "districts": [_district(d, shapes.loc[d.district_id], tiles) for d in districts],
    }


def tile_positions(district_ids: Sequence[str]) -> dict[str, tuple[int, int]]:
    """Return (column, row) per district: west to east, north to south.

    Placed by hand in `data/city.yml`; rows of eight if a district is missing there.
    """
    by_hand = {
        district_id: (column, row)
        for row, tiles in enumerate(city().tile_rows)
        for column, district_id in enumerate(tiles.split())
    }
    if set(district_ids) <= by_hand.keys():
        return {district_id: by_hand[district_id] for district_id in district_ids}
    return {id_: divmod(n, FALLBACK_COLUMNS)[::-1] for n, id_ in enumerate(district_ids)}


def _district(
    district: District, shape: Mapping[str, Any], tiles: Mapping[str, tuple[int, int]]
) -> dict[str, Any]:
    return {
        "id": district.district_id,
        "name": district.name,
        "full_name": district.full_name,
        "region": district.region,
        "anchor": [round(shape["anchor_lat"], DECIMALS), round(shape["anchor_lng"], DECIMALS)],
        "tile": tiles[district.district_id],
        "rings": _rings(shape["geometry"]),
    }


def _rings(shape: shapely.Polygon | shapely.MultiPolygon) -> list[list[list[float]]]:
    """Exterior and interior rings as lists of [lat, lng]."""
    rings = shapely.get_rings(shapely.get_parts(shape))
    return [[[round(lat, DECIMALS), round(lng, DECIMALS)] for lng, lat in r.coords] for r in rings]
