"""Reviews (ふりかえり) of a view, and the chains of activities that go on from each other."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from rapidfuzz import fuzz

from kyodo_geo.editions import Edition, cached_per_edition, query_text
from kyodo_geo.editions.sql import Row
from kyodo_geo.filters.conditions import view_rows
from kyodo_geo.japanese import fiscal_year_of, search_key
from kyodo_geo.measures.activities.listing import place_labels
from kyodo_geo.model import Filters, Rating, Review
from kyodo_geo.vocabulary import Effect, Grade, Principle, terms_in

LEAST_FOR_MEAN = 3
"""Fewer ratings have no mean: one voice would be taken for a tendency (decision 29)."""

ALIKE = 60.0
"""Least likeness of two lessons, in percent of their letters (decision 29)."""

MOST_COMPARED = 300
"""Newest lessons that are compared with each other."""

MOST_LINKS = 30
"""Links of a chain that are followed per direction."""

NAMES = "SELECT id, title, fiscal_year FROM activity WHERE list_contains($ids, id)"


@dataclass(frozen=True)
class NamedActivity:
    """An activity with its title, fiscal year and places."""

    activity_id: str
    title: str
    fiscal_year: int | None
    place_labels: tuple[str, ...]


@dataclass(frozen=True)
class Reviewed:
    """A review with its activity."""

    activity: NamedActivity
    review: Review


@dataclass(frozen=True)
class PrincipleFigures:
    """Ratings of one principle: reviews by grade, and those in which it does not apply."""

    principle: Principle
    counts: Mapping[Grade, int]
    not_applicable: int

    @property
    def rated(self) -> int:
        """Number of reviews that give it a grade."""
        return sum(self.counts.values())

    @property
    def mean(self) -> float | None:
        """Mean of the grades, 1 to 4; None below LEAST_FOR_MEAN ratings."""
        if self.rated < LEAST_FOR_MEAN:
            return None
        return sum(grade.step * count for grade, count in self.counts.items()) / self.rated


@dataclass(frozen=True)
class Lesson:
    """A lesson in its newest wording, with all reviews of similar wording, newest first.

    `lowest` are the principles rated lowest in these reviews, the most frequent first.
    """

    text: str
    reviews: tuple[Reviewed, ...]
    lowest: tuple[Principle, ...]


@dataclass(frozen=True)
class Ended:
    """Activities that are over and have no review: their number, and a page, newest first."""

    total: int
    activities: tuple[NamedActivity, ...]


def all_reviews(edition: Edition) -> Mapping[str, Review]:
    """Return all reviews of an edition by activity id."""
    return edition.cached_large("reviews", lambda: _read_reviews(edition))


@cached_per_edition
def reviews_in(edition: Edition, filters: Filters) -> tuple[Reviewed, ...]:
    """Return the reviews of the activities of a view, latest review first."""
    known = all_reviews(edition)
    rows = view_rows(edition, filters, "reviews") if known else ()
    return tuple(Reviewed(_named_activity(edition, row), known[row.id]) for row in rows)


def ratings_of(reviewed: Sequence[Reviewed]) -> tuple[PrincipleFigures, ...]:
    """Count the ratings of all seven principles, in the guideline's order."""
    grades = {p: Counter(one.review.ratings[p].grade for one in reviewed) for p in Principle}
    return tuple(
        PrincipleFigures(p, {grade: grades[p][grade] for grade in Grade}, grades[p][None])
        for p in Principle
    )


def lessons_of(reviewed: Iterable[Reviewed]) -> tuple[Lesson, ...]:
    """Group lessons by wording; those of most reviews first, then the newest.

    A lesson joins the first one before it with at least ALIKE percent of its letters.
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
    """Return the reviews with a next step that has not been taken, in their order."""
    return tuple(one for one in reviewed if one.review.next_step and not one.review.is_settled)


@cached_per_edition
def ended_without_review(
    edition: Edition, filters: Filters, today: date, limit: int, offset: int = 0
) -> Ended:
    """Return the activities of a view that were over before `today` and have no review.

    Over are reported ones (実施) whose last day or, without a day, whose fiscal year is past.
    """
    days = {"today": today, "this_year": fiscal_year_of(today)}
    rows = view_rows(edition, filters, "ended", **days, limit=limit, offset=offset)
    [count] = view_rows(edition, filters, "ended_total", **days)
    return Ended(count.total, tuple(_named_activity(edition, row) for row in rows))


def lowest_rated(review: Review) -> tuple[Principle, ...]:
    """Return the principles with the lowest grade; empty where all are 4 or do not apply."""
    steps = {p: rating.grade.step for p, rating in review.ratings.items() if rating.grade}
    lowest = min(steps.values(), default=Grade.WELL_DONE.step)
    if lowest == Grade.WELL_DONE.step:
        return ()
    return tuple(p for p, step in steps.items() if step == lowest)


def _read_reviews(edition: Edition) -> dict[str, Review]:
    ratings: dict[str, dict[Principle, Rating]] = defaultdict(dict)
    grades = {None: None} | {grade.step: grade for grade in Grade}
    principles = {str(principle): principle for principle in Principle}
    for row in edition.rows("SELECT * FROM rating"):
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
        for row in edition.rows("SELECT * FROM review")
    }


def _named_activity(edition: Edition, row: Row) -> NamedActivity:
    labels = place_labels(edition, row.district_mask)
    return NamedActivity(row.id, row.title, row.fiscal_year, labels)


def _is_alike(key: str, known: str) -> bool:
    return fuzz.ratio(key, known, score_cutoff=ALIKE) > 0


def _lowest(group: Iterable[Reviewed]) -> tuple[Principle, ...]:
    counts = Counter(p for one in group for p in lowest_rated(one.review))
    return tuple(sorted(counts, key=lambda p: (-counts[p], p.bit)))


@dataclass(frozen=True)
class Link:
    """Activity of a chain; `review` is None where it has none."""

    activity_id: str
    title: str
    fiscal_year: int | None
    review: Review | None


def chain_of(edition: Edition, activity_id: str) -> tuple[Link, ...]:
    """Return the chain of an activity, from the first one on; empty where it stands alone.

    Several activities may go on from one. A circle, which no check lets in, is walked once.
    """
    before, after = _continuations(edition)
    earlier: list[str] = []
    known = {activity_id}
    here = before.get(activity_id)
    while here is not None and here not in known and len(earlier) < MOST_LINKS:
        known.add(here)
        earlier.insert(0, here)
        here = before.get(here)
    ids = [*earlier, activity_id, *_following_ids(activity_id, after, known)]
    return _build_links(edition, ids) if len(ids) > 1 else ()


def _following_ids(activity_id: str, after: Mapping[str, list[str]], known: set[str]) -> list[str]:
    found: list[str] = []
    waiting = [activity_id]
    while waiting and len(found) < MOST_LINKS:
        new = [one for one in after.get(waiting.pop(0), ()) if one not in known]
        known.update(new)
        found.extend(new)
        waiting.extend(new)
    return found[:MOST_LINKS]


@cached_per_edition
def _continuations(edition: Edition) -> tuple[dict[str, str], dict[str, list[str]]]:
    before = {row.id: row.continues for row in edition.rows(query_text("continuations"))}
    after: dict[str, list[str]] = defaultdict(list)
    for activity_id, earlier in before.items():
        after[earlier].append(activity_id)
    return before, dict(after)


def _build_links(edition: Edition, ids: Sequence[str]) -> tuple[Link, ...]:
    reviews = all_reviews(edition)
    rows = edition.rows(NAMES, {"ids": list(ids)})
    links = {row.id: Link(row.id, row.title, row.fiscal_year, reviews.get(row.id)) for row in rows}
    return tuple(links[id_] for id_ in ids if id_ in links)
