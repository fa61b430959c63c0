"""Parts of the import page for files of reviews: what was found, what would change."""

from __future__ import annotations

from streamlit.runtime.uploaded_file_manager import UploadedFile

from kyodo_geo.editions import Edition
from kyodo_geo.reviews import ReviewFile, examine_reviews
from kyodo_geo.ui import cards, imports
from kyodo_geo.ui.parts import Part
from kyodo_geo.ui.reviews import today
from kyodo_geo.ui.runtime import out_of_turn

REVIEW = "ふりかえり"
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
    cells = [(one.activity_id, one.row, one.label, one.old, one.new) for one in found.changes]
    return imports.told(found, REVIEW, cells)
