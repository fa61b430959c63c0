"""The filtered activities, and their sets in long form, as streams of record batches."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import duckdb
import pyarrow as pa

from kyodo_geo.editions import Edition, query_text
from kyodo_geo.errors import ExportError
from kyodo_geo.export.schema.columns import LONG_COLUMNS
from kyodo_geo.export.writers.decode_masks import decode_masks, decoded_values
from kyodo_geo.export.writers.formula_escaping import escape_formulas
from kyodo_geo.filters.conditions import query_parameters
from kyodo_geo.model import Filters
from kyodo_geo.vocabulary import KYODO_SCOPES, mask_of

BATCH_ROWS = 20_000


def activity_batches(
    edition: Edition, filters: Filters, limit: int | None = None, offset: int = 0
) -> pa.RecordBatchReader:
    """The activities of a view in batches, columns ACTIVITY_COLUMNS, texts neutralised.

    Rows come in the order of the table, so that the same view gives the same file; `limit` of
    them from `offset` on, None being all.
    """
    spelling = decoded_values(edition)
    parameters, query = export_parameters(edition, filters), "activities_export"
    if limit is not None or offset:
        parameters |= {"limit": limit, "offset": offset}
        query = "activities_export_page"
    return _mapped(
        lambda batch: escape_formulas(decode_masks(batch, spelling)),
        _stream(edition, query, parameters),
    )


def long_batches(edition: Edition, filters: Filters, file: str) -> pa.RecordBatchReader:
    """One of the long tables (LONG_COLUMNS) for the activities of a view, in their order."""
    # The id is neutralised as in activities.csv, so that the tables still join on it.
    parameters = query_parameters(edition, filters)
    return _mapped(escape_formulas, _stream(edition, file.removesuffix(".csv"), parameters))


def export_parameters(edition: Edition, filters: Filters) -> dict[str, Any]:
    """The parameters of queries that start from `exported` in editions/macros.sql."""
    return query_parameters(edition, filters) | {
        "edition": edition.info.number,
        "kyodo_scopes": mask_of(KYODO_SCOPES),
    }


def long_files() -> Sequence[str]:
    """Names of the long tables."""
    return tuple(LONG_COLUMNS)


def _stream(edition: Edition, query_name: str, parameters: dict[str, Any]) -> pa.RecordBatchReader:
    if edition.holds_figures_only:
        raise ExportError(
            where=edition.info.label,
            found="件数だけの版のため、書き出す活動がありません",
            next_step="地区ごとの件数は GeoJSON で書き出せます",
        )
    cursor = edition.cursor()
    relation = cursor.sql(query_text(query_name), params=parameters)
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
