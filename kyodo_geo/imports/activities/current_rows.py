"""Rows of the current edition for the ids of a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
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

COLUMN_OF = {value: column for column, value in VALUE_OF.items()}

EMPTY: Mapping[str, Any] = {
    **dict.fromkeys(VALUES),
    **dict.fromkeys(("title", "summary", "note", "source", "source_date"), ""),
    **dict.fromkeys(("district_mask", "stated", "implied", "actor_mask"), 0),
    "organisations": (),
    "field": str(Field.OTHER),
    "status": str(Status.REPORTED),
}
"""Values of a new activity where the file says nothing."""


@dataclass(frozen=True)
class Current:
    """Rows of the edition beside those of a file.

    `is_there` flags the rows that are on record. `texts` are the cells our export writes, by
    column, `values` their values by VALUES; "" and EMPTY for rows that are not on record.
    """

    is_there: NDArray[np.bool_]
    texts: Mapping[str, Objects]
    values: Mapping[str, Objects]


def current_rows(edition: Edition, ids: Sequence[str], *, in_cp932: bool = False) -> Current:
    """Look up each id in the edition; an empty id has no row there.

    With `in_cp932` the texts are those of an export in CP932: a letter lost in that encoding is
    no change of the record.
    """
    count = len(ids)
    found = _query_rows(edition, ids)
    at = found["row"].to_numpy()
    is_there = np.zeros(count, dtype=bool)
    is_there[at] = True
    shown = found.drop_columns(["row", "scope_recorded", "organisation_list"])
    exported = escape_formulas(decode_masks(shown, decoded_values(edition)))
    spelt = to_cp932(exported, Cp932Changes()) if in_cp932 else exported
    texts = {name: _aligned(_texts(spelt[name]), at, count, "") for name in spelt.schema.names}
    values = {name: _aligned(_value(found, name), at, count, EMPTY[name]) for name in VALUES}
    return Current(is_there, texts, values)


def _query_rows(edition: Edition, ids: Sequence[str]) -> pa.RecordBatch:
    rows = {"row": pa.array(range(len(ids)), pa.int64()), "id": pa.array(ids, pa.string())}
    cursor = edition.cursor()
    cursor.register("asked", pa.table(rows).filter(pc.field("id") != ""))
    parameters = export_parameters(edition, Filters(scopes=tuple(Scope)))
    query = sql_text(__package__, "current_rows")
    table = cursor.sql(query, params=parameters).to_arrow_table()
    cursor.close()
    batches = table.combine_chunks().to_batches()
    return batches[0] if batches else pa.RecordBatch.from_pylist([], table.schema)


def _texts(column: pa.Array) -> list[str]:
    return ["" if value is None else str(value) for value in column.to_pylist()]


def _value(found: pa.RecordBatch, name: str) -> list[Any]:
    if name == "scope_recorded":
        return list(found[name].to_pylist())
    if name == "organisations":
        return list(map(tuple, found["organisation_list"].to_pylist()))
    values = list(found[COLUMN_OF.get(name, name)].to_pylist())
    is_form = name in ("stated", "implied")
    return [mask & ~Form.UNKNOWN.bit for mask in values] if is_form else values


def _aligned(values: list[Any], at: NDArray[np.int64], count: int, missing: Any) -> Objects:
    # Masks are whole numbers in every row: NumPy can work on them.
    aligned = np.empty(count, dtype=np.int64 if missing == 0 else object)
    aligned.fill(missing)
    aligned[at] = objects(values, len(values))
    return aligned
