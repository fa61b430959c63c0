"""Which activity goes on from which: every one must exist, and none may come back to itself."""

from __future__ import annotations

from collections.abc import Mapping

from kyodo_geo.imports.activities.activity_findings import ActivityFinding
from kyodo_geo.imports.activities.records import Columns, Records
from kyodo_geo.imports.activities.row_checks import Upload
from kyodo_geo.tabular.findings import Checked


def check_continuations(upload: Upload, records: Records) -> Checked[Columns]:
    """Find rows that continue an activity nobody knows, or in the end themselves."""
    table, continues = upload.table, records.values["continues"]
    rows = records.touched(continues != None)  # noqa: E711 - elementwise
    if not rows:
        return Checked({})
    recorded = upload.edition.rows("SELECT id, continues FROM activity")
    predecessors = {row.id: row.continues for row in recorded} | {
        activity_id: before
        for activity_id, before in zip(records.ids, continues, strict=True)
        if activity_id
    }
    label, findings = table.label("continues"), []
    for row in rows:
        before, activity_id = continues[row], records.ids[row]
        if before not in predecessors:
            kind = ActivityFinding.CONTINUES_UNKNOWN
        elif activity_id and _leads_back(activity_id, predecessors):
            kind = ActivityFinding.CONTINUES_CIRCLE
        else:
            continue
        findings.append(table.finding(kind, row, label, found=before))
    return Checked({}, findings)


def _leads_back(activity_id: str, predecessors: Mapping[str, str | None]) -> bool:
    passed = {activity_id}
    before = predecessors.get(activity_id)
    while before is not None and before not in passed:
        passed.add(before)
        before = predecessors.get(before)
    return before == activity_id
