"""Reviews (ふりかえり) written: in a form or a file, as drafts, and published as an edition."""

from kyodo_geo.imports.reviews.drafts import Drafts, ReviewDraft
from kyodo_geo.imports.reviews.entry import ReviewEntry, examine_review
from kyodo_geo.imports.reviews.file import ReviewExamination, examine_reviews
from kyodo_geo.imports.reviews.publish_reviews import ACTION, publish_reviews, save

__all__ = [
    "ACTION",
    "Drafts",
    "ReviewDraft",
    "ReviewEntry",
    "ReviewExamination",
    "examine_review",
    "examine_reviews",
    "publish_reviews",
    "save",
]
