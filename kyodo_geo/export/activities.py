"""The filtered activities as a stream of record batches and as CSV."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

import duckdb
import pyarrow as pa
import pyarrow.csv as pa_csv

from kyodo_geo.editions import Edition, query_text
from kyodo_geo.export.columns import ACTIVITY_COLUMNS, LONG_COLUMNS, Column
from kyodo_geo.measures.selection import query_parameters
from kyodo_geo.model import Filters
from kyodo_geo.vocabulary import KYODO_SCOPES, Form, mask_of

BOM = b"\xef\xbb\xbf"
BATCH_ROWS = 50_000

FORMULA_START = "=+-@＝＋－＠\t\r"
"""What makes a spreadsheet take a text for a formula, full-width forms included."""

FREE_TEXTS = (
    *("activity_id", "title", "summary", "district_names", "regions", "organisations"),
    *("note", "source", "source_date"),
)
"""Columns with texts from data; the other texts are ids and labels of the vocabulary."""

_FORMULA = r"[=+\-@＝＋－＠\t\r]"
_CONTROL = r"[\x00-\x08\x0b\x0c\x0e-\x1f]"
_UNPRINTABLE = re.compile(_CONTROL)


def neutral(text: str) -> str:
    """A text that no spreadsheet takes for a formula, without control characters."""
    clean = _UNPRINTABLE.sub("", text)
    return f"'{clean}" if clean and clean[0] in FORMULA_START else clean


def activity_batches(edition: Edition, filters: Filters) -> pa.RecordBatchReader:
    """The activities of a view in batches, columns ACTIVITY_COLUMNS, texts neutralised."""
    query = f"SELECT {_cells(ACTIVITY_COLUMNS)} FROM ({query_text('activities_export')})"
    return _stream(edition, filters, query)


def long_batches(edition: Edition, filters: Filters, file: str) -> pa.RecordBatchReader:
    """One of the long tables (LONG_COLUMNS) for the activities of a view."""
    query = query_text(file.removesuffix(".csv"))
    # The id is neutralised as in activities.csv, so that the tables still join on it.
    return _stream(edition, filters, f"SELECT {_cells(LONG_COLUMNS[file])} FROM ({query})")


def write_csv(batches: pa.RecordBatchReader, target: Path) -> int:
    """Write batches as CSV (UTF-8 with BOM, CRLF); returns the number of rows."""
    with target.open("wb") as file:
        file.write(BOM)
        return _write_batches(batches, file)


def long_files() -> Sequence[str]:
    """Names of the long tables."""
    return tuple(LONG_COLUMNS)


def _write_batches(batches: pa.RecordBatchReader, file: BinaryIO) -> int:
    options = pa_csv.WriteOptions(eol="\r\n", quoting_style="needed")
    rows = 0
    with pa_csv.CSVWriter(file, batches.schema, write_options=options) as writer:
        for batch in batches:
            writer.write_batch(batch)
            rows += batch.num_rows
    return rows


def _stream(edition: Edition, filters: Filters, query: str) -> pa.RecordBatchReader:
    parameters = query_parameters(edition, filters) | {
        "edition": edition.info.number,
        "kyodo_scopes": mask_of(KYODO_SCOPES),
        "unknown_form": Form.UNKNOWN.bit,
    }
    names = set(re.findall(r"\$(\w+)", query))
    cursor = edition.cursor()
    relation = cursor.sql(query, params={k: v for k, v in parameters.items() if k in names})
    reader = relation.to_arrow_reader(BATCH_ROWS)
    return pa.RecordBatchReader.from_batches(reader.schema, _batches(cursor, reader))


def _batches(
    cursor: duckdb.DuckDBPyConnection, reader: pa.RecordBatchReader
) -> Iterator[pa.RecordBatch]:
    # An open result belongs to its cursor: keep the cursor until the last batch is read.
    yield from reader
    cursor.close()


def _cells(columns: Sequence[Column]) -> str:
    return ", ".join(_cell(column) for column in columns)


def _cell(column: Column) -> str:
    name = column.name
    if name not in FREE_TEXTS:
        return name
    # One quick look at every text; the work is done for the few that need it.
    clean = f"regexp_replace({name}, '{_CONTROL}', '', 'g')"
    marked = f"regexp_replace({clean}, '^({_FORMULA})', '''\\1')"
    is_unsafe = f"regexp_matches({name}, '^{_FORMULA}|{_CONTROL}')"
    return f"CASE WHEN {is_unsafe} THEN {marked} ELSE {name} END AS {name}"
