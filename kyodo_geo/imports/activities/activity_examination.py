"""The import doctor: all that is found in a file, and what publishing it would do."""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import TypeAlias

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from kyodo_geo.editions import Edition
from kyodo_geo.imports.activities.change_plan import ChangePlan, plan_changes
from kyodo_geo.imports.activities.continuation_checks import check_continuations
from kyodo_geo.imports.activities.duplicates import find_duplicates
from kyodo_geo.imports.activities.point_checks import check_points
from kyodo_geo.imports.activities.records import Records, read_records
from kyodo_geo.imports.activities.row_checks import (
    RowCheck,
    Upload,
    check_bands,
    check_periods,
    check_required,
    check_same_rows,
    complete_places,
    complete_years,
    decide_scopes,
    refused_cells,
    split_forms,
    use_defaults,
)
from kyodo_geo.imports.activities.table import ActivityTable, read_table
from kyodo_geo.imports.examination import RowExamination, read_or_refuse
from kyodo_geo.tabular.findings import Checked, Finding, Severity

Step: TypeAlias = Callable[[str], None]

STEPS = ("ファイルを読む", "セルを読む", "行を調べる", "いまの記録と比べる")
"""What `on_step` is called with, one after the other."""

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


@dataclass(frozen=True)
class ActivityExamination(RowExamination[ChangePlan]):
    """All that was found in a file of activities."""

    def incoming(self) -> pa.Table:
        """The new and changed rows as the edition takes them (schema INCOMING)."""
        with _collection_paused():
            return self.plan_to_publish().incoming()

    def refusals(self) -> Mapping[int, tuple[Finding, ...]]:
        """Why rows cannot be taken in, by number of the row."""
        reasons: dict[int, tuple[Finding, ...]] = {}
        for finding in self.findings:
            if finding.severity is Severity.BLOCKS and finding.row is not None:
                reasons[finding.row] = (*reasons.get(finding.row, ()), finding)
        return reasons


def examine(
    content: bytes, file_name: str, edition: Edition, on_step: Step | None = None
) -> ActivityExamination:
    """Examine a file: mend what is safe, find the rest, plan what it would do; changes nothing.

    `on_step` is called with each of STEPS. Never raises for what a file holds.
    """
    sha256 = hashlib.sha256(content).hexdigest()
    step = on_step or (lambda name: None)
    step(STEPS[0])
    with _collection_paused():
        table = read_or_refuse(partial(read_table, content))
    if table.value is None:
        number = edition.info.number
        return ActivityExamination(file_name, sha256, number, tuple(table.findings), None)
    return examine_table(Checked(table.value, table.findings), file_name, sha256, edition, step)


def examine_table(
    table: Checked[ActivityTable], file_name: str, sha256: str, edition: Edition, step: Step
) -> ActivityExamination:
    """Examine a table that has been read already; `step` is called with all STEPS but the first."""
    with _collection_paused():
        plan = _plan(table, edition, step)
    findings = tuple(sorted(plan.findings, key=lambda finding: finding.row or 0))
    return ActivityExamination(file_name, sha256, edition.info.number, findings, plan.value)


def _plan(table: Checked[ActivityTable], edition: Edition, step: Step) -> Checked[ChangePlan]:
    step(STEPS[1])
    read = read_records(table.value, edition)
    step(STEPS[2])
    refused = refused_cells([*table.findings, *read.findings])
    checked = _check_rows(Upload(table.value, refused, edition), read.value)
    step(STEPS[3])
    is_refused = _refused_rows(table.value, refused | refused_cells(checked.findings))
    same = find_duplicates(table.value, checked.value, is_refused, edition)
    plan = plan_changes(table.value, checked.value, is_refused, same.value, edition)
    findings = [*table.findings, *read.findings, *checked.findings, *same.findings]
    return Checked(plan, findings)


def _check_rows(upload: Upload, records: Records) -> Checked[Records]:
    findings: list[Finding] = []
    for check in ROW_CHECKS:
        checked = check(upload, records)
        records = records.with_values(checked.value)
        findings += checked.findings
    return Checked(records, findings)


def _refused_rows(table: ActivityTable, cells: Iterable[tuple[int, str]]) -> NDArray[np.bool_]:
    """The rows of which a cell blocks."""
    return np.isin(table.numbers, list({row for row, _ in cells}))


@contextmanager
def _collection_paused() -> Iterator[None]:
    # Hundreds of thousands of rows live to the end: each collection would walk through them.
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
