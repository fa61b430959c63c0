"""Streams of record batches: the filtered activities, and their sets in long form."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pyarrow as pa

from kyodo_geo.editions import Edition, query_text
from kyodo_geo.errors import ExportError
from kyodo_geo.export.writers.decode_masks import decode_masks, decoded_values
from kyodo_geo.export.writers.formula_escaping import escape_formulas
from kyodo_geo.filters.conditions import query_parameters
from kyodo_geo.model import Filters
from kyodo_geo.vocabulary import KYODO_SCOPES, mask_of

BATCH_ROWS = 20_000
"""Decision 8: an export streams; memory is bounded by a batch."""


def activity_batches(
    edition: Edition, filters: Filters, limit: int | None = None, offset: int = 0
) -> pa.RecordBatchReader:
    """Stream the activities of a view: ACTIVITY_COLUMNS, formulas escaped, in storage order.

    `limit` rows from `offset` on; None: all. Raises ExportError for an edition of figures alone.
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
    """Stream one of the long tables (`file` of LONG_COLUMNS) for the activities of a view."""
    # The id is escaped as in activities.csv, so that the tables still join on it.
    parameters = query_parameters(edition, filters)
    return _mapped(escape_formulas, _stream(edition, file.removesuffix(".csv"), parameters))


def export_parameters(edition: Edition, filters: Filters) -> dict[str, Any]:
    """Build the parameters of queries over `exported` in editions/listing_macros.sql."""
    return query_parameters(edition, filters) | {
        "edition": edition.info.number,
        "kyodo_scopes": mask_of(KYODO_SCOPES),
    }


def _stream(edition: Edition, query_name: str, parameters: dict[str, Any]) -> pa.RecordBatchReader:
    if edition.holds_figures_only:
        raise ExportError(
            where=edition.info.label,
            found="件数だけの版のため、書き出す活動がありません",
            next_step="地区ごとの件数は GeoJSON で書き出せます",
        )
    batches = query_batches(edition, query_name, parameters)
    return pa.RecordBatchReader.from_batches(next(batches).schema, batches)


def query_batches(
    edition: Edition, query_name: str, parameters: dict[str, Any]
) -> Iterator[pa.RecordBatch]:
    """Run a query and yield its rows in batches, behind an empty one that has the schema."""
    cursor = edition.cursor()
    reader = cursor.sql(query_text(query_name), params=parameters).to_arrow_reader(BATCH_ROWS)
    yield pa.RecordBatch.from_pylist([], reader.schema)
    # An open result belongs to its cursor: keep the cursor until the last batch is read.
    yield from reader
    cursor.close()


def _mapped(
    change: Callable[[pa.RecordBatch], pa.RecordBatch], batches: pa.RecordBatchReader
) -> pa.RecordBatchReader:
    schema = change(pa.RecordBatch.from_pylist([], batches.schema)).schema
    return pa.RecordBatchReader.from_batches(schema, map(change, batches))
