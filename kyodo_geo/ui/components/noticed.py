"""点検で気づいたこと: what the guideline's checks find in one activity."""

from __future__ import annotations

from kyodo_geo.editions import Edition
from kyodo_geo.guideline.checks import checks_of
from kyodo_geo.ui.components import prose
from kyodo_geo.ui.components.mount import Part
from kyodo_geo.ui.http import guideline_tables


def noticed(edition: Edition, activity_id: str) -> tuple[Part, ...]:
    """Each finding with the way to its check; empty without any."""
    found = checks_of(edition, activity_id, guideline_tables.today())
    if not found:
        return ()
    items = [
        {
            "text": check.hint,
            "page": "checks",
            "view": {"check": [check.check_id]},
            "label": f"点検 {check.check_id}",
        }
        for check in found
    ]
    return prose.heading("点検で気づいたこと"), {"kind": "sentences", "items": items}
