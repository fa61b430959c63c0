"""Parts of the import page for files of reviews: what was found, what would change."""

from __future__ import annotations

from streamlit.runtime.uploaded_file_manager import UploadedFile

from kyodo_geo.editions import Edition
from kyodo_geo.imports.reviews import ReviewFile, examine_reviews
from kyodo_geo.ui.components import prose
from kyodo_geo.ui.components.mount import Part
from kyodo_geo.ui.components.review_parts import today
from kyodo_geo.ui.pages import import_activities
from kyodo_geo.ui.runtime import out_of_turn

REVIEW = "ふりかえり"
INTRODUCTION = (
    "「まとめてZIP」の中の reviews.csv か、Excelの「ふりかえり」のシートを直して取り込めます。"
    "1行が1件の活動のふりかえりで、もうあるふりかえりは書き直しになります。"
)


def introduction() -> tuple[Part, ...]:
    """What a file of reviews is."""
    return (prose.paragraph(INTRODUCTION),)


def examined(edition: Edition, upload: UploadedFile) -> ReviewFile:
    """What was found in a file."""
    with out_of_turn():
        return examine_reviews(upload.getvalue(), upload.name, edition, today())


def report(found: ReviewFile) -> tuple[Part, ...]:
    """Counts, findings, changed cells."""
    cells = [(one.activity_id, one.row, one.label, one.old, one.new) for one in found.changes]
    return import_activities.told(found, REVIEW, cells)
