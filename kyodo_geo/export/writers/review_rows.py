"""Reviews as rows of a file, and as the texts that a form holds."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from kyodo_geo.editions import Edition
from kyodo_geo.export.schema.columns import NOT_APPLICABLE, REVIEW_COLUMNS, names
from kyodo_geo.measures.activities.reviews import reviews_in
from kyodo_geo.model import Filters, Rating, Review
from kyodo_geo.vocabulary import Effect, Principle

SEPARATOR = ";"


def review_cells(edition: Edition, filters: Filters) -> Iterable[tuple[Any, ...]]:
    """The reviews of the activities of a view, columns REVIEW_COLUMNS, ordered by activity."""
    for one in sorted(reviews_in(edition, filters), key=lambda one: one.activity.activity_id):
        cells = review_values(one.review) | {
            "edition": edition.info.number,
            "activity_title": one.activity.title,
        }
        yield tuple(cells[name] for name in names(REVIEW_COLUMNS))


def review_values(review: Review) -> dict[str, Any]:
    """Return the cells of a review per column."""
    ratings = {
        name: value
        for p in Principle
        for name, value in (
            (str(p), _grade(review.ratings[p])),
            (f"{p}_word", review.ratings[p].word),
        )
    }
    return {
        "activity_id": review.activity_id,
        "reviewed_on": review.reviewed_on.isoformat(),
        "reviewed_by": review.reviewed_by,
        **ratings,
        "expected_effects": _effects(review.expected),
        "seen_effects": _effects(review.seen),
        "lesson": review.lesson,
        "next_step": review.next_step,
        "is_settled": int(review.is_settled),
    }


def review_texts(review: Review) -> dict[str, str]:
    """The same as texts, without what keeps spreadsheets from calculating."""
    return {name: str(value) for name, value in review_values(review).items()}


def _grade(rating: Rating) -> int | str:
    return rating.grade.step if rating.grade else NOT_APPLICABLE


def _effects(effects: Iterable[Effect]) -> str:
    return SEPARATOR.join(effect.label for effect in effects)
