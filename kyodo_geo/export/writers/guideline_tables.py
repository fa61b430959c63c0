"""Tables of the guideline's pages as CSV: the city's actions, and what the checks find."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pyarrow as pa

from kyodo_geo.editions import Edition, query_text
from kyodo_geo.errors import ExportError, refusal_to_write
from kyodo_geo.export.file_names import view_name
from kyodo_geo.export.schema.columns import ACTION_COLUMNS, names
from kyodo_geo.export.writers.csv import write_csv
from kyodo_geo.export.writers.decode_masks import decode_masks, decoded_values
from kyodo_geo.export.writers.formula_escaping import escape_formulas
from kyodo_geo.filters.conditions import query_parameters
from kyodo_geo.guideline.checks import CHECKS, Check, check_parameters
from kyodo_geo.guideline.city_actions import amount_note, city_actions
from kyodo_geo.model import Filters
from kyodo_geo.vocabulary import Effort

BATCH_ROWS = 20_000


def write_actions(edition: Edition, filters: Filters, effort: Effort | None, target: Path) -> int:
    """Write the city's actions of one effort or of all, as the page lists them; returns how many.

    Raises ExportError if the place cannot be written to.
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
    columns = zip(*rows, strict=True) if rows else [()] * len(ACTION_COLUMNS)
    kinds = [pa.int64() if column.kind == "integer" else pa.string() for column in ACTION_COLUMNS]
    arrays = [pa.array(list(values), kind) for values, kind in zip(columns, kinds, strict=True)]
    batch = escape_formulas(pa.RecordBatch.from_arrays(arrays, list(names(ACTION_COLUMNS))))
    return _write_whole(pa.RecordBatchReader.from_batches(batch.schema, [batch]), target)


def write_checks(
    edition: Edition, filters: Filters, checks: Sequence[Check], today: date, target: Path
) -> int:
    """Write what checks find in a view, one row an activity and check; returns how many rows.

    Raises ExportError if the place cannot be written to.
    """
    spelling = decoded_values(edition)
    batches = (
        escape_formulas(decode_masks(batch, spelling))
        for check in checks
        for batch in _finding_batches(edition, query_parameters(edition, filters), check, today)
    )
    first = next(batches)
    reader = pa.RecordBatchReader.from_batches(first.schema, _with(first, batches))
    return _write_whole(reader, target)


def actions_file_name(edition: Edition, filters: Filters, effort: Effort | None) -> str:
    """A telling ASCII name: edition, period, effort."""
    years = Filters(year_from=filters.year_from, year_to=filters.year_to)
    return _table_name(edition, years, f"actions_{effort}" if effort else "actions")


def checks_file_name(edition: Edition, filters: Filters, checks: Sequence[Check]) -> str:
    """A telling ASCII name: edition, period, the check where it is one."""
    is_one = len(checks) < len(CHECKS)
    return _table_name(edition, filters, f"checks_{checks[0].check_id}" if is_one else "checks")


def _table_name(edition: Edition, filters: Filters, what: str) -> str:
    return f"{view_name(edition, filters, what)}.csv"


def _finding_batches(
    edition: Edition, parameters: dict[str, Any], check: Check, today: date
) -> Iterator[pa.RecordBatch]:
    """Batches of one check, the first of them without rows: what columns there are."""
    own = {
        "edition": edition.info.number,
        "check_id": check.check_id,
        "check_title": check.title,
        "check": check.bit,
        "asked": check_parameters(today),
    }
    cursor = edition.cursor()
    relation = cursor.sql(query_text("check_export"), params=parameters | own)
    reader = relation.to_arrow_reader(BATCH_ROWS)
    yield pa.RecordBatch.from_pylist([], reader.schema)
    yield from reader
    cursor.close()


def _with(first: pa.RecordBatch, others: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    yield first
    yield from others


def _write_whole(batches: pa.RecordBatchReader, target: Path) -> int:
    """Whole or not at all."""
    with (
        refusal_to_write(ExportError, target),
        TemporaryDirectory(dir=target.parent, prefix=".kyodo-") as folder,
    ):
        draft = Path(folder) / "draft.csv"
        rows = write_csv(batches, draft)
        draft.replace(target)
    return rows
