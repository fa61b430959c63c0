"""Similar cases: activities like one, and why, in words.

Likeness is a sum of points out of 100, each part for something that can be read off the record:
the same field 25, common forms 20, common actor types 15 (what both have by what either has),
the same district 15 or a neighbouring one 10 or the same region 5, and titles of which half or
more of the letters are the same up to 25. Numbers in titles (years, 第12回) don't count.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from rapidfuzz import fuzz

from kyodo_geo.city import city
from kyodo_geo.editions import Edition
from kyodo_geo.editions.load import UNKNOWN_PLACE_ID
from kyodo_geo.editions.sql import Row
from kyodo_geo.filters.conditions import view_rows
from kyodo_geo.japanese import search_key
from kyodo_geo.measures.activities.listing import (
    ListedActivity,
    find_activities,
    find_activity,
)
from kyodo_geo.measures.places.district_shapes import district_neighbours
from kyodo_geo.model import CITYWIDE_ID, Filters
from kyodo_geo.vocabulary import (
    KNOWN_FORMS,
    ActorType,
    Field,
    Form,
    Term,
    mask_of,
    terms_in,
)

FIELD_POINTS, FORM_POINTS, ACTOR_POINTS, TITLE_POINTS = 25, 20, 15, 25
SAME_PLACE_POINTS, NEAR_PLACE_POINTS, REGION_POINTS = 15, 10, 5

LEAST_POINTS = 35
"""Fewer are no likeness."""

LEAST_TITLE_PERCENT = 50
SAID_FROM = 0.5
"""So much of the points for actor types is given as a reason: 市 alone is in nearly all."""

CANDIDATES = 300
"""Of the activities nearest by their sets so many are compared by title, too."""

MOST_SIMILAR = 5

OF_ONE_YEAR = re.compile(
    r"(令和|平成|昭和)(元|\d+)年度?|第?\d+(回|次|期|周年|年度|年)?|[()「」『』\s]"
)
"""What differs between the titles of one series, and what brackets leave."""


@dataclass(frozen=True)
class SimilarCase:
    """A similar activity: points out of 100, and why, in words."""

    activity: ListedActivity
    points: int
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class _Candidate:
    """A candidate: its id, the series it belongs to, points by part, reasons."""

    activity_id: str
    series: str
    points: int
    reasons: tuple[str, ...]


def similar_cases(edition: Edition, activity_id: str) -> tuple[SimilarCase, ...]:
    """At most five cases (協働) most like one, whatever the filters.

    Of those with the same points the ones alike by more than their title come first, then the
    newest.
    Of a series (one title, year after year) only the most alike is given, and the activity's own
    series only where nothing else is alike. Empty where nothing is, or for an unknown id.
    """
    return edition.cached(("similar cases", activity_id), lambda: _similar(edition, activity_id))


def series_of(title: str) -> str:
    """What the titles of one series have in common: no years, numbers and brackets."""
    key = search_key(title)
    return OF_ONE_YEAR.sub("", key) or key


def title_points(one: str, other: str) -> int:
    """Points for two titles, given as their series."""
    percent = fuzz.ratio(one, other)
    return int(TITLE_POINTS * percent // 100) if percent >= LEAST_TITLE_PERCENT else 0


def _similar(edition: Edition, activity_id: str) -> tuple[SimilarCase, ...]:
    case = find_activity(edition, activity_id)
    if case is None:
        return ()
    rows = view_rows(edition, Filters(), "similar_cases", **_parameters(edition, case))
    # Sorting keeps the order of what has the same points.
    found = sorted((_similar_case(edition, case, row) for row in rows), key=lambda one: -one.points)
    alike = [one for one in found if one.points >= LEAST_POINTS]
    own_series = series_of(case.title)
    others = [one for one in alike if one.series != own_series]
    best: dict[str, _Candidate] = {}
    for one in others:
        best.setdefault(one.series, one)
    chosen = (list(best.values()) or alike)[:MOST_SIMILAR]
    activities = find_activities(edition, [one.activity_id for one in chosen])
    return tuple(SimilarCase(activities[c.activity_id], c.points, c.reasons) for c in chosen)


def _parameters(edition: Edition, case: ListedActivity) -> dict[str, Any]:
    places = _places(case)
    own = [edition.district_by_id[id_] for id_ in places if id_ in edition.district_by_id]
    near = {n for district in own for n in district_neighbours(edition)[district.district_id]}
    regions = {district.region for district in own}
    in_regions = [p.place_id for p in edition.places if p.kind == "region" and p.region in regions]
    return {
        "activity_id": case.activity_id,
        "own_field": None if case.field is Field.OTHER else str(case.field),
        "known_forms": mask_of(KNOWN_FORMS),
        "own_forms": mask_of(_forms(case)),
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


def _similar_case(edition: Edition, case: ListedActivity, row: Row) -> _Candidate:
    series = series_of(row.title)
    of_title = title_points(series_of(case.title), series)
    reasons = (
        f"分野が同じ（{case.field.label}）" if row.field_points else "",
        _common("形態", _forms(case), terms_in(Form, row.known_form_mask))
        if row.form_points
        else "",
        _common("主体", case.actors, terms_in(ActorType, row.actor_mask))
        if row.actor_points >= ACTOR_POINTS * SAID_FROM
        else "",
        _nearness(edition, case, row.district_mask, row.place_points),
        "名称の言葉が近い" if of_title else "",
    )
    return _Candidate(row.id, series, row.points + of_title, tuple(filter(None, reasons)))


def _common(name: str, own: Sequence[Term], others: Sequence[Term]) -> str:
    labels = "・".join(term.label for term in own if term in others)
    return f"{name}が{'同じ' if set(own) == set(others) else '重なる'}（{labels}）"


def _nearness(edition: Edition, case: ListedActivity, district_mask: int, points: int) -> str:
    """Why the place counts: names the place that both have, or the one next door."""
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


def _forms(case: ListedActivity) -> tuple[Form, ...]:
    return case.forms_stated + case.forms_implied


def _places(case: ListedActivity) -> tuple[str, ...]:
    """The places that two activities can have in common: not 地区不明."""
    return tuple(place_id for place_id in case.place_ids if place_id != UNKNOWN_PLACE_ID)


def _mask(edition: Edition, place_ids: Sequence[str] | set[str]) -> int:
    mask = 0
    for place_id in place_ids:
        mask |= edition.place_by_id[place_id].mask
    return mask
