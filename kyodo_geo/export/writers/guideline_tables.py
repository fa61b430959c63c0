"""CSV of the guideline's pages: the city's actions, and the findings of the checks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa

from kyodo_geo.editions import Edition
from kyodo_geo.export.file_names import draft_of, view_name
from kyodo_geo.export.schema.columns import ACTION_COLUMNS
from kyodo_geo.export.writers.activity_batches import query_batches
from kyodo_geo.export.writers.csv import write_csv
from kyodo_geo.export.writers.decode_masks import decode_masks, decoded_values
from kyodo_geo.export.writers.formula_escaping import escape_formulas
from kyodo_geo.filters.conditions import query_parameters
from kyodo_geo.guideline.checks import CHECKS, Check, check_parameters
from kyodo_geo.guideline.city_actions import amount_note, city_actions
from kyodo_geo.model import Filters
from kyodo_geo.vocabulary import Effort


def write_actions(edition: Edition, filters: Filters, effort: Effort | None, target: Path) -> int:
    """Write the city's actions of one effort (None: all) as CSV and return their number.

    Raises ExportError if the folder cannot be written to.
    """
    rows = [
        (
            edition.info.number,
            action.fiscal_year,
            Effort.of(action.effort).label,
            action.title,
            action.summary,
            action.amount_yen,
            amount_note(action),
            action.source,
        )
        for action in city_actions(edition, filters, effort)
    ]
    kinds = {"integer": pa.int64(), "text": pa.string()}
    schema = pa.schema([(column.name, kinds[column.kind]) for column in ACTION_COLUMNS])
    records = [dict(zip(schema.names, row, strict=True)) for row in rows]
    batch = escape_formulas(pa.RecordBatch.from_pylist(records, schema))
    with draft_of(target) as draft:
        return write_csv(pa.RecordBatchReader.from_batches(schema, [batch]), draft)


def write_checks(
    edition: Edition, filters: Filters, checks: Sequence[Check], today: date, target: Path
) -> int:
    """Write the findings of checks as CSV, a row per check and activity; return their number.

    Raises ExportError if the folder cannot be written to.
    """
    spelling, view = decoded_values(edition), query_parameters(edition, filters)
    view |= {"edition": edition.info.number, "asked": check_parameters(today)}
    batches = (
        escape_formulas(decode_masks(batch, spelling))
        for check in checks
        for batch in query_batches(edition, "check_export", view | _check_parameters(check))
    )
    reader = pa.RecordBatchReader.from_batches(next(batches).schema, batches)
    with draft_of(target) as draft:
        return write_csv(reader, draft)


def actions_file_name(edition: Edition, filters: Filters, effort: Effort | None) -> str:
    """Build the ASCII name of the file: edition, period, effort."""
    years = Filters(year_from=filters.year_from, year_to=filters.year_to)
    return _table_name(edition, years, f"actions_{effort}" if effort else "actions")


def checks_file_name(edition: Edition, filters: Filters, checks: Sequence[Check]) -> str:
    """Build the ASCII name of the file: edition, period, and the check if it is one alone."""
    is_one = len(checks) < len(CHECKS)
    return _table_name(edition, filters, f"checks_{checks[0].check_id}" if is_one else "checks")


def _table_name(edition: Edition, filters: Filters, what: str) -> str:
    return f"{view_name(edition, filters, what)}.csv"


def _check_parameters(check: Check) -> dict[str, Any]:
    return {"check_id": check.check_id, "check_title": check.title, "check": check.bit}
