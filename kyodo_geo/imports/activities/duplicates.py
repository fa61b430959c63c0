"""New rows that are on record already: the same in all they say, or much alike.

Rows are compared only with records of the same district and day, or the same fiscal year
where one of the two has no day. A district with more records than MOST_COMPARED then is
looked through for the same title only, so that a row costs the same however long the
record is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from kyodo_geo.editions import Edition
from kyodo_geo.editions.sql import sql_text
from kyodo_geo.imports.activities.activity_findings import ActivityFinding
from kyodo_geo.imports.activities.current_rows import VALUES, current_rows
from kyodo_geo.imports.activities.records import Records
from kyodo_geo.imports.activities.table import ActivityTable
from kyodo_geo.japanese import search_key
from kyodo_geo.tabular.column_arrays import Positions, objects
from kyodo_geo.tabular.findings import Checked, Finding

MOST_COMPARED = 50
NEAR = 80.0
"""Least likeness of two titles, in percent of their letters."""

DIGITS = re.compile(r"\d+")


def find_duplicates(
    table: ActivityTable, records: Records, is_refused: NDArray[np.bool_], edition: Edition
) -> Checked[Mapping[int, str]]:
    """Find rows without a number that are on record as they stand; yields those numbers by row.

    Rows that are only like a record are flagged with its number and stay new.
    """
    rows = np.flatnonzero((records.ids == "") & ~is_refused)
    incoming = _incoming(records, rows)
    on_record = _on_record(records, incoming, edition)
    findings = [
        table.finding(ActivityFinding.ON_RECORD, row, found=activity_id)
        for row, activity_id in on_record.items()
    ]
    others = incoming.filter(~np.isin(rows, list(on_record)))
    return Checked(on_record, [*findings, *_alike(table, records, others, edition)])


def _on_record(records: Records, incoming: pa.Table, edition: Edition) -> dict[int, str]:
    """Numbers of records that agree with a row in all the file has columns for."""
    pairs = _query_pairs(incoming, edition, "same_title", {}).to_pylist()
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


def _alike(
    table: ActivityTable, records: Records, incoming: pa.Table, edition: Edition
) -> Iterator[Finding]:
    pairs = _query_pairs(incoming, edition, "alike", {"most": MOST_COMPARED})
    new, old = (_keys(pairs[name]) for name in ("title", "old_title"))
    if not new:
        return
    likeness = process.cpdist(new, old, scorer=fuzz.ratio, score_cutoff=NEAR)
    flagged: set[int] = set()
    for pair in np.flatnonzero(likeness).tolist():
        row = pairs["row"][pair].as_py()
        # 第1回 and 第2回 are no doubles, however alike.
        if row not in flagged and DIGITS.findall(new[pair]) == DIGITS.findall(old[pair]):
            flagged.add(row)
            texts = {"detail": f"{pairs['id'][pair]}「{pairs['old_title'][pair]}」"}
            texts["found"] = records.values["title"][row]
            yield table.finding(ActivityFinding.LIKELY_DOUBLE, row, **texts)


def _incoming(records: Records, rows: Positions) -> pa.Table:
    """The values of some rows by which they are compared with records."""
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


def _query_pairs(
    incoming: pa.Table, edition: Edition, name: str, parameters: dict[str, Any]
) -> pa.Table:
    cursor = edition.cursor()
    cursor.register("incoming", incoming)
    joined = cursor.sql(sql_text(__package__, name), params=parameters).to_arrow_table()
    cursor.close()
    return joined


def _keys(titles: pa.ChunkedArray) -> list[str]:
    """Titles as they are compared; the key of each distinct one is built once."""
    coded = titles.combine_chunks().dictionary_encode()
    keys = [search_key(title).replace(" ", "") for title in coded.dictionary.to_pylist()]
    return list(objects(keys, len(keys))[coded.indices.to_numpy()])
