"""District boundaries of an edition: shapes, areas, neighbours, distances."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import geopandas as gpd

from kyodo_geo.editions import Edition, cached_per_edition
from kyodo_geo.geo.boundaries import find_neighbours, read_boundaries
from kyodo_geo.geo.crs import GEOGRAPHIC_CRS, PLANE_CRS

BOUNDARIES = "boundaries"
"""Id of the source card of the boundaries."""

APPROXIMATE = "境界は概略であり、公式のものではありません。"


@cached_per_edition
def district_boundaries(edition: Edition) -> gpd.GeoDataFrame:
    """Return the checked boundaries, one row per district id (WGS84, with `area_km2`).

    Raises BoundaryError if the boundaries do not match the districts of the edition.
    """
    ids = [district.district_id for district in edition.districts]
    return read_boundaries(edition.boundaries_geojson, ids, edition.info.label)


def district_areas_km2(edition: Edition) -> dict[str, float]:
    """Return the area per district id in square kilometres, from the boundaries."""
    areas_km2 = district_boundaries(edition)["area_km2"]
    return {district_id: float(area_km2) for district_id, area_km2 in areas_km2.items()}


@cached_per_edition
def district_neighbours(edition: Edition) -> dict[str, tuple[str, ...]]:
    """Return the ids of neighbouring districts per district id."""
    return find_neighbours(district_boundaries(edition))


def anchor_distances_m(edition: Edition, district_id: str) -> dict[str, float]:
    """Return the distance from a district's anchor point to all others, in metres, by id."""
    anchors = _anchors(edition)
    distances_m = anchors.distance(anchors[district_id])
    return {str(other): float(distance_m) for other, distance_m in distances_m.items()}


def are_approximate(edition: Edition) -> bool:
    """Return whether the boundaries are approximate: unless their source card is official."""
    # Decision 22: the card decides, never code, so that boundaries can be replaced as data.
    return not _boundary_card(edition).get("is_official")


def boundary_note(edition: Edition) -> str:
    """Return the note on the boundaries: that they are approximate, or their publisher."""
    card = _boundary_card(edition)
    if are_approximate(edition):
        return APPROXIMATE
    return f"境界は「{card['title']}」（{card['publisher']}）によります。"


@cached_per_edition
def _anchors(edition: Edition) -> gpd.GeoSeries:
    shapes = district_boundaries(edition)
    points = gpd.points_from_xy(shapes["anchor_lng"], shapes["anchor_lat"])
    return gpd.GeoSeries(points, index=shapes.index, crs=GEOGRAPHIC_CRS).to_crs(PLANE_CRS)


def _boundary_card(edition: Edition) -> Mapping[str, Any]:
    return next((card for card in edition.sources if card["id"] == BOUNDARIES), {})
