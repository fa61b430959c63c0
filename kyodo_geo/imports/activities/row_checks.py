"""What has to hold within one row, and between the rows of a file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from kyodo_geo.editions import Edition
from kyodo_geo.editions.load import UNKNOWN_PLACE_ID
from kyodo_geo.imports.activities.activity_findings import ActivityFinding
from kyodo_geo.imports.activities.current_rows import EMPTY
from kyodo_geo.imports.activities.records import Columns, Records
from kyodo_geo.imports.activities.table import IGNORED_FIELDS, ActivityTable
from kyodo_geo.japanese import fiscal_year_of
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
    """What a check may look at beside the values: the table, what of it is refused already (row
    and column of the file), the current edition.
    """

    table: ActivityTable
    refused_cells: frozenset[tuple[int, str]]
    edition: Edition

    def is_refused(self, position: int, label: str) -> bool:
        """Whether a cell could not be read: it needs no second finding."""
        return (self.table.numbers[position], label) in self.refused_cells


RowCheck: TypeAlias = Callable[[Upload, Records], Checked[Columns]]
"""Checks the rows that differ from the record; yields the columns that it completes or mends."""


def refused_cells(findings: Iterable[Finding]) -> frozenset[tuple[int, str]]:
    """Row and column of the findings that block a row."""
    blocks = Severity.BLOCKS
    return frozenset(
        (finding.row, finding.column)
        for finding in findings
        if finding.severity is blocks and finding.row is not None
    )


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
    """Complete fiscal years from first days; find those that contradict them."""
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


def complete_places(upload: Upload, records: Records) -> Checked[Columns]:
    """Put the unknown district where there is none."""
    masks, label = records.values["district_mask"], upload.table.label("district_ids")
    findings = [
        upload.table.finding(ActivityFinding.PLACE_BLANK, row, label)
        for row in records.touched((masks == 0) & ~records.is_there)
        if not upload.is_refused(row, label)
    ]
    unknown = upload.edition.place_by_id[UNKNOWN_PLACE_ID].mask
    return Checked({"district_mask": np.where(masks == 0, unknown, masks)}, findings)


def use_defaults(upload: Upload, records: Records) -> Checked[Columns]:
    """Put the default where field or status is empty; one finding where the file has no column."""
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
    """Leave a form that is both stated and implied to the stated ones."""
    stated, implied = records.values["stated"], records.values["implied"]
    both, label = stated & implied, upload.table.label("forms_implied")
    rows, findings = records.touched(both != 0), []
    for row in rows:
        found = "、".join(form.label for form in terms_in(Form, both[row]))
        findings.append(upload.table.finding(ActivityFinding.FORM_TWICE, row, label, found=found))
    left = {row: implied[row] & ~both[row] for row in rows}
    return Checked({"implied": with_cells(implied, left)}, findings)


def decide_scopes(upload: Upload, records: Records) -> Checked[Columns]:
    """Record bands that do not follow from actors and forms.

    A cell left as our export wrote it leaves the recorded band alone.
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
    """Find forms that the guideline does not name for the recorded band."""
    recorded, forms = records.values["scope_recorded"], _forms(records)
    kind, label = ActivityFinding.FORM_BAND, upload.table.label("forms_stated")
    findings = [
        upload.table.finding(kind, row, label, found=strange)
        for row in records.touched(recorded != None)  # noqa: E711 - elementwise
        if (strange := _not_named(recorded[row], int(forms[row])))
    ]
    return Checked({}, findings)


def check_same_rows(upload: Upload, records: Records) -> Checked[Columns]:
    """Find rows that are the same as one above, else those with the same number as another."""
    read = [c for c in upload.table.columns if c.field and c.field not in IGNORED_FIELDS]
    codes = pd.DataFrame({n: column.texts.codes for n, column in enumerate(read)})
    is_same = codes.duplicated().to_numpy()
    same_ids = _same_ids(upload.table, records, is_same)
    return Checked({}, [*_same_rows(upload.table, codes, is_same), *same_ids])


def _same_rows(
    table: ActivityTable, codes: pd.DataFrame, is_same: NDArray[np.bool_]
) -> Iterator[Finding]:
    if not is_same.any():
        return
    partners = np.flatnonzero(codes.duplicated(keep=False).to_numpy()).tolist()
    first = {tuple(codes.iloc[row]): row for row in reversed(partners)}
    for row in np.flatnonzero(is_same).tolist():
        detail = f"{table.numbers[first[tuple(codes.iloc[row])]]}行目と同じです"
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
    """The forms the guideline does not name for a band; for 市民の範囲 and the like none."""
    named = SCOPE_FORMS.get(Scope.of(scope_id))
    strange = [form.label for form in terms_in(Form, forms) if named and form not in named]
    return "、".join(strange)
