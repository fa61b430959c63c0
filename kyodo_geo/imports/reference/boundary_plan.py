"""Boundaries handed in: examined, and what they would do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import duckdb
import geopandas as gpd
import shapely

from kyodo_geo.editions import Edition
from kyodo_geo.errors import BoundaryError
from kyodo_geo.geo.boundaries import read_boundaries
from kyodo_geo.imports.reference.boundary_formats import read_layer
from kyodo_geo.imports.reference.crs_detection import convert_to_degrees
from kyodo_geo.imports.reference.dataset import DatasetKind
from kyodo_geo.imports.reference.effects import (
    AreaChange,
    Reassigned,
    Reassignment,
    TownElsewhere,
    area_changes,
    reassign,
    towns_elsewhere,
)
from kyodo_geo.imports.reference.matching import match_districts
from kyodo_geo.imports.reference.outlines import (
    close_gaps,
    dissolve_districts,
    districts_geojson,
    repair_polygons,
)
from kyodo_geo.imports.reference.reference_examination import ReferenceExamination, examine_dataset
from kyodo_geo.imports.reference.reference_findings import ReferenceFinding
from kyodo_geo.measures.places.district_shapes import district_boundaries
from kyodo_geo.tabular.findings import Checked, FileRefused, Finding

STEPS = ("ファイルを読む", "地区に対応させる", "図形を調べる", "いまの境界と比べる")
"""What `on_step` is called with, one after the other."""

UNCHANGED = 2e-7
"""Degrees by which the same boundaries may differ after a change of CRS and back: 2 cm."""

# In place: the order of activities, newest first, must not change (see
# `measures/activities/recent_cache.py`).
MOVE = """
UPDATE activity SET district_mask = (SELECT mask FROM place WHERE place_id = ?) WHERE id = ?
"""

Step = Callable[[str], None]


@dataclass(frozen=True)
class BoundaryPlan:
    """Boundaries ready to be stored, and what they change.

    `before` and `after` are as `read_boundaries` gives them.
    """

    geojson: str
    before: gpd.GeoDataFrame
    after: gpd.GeoDataFrame
    areas: tuple[AreaChange, ...]
    towns: tuple[TownElsewhere, ...]
    activities: Reassignment

    @property
    def is_empty(self) -> bool:
        """Whether these are the boundaries that are there already."""
        before, after = (
            shapely.normalize(frame.geometry.to_numpy()) for frame in (self.before, self.after)
        )
        return bool(shapely.equals_exact(before, after, UNCHANGED).all())

    @property
    def description(self) -> str:
        """What it would do, for the log of editions."""
        different = sum(bool(area.doubt) for area in self.areas)
        moved = self.activities.outcomes[Reassigned.MOVED]
        return f"大きく変わる地区{different}、地区の変わる活動{moved:,}件"

    def write(self, con: duckdb.DuckDBPyConnection) -> None:
        """Put the boundaries in place and let activities follow their points."""
        con.execute("UPDATE boundary SET geojson = ?", [self.geojson])
        for move in self.activities.moves:
            con.execute(MOVE, [move.after, move.activity_id])


def examine_boundaries(
    content: bytes, file_name: str, edition: Edition, on_step: Step | None = None
) -> ReferenceExamination[BoundaryPlan]:
    """Examine a file of boundaries: what was found in it, what it would do; changes nothing.

    `on_step` is called with each of STEPS. Never raises for what a file holds.
    """
    step = on_step or (lambda name: None)

    read = partial(_read, content, file_name, edition, step)
    return examine_dataset(DatasetKind.BOUNDARIES, content, file_name, edition, read)


def _read(content: bytes, file_name: str, edition: Edition, step: Step) -> Checked[BoundaryPlan]:
    current = district_boundaries(edition)
    step(STEPS[0])
    layer = read_layer(content)
    located = convert_to_degrees(layer.value)
    step(STEPS[1])
    matching = match_districts(located.value, edition, current)
    step(STEPS[2])
    repaired = repair_polygons(located.value)
    shapes = dissolve_districts(repaired.value, matching.value.district_ids)
    closed = close_gaps(shapes)
    geojson = districts_geojson(closed.value, edition.districts)
    after = _read_districts(geojson, file_name, edition)
    step(STEPS[3])
    plan = BoundaryPlan(
        geojson,
        current,
        after,
        area_changes(edition.districts, matching.value.ways, current, after),
        towns_elsewhere(edition.towns, current, after),
        reassign(edition, current, after),
    )
    stages = (layer, located, matching, repaired, closed)
    findings = [finding for stage in stages for finding in stage.findings]
    return Checked(plan, [*findings, *_large_differences(plan)])


def _read_districts(geojson: str, file_name: str, edition: Edition) -> gpd.GeoDataFrame:
    ids = [district.district_id for district in edition.districts]
    try:
        return read_boundaries(geojson, ids, file_name)
    except BoundaryError as error:
        detail = f"{error.found}。{error.expected}"
        raise FileRefused(ReferenceFinding.NOT_THE_DISTRICTS, detail) from error


def _large_differences(plan: BoundaryPlan) -> list[Finding]:
    large = [
        f"{area.district.name}（面積{area.share:+.0%}、重なり{area.overlap:.0%}）"
        for area in plan.areas
        if area.doubt
    ]
    return [Finding(ReferenceFinding.AREA_DIFFERS, detail="、".join(large))] if large else []
