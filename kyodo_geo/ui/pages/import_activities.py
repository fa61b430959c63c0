"""Parts of the import page: what the doctor found, and what taking a file in would do."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from kyodo_geo.editions import Edition
from kyodo_geo.imports.activities import ActivityExamination, examine
from kyodo_geo.imports.activities.activity_examination import STEPS
from kyodo_geo.imports.activities.rejected_rows import refused_csv
from kyodo_geo.imports.activities.table import LABELS
from kyodo_geo.imports.activities.template import template_workbook
from kyodo_geo.imports.reviews import ReviewExamination, examine_reviews
from kyodo_geo.japanese import today
from kyodo_geo.ui.components import prose
from kyodo_geo.ui.components.import_report import ACTIVITY, report_parts
from kyodo_geo.ui.components.parts import Part
from kyodo_geo.ui.runtime import out_of_turn

KEPT = "kyodo_examined"

INTRODUCTION = (
    "表のファイル（CSV・Excel・ODS、20MB・20万行まで）を調べて、いまの記録と比べます。"
    "公開するまで、記録は何も変わりません。"
)
TEMPLATE_NOTE = (
    "「ファイルにする」で書き出したCSVとExcelも、直してそのまま取り込めます。"
    "はじめて作るときは、選択肢と説明のついたひな形を使ってください。"
)

SUFFIXES = ("csv", "xlsx", "ods")


def examined(edition: Edition, upload: UploadedFile) -> ActivityExamination:
    """What was found in a file, kept for this session while file and edition are the same."""
    key = (upload.file_id, edition.info.number)
    kept = st.session_state.get(KEPT)
    if kept is None or kept[0] != key:
        with st.status("調べています…") as status, out_of_turn():
            found = examine(upload.getvalue(), upload.name, edition, _progress(status.update))
            status.update(label="調べました")
        kept = st.session_state[KEPT] = (key, found)
    examination: ActivityExamination = kept[1]
    return examination


def introduction() -> tuple[Part, ...]:
    """What the page does."""
    return (prose.paragraph(INTRODUCTION), prose.paragraph(TEMPLATE_NOTE))


def draw_template_button(edition: Edition) -> None:
    """The file to start from, made at the click."""
    name = "kyodo_template.xlsx"
    st.download_button(
        "ひな形（Excel）", lambda: template_workbook(edition), name, on_click="ignore"
    )


def draw_rejected_button(examination: ActivityExamination) -> None:
    """The rows that cannot be taken in, with the reasons, to be mended and sent in again."""
    count = examination.counts["refused"]
    if count:
        label = f"取り込めない{count:,}行をファイルにする（理由つき）"
        name = f"refused_{Path(examination.file_name).stem}.csv"
        st.download_button(label, lambda: refused_csv(examination), name, on_click="ignore")


def report(examination: ActivityExamination) -> tuple[Part, ...]:
    """Counts, findings, changed cells."""
    changes = examination.plan.changes if examination.plan else ()
    cells = [(c.activity_id, c.row, LABELS.get(c.column, c.column), c.old, c.new) for c in changes]
    return report_parts(examination, ACTIVITY, cells)


def _progress(update: Callable[..., object]) -> Callable[[str], None]:
    def on_step(name: str) -> None:
        update(label=f"{name}（{STEPS.index(name) + 1}/{len(STEPS)}）")

    return on_step


REVIEW = "ふりかえり"
REVIEWS_INTRODUCTION = (
    "「まとめてZIP」の中の reviews.csv か、Excelの「ふりかえり」のシートを直して取り込めます。"
    "1行が1件の活動のふりかえりで、もうあるふりかえりは書き直しになります。"
)


def reviews_introduction() -> tuple[Part, ...]:
    """What a file of reviews is."""
    return (prose.paragraph(REVIEWS_INTRODUCTION),)


def examined_reviews(edition: Edition, upload: UploadedFile) -> ReviewExamination:
    """What was found in a file."""
    with out_of_turn():
        return examine_reviews(upload.getvalue(), upload.name, edition, today())


def reviews_report(found: ReviewExamination) -> tuple[Part, ...]:
    """Counts, findings, changed cells."""
    cells = [
        (one.activity_id, one.row, one.label, one.old, one.new)
        for one in (found.plan.changes if found.plan else ())
    ]
    return report_parts(found, REVIEW, cells)
