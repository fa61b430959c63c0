"""Similar cases: the activities most like one, with reasons in words.

Likeness is a sum of up to 100 points (decision 33): same field 25; common forms 20 and actor types
15 (intersection by union); same district 15, neighbouring district 10 or same region 5; titles
with at least half of their letters in common up to 25. Years and numbers in titles are ignored.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from rapidfuzz import fuzz

from kyodo_geo.city import city
from kyodo_geo.editions import Edition, cached_per_edition
from kyodo_geo.editions.load import UNKNOWN_PLACE_ID
from kyodo_geo.editions.sql import Row
from kyodo_geo.filters.conditions import view_rows
from kyodo_geo.japanese import search_key
from kyodo_geo.measures.activities.listing import ListedActivity, find_activities, find_activity
from kyodo_geo.measures.places.district_shapes import district_neighbours
from kyodo_geo.model import CITYWIDE_ID, Filters
from kyodo_geo.vocabulary import KNOWN_FORMS, ActorType, Field, Form, Term, mask_of, terms_in

FIELD_POINTS, FORM_POINTS, ACTOR_POINTS, TITLE_POINTS = 25, 20, 15, 25
SAME_PLACE_POINTS, NEAR_PLACE_POINTS, REGION_POINTS = 15, 10, 5

LEAST_POINTS = 35
"""Activities with fewer points are not similar."""

LEAST_TITLE_PERCENT = 50
REASON_FROM = 0.5
"""Actor types are a reason from this part of their points on: 市 alone is in nearly all."""

CANDIDATES = 300
"""Activities nearest by their sets that are compared by title, too."""

MOST_SIMILAR = 5

OF_ONE_YEAR = re.compile(
    r"(令和|平成|昭和)(元|\d+)年度?|第?\d+(回|次|期|周年|年度|年)?|[()「」『』\s]"
)
"""Parts of a title that differ within a series, and brackets."""


@dataclass(frozen=True)
class SimilarCase:
    """A similar activity with its points out of 100 and the reasons in words."""

    activity: ListedActivity
    points: int
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class _Candidate:
    """A candidate with the key of its series (see `series_of`)."""

    activity_id: str
    series: str
    points: int
    reasons: tuple[str, ...]


@cached_per_edition
def similar_cases(edition: Edition, activity_id: str) -> tuple[SimilarCase, ...]:
    """Return the MOST_SIMILAR cases (協働) most like one, whatever the filters.

    Ties: first those alike by more than their title, then the newest. A series (one title, year
    after year) appears once, the activity's own series only where nothing else is similar.
    Empty where nothing is similar, or for an unknown id.
    """
    case = find_activity(edition, activity_id)
    if case is None:
        return ()
    rows = view_rows(edition, Filters(), "similar_cases", **_query_parameters(edition, case))
    # A stable sort: the query has put candidates with the same points in order.
    found = sorted((_candidate(edition, case, row) for row in rows), key=lambda one: -one.points)
    alike = [one for one in found if one.points >= LEAST_POINTS]
    own_series = series_of(case.title)
    best: dict[str, _Candidate] = {}
    for one in alike:
        if one.series != own_series:
            best.setdefault(one.series, one)
    # Decision 33: other years of the same event would fill the list and tell nothing new.
    chosen = (list(best.values()) or alike)[:MOST_SIMILAR]
    activities = find_activities(edition, [one.activity_id for one in chosen])
    return tuple(SimilarCase(activities[c.activity_id], c.points, c.reasons) for c in chosen)


def series_of(title: str) -> str:
    """Return the part of a title that its series shares: no years, numbers or brackets."""
    key = search_key(title)
    return OF_ONE_YEAR.sub("", key) or key


def title_points(one: str, other: str) -> int:
    """Return the points of two titles, given as keys of their series."""
    percent = fuzz.ratio(one, other)
    return int(TITLE_POINTS * percent // 100) if percent >= LEAST_TITLE_PERCENT else 0


def _query_parameters(edition: Edition, case: ListedActivity) -> dict[str, Any]:
    places = _places(case)
    own = [edition.district_by_id[id_] for id_ in places if id_ in edition.district_by_id]
    near = {n for district in own for n in district_neighbours(edition)[district.district_id]}
    regions = {district.region for district in own}
    in_regions = [p.place_id for p in edition.places if p.kind == "region" and p.region in regions]
    return {
        "activity_id": case.activity_id,
        "own_field": None if case.field is Field.OTHER else str(case.field),
        "known_forms": mask_of(KNOWN_FORMS),
        "own_forms": mask_of(case.known_forms),
        "own_actors": mask_of(case.actors),
        "same_places": _mask(edition, places),
        "near_places": _mask(edition, near),
        "region_places": _mask(edition, in_regions),
        "field_points": FIELD_POINTS,
        "form_points": FORM_POINTS,
        "actor_points": ACTOR_POINTS,
        "same_place_points": SAME_PLACE_POINTS,
        "near_place_points": NEAR_PLACE_POINTS,
        "region_points": REGION_POINTS,
        "candidates": CANDIDATES,
    }


def _candidate(edition: Edition, case: ListedActivity, row: Row) -> _Candidate:
    series = series_of(row.title)
    of_title = title_points(series_of(case.title), series)
    reasons = (
        f"分野が同じ（{case.field.label}）" if row.field_points else "",
        _terms_reason("形態", case.known_forms, terms_in(Form, row.known_form_mask))
        if row.form_points
        else "",
        _terms_reason("主体", case.actors, terms_in(ActorType, row.actor_mask))
        if row.actor_points >= ACTOR_POINTS * REASON_FROM
        else "",
        _place_reason(edition, case, row.district_mask, row.place_points),
        "名称の言葉が近い" if of_title else "",
    )
    return _Candidate(row.id, series, row.points + of_title, tuple(filter(None, reasons)))


def _terms_reason(name: str, own: Sequence[Term], others: Sequence[Term]) -> str:
    labels = "・".join(term.label for term in own if term in others)
    return f"{name}が{'同じ' if set(own) == set(others) else '重なる'}（{labels}）"


def _place_reason(edition: Edition, case: ListedActivity, district_mask: int, points: int) -> str:
    """Return the reason for the points of place; empty for none."""
    if points == SAME_PLACE_POINTS:
        shared = [id_ for id_ in _places(case) if edition.place_by_id[id_].mask & district_mask]
        if CITYWIDE_ID in shared:
            return "どちらも全市の取り組み"
        return f"同じ{edition.place_by_id[shared[0]].label}{city().district_noun}"
    there = [
        d for d in edition.districts if edition.place_by_id[d.district_id].mask & district_mask
    ]
    own = [edition.district_by_id[id_] for id_ in _places(case) if id_ != CITYWIDE_ID]
    if points == NEAR_PLACE_POINTS:
        around = {near for d in own for near in district_neighbours(edition)[d.district_id]}
        return f"隣の{next(d.full_name for d in there if d.district_id in around)}"
    regions = {district.region for district in own}
    return f"同じ{next(d.region for d in there if d.region in regions)}地域" if points else ""


def _places(case: ListedActivity) -> tuple[str, ...]:
    # Decision 33: what is unknown is nothing in common.
    return tuple(place_id for place_id in case.place_ids if place_id != UNKNOWN_PLACE_ID)


def _mask(edition: Edition, place_ids: Sequence[str] | set[str]) -> int:
    mask = 0
    for place_id in place_ids:
        mask |= edition.place_by_id[place_id].mask
    return mask
