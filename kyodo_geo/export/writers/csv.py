"""Tables as CSV: UTF-8 with BOM, or CP932 for old Excel. Lines end in CRLF."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.csv as pa_csv

from kyodo_geo.export.writers.cp932 import Cp932Changes, held_by_cp932, to_cp932
from kyodo_geo.export.writers.formula_escaping import escape_formula

BOM = b"\xef\xbb\xbf"


def write_csv(batches: pa.RecordBatchReader, target: Path) -> int:
    """Write batches as CSV (UTF-8 with BOM); returns the number of rows."""
    with target.open("wb") as file:
        file.write(BOM)
        rows = 0
        with pa_csv.CSVWriter(file, batches.schema, write_options=_options()) as writer:
            for batch in batches:
                writer.write_batch(batch)
                rows += batch.num_rows
    return rows


def write_rows(target: Path, header: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Write a small table as CSV (UTF-8 with BOM), texts neutralised; None is an empty cell."""
    with target.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        writer.writerows(
            [escape_formula(c) if isinstance(c, str) else c for c in row] for row in rows
        )


def write_cp932_csv(batches: pa.RecordBatchReader, target: Path, changes: Cp932Changes) -> int:
    """Write batches as CSV in CP932; returns the number of rows.

    What had to change is added to `changes`.
    """
    with target.open("wb") as file:
        file.write(_text(batches.schema.empty_table(), with_header=True).encode("cp932"))
        rows = 0
        for batch in batches:
            file.write(cp932_lines(batch, changes))
            rows += batch.num_rows
    return rows


def cp932_lines(batch: pa.RecordBatch, changes: Cp932Changes) -> bytes:
    """A batch as lines of CSV in CP932; what had to change is added to `changes`."""
    text = _text(batch)
    # Most batches hold nothing to change: cells are looked at only in those that do.
    if not held_by_cp932(text):
        text = _text(to_cp932(batch, changes))
    return text.encode("cp932")


def _text(rows: pa.RecordBatch | pa.Table, with_header: bool = False) -> str:
    lines = pa.BufferOutputStream()
    pa_csv.write_csv(rows, lines, _options(with_header))
    return str(lines.getvalue().to_pybytes(), "utf-8")


def _options(with_header: bool = True) -> pa_csv.WriteOptions:
    return pa_csv.WriteOptions(include_header=with_header, eol="\r\n", quoting_style="needed")
