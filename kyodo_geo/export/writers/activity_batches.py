"""The filtered activities, and their sets in long form, as streams of record batches."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

import duckdb
import pyarrow as pa

from kyodo_geo.editions import Edition, query_text
from kyodo_geo.errors import ExportError
from kyodo_geo.export.schema.columns import LONG_COLUMNS
from kyodo_geo.export.writers.decode_masks import decode_masks, decoded_values
from kyodo_geo.export.writers.formula_escaping import escape_formulas
from kyodo_geo.filters.conditions import query_parameters
from kyodo_geo.model import Filters
from kyodo_geo.vocabulary import KYODO_SCOPES, Form, mask_of

BATCH_ROWS = 20_000


def activity_batches(
    edition: Edition, filters: Filters, limit: int | None = None, offset: int = 0
) -> pa.RecordBatchReader:
    """The activities of a view in batches, columns ACTIVITY_COLUMNS, texts neutralised.

    Rows come in the order of the table, so that the same view gives the same file; `limit` of
    them from `offset` on, None being all.
    """
    spelling = decoded_values(edition)
    return _mapped(
        lambda batch: escape_formulas(decode_masks(batch, spelling)),
        _stream(edition, filters, "activities_export", limit, offset),
    )


def long_batches(edition: Edition, filters: Filters, file: str) -> pa.RecordBatchReader:
    """One of the long tables (LONG_COLUMNS) for the activities of a view, in their order."""
    # The id is neutralised as in activities.csv, so that the tables still join on it.
    return _mapped(escape_formulas, _stream(edition, filters, file.removesuffix(".csv")))


def long_files() -> Sequence[str]:
    """Names of the long tables."""
    return tuple(LONG_COLUMNS)


def _stream(
    edition: Edition, filters: Filters, query_name: str, limit: int | None = None, offset: int = 0
) -> pa.RecordBatchReader:
    if edition.holds_figures_only:
        raise ExportError(
            where=edition.info.label,
            found="件数だけの版のため、書き出す活動がありません",
            next_step="地区ごとの件数は GeoJSON で書き出せます",
        )
    query = query_text(query_name)
    if limit is not None or offset:
        query += "\nLIMIT $limit OFFSET $offset"
    parameters = query_parameters(edition, filters) | {
        "edition": edition.info.number,
        "kyodo_scopes": mask_of(KYODO_SCOPES),
        "unknown_form": Form.UNKNOWN.bit,
        "limit": limit,
        "offset": offset,
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


def _mapped(
    change: Callable[[pa.RecordBatch], pa.RecordBatch], batches: pa.RecordBatchReader
) -> pa.RecordBatchReader:
    schema = change(pa.RecordBatch.from_pylist([], batches.schema)).schema
    return pa.RecordBatchReader.from_batches(schema, map(change, batches))
