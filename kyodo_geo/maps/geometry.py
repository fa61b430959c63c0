"""The districts' shapes as browsers take them, once an edition."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import geopandas as gpd
from shapely import MultiPolygon, Polygon

from kyodo_geo.geo.boundaries import simplified
from kyodo_geo.maps.tile_grid import tile_positions
from kyodo_geo.model import District

SIMPLIFY_TOLERANCE_M = 60
"""Half a pixel at the zoom that shows the whole city."""

DECIMALS = 5
"""About one metre."""


def geometry(boundaries: gpd.GeoDataFrame, districts: Sequence[District]) -> dict[str, Any]:
    """Bounds of all, and rings, anchor and tile of each district (WGS84), ready for JSON.

    `boundaries` is indexed by district id (WGS84); rings are lists of [lat, lng].
    """
    shapes = simplified(boundaries, SIMPLIFY_TOLERANCE_M)
    tiles = tile_positions([d.district_id for d in districts])
    west, south, east, north = (round(float(v), DECIMALS) for v in shapes.total_bounds)
    return {
        "bounds": [[south, west], [north, east]],
        "districts": [_district(d, shapes.loc[d.district_id], tiles) for d in districts],
    }


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


def _rings(shape: Polygon | MultiPolygon) -> list[list[list[float]]]:
    polygons = shape.geoms if isinstance(shape, MultiPolygon) else [shape]
    return [
        [[round(lat, DECIMALS), round(lng, DECIMALS)] for lng, lat in ring.coords]
        for polygon in polygons
        for ring in (polygon.exterior, *polygon.interiors)
    ]
