"""Which activity goes on from which: every one must exist, and none may come back to itself."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from kyodo_geo.editions import Edition
from kyodo_geo.imports.activities.records import Records
from kyodo_geo.imports.activities.table import ActivityTable
from kyodo_geo.tabular.findings import Check


def check_continuations(table: ActivityTable, records: Records, edition: Edition) -> None:
    """Refuse rows that continue an activity nobody knows, or in the end themselves."""
    continues = records.values["continues"]
    rows = np.flatnonzero(records.is_touched & (continues != None))  # noqa: E711 - elementwise
    if not len(rows):
        return
    query = "SELECT id, continues FROM activity"
    on_record = {row.id: row.continues for row in edition.rows(query)}
    followed = on_record | {
        activity_id: before
        for activity_id, before in zip(records.ids, continues, strict=True)
        if activity_id
    }
    label = table.label("continues")
    for row in rows.tolist():
        number, before = table.numbers[row], continues[row]
        if before not in followed:
            table.find(Check.CONTINUES_UNKNOWN, number, label, found=before)
        elif records.ids[row] and _leads_back(records.ids[row], followed):
            table.find(Check.CONTINUES_CIRCLE, number, label, found=before)


def _leads_back(activity_id: str, followed: Mapping[str, str | None]) -> bool:
    passed = {activity_id}
    before = followed.get(activity_id)
    while before is not None and before not in passed:
        passed.add(before)
        before = followed.get(before)
    return before == activity_id
