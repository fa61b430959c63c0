"""Checks within a row and between rows; what can be derived is completed (decision 17)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from kyodo_geo.editions import Edition
from kyodo_geo.editions.load import UNKNOWN_PLACE_ID
from kyodo_geo.geo.places import districts_of_points
from kyodo_geo.imports.activities.activity_findings import ActivityFinding
from kyodo_geo.imports.activities.current_rows import EMPTY
from kyodo_geo.imports.activities.records import Columns, Records
from kyodo_geo.imports.activities.table import IGNORED_FIELDS, ActivityTable
from kyodo_geo.japanese import fiscal_year_of
from kyodo_geo.measures.places.district_shapes import district_boundaries
from kyodo_geo.model import CITYWIDE_ID
from kyodo_geo.tabular.column_arrays import Objects, objects, with_cells
from kyodo_geo.tabular.finding_kinds import CellFinding, TableFinding
from kyodo_geo.tabular.findings import Checked, Finding, Severity
from kyodo_geo.vocabulary import (
    SCOPE_FORMS,
    ActorType,
    Field,
    Form,
    Scope,
    Status,
    mask_of,
    possible_scopes,
    terms_in,
)

DEFAULTS = (("field", Field.OTHER), ("status", Status.REPORTED))


@dataclass(frozen=True)
class Upload:
    """Context of a check: the table, its refused cells (row, column), the current edition."""

    table: ActivityTable
    refused_cells: frozenset[tuple[int, str]]
    edition: Edition

    def is_refused(self, position: int, label: str) -> bool:
        """Whether a cell is refused already: it needs no second finding."""
        return (self.table.numbers[position], label) in self.refused_cells


RowCheck: TypeAlias = Callable[[Upload, Records], Checked[Columns]]
"""Checks the rows that differ from the record; yields the columns that it completes or mends."""


def refused_cells(findings: Iterable[Finding]) -> frozenset[tuple[int, str]]:
    """Select row and column of the findings that block a row."""
    blocks = Severity.BLOCKS
    return frozenset(
        (finding.row, finding.column)
        for finding in findings
        if finding.severity is blocks and finding.row is not None
    )


def check_rows(upload: Upload, records: Records) -> Checked[Records]:
    """Run ROW_CHECKS one after the other, each on what those before it have completed."""
    findings: list[Finding] = []
    for check in ROW_CHECKS:
        checked = check(upload, records)
        records = records.with_values(checked.value)
        findings += checked.findings
    return Checked(records, findings)


def check_required(upload: Upload, records: Records) -> Checked[Columns]:
    """Find rows without a title or without actors."""
    findings = []
    for name, value in (("title", "title"), ("actors", "actor_mask")):
        label = upload.table.label(name)
        for row in records.touched(records.values[value] == EMPTY[value]):
            if not upload.is_refused(row, label):
                findings.append(upload.table.finding(CellFinding.MISSING, row, label))
    return Checked({}, findings)


def complete_years(upload: Upload, records: Records) -> Checked[Columns]:
    """Complete fiscal years from first days; find years that contradict them."""
    years, starts = records.values["fiscal_year"], records.values["start_date"]
    known = {day: fiscal_year_of(day) for day in set(starts) if day is not None}
    of_dates = objects(map(known.get, starts), len(starts))
    table, label = upload.table, upload.table.label("fiscal_year")
    completed, findings = {}, []
    for row in records.touched((of_dates != None) & (years != of_dates)):  # noqa: E711
        year, start = of_dates[row], starts[row]
        if upload.is_refused(row, label):
            continue
        if years[row] is None:
            completed[row] = year
            kind, texts = ActivityFinding.YEAR_FROM_DATE, {"found": str(start), "became": str(year)}
        else:
            kind = ActivityFinding.YEAR_MISMATCH
            texts = {"found": str(years[row]), "detail": f"日付は{year}年度です"}
        findings.append(table.finding(kind, row, label, **texts))
    return Checked({"fiscal_year": with_cells(years, completed)}, findings)


def check_periods(upload: Upload, records: Records) -> Checked[Columns]:
    """Find periods that end before they start."""
    starts, ends = records.values["start_date"], records.values["end_date"]
    kind, label = ActivityFinding.ENDS_BEFORE_START, upload.table.label("end_date")
    findings = [
        upload.table.finding(kind, row, label, found=f"{starts[row]}〜{ends[row]}")
        for row in records.touched((starts != None) & (ends != None))  # noqa: E711 - elementwise
        if ends[row] < starts[row]
    ]
    return Checked({}, findings)


def check_points(upload: Upload, records: Records) -> Checked[Columns]:
    """Complete districts from points (EPSG:4326); find points without a half, or elsewhere."""
    table, masks = upload.table, records.values["district_mask"]
    lats, lngs = records.values["point_lat"], records.values["point_lng"]
    has_lat, has_lng = lats != None, lngs != None  # noqa: E711 - elementwise
    label, half = table.label("point_lat"), ActivityFinding.POINT_HALF
    findings = [table.finding(half, row, label) for row in records.touched(has_lat != has_lng)]
    rows = records.touched(has_lat & has_lng)
    if not rows:
        return Checked({}, findings)
    bits = {place.place_id: place.mask for place in upload.edition.places}
    boundaries = district_boundaries(upload.edition)
    lie_in = districts_of_points(lats[rows].tolist(), lngs[rows].tolist(), boundaries)
    completed, label = {}, table.label("district_ids")
    for row, district_id in zip(rows, lie_in, strict=True):
        is_blank = masks[row] == 0 and not upload.is_refused(row, label)
        if is_blank and district_id is not None:
            completed[row] = bits[district_id]
            kind, texts = ActivityFinding.PLACE_FROM_POINT, {"became": district_id}
            findings.append(table.finding(kind, row, label, **texts))
        elif masks[row] & ~bits[CITYWIDE_ID] and not masks[row] & bits.get(district_id or "", 0):
            place = f"{district_id}の中です" if district_id else "どの地区の中でもありません"
            kind, texts = ActivityFinding.POINT_ELSEWHERE, {"detail": f"その場所は、{place}"}
            findings.append(table.finding(kind, row, label, **texts))
    return Checked({"district_mask": with_cells(masks, completed)}, findings)


def complete_places(upload: Upload, records: Records) -> Checked[Columns]:
    """Fill in the unknown district where there is none."""
    masks, label = records.values["district_mask"], upload.table.label("district_ids")
    findings = [
        upload.table.finding(ActivityFinding.PLACE_BLANK, row, label)
        for row in records.touched((masks == 0) & ~records.is_there)
        if not upload.is_refused(row, label)
    ]
    unknown = upload.edition.place_by_id[UNKNOWN_PLACE_ID].mask
    return Checked({"district_mask": np.where(masks == 0, unknown, masks)}, findings)


def use_defaults(upload: Upload, records: Records) -> Checked[Columns]:
    """Fill in the default field and status; one finding for a column that the file lacks."""
    columns: dict[str, Objects] = {}
    findings, kind = [], ActivityFinding.DEFAULT_USED
    for name, term in DEFAULTS:
        label, rows = upload.table.label(name), []
        if name in records.given:
            values = records.values[name]
            rows = records.touched(values == None)  # noqa: E711 - elementwise
            columns[name] = with_cells(values, dict.fromkeys(rows, EMPTY[name]))
        elif not records.is_there.all():
            findings.append(upload.table.finding(kind, label=label, became=term.label))
        findings += [upload.table.finding(kind, row, label, became=term.label) for row in rows]
    return Checked(columns, findings)


def split_forms(upload: Upload, records: Records) -> Checked[Columns]:
    """Drop implied forms that are stated as well."""
    stated, implied = records.values["stated"], records.values["implied"]
    both, label = stated & implied, upload.table.label("forms_implied")
    rows, findings = records.touched(both != 0), []
    for row in rows:
        found = "、".join(form.label for form in terms_in(Form, both[row]))
        findings.append(upload.table.finding(ActivityFinding.FORM_TWICE, row, label, found=found))
    left = {row: implied[row] & ~both[row] for row in rows}
    return Checked({"implied": with_cells(implied, left)}, findings)


def decide_scopes(upload: Upload, records: Records) -> Checked[Columns]:
    """Record bands that cannot be derived from actors and forms.

    A cell left as our export wrote it keeps the recorded band.
    """
    actors, forms = records.values["actor_mask"], _forms(records)
    label, kind = upload.table.label("scopes"), ActivityFinding.SCOPES_AMBIGUOUS
    decided, findings = {}, []
    for row in records.touched(records.scopes != 0):
        bands = terms_in(Scope, records.scopes[row])
        is_derived = records.scopes[row] == _derived(int(actors[row]), int(forms[row]))
        decided[row] = None if is_derived or len(bands) > 1 else str(bands[0])
        if len(bands) > 1 and not is_derived:
            found = "、".join(band.label for band in bands)
            findings.append(upload.table.finding(kind, row, label, found=found))
    recorded = records.values["scope_recorded"]
    return Checked({"scope_recorded": with_cells(recorded, decided)}, findings)


def check_bands(upload: Upload, records: Records) -> Checked[Columns]:
    """Find forms that the guideline does not name for the recorded band (SCOPE_FORMS)."""
    recorded, forms = records.values["scope_recorded"], _forms(records)
    kind, label = ActivityFinding.FORM_BAND, upload.table.label("forms_stated")
    findings = [
        upload.table.finding(kind, row, label, found=strange)
        for row in records.touched(recorded != None)  # noqa: E711 - elementwise
        if (strange := _not_named(recorded[row], int(forms[row])))
    ]
    return Checked({}, findings)


def check_continuations(upload: Upload, records: Records) -> Checked[Columns]:
    """Find rows that continue an unknown activity, or form a circle of continuations."""
    table, continues = upload.table, records.values["continues"]
    rows = records.touched(continues != None)  # noqa: E711 - elementwise
    if not rows:
        return Checked({})
    recorded = upload.edition.rows("SELECT id, continues FROM activity")
    predecessors = {row.id: row.continues for row in recorded} | {
        activity_id: before
        for activity_id, before in zip(records.ids, continues, strict=True)
        if activity_id
    }
    label, findings = table.label("continues"), []
    for row in rows:
        before, activity_id = continues[row], records.ids[row]
        if before not in predecessors:
            kind = ActivityFinding.CONTINUES_UNKNOWN
        elif activity_id and _leads_back(activity_id, predecessors):
            kind = ActivityFinding.CONTINUES_CIRCLE
        else:
            continue
        findings.append(table.finding(kind, row, label, found=before))
    return Checked({}, findings)


def check_same_rows(upload: Upload, records: Records) -> Checked[Columns]:
    """Find rows equal to one above; of the others those with an id that stands twice."""
    read = [c for c in upload.table.columns if c.field and c.field not in IGNORED_FIELDS]
    codes = pd.DataFrame({n: column.texts.codes for n, column in enumerate(read)})
    is_same = codes.duplicated().to_numpy()
    same_ids = _same_ids(upload.table, records, is_same)
    return Checked({}, [*_same_rows(upload.table, codes), *same_ids])


def _leads_back(activity_id: str, predecessors: Mapping[str, str | None]) -> bool:
    passed = {activity_id}
    before = predecessors.get(activity_id)
    while before is not None and before not in passed:
        passed.add(before)
        before = predecessors.get(before)
    return before == activity_id


def _same_rows(table: ActivityTable, codes: pd.DataFrame) -> Iterator[Finding]:
    first: dict[tuple[int, ...], int] = {}
    for row in np.flatnonzero(codes.duplicated(keep=False)).tolist():
        above = first.setdefault(tuple(codes.iloc[row]), row)
        if above != row:
            detail = f"{table.numbers[above]}行目と同じです"
            yield table.finding(ActivityFinding.SAME_ROW, row, detail=detail)


def _same_ids(
    table: ActivityTable, records: Records, is_same: NDArray[np.bool_]
) -> Iterator[Finding]:
    times = Counter(activity_id for activity_id in records.ids if activity_id)
    if len(times) == sum(times.values()):
        return
    label = table.label("activity_id")
    for row, activity_id in enumerate(records.ids):
        if times[activity_id] > 1 and not is_same[row]:
            yield table.finding(TableFinding.SAME_ID, row, label, found=activity_id)


def _forms(records: Records) -> NDArray[np.int64]:
    return np.asarray(records.values["stated"] | records.values["implied"])


@cache
def _derived(actors: int, forms: int) -> int:
    return mask_of(possible_scopes(terms_in(ActorType, actors), terms_in(Form, forms)))


@cache
def _not_named(scope_id: str, forms: int) -> str:
    """Name the forms the guideline does not give for a band; empty for 市民の範囲 and the like."""
    named = SCOPE_FORMS.get(Scope.of(scope_id))
    strange = [form.label for form in terms_in(Form, forms) if named and form not in named]
    return "、".join(strange)


ROW_CHECKS: tuple[RowCheck, ...] = (
    check_required,
    complete_years,
    check_periods,
    check_points,
    complete_places,
    use_defaults,
    split_forms,
    decide_scopes,
    check_bands,
    check_continuations,
    check_same_rows,
)
"""In this order: a district from a point comes before the unknown one, forms are split before
bands are derived from them."""
