"""New rows that are on record already: the same in all they say, or much alike.

Rows are compared only with records of the same district and day, or the same fiscal year
where one of the two has no day. A district with more records than MOST_COMPARED then is
looked through for the same title only, so that a row costs the same however long the
record is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from kyodo_geo.editions import Edition
from kyodo_geo.editions.sql import sql_text
from kyodo_geo.imports.activities.current_rows import VALUES, current_rows
from kyodo_geo.imports.activities.records import Records
from kyodo_geo.imports.activities.table import ActivityTable
from kyodo_geo.japanese import search_key
from kyodo_geo.tabular.column_arrays import objects
from kyodo_geo.tabular.findings import Check

MOST_COMPARED = 50
NEAR = 80.0
"""Least likeness of two titles, in percent of their letters."""

DIGITS = re.compile(r"\d+")


def find_doubles(table: ActivityTable, records: Records, edition: Edition) -> NDArray[np.bool_]:
    """Which rows without a number are on record as they stand; those get the number.

    Rows that are only like a record are flagged with its number and stay new.
    """
    is_new = (records.ids == "") & ~np.isin(table.numbers, list(table.refused_rows()))
    on_record = np.zeros(len(is_new), dtype=bool)
    incoming = _incoming(records, np.flatnonzero(is_new))
    for row, activity_id in _on_record(records, incoming, edition).items():
        records.ids[row], on_record[row] = activity_id, True
        table.find(Check.ON_RECORD, table.numbers[row], found=activity_id)
    _flag_alike(table, records, incoming.filter(~on_record[is_new]), edition)
    return on_record


def _on_record(records: Records, incoming: pa.Table, edition: Edition) -> Mapping[int, str]:
    """Numbers of records that agree with a row in all the file has columns for."""
    pairs = _joined(incoming, edition, "same_title", {}).to_pylist()
    current = current_rows(edition, [pair["id"] for pair in pairs])
    given = [name for name in VALUES if name in records.given]
    found: dict[int, str] = {}
    for position, pair in enumerate(pairs):
        row, activity_id = pair["row"], pair["id"]
        if row in found or activity_id in found.values():
            continue
        if all(current.values[name][position] == records.values[name][row] for name in given):
            found[row] = activity_id
    return found


def _flag_alike(
    table: ActivityTable, records: Records, incoming: pa.Table, edition: Edition
) -> None:
    pairs = _joined(incoming, edition, "alike", {"most": MOST_COMPARED})
    new, old = (_keys(pairs[name]) for name in ("title", "old_title"))
    if not new:
        return
    likeness = process.cpdist(new, old, scorer=fuzz.ratio, score_cutoff=NEAR)
    told: set[int] = set()
    for place in np.flatnonzero(likeness):
        row = pairs["row"][int(place)].as_py()
        # 第1回 and 第2回 are no doubles, however alike.
        if row not in told and DIGITS.findall(new[place]) == DIGITS.findall(old[place]):
            told.add(row)
            detail = f"{pairs['id'][int(place)]}「{pairs['old_title'][int(place)]}」"
            number, title = table.numbers[row], records.values["title"][row]
            table.find(Check.LIKELY_DOUBLE, number, found=title, detail=detail)


def _incoming(records: Records, rows: NDArray[np.int64]) -> pa.Table:
    """What records are compared by, of some rows."""
    values = records.values
    return pa.table(
        {
            "row": pa.array(rows, pa.int64()),
            "title": pa.array(values["title"][rows], pa.string()),
            "district_mask": pa.array(values["district_mask"][rows], pa.int64()),
            "fiscal_year": pa.array(values["fiscal_year"][rows], pa.int16()),
            "start_date": pa.array(values["start_date"][rows], pa.date32()),
        }
    )


def _joined(
    incoming: pa.Table, edition: Edition, name: str, parameters: dict[str, Any]
) -> pa.Table:
    cursor = edition.cursor()
    cursor.register("incoming", incoming)
    joined = cursor.sql(sql_text(__package__, name), params=parameters).to_arrow_table()
    cursor.close()
    return joined


def _keys(titles: pa.ChunkedArray) -> list[str]:
    """Titles as they are compared; each distinct one is read once."""
    coded = titles.combine_chunks().dictionary_encode()
    keys = [search_key(title).replace(" ", "") for title in coded.dictionary.to_pylist()]
    return list(objects(keys, len(keys))[coded.indices.to_numpy()])
