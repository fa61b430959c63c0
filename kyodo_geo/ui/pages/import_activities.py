"""Parts of the import page: what the doctor found, and what taking a file in would do."""

from __future__ import annotations

from pathlib import Path

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from kyodo_geo.editions import Edition
from kyodo_geo.imports.activities import ActivityExamination, examine
from kyodo_geo.imports.activities.activity_examination import STEPS, refused_csv
from kyodo_geo.imports.activities.table import LABELS
from kyodo_geo.imports.activities.template import template_workbook
from kyodo_geo.imports.reviews import ReviewExamination, examine_reviews
from kyodo_geo.japanese import today
from kyodo_geo.ui.components import prose
from kyodo_geo.ui.components.import_report import ACTIVITY, cached_examination, report_parts
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


def cached_activities(edition: Edition, upload: UploadedFile) -> ActivityExamination:
    """Examine a list of activities once per file and edition."""
    key = (upload.file_id, edition.info.number)
    return cached_examination(
        KEPT, key, STEPS, lambda on_step: examine(upload.getvalue(), upload.name, edition, on_step)
    )


def introduction() -> tuple[Part, ...]:
    """Explain what the page does."""
    return prose.paragraph(INTRODUCTION), prose.paragraph(TEMPLATE_NOTE)


def draw_template_button(edition: Edition) -> None:
    """Draw a button for the template, made at the click."""
    name, make = "kyodo_template.xlsx", lambda: template_workbook(edition)
    st.download_button("ひな形（Excel）", make, name, on_click="ignore")


def draw_rejected_button(examination: ActivityExamination) -> None:
    """Draw a button for the rejected rows with their reasons, if there are any."""
    if count := examination.counts["refused"]:
        label = f"取り込めない{count:,}行をファイルにする（理由つき）"
        name = f"refused_{Path(examination.file_name).stem}.csv"
        st.download_button(label, lambda: refused_csv(examination), name, on_click="ignore")


def report(examination: ActivityExamination) -> tuple[Part, ...]:
    """Report counts, findings and changed cells of a list of activities."""
    changes = examination.plan.changes if examination.plan else ()
    cells = [(c.activity_id, c.row, LABELS.get(c.column, c.column), c.old, c.new) for c in changes]
    return report_parts(examination, ACTIVITY, cells)


REVIEW = "ふりかえり"
REVIEWS_INTRODUCTION = (
    "「まとめてZIP」の中の reviews.csv か、Excelの「ふりかえり」のシートを直して取り込めます。"
    "1行が1件の活動のふりかえりで、もうあるふりかえりは書き直しになります。"
)


def examine_review_file(edition: Edition, upload: UploadedFile) -> ReviewExamination:
    """Examine a file of reviews."""
    with out_of_turn():
        return examine_reviews(upload.getvalue(), upload.name, edition, today())


def reviews_report(found: ReviewExamination) -> tuple[Part, ...]:
    """Report counts, findings and changed cells of a file of reviews."""
    changes = found.plan.changes if found.plan else ()
    cells = [(one.activity_id, one.row, one.label, one.old, one.new) for one in changes]
    return report_parts(found, REVIEW, cells)
