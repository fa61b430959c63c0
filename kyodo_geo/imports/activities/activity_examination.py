"""Examination of a file of activities: findings, and the plan of publishing it."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from operator import attrgetter

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from kyodo_geo.editions import Edition
from kyodo_geo.editions.store import OnStep
from kyodo_geo.export.writers.formula_escaping import escape_formula
from kyodo_geo.imports.activities.change_plan import ChangePlan, plan_changes
from kyodo_geo.imports.activities.duplicates import find_duplicates
from kyodo_geo.imports.activities.records import read_records
from kyodo_geo.imports.activities.row_checks import Upload, check_rows, refused_cells
from kyodo_geo.imports.activities.table import ActivityTable, read_table
from kyodo_geo.imports.examination import RowExamination, sort_by_row
from kyodo_geo.imports.table_files import csv_file
from kyodo_geo.tabular.findings import Checked, Finding, Severity

STEPS = ("ファイルを読む", "セルを読む", "行を調べる", "いまの記録と比べる")
"""What `on_step` is called with, one after the other."""

REASONS = "取り込めない理由"
"""Extra column of refused rows; known on import and not read."""


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


@dataclass(frozen=True)
class ActivityExamination(RowExamination[ChangePlan]):
    """Examination of a file of activities."""

    @_collection_paused()
    def incoming(self) -> pa.Table:
        """Build the new and changed rows as the edition takes them (schema INCOMING)."""
        return self.plan_to_publish().incoming()

    def refusals(self) -> Mapping[int, tuple[Finding, ...]]:
        """Group the findings that block a row by the number of the row."""
        blocking = (
            finding
            for finding in self.findings
            if finding.severity is Severity.BLOCKS and finding.row is not None
        )
        return {row: tuple(found) for row, found in groupby(blocking, attrgetter("row"))}


def examine(
    content: bytes, file_name: str, edition: Edition, on_step: OnStep | None = None
) -> ActivityExamination:
    """Examine a file and plan its publication; changes nothing.

    `on_step` is called with each of STEPS. Never raises for what a file holds.
    """
    read = partial(_read, content, edition, on_step or (lambda name: None))
    return ActivityExamination.of(read, content, file_name, edition)


def refused_csv(examination: ActivityExamination) -> bytes:
    """Write the refused rows as they stood in the file, with the reasons (CSV, UTF-8 with BOM).

    Marks for "as above" are filled in, so that each row stands for itself. Only the header if no
    row was refused; empty without a plan.
    """
    rows: list[list[str]] = []
    if plan := examination.plan:
        columns = [c for c in plan.table.columns if c.label and c.field != "reasons"]
        refusals = examination.refusals()
        rows.append([*(column.label for column in columns), REASONS])
        for position in plan.refused:
            findings = refusals[plan.table.numbers[position]]
            reasons = "".join(finding.sentence for finding in findings)
            cells = [column.texts.cell(position) for column in columns]
            rows.append([escape_formula(cell) for cell in (*cells, reasons)])
    return csv_file(rows)


@_collection_paused()
def _read(content: bytes, edition: Edition, step: OnStep) -> Checked[ChangePlan]:
    step(STEPS[0])
    return plan_table(read_table(content), edition, step)


@_collection_paused()
def plan_table(
    table: Checked[ActivityTable], edition: Edition, step: OnStep
) -> Checked[ChangePlan]:
    """Plan the publication of a table; `step` is called with all STEPS but the first."""
    step(STEPS[1])
    read = read_records(table.value, edition)
    step(STEPS[2])
    refused = refused_cells([*table.findings, *read.findings])
    checked = check_rows(Upload(table.value, refused, edition), read.value)
    step(STEPS[3])
    is_refused = _refused_rows(table.value, refused | refused_cells(checked.findings))
    same = find_duplicates(table.value, checked.value, is_refused, edition)
    plan = plan_changes(table.value, checked.value, is_refused, same.value, edition)
    findings = [*table.findings, *read.findings, *checked.findings, *same.findings]
    return Checked(plan, sort_by_row(findings))


def _refused_rows(table: ActivityTable, cells: Iterable[tuple[int, str]]) -> NDArray[np.bool_]:
    return np.isin(table.numbers, list({row for row, _ in cells}))
