"""Detection of new rows that are on record already: equal in all columns given, or alike.

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
from kyodo_geo.editions.load import INCOMING
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

COMPARED = {
    name: INCOMING.field(name).type
    for name in ("title", "district_mask", "fiscal_year", "start_date")
}

DIGITS = re.compile(r"\d+")


def find_duplicates(
    table: ActivityTable, records: Records, is_refused: NDArray[np.bool_], edition: Edition
) -> Checked[Mapping[int, str]]:
    """Find rows without an id that are on record as they stand; yields their ids by row.

    Rows that only resemble a record are flagged with its id and stay new.
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
    """Match rows with records that agree in all columns of the file; each record once."""
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
            detail = f"{pairs['id'][pair]}「{pairs['old_title'][pair]}」"
            found = records.values["title"][row]
            yield table.finding(ActivityFinding.LIKELY_DOUBLE, row, found=found, detail=detail)


def _incoming(records: Records, rows: Positions) -> pa.Table:
    """The values of some rows by which they are compared with records."""
    columns = {name: pa.array(records.values[name][rows], kind) for name, kind in COMPARED.items()}
    return pa.table({"row": pa.array(rows, pa.int64()), **columns})


def _query_pairs(
    incoming: pa.Table, edition: Edition, name: str, parameters: dict[str, Any]
) -> pa.Table:
    cursor = edition.cursor()
    cursor.register("incoming", incoming)
    joined = cursor.sql(sql_text(__package__, name), params=parameters).to_arrow_table()
    cursor.close()
    return joined


def _keys(titles: pa.ChunkedArray) -> list[str]:
    """Build the keys by which titles are compared, once per distinct title."""
    coded = titles.combine_chunks().dictionary_encode()
    keys = [search_key(title).replace(" ", "") for title in coded.dictionary.to_pylist()]
    return list(objects(keys, len(keys))[coded.indices.to_numpy()])
