"""Which districts lie next to each other."""

from __future__ import annotations

import geopandas as gpd

from kyodo_geo.geo.crs import PLANE_CRS

NEXT_TO_M = 50.0
"""Districts this near are neighbours: the lines are approximate, and so are their joints."""


def neighbours(boundaries: gpd.GeoDataFrame) -> dict[str, tuple[str, ...]]:
    """The neighbours of each district by id, in the order of the districts.

    `boundaries` is as `read_boundaries` gives it (WGS84, indexed by district id).
    """
    shapes = boundaries.geometry.to_crs(PLANE_CRS)
    found = {}
    for district_id, shape in shapes.items():
        near = shapes.index[shapes.distance(shape) <= NEXT_TO_M]
        found[str(district_id)] = tuple(str(other) for other in near if other != district_id)
    return found
