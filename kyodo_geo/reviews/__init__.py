"""Reviews (ふりかえり) written: in a form or a file, as drafts, and published as an edition."""

from kyodo_geo.reviews.drafts import Draft, Drafts
from kyodo_geo.reviews.entry import ReviewEntry, examine_review
from kyodo_geo.reviews.file import ReviewFile, examine_reviews
from kyodo_geo.reviews.publishing import ACTION, publish_reviews, save

__all__ = [
    "ACTION",
    "Draft",
    "Drafts",
    "ReviewEntry",
    "ReviewFile",
    "examine_review",
    "examine_reviews",
    "publish_reviews",
    "save",
]
