"""What reviews (ふりかえり) say of a view: principles, lessons, next steps, what has none yet."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from rapidfuzz import fuzz

from kyodo_geo.editions import Edition
from kyodo_geo.editions.sql import Row
from kyodo_geo.filters.conditions import view_rows
from kyodo_geo.japanese import fiscal_year_of, search_key
from kyodo_geo.measures.activities.listing import PLACE_KINDS_OF_ACTIVITIES
from kyodo_geo.model import Filters, Rating, Review
from kyodo_geo.vocabulary import Effect, Grade, Principle, terms_in

LEAST_FOR_MEAN = 3
"""Fewer ratings have no mean: one voice would be taken for a tendency."""

ALIKE = 60.0
"""Least likeness of two lessons, in percent of their letters."""

MOST_COMPARED = 300
"""Lessons, the newest, that are looked through for others like them."""

REVIEWS = "SELECT * FROM review"
RATINGS = "SELECT * FROM rating"


@dataclass(frozen=True)
class NamedActivity:
    """What an activity is called, when and where it was."""

    activity_id: str
    title: str
    fiscal_year: int | None
    place_labels: tuple[str, ...]


@dataclass(frozen=True)
class Reviewed:
    """A review and its activity."""

    activity: NamedActivity
    review: Review


@dataclass(frozen=True)
class PrincipleFigures:
    """How one principle was rated: reviews by grade, and those in which it does not apply."""

    principle: Principle
    counts: Mapping[Grade, int]
    not_applicable: int

    @property
    def rated(self) -> int:
        """Reviews that give it a grade."""
        return sum(self.counts.values())

    @property
    def mean(self) -> float | None:
        """The mean of the steps, 1 to 4; None below LEAST_FOR_MEAN ratings."""
        if self.rated < LEAST_FOR_MEAN:
            return None
        return sum(grade.step * count for grade, count in self.counts.items()) / self.rated


@dataclass(frozen=True)
class Lesson:
    """A lesson as it was last put, with all reviews that say much the same, newest first.

    `lowest` are the principles rated lowest in those reviews, the most frequent first.
    """

    text: str
    reviews: tuple[Reviewed, ...]
    lowest: tuple[Principle, ...]


@dataclass(frozen=True)
class Ended:
    """Activities that are over and have no review: how many, and some of them, newest first."""

    total: int
    activities: tuple[NamedActivity, ...]


def all_reviews(edition: Edition) -> Mapping[str, Review]:
    """Every review of an edition by the id of its activity."""
    return edition.cached_large("reviews", lambda: _read(edition))


def reviews_in(edition: Edition, filters: Filters) -> tuple[Reviewed, ...]:
    """The reviews of the activities of a view, the latest look back first."""

    def produce() -> tuple[Reviewed, ...]:
        known = all_reviews(edition)
        if not known:
            return ()
        rows = view_rows(edition, filters, "reviews")
        return tuple(Reviewed(_named_activity(edition, row), known[row.id]) for row in rows)

    return edition.cached(("reviews", filters), produce)


def ratings_of(reviewed: Sequence[Reviewed]) -> tuple[PrincipleFigures, ...]:
    """The figures of all seven principles, in the guideline's order."""
    grades = {p: Counter(one.review.ratings[p].grade for one in reviewed) for p in Principle}
    return tuple(
        PrincipleFigures(p, {grade: grades[p][grade] for grade in Grade}, grades[p][None])
        for p in Principle
    )


def lessons_of(reviewed: Iterable[Reviewed]) -> tuple[Lesson, ...]:
    """Lessons, those that several reviews share first, then the newest.

    A lesson joins the first one before it that is at least ALIKE percent the same letters.
    """
    groups: list[tuple[str, list[Reviewed]]] = []
    with_lesson = [one for one in reviewed if one.review.lesson]
    for one in with_lesson[:MOST_COMPARED]:
        key = search_key(one.review.lesson)
        like = next((group for known, group in groups if _is_alike(key, known)), None)
        if like is None:
            groups.append((key, [one]))
        else:
            like.append(one)
    ordered = sorted((group for _, group in groups), key=len, reverse=True)
    return tuple(Lesson(group[0].review.lesson, tuple(group), _lowest(group)) for group in ordered)


def open_steps_of(reviewed: Iterable[Reviewed]) -> tuple[Reviewed, ...]:
    """Those with a next step that has not been taken yet, the latest look back first."""
    return tuple(one for one in reviewed if one.review.next_step and not one.review.is_settled)


def ended_without_review(
    edition: Edition, filters: Filters, today: date, limit: int, offset: int = 0
) -> Ended:
    """Activities of a view that were over before `today` and have no review.

    Over is what was reported (実施) and whose last day lies before today or, without a day,
    whose fiscal year does.
    """

    def produce() -> Ended:
        days = {"today": today, "this_year": fiscal_year_of(today)}
        rows = view_rows(edition, filters, "ended", **days, limit=limit, offset=offset)
        [count] = view_rows(edition, filters, "ended_total", **days)
        return Ended(count.total, tuple(_named_activity(edition, row) for row in rows))

    return edition.cached(("ended", filters, today, limit, offset), produce)


def lowest_rated(review: Review) -> tuple[Principle, ...]:
    """The principles with the lowest grade of a review; none where all are 4 or don't apply."""
    steps = {p: rating.grade.step for p, rating in review.ratings.items() if rating.grade}
    lowest = min(steps.values(), default=Grade.WELL_DONE.step)
    if lowest == Grade.WELL_DONE.step:
        return ()
    return tuple(p for p, step in steps.items() if step == lowest)


def _read(edition: Edition) -> dict[str, Review]:
    ratings: dict[str, dict[Principle, Rating]] = defaultdict(dict)
    grades = {None: None} | {grade.step: grade for grade in Grade}
    principles = {str(principle): principle for principle in Principle}
    for row in edition.rows(RATINGS):
        ratings[row.activity_id][principles[row.principle]] = Rating(grades[row.step], row.word)
    return {
        row.activity_id: Review(
            row.activity_id,
            row.reviewed_on,
            row.reviewed_by,
            {p: ratings[row.activity_id][p] for p in Principle},
            terms_in(Effect, row.expected_mask),
            terms_in(Effect, row.seen_mask),
            row.lesson,
            row.next_step,
            row.is_settled,
        )
        for row in edition.rows(REVIEWS)
    }


def _named_activity(edition: Edition, row: Row) -> NamedActivity:
    labels = tuple(
        place.label
        for place in edition.places
        if place.kind in PLACE_KINDS_OF_ACTIVITIES and place.mask & row.district_mask
    )
    return NamedActivity(row.id, row.title, row.fiscal_year, labels)


def _is_alike(key: str, known: str) -> bool:
    return fuzz.ratio(key, known, score_cutoff=ALIKE) > 0


def _lowest(group: Iterable[Reviewed]) -> tuple[Principle, ...]:
    counts = Counter(p for one in group for p in lowest_rated(one.review))
    return tuple(sorted(counts, key=lambda p: (-counts[p], p.bit)))
