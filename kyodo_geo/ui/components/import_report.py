"""What was found in a file that is taken in, and what it would change: shared by imports."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from typing import Any, TypeAlias, TypeVar

import streamlit as st

from kyodo_geo.imports.activities import Finding, Severity
from kyodo_geo.imports.examination import Examination, RowExamination
from kyodo_geo.tabular.findings import worst_first
from kyodo_geo.ui.components import prose
from kyodo_geo.ui.components.data_table import row_table, texts
from kyodo_geo.ui.components.parts import Part
from kyodo_geo.ui.runtime import out_of_turn

AnyExamination = TypeVar("AnyExamination", bound=Examination[Any])

# Reports of long lists stay small on the page; the command line shows all rows.
MOST_SHOWN = 200

Cells: TypeAlias = tuple[str, int, str, str, str]
"""A cell that would change: number of the activity, row, column, text on record, in the file."""

ACTIVITY = "活動"

COUNT_LABELS = {
    "new": "新しい{}",
    "changed": "変わる{}",
    "unchanged": "変わらない{}",
    "refused": "取り込めない行",
}


def cached_examination(
    name: str,
    key: Hashable,
    steps: Sequence[str],
    examine: Callable[[Callable[[str], None]], AnyExamination],
) -> AnyExamination:
    """Examine a file once per `key`; the session keeps the last examination under `name`.

    `examine` gets a function that shows which of `steps` has begun.
    """
    kept = st.session_state.get(name)
    if kept is None or kept[0] != key:
        with st.status("調べています…") as status, out_of_turn():

            def on_step(step: str) -> None:
                status.update(label=f"{step}（{steps.index(step) + 1}/{len(steps)}）")

            found = examine(on_step)
            status.update(label="調べました")
        kept = st.session_state[name] = (key, found)
    examination: AnyExamination = kept[1]
    return examination


def draw_publish_button(examination: RowExamination[Any], what: str = ACTIVITY) -> bool:
    """Draw the button that publishes, labelled with the counts; a note if nothing is new."""
    if examination.is_nothing_new:
        st.info(f"取り込むところがありません。いまの{what}の記録は変わりません。")
        return False
    new, changed = examination.counts["new"], examination.counts["changed"]
    label = f"新しい{new:,}件と変わる{changed:,}件の{what}を、新しい版として公開する"
    return st.button(label, type="primary")


def describe_publication(
    examination: RowExamination[Any], number: int, what: str = ACTIVITY
) -> str:
    """Describe what was published as edition `number`, and how to undo it."""
    return (
        f"{examination.file_name} の{what}を取り込み、第{number}版を公開しました。"
        f"元に戻すには、「版の履歴」で第{examination.edition_number}版の内容に戻します。"
    )


def report_parts(
    examination: RowExamination[Any], what: str, cells: Sequence[Cells]
) -> tuple[Part, ...]:
    """Report counts, findings, and the cells of records that would change."""
    return _counts(examination, what), *finding_table(examination.findings), *_changes(cells)


def finding_table(findings: Sequence[Finding]) -> tuple[Part, ...]:
    """List findings in a file, the gravest first, at most MOST_SHOWN."""
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
    return prose.section("見つかったこと"), row_table(caption, columns, rows, style="kg-wrapped")


def describe_comparison(examination: Examination[Any]) -> str:
    """Name the file and the edition it was compared with."""
    return f"{examination.file_name} を第{examination.edition_number}版と比べた結果"


def describe_rest(count: int) -> str:
    """Note that a table does not show all of its rows; empty if it does."""
    return f"はじめの{MOST_SHOWN:,}件を示します。" if count > MOST_SHOWN else ""


def _counts(examination: RowExamination[Any], what: str) -> Part:
    counts = examination.counts
    pairs = [(label.format(what), f"{counts[name]:,}件") for name, label in COUNT_LABELS.items()]
    heading = prose.first_heading(describe_comparison(examination))
    return prose.card("結果", heading, prose.details(pairs))


def _changes(cells: Sequence[Cells]) -> tuple[Part, ...]:
    if not cells:
        return ()
    columns = texts("番号", "行", "列", "いまの記録", "ファイル")
    rows = [(str(n), cell) for n, cell in enumerate(cells[:MOST_SHOWN])]
    caption = f"変わるセル {len(cells):,}個。{describe_rest(len(cells))}"
    return prose.section("変わるところ"), row_table(caption, columns, rows, style="kg-wrapped")
