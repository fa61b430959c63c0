"""The districts' shapes and areas as an edition holds them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import geopandas as gpd

from kyodo_geo.editions import Edition
from kyodo_geo.geo.boundaries import find_neighbours, read_boundaries
from kyodo_geo.geo.crs import GEOGRAPHIC_CRS, PLANE_CRS

BOUNDARIES = "boundaries"
"""Id of the source card of the boundaries."""

APPROXIMATE = "境界は概略であり、公式のものではありません。"


def district_boundaries(edition: Edition) -> gpd.GeoDataFrame:
    """The checked boundaries of an edition, one row a district (WGS84, `area_km2`).

    Raises BoundaryError if the edition's boundaries are not its districts.
    """
    return edition.cached("boundaries", lambda: _read(edition))


def district_areas_km2(edition: Edition) -> dict[str, float]:
    """Area of each district in square kilometres, from the boundaries."""
    areas_km2 = district_boundaries(edition)["area_km2"]
    return {district_id: float(area_km2) for district_id, area_km2 in areas_km2.items()}


def district_neighbours(edition: Edition) -> dict[str, tuple[str, ...]]:
    """The districts around each district, by id."""
    return edition.cached("neighbours", lambda: find_neighbours(district_boundaries(edition)))


def anchor_distances_m(edition: Edition, district_id: str) -> dict[str, float]:
    """How far the middle of each district lies from that of one, in metres as the crow flies."""
    anchors = edition.cached("anchors", lambda: _anchors(edition))
    distances_m = anchors.distance(anchors[district_id])
    return {str(other): float(distance_m) for other, distance_m in distances_m.items()}


def are_approximate(edition: Edition) -> bool:
    """Whether the boundaries are approximate: unless their source card says that the city has
    laid them down so."""
    return not _boundary_card(edition).get("is_official")


def boundary_note(edition: Edition) -> str:
    """What has to be said of the boundaries: that they are approximate, or whose they are."""
    card = _boundary_card(edition)
    if are_approximate(edition):
        return APPROXIMATE
    return f"境界は「{card['title']}」（{card['publisher']}）によります。"


def _anchors(edition: Edition) -> gpd.GeoSeries:
    shapes = district_boundaries(edition)
    points = gpd.points_from_xy(shapes["anchor_lng"], shapes["anchor_lat"])
    return gpd.GeoSeries(points, index=shapes.index, crs=GEOGRAPHIC_CRS).to_crs(PLANE_CRS)


def _boundary_card(edition: Edition) -> Mapping[str, Any]:
    return next((card for card in edition.sources if card["id"] == BOUNDARIES), {})


def _read(edition: Edition) -> gpd.GeoDataFrame:
    ids = [district.district_id for district in edition.districts]
    return read_boundaries(edition.boundaries_geojson, ids, edition.info.label)
