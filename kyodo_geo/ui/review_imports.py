"""Parts of the import page for files of reviews: what was found, what would change."""

from __future__ import annotations

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from kyodo_geo.editions import Edition
from kyodo_geo.reviews import ReviewFile, examine_reviews
from kyodo_geo.ui import cards
from kyodo_geo.ui.imports import COUNT_LABELS, MOST_SHOWN, finding_table, rest_told
from kyodo_geo.ui.parts import Part
from kyodo_geo.ui.reviews import today
from kyodo_geo.ui.runtime import out_of_turn
from kyodo_geo.ui.tables import row_table, texts

INTRODUCTION = (
    "「まとめてZIP」の中の reviews.csv か、Excelの「ふりかえり」のシートを直して取り込めます。"
    "1行が1件の活動のふりかえりで、もうあるふりかえりは書き直しになります。"
)


def introduction() -> tuple[Part, ...]:
    """What a file of reviews is."""
    return (cards.paragraph(INTRODUCTION),)


def examined(edition: Edition, upload: UploadedFile) -> ReviewFile:
    """What was found in a file."""
    with out_of_turn():
        return examine_reviews(upload.getvalue(), upload.name, edition, today())


def report(found: ReviewFile) -> tuple[Part, ...]:
    """Counts, findings, changed cells."""
    pairs = [
        (label.replace("活動", "ふりかえり"), f"{found.counts[name]:,}件")
        for name, label in COUNT_LABELS.items()
    ]
    heading = cards.heading(f"{found.file_name} を第{found.edition_number}版と比べた結果")
    counts = cards.card("結果", heading, cards.notes(pairs) | {"style": "kg-detail"})
    return counts, *finding_table(found.findings), *_changes(found)


def asked_to_publish(found: ReviewFile) -> bool:
    """The button that publishes; not there for nothing."""
    if found.is_nothing_new:
        st.info("取り込むところがありません。いまのふりかえりは変わりません。")
        return False
    new, changed = found.counts["new"], found.counts["changed"]
    label = f"新しい{new:,}件と変わる{changed:,}件のふりかえりを、新しい版として公開する"
    return st.button(label, type="primary")


def published(found: ReviewFile, number: int) -> str:
    """What has been done, and how to take it back."""
    return (
        f"{found.file_name} のふりかえりを取り込み、第{number}版を公開しました。"
        f"元に戻すには `python -m kyodo_geo undo {found.edition_number}` を実行します。"
    )


def _changes(found: ReviewFile) -> tuple[Part, ...]:
    if not found.changes:
        return ()
    rows = [
        (str(n), (one.activity_id, one.row, one.label, one.old, one.new))
        for n, one in enumerate(found.changes[:MOST_SHOWN])
    ]
    count = len(found.changes)
    caption = f"変わるセル {count:,}個。{rest_told(count)}"
    columns = texts("番号", "行", "列", "いまのふりかえり", "ファイル")
    return cards.section("変わるところ"), row_table(caption, columns, rows, style="kg-wrapped")
