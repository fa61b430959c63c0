"""What the current edition holds for the ids of a file."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from kyodo_geo.editions import Edition
from kyodo_geo.editions.load import INCOMING
from kyodo_geo.editions.sql import sql_text
from kyodo_geo.export.writers.activity_batches import export_parameters
from kyodo_geo.export.writers.cp932 import Cp932Changes, to_cp932
from kyodo_geo.export.writers.decode_masks import decode_masks, decoded_values
from kyodo_geo.export.writers.formula_escaping import escape_formulas
from kyodo_geo.model import Filters
from kyodo_geo.tabular.column_arrays import Objects, objects
from kyodo_geo.vocabulary import Field, Form, Scope, Status

VALUES = tuple(name for name in INCOMING.names if name not in ("id", "search_text"))
VALUE_OF = {
    "district_ids": "district_mask",
    "forms_stated": "stated",
    "forms_implied": "implied",
    "actors": "actor_mask",
    "scopes": "scope_recorded",
}
"""Names of values that are not those of their columns."""

EMPTY: Mapping[str, Any] = {
    **dict.fromkeys(VALUES),
    **dict.fromkeys(("title", "summary", "note", "source", "source_date"), ""),
    **dict.fromkeys(("district_mask", "stated", "implied", "actor_mask"), 0),
    "organisations": (),
    "field": str(Field.OTHER),
    "status": str(Status.REPORTED),
}
"""What a new activity has where the file says nothing."""


@dataclass(frozen=True)
class Current:
    """Rows of the edition beside those of a file.

    `is_there` says for which rows there is one. `texts` are the cells our export writes, by
    column, `values` what they stand for, by VALUES; EMPTY where there is none.
    """

    is_there: NDArray[np.bool_]
    texts: Mapping[str, Objects]
    values: Mapping[str, Objects]


def current_rows(edition: Edition, ids: Sequence[str], *, in_cp932: bool = False) -> Current:
    """What the edition holds for each id; an empty id has nothing.

    With `in_cp932` the texts are those of an export in CP932: what it cannot hold is no
    change of the record.
    """
    count = len(ids)
    found = _query_rows(edition, ids)
    at = found["row"].to_numpy() if found.num_rows else np.zeros(0, np.int64)
    is_there = np.zeros(count, dtype=bool)
    is_there[at] = True
    exported = _as_exported(edition, found)
    spelt = to_cp932(exported, Cp932Changes()) if in_cp932 else exported
    texts = {name: _aligned(_texts(spelt[name]), at, count, "") for name in spelt.schema.names}
    values = {name: _aligned(_value(found, name), at, count, EMPTY[name]) for name in VALUES}
    return Current(is_there, texts, values)


def _query_rows(edition: Edition, ids: Sequence[str]) -> pa.RecordBatch:
    asked = [(row, activity_id) for row, activity_id in enumerate(ids) if activity_id]
    rows, known = zip(*asked, strict=True) if asked else ((), ())
    cursor = edition.cursor()
    cursor.register(
        "asked", pa.table({"row": pa.array(rows, pa.int64()), "id": pa.array(known, pa.string())})
    )
    parameters = export_parameters(edition, Filters(scopes=tuple(Scope)))
    query = sql_text(__package__, "current_rows")
    table = cursor.sql(query, params=parameters).to_arrow_table()
    cursor.close()
    return table.combine_chunks().to_batches()[0] if table.num_rows else _no_rows(table.schema)


def _no_rows(schema: pa.Schema) -> pa.RecordBatch:
    return pa.RecordBatch.from_pylist([], schema)


def _as_exported(edition: Edition, found: pa.RecordBatch) -> pa.RecordBatch:
    shown = found.drop_columns(["row", "scope_recorded", "organisation_list"])
    return escape_formulas(decode_masks(shown, decoded_values(edition)))


def _texts(column: pa.Array) -> list[str]:
    return ["" if value is None else str(value) for value in column.to_pylist()]


def _value(found: pa.RecordBatch, name: str) -> list[Any]:
    read: Mapping[str, Callable[[], list[Any]]] = {
        "district_mask": found["district_ids"].to_pylist,
        "stated": lambda: _without_unknown(found["forms_stated"]),
        "implied": lambda: _without_unknown(found["forms_implied"]),
        "actor_mask": found["actors"].to_pylist,
        "organisations": lambda: list(map(tuple, found["organisation_list"].to_pylist())),
    }
    return read[name]() if name in read else list(found[name].to_pylist())


def _without_unknown(masks: pa.Array) -> list[int]:
    return [mask & ~Form.UNKNOWN.bit for mask in masks.to_pylist()]


def _aligned(values: list[Any], at: NDArray[np.int64], count: int, missing: Any) -> Objects:
    # Masks are whole numbers in every row: NumPy can work on them.
    aligned = np.empty(count, dtype=np.int64 if missing == 0 else object)
    aligned.fill(missing)
    if len(at):
        aligned[at] = objects(values, len(values))
    return aligned
