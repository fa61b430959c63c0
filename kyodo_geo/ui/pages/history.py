"""Parts of the history page: all editions, and what differs between two of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

from kyodo_geo.auth.roles import Person, Role
from kyodo_geo.editions import Edition, EditionStore, LogEntry
from kyodo_geo.editions.diff import ActivityName, ChangedActivity, Difference, undo
from kyodo_geo.editions.store import describe_numbers
from kyodo_geo.errors import EditionError, KyodoError
from kyodo_geo.measures.places.edition_impact import (
    Comparison,
    PlaceImpact,
    compare_editions,
    effect_texts,
)
from kyodo_geo.ui.components import mount, option_bar, prose
from kyodo_geo.ui.components.data_table import numbers, row_table, texts
from kyodo_geo.ui.components.parts import Column, Folded, OptionItem, Part, Sentence
from kyodo_geo.ui.runtime import out_of_turn, store

MOST_ROWS = 200
NEWEST = 8
"""Editions shown at once; older ones are folded away."""

MOST_OPEN = 30
"""Longer tables are folded away until they are asked for."""

SHORT_HASH = 8

HOW_TO_UNDO = (
    "前の版の内容に戻すには、データを置いているコンピューターで "
    "python -m kyodo_geo undo に版の番号をつけて実行します。"
)
UNDO_HERE = "前の版の内容に戻すには、「前の版」にその版を選び、いちばん下を開きます。"
PICK = "版の番号を押すと、その版で変わったことを下に示します。"
ONLY_ONE = "版はまだ一つです。次の版が公開されると、ここで違いを見られます。"


def editions(edition: Edition, store: EditionStore, person: Person) -> tuple[Part, ...]:
    """Every edition, newest first; a click on a number compares it with the one before."""
    log, present = edition.log, store.numbers()
    newest, older = log[:NEWEST], log[NEWEST:]
    parts = [prose.section("版の一覧"), _editions_table(edition, newest, present)]
    if older:
        table = _editions_table(edition, older, present)
        summary = f"さらに前の版（{len(older):,}）"
        parts.append(Folded(summary, table))
    way_back = UNDO_HERE if person.role is Role.OFFICIAL else HOW_TO_UNDO
    advice = f"{PICK}{way_back}" if len(log) > 1 else HOW_TO_UNDO
    return (*parts, prose.paragraph(advice))


def differences(edition: Edition, store: EditionStore) -> tuple[Part, ...]:
    """The choice of two editions and what differs between them."""
    heading = prose.section("二つの版の違い")
    if len(edition.log) < 2:
        return heading, prose.notice(ONLY_ONE)
    numbers = option_bar.editions_chosen(edition)
    return (
        heading,
        option_bar.row(OptionItem("before"), OptionItem("after")),
        *_compared(edition, store, *numbers),
    )


def _compared(edition: Edition, store: EditionStore, before: str, after: str) -> tuple[Part, ...]:
    present = store.numbers()
    unknown = [text for text in (before, after) if text not in map(str, present)]
    if unknown:
        texts = "」「".join(text[:20] for text in unknown)
        return (
            prose.notice(
                f"アドレスにある版「{texts}」はありません。あるのは{describe_numbers(present)}です。"
                "一覧から選び直してください。"
            ),
        )
    try:
        comparison = edition.cached(
            ("editions compared", before, after),
            lambda: compare_editions(store, int(before), int(after), MOST_ROWS),
        )
    except EditionError as error:
        return (prose.notice(error.sentence),)
    return _comparison(comparison)


def _comparison(comparison: Comparison) -> tuple[Part, ...]:
    difference = comparison.difference
    return (
        Sentence(difference.sentence),
        *([] if difference.is_empty else _effects(comparison.effects)),
        *_changed(difference),
        *_names("追加された活動", difference.added, difference.counts["added"]),
        *_names("削除された活動", difference.removed, difference.counts["removed"]),
        *_tables(difference),
    )


def _effects(effects: Sequence[PlaceImpact]) -> tuple[Part, ...]:
    if not effects:
        return (prose.paragraph("地区の数値（記録・協働・参加者数）は変わりません。"),)
    rows = [(e.place.place_id, (e.place.label, *effect_texts(e))) for e in effects]
    caption = "数値への影響。絞り込みのない値で、変わった地区だけを示します。"
    return (row_table(caption, EFFECT_COLUMNS, rows),)


def _changed(difference: Difference) -> tuple[Part, ...]:
    shown: list[ChangedActivity] = []
    for activity in difference.changed:
        if sum(len(one.changes) for one in (*shown, activity)) > MOST_ROWS:
            break
        shown.append(activity)
    rows = [
        (f"{one.activity_id}-{n}", (one.activity_id, one.title, c.label, c.before, c.after))
        for one in shown
        for n, c in enumerate(one.changes)
    ]
    return _listed("変更された活動", CHANGE_COLUMNS, rows, len(shown), difference.counts["changed"])


def _names(heading: str, activities: Sequence[ActivityName], total: int) -> tuple[Part, ...]:
    rows = [
        (one.activity_id, (one.activity_id, one.title, one.districts, one.fiscal_year))
        for one in activities
    ]
    return _listed(heading, NAME_COLUMNS, rows, len(rows), total)


def _listed(
    heading: str,
    columns: Sequence[Column],
    rows: Sequence[tuple[str, Sequence[Any]]],
    shown: int,
    total: int,
) -> tuple[Part, ...]:
    """A table of activities under its heading, and how many are left out of it."""
    if not total:
        return ()
    caption = f"{heading}（{total:,}件）"
    parts = [row_table(caption, columns, rows, style="kg-changes")]
    if shown < total:
        rest = f"ほかに{total - shown:,}件あります。diff コマンドに --json をつけると出力します。"
        parts.append(prose.paragraph(rest))
    if len(rows) > MOST_OPEN:
        return (Folded(caption, parts),)
    return tuple(parts)


def _tables(difference: Difference) -> tuple[Part, ...]:
    rows = [(t.table, (t.label, t.rows_added, t.rows_removed)) for t in difference.tables]
    caption = "活動のほかに違うもの。書き換えた行は、増えた行となくなった行に1行ずつ数えます。"
    return (row_table(caption, TABLE_COLUMNS, rows, style="kg-narrow"),) if rows else ()


def _editions_table(edition: Edition, log: Sequence[LogEntry], present: Sequence[int]) -> Part:
    rows = [(str(entry.number), _log_cells(entry, present)) for entry in log]
    changes = {
        str(entry.number): {"before": [str(max(older))], "after": [str(entry.number)]}
        for entry in log
        if entry.number in present and (older := [n for n in present if n < entry.number])
    }
    selected = option_bar.editions_chosen(edition)[1]
    return row_table(
        "新しい順", LOG_COLUMNS, rows, changes=changes, selected=selected, style="kg-editions"
    )


def _log_cells(entry: LogEntry, present: Sequence[int]) -> tuple[Any, ...]:
    gone = "" if entry.number in present else "（ファイルはありません）"
    return (
        f"第{entry.number}版{gone}",
        *entry.cells,
        "、".join(_source_file(text) for text in entry.source_files),
    )


def _source_file(text: str) -> str:
    """A source file with the start of its hash, from NAME:SHA-256."""
    name, colon, sha256 = text.rpartition(":")
    return f"{name}（{sha256[:SHORT_HASH]}）" if colon else text


LOG_COLUMNS = (
    *texts("版", "日時", "だれが", "種類", "説明"),
    *numbers("追加", "変更", "削除"),
    *texts("もとのファイル（SHA-256の先頭8文字）"),
)
CHANGE_COLUMNS = texts("番号", "名称", "項目", "前", "後")
NAME_COLUMNS = texts("番号", "名称", "地区", "年度")
EFFECT_COLUMNS = texts("地区", "すべての記録", "うち協働（実件数）", "協働の参加者数")
TABLE_COLUMNS = (*texts("内容"), *numbers("増えた行", "なくなった行"))


TOLD, SEEN = "kyodo_undo_told", "kyodo_undo_seen"


def draw_undo_result(edition: Edition) -> None:
    """What came of the last undo."""
    if told := st.session_state.pop(TOLD, None):
        mount.draw(edition, "kg_undone", prose.notice(told))


def draw_undo_form(edition: Edition, person: Person) -> None:
    """The content of the earlier of the two editions that are compared, as a new edition."""
    newest = edition.info.number
    seen = st.session_state.get(SEEN, newest)
    st.session_state[SEEN] = newest
    number = _earlier(edition)
    if person.role is not Role.OFFICIAL or number is None:
        return
    with (
        st.expander(f"第{number}版の内容に戻す"),
        st.form(f"kyodo_undo_{number}", enter_to_submit=False, border=False),
    ):
        st.write(
            f"第{number}版と同じ内容の、新しい版を公開します。第{number}版のあとの変更は"
            "すべて取り消されます。履歴は残るので、戻したことも元に戻せます。"
        )
        is_sure = st.checkbox("あとの変更を取り消してよいことを確かめました")
        is_sent = st.form_submit_button(f"第{number}版の内容に戻す")
    if is_sent and not is_sure:
        st.warning("戻してよいことを確かめ、印をつけてください。")
    elif is_sent:
        st.session_state[TOLD] = _undone(number, person, seen)
        st.rerun()


def _earlier(edition: Edition) -> int | None:
    """The edition chosen as the earlier one, if it is there and not the newest."""
    chosen = option_bar.editions_chosen(edition)[0]
    others = (number for number in store().numbers() if number != edition.info.number)
    return next((number for number in others if str(number) == chosen), None)


def _undone(number: int, person: Person, looked_at: int) -> str:
    """Go back, and what became of it."""
    try:
        with out_of_turn():
            made = undo(store(), number, person, looked_at=looked_at)
    except KyodoError as error:
        return error.sentence
    return f"第{number}版の内容に戻した、第{made}版を公開しました。"
