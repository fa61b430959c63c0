"""Tables of one entry, written by hand or proposed: what was found in it, what would change."""

from __future__ import annotations

from collections.abc import Sequence

from kyodo_geo.editions import Edition
from kyodo_geo.imports.activities import Finding, Severity
from kyodo_geo.imports.activities.form_entry import ComparedCell
from kyodo_geo.tabular.findings import worst_first
from kyodo_geo.ui.components import prose
from kyodo_geo.ui.components.activity_form import SEPARATOR
from kyodo_geo.ui.components.data_table import row_table, texts
from kyodo_geo.ui.components.parts import Part


def finding_table(findings: Sequence[Finding]) -> tuple[Part, ...]:
    """What the doctor says of an entry, the gravest first."""
    if not findings:
        return ()
    rows = [
        (str(n), (found.severity.label, found.column or "全体", found.sentence))
        for n, found in enumerate(worst_first(findings))
    ]
    columns = texts("種類", "項目", "見つかったこと、すること")
    counts = "、".join(
        f"{severity.label} {count:,}件"
        for severity in Severity
        if (count := sum(found.severity is severity for found in findings))
    )
    return (prose.section("見つかったこと"), row_table(counts, columns, rows, style="kg-wrapped"))


def cell_table(
    edition: Edition, cells: Sequence[ComparedCell], caption: str, columns: Sequence[str]
) -> Part:
    """Cells that would change: as `columns` says two or three texts, and whether others did."""
    rows = [(cell.column, _cell_texts(edition, cell, len(columns))) for cell in cells]
    return row_table(caption, texts("項目", *columns), rows, style="kg-wrapped kg-cells")


def _cell_texts(edition: Edition, cell: ComparedCell, count: int) -> list[str]:
    told = {1: [cell.new], 2: [cell.now, cell.new], 3: [cell.before, cell.now, cell.new]}[count]
    changed = "（ほかの人が変えました）" if cell.is_conflict and count == 3 else ""
    shown = [_readable_text(edition, cell.column, text) for text in told]
    return [cell.label + changed, *shown]


def _readable_text(edition: Edition, column: str, text: str) -> str:
    """A text as people read it: districts by their names."""
    several = text.split(SEPARATOR)
    if column == "district_ids":
        places = edition.place_by_id
        several = [places[one].label if one in places else one for one in several]
    return "、".join(several)
