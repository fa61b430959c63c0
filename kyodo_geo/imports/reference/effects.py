"""What other boundaries would do: to areas, to towns, to activities placed by a point."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

from kyodo_geo.editions import Edition
from kyodo_geo.geo.crs import GEOGRAPHIC_CRS, PLANE_CRS
from kyodo_geo.geo.places import EDGE_TOLERANCE_M, districts_of_points
from kyodo_geo.imports.reference.matching import Way
from kyodo_geo.model import District, Town

LARGE_DIFFERENCE = 0.2
LEAST_COMMON = 0.5
"""Districts that differ more in area, or have less in common with what they were, are flagged."""

WITH_POINT = """
SELECT id, title, point_lat, point_lng, district_mask FROM activity
WHERE point_lat IS NOT NULL AND point_lng IS NOT NULL ORDER BY id
"""


class PlacedActivity(NamedTuple):
    """An activity with a point (WGS84, degrees) and the mask of its places."""

    id: str
    title: str
    point_lat: float
    point_lng: float
    district_mask: int


@dataclass(frozen=True)
class AreaChange:
    """One district before and after: areas in km², and how much of both together is common."""

    district: District
    way: Way
    before_km2: float
    after_km2: float
    overlap: float

    @property
    def difference_km2(self) -> float:
        """How much larger it gets."""
        return self.after_km2 - self.before_km2

    @property
    def share(self) -> float:
        """The same as a share of what it was."""
        return self.difference_km2 / self.before_km2

    @property
    def doubt(self) -> str:
        """Why it should be looked at; empty where it need not be."""
        if abs(self.share) > LARGE_DIFFERENCE:
            return "面積が大きく違う"
        return "位置が大きく違う" if self.overlap < LEAST_COMMON else ""


@dataclass(frozen=True)
class TownElsewhere:
    """A town whose representative point lies in another district than the table says.

    `lies_in` is None for outside of all; `is_new` is False where it was so before.
    """

    town: Town
    lies_in: str | None
    is_new: bool


class Reassigned(Enum):
    """What becomes of an activity when boundaries change; the value is what people read."""

    MOVED = "場所が別の地区に入り、地区が変わる"
    STAYS = "場所が同じ地区にあり、変わらない"
    ON_EDGE = f"場所が境から{EDGE_TOLERANCE_M:.0f}m以内にあり、いまの地区のままとする"
    OUTSIDE = "場所がどの地区の外にもなり、いまの地区のままとする"
    ELSEWHERE = "場所が前から記録の地区の外にあり、記録に従う"
    SEVERAL = "いくつもの地区の活動で、変わらない"
    NO_DISTRICT = "全市か地区不明の活動で、変わらない"
    NO_POINT = "場所の記録がなく、変わらない"


class Move(NamedTuple):
    """An activity that gets another district."""

    activity_id: str
    title: str
    before: str
    after: str


@dataclass(frozen=True)
class Reassignment:
    """What becomes of all activities: `outcomes` counts every one once."""

    outcomes: Mapping[Reassigned, int]
    moves: tuple[Move, ...]


def area_changes(
    districts: Sequence[District],
    ways: Mapping[str, Way],
    before: gpd.GeoDataFrame,
    after: gpd.GeoDataFrame,
) -> tuple[AreaChange, ...]:
    """One row a district; boundaries as `read_boundaries` gives them."""
    old = before.geometry.to_crs(PLANE_CRS).to_numpy()
    new = after.geometry.to_crs(PLANE_CRS).to_numpy()
    common = shapely.area(shapely.intersection(old, new))
    overlaps = common / (shapely.area(old) + shapely.area(new) - common)
    return tuple(
        AreaChange(district, ways[district.district_id], was, becomes, overlap)
        for district, was, becomes, overlap in zip(
            districts,
            before["area_km2"].tolist(),
            after["area_km2"].tolist(),
            overlaps.tolist(),
            strict=True,
        )
    )


def towns_elsewhere(
    towns: Sequence[Town], before: gpd.GeoDataFrame, after: gpd.GeoDataFrame
) -> tuple[TownElsewhere, ...]:
    """The towns whose point lies elsewhere than the table says, new ones first."""
    lats, lngs = [town.lat for town in towns], [town.lng for town in towns]
    was_in = districts_of_points(lats, lngs, before)
    lies_in = districts_of_points(lats, lngs, after)
    found = [
        TownElsewhere(town, now, was == town.district_id)
        for town, was, now in zip(towns, was_in, lies_in, strict=True)
        if now != town.district_id
    ]
    return tuple(sorted(found, key=lambda one: not one.is_new))


def reassign(edition: Edition, before: gpd.GeoDataFrame, after: gpd.GeoDataFrame) -> Reassignment:
    """What becomes of the activities of an edition."""
    count = edition.row("SELECT count(*) AS activities FROM activity").activities
    bits = {p.mask: p.place_id for p in edition.places if p.kind == "district"}
    return reassign_points(edition.records(PlacedActivity, WITH_POINT), count, bits, before, after)


def reassign_points(
    placed: Sequence[PlacedActivity],
    count: int,
    bits: Mapping[int, str],
    before: gpd.GeoDataFrame,
    after: gpd.GeoDataFrame,
) -> Reassignment:
    """What becomes of activities: `placed` are those with a point, `count` is the number of
    all, `bits` has the district of each bit.

    One with a single district, in which its point lay, follows the point. Within
    EDGE_TOLERANCE_M of its own district it stays; near several others the smallest id is taken.
    """
    own = [(one, bits[one.district_mask]) for one in placed if one.district_mask in bits]
    outcomes = dict.fromkeys(Reassigned, 0)
    outcomes[Reassigned.NO_POINT] = count - len(placed)
    for one in placed:
        if one.district_mask not in bits:
            several = any(one.district_mask & bit for bit in bits)
            outcomes[Reassigned.SEVERAL if several else Reassigned.NO_DISTRICT] += 1
    moves = []
    for (one, district_id), outcome, now in zip(own, *_follow(own, before, after), strict=True):
        outcomes[outcome] += 1
        if outcome is Reassigned.MOVED and now is not None:
            moves.append(Move(one.id, one.title, district_id, now))
    return Reassignment(outcomes, tuple(moves))


def _follow(
    own: Sequence[tuple[PlacedActivity, str]], before: gpd.GeoDataFrame, after: gpd.GeoDataFrame
) -> tuple[list[Reassigned], list[str | None]]:
    """The outcome of each activity with a district of its own, and where its point lies then."""
    if not own:
        return [], []
    lats = [one.point_lat for one, _ in own]
    lngs = [one.point_lng for one, _ in own]
    ids = [district_id for _, district_id in own]
    lies_in = districts_of_points(lats, lngs, after)
    was_m, is_m = (_distances_m(lats, lngs, ids, boundaries) for boundaries in (before, after))
    outcomes = [
        _outcome(was, now, place, district_id)
        for was, now, place, district_id in zip(was_m, is_m, lies_in, ids, strict=True)
    ]
    return outcomes, list(lies_in)


def _outcome(was_m: float, is_m: float, lies_in: str | None, district_id: str) -> Reassigned:
    if was_m > EDGE_TOLERANCE_M:
        return Reassigned.ELSEWHERE
    if is_m == 0 and lies_in == district_id:
        return Reassigned.STAYS
    if is_m <= EDGE_TOLERANCE_M:
        return Reassigned.ON_EDGE
    return Reassigned.OUTSIDE if lies_in is None else Reassigned.MOVED


def _distances_m(
    lats: Sequence[float],
    lngs: Sequence[float],
    district_ids: Sequence[str],
    boundaries: gpd.GeoDataFrame,
) -> NDArray[np.float64]:
    """How far each point is from its district; 0 inside."""
    points = gpd.GeoSeries.from_xy(lngs, lats, crs=GEOGRAPHIC_CRS).to_crs(PLANE_CRS).to_numpy()
    shapes = boundaries.geometry.to_crs(PLANE_CRS).loc[list(district_ids)].to_numpy()
    return np.asarray(shapely.distance(points, shapes))
