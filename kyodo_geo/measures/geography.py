"""The districts' shapes and areas as an edition holds them."""

from __future__ import annotations

import geopandas as gpd

from kyodo_geo.editions import Edition
from kyodo_geo.geo.boundaries import read_boundaries


def district_boundaries(edition: Edition) -> gpd.GeoDataFrame:
    """The checked boundaries of an edition, one row a district (WGS84, `area_km2`).

    Raises BoundaryError if the edition's boundaries are not its districts.
    """
    return edition.cached("boundaries", lambda: _read(edition))


def district_areas_km2(edition: Edition) -> dict[str, float]:
    """Area of each district in square kilometres, from the boundaries."""
    areas_km2 = district_boundaries(edition)["area_km2"]
    return {district_id: float(area_km2) for district_id, area_km2 in areas_km2.items()}


def _read(edition: Edition) -> gpd.GeoDataFrame:
    ids = [district.district_id for district in edition.districts]
    return read_boundaries(edition.boundaries_geojson, ids, edition.info.label)
