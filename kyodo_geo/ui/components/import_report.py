"""What was found in a file that is taken in, and what it would change: shared by imports."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Protocol, TypeAlias

import streamlit as st

from kyodo_geo.imports.activities import Finding, Severity
from kyodo_geo.tabular.findings import worst_first
from kyodo_geo.ui.components import prose
from kyodo_geo.ui.components.data_table import row_table, texts
from kyodo_geo.ui.components.parts import Part

MOST_SHOWN = 200
"""Rows of a table on the page; the command line has all."""

Cells: TypeAlias = tuple[str, int, str, str, str]
"""A cell that would change: number of the activity, row, column, text on record, in the file."""

ACTIVITY = "活動"

COUNT_LABELS = {
    "new": "新しい{}",
    "changed": "変わる{}",
    "unchanged": "変わらない{}",
    "refused": "取り込めない行",
}


class Examined(Protocol):
    """What all files that are taken in have in common once they are examined."""

    @property
    def file_name(self) -> str:
        """The name of the file."""

    @property
    def edition_number(self) -> int:
        """The edition it was compared with."""

    @property
    def counts(self) -> Mapping[str, int]:
        """Rows that are new, changed, unchanged and refused."""

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All that was found."""

    @property
    def is_nothing_new(self) -> bool:
        """Whether there is nothing to publish."""


def draw_publish_button(examined: Examined, what: str = ACTIVITY) -> bool:
    """The button that publishes; says what it will do, and is not there for nothing."""
    if examined.is_nothing_new:
        st.info(f"取り込むところがありません。いまの{what}の記録は変わりません。")
        return False
    new, changed = examined.counts["new"], examined.counts["changed"]
    label = f"新しい{new:,}件と変わる{changed:,}件の{what}を、新しい版として公開する"
    return st.button(label, type="primary")


def published(examined: Examined, number: int, what: str = ACTIVITY) -> str:
    """What has been done, and how to take it back."""
    return (
        f"{examined.file_name} の{what}を取り込み、第{number}版を公開しました。"
        f"元に戻すには、「版の履歴」で第{examined.edition_number}版の内容に戻します。"
    )


def report_parts(examined: Examined, what: str, cells: Sequence[Cells]) -> tuple[Part, ...]:
    """Counts, findings, and the cells of records that would change."""
    return _counts(examined, what), *finding_table(examined.findings), *_changes(cells)


def finding_table(findings: Sequence[Finding]) -> tuple[Part, ...]:
    """What was found in a file, the gravest first."""
    if not findings:
        return (prose.section("見つかったこと"), prose.paragraph("直すところはありません。"))
    times = Counter(finding.severity for finding in findings)
    counts = "、".join(f"{severity.label} {times[severity]:,}件" for severity in Severity)
    columns = texts("種類", "見つかったこと、すること", "場所", "番号", "規則")
    rows = [
        (str(n), (f.severity.label, f.sentence, f.where, f.kind.finding_id, f.kind.rule))
        for n, f in enumerate(worst_first(findings)[:MOST_SHOWN])
    ]
    caption = f"{counts}。{describe_rest(len(findings))}"
    return (
        prose.section("見つかったこと"),
        row_table(caption, columns, rows, style="kg-wrapped"),
    )


def describe_rest(count: int) -> str:
    """Says that a table does not show all of its rows; empty if it does."""
    return f"はじめの{MOST_SHOWN:,}件を示します。" if count > MOST_SHOWN else ""


def _counts(examined: Examined, what: str) -> Part:
    counts = examined.counts
    pairs = [(label.format(what), f"{counts[name]:,}件") for name, label in COUNT_LABELS.items()]
    return prose.card(
        "結果",
        prose.first_heading(_compared(examined)),
        prose.details(pairs),
    )


def _compared(examined: Examined) -> str:
    return f"{examined.file_name} を第{examined.edition_number}版と比べた結果"


def _changes(cells: Sequence[Cells]) -> tuple[Part, ...]:
    if not cells:
        return ()
    columns = texts("番号", "行", "列", "いまの記録", "ファイル")
    rows = [(str(n), report_parts) for n, report_parts in enumerate(cells[:MOST_SHOWN])]
    caption = f"変わるセル {len(cells):,}個。{describe_rest(len(cells))}"
    return (prose.section("変わるところ"), row_table(caption, columns, rows, style="kg-wrapped"))
