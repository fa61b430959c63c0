"""Similar districts, and the terms they have on record that one district has not.

Likeness is a weighted mean of five parts, each 0 to 1 (decision 15): the same region, the numbers
of activities (the smaller by the larger), and the overlap of the shares of fields, forms and actor
types. Mixes of fewer than LEAST_FOR_MIX activities count 0.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kyodo_geo.editions import Edition
from kyodo_geo.filters.query_string import narrowed_to
from kyodo_geo.measures.activities.listing import ListedActivity, list_activities
from kyodo_geo.measures.places.composition import KNOWN_FIELDS, Mix, mix_of
from kyodo_geo.model import District, Filters
from kyodo_geo.vocabulary import CITIZEN_SIDE, KNOWN_FORMS, ActorType, Field, Term

REGION_WEIGHT, SIZE_WEIGHT, FIELDS_WEIGHT, FORMS_WEIGHT, ACTORS_WEIGHT = 0.1, 0.15, 0.3, 0.25, 0.2

LEAST_FOR_MIX = 3
REASON_FROM = 0.5
"""Parts of at least this likeness are given as a reason."""

KIN_COUNT, GAP_COUNT, EXAMPLE_COUNT = 3, 5, 2


@dataclass(frozen=True)
class Kin:
    """A similar district with its likeness, 0 to 1, and the reasons in words."""

    district: District
    likeness: float
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Gap:
    """A term that similar districts have on record and this one has not.

    `examples` are their newest activities with it.
    """

    term: Term
    districts: tuple[District, ...]
    examples: tuple[ListedActivity, ...]


def similar_districts(edition: Edition, filters: Filters, district_id: str) -> tuple[Kin, ...]:
    """Return the most similar districts, best first; ties in the order of the districts.

    Districts without activities have none and are left out.
    """
    here, mix = edition.district_by_id[district_id], mix_of(edition, filters, district_id)
    found = [
        _compare_districts(here, mix, other, mix_of(edition, filters, other.district_id))
        for other in edition.districts
        if other is not here
    ]
    alike = [kin for kin in found if kin is not None]
    return tuple(sorted(alike, key=lambda kin: -kin.likeness)[:KIN_COUNT])


def gaps(
    edition: Edition, filters: Filters, district_id: str, similar: Iterable[Kin]
) -> tuple[Gap, ...]:
    """Return the terms that similar districts have and this one has not, most widespread first.

    Forms and actor types are left out where the filters narrow to some: the others then are
    only those that happen to occur beside them.
    """
    similar = tuple(similar)
    mix = mix_of(edition, filters, district_id)
    found = []
    for term in _terms_of_gaps(filters):
        others = tuple(
            kin.district
            for kin in similar
            if mix_of(edition, filters, kin.district.district_id).count(term)
        )
        if others and not mix.count(term):
            found.append((term, others))
    found.sort(key=lambda gap: -len(gap[1]))
    return tuple(
        Gap(term, others, _newest_activities(edition, filters, term, others))
        for term, others in found[:GAP_COUNT]
    )


def _terms_of_gaps(filters: Filters) -> Iterator[Term]:
    yield from () if filters.forms else KNOWN_FORMS
    yield from () if filters.actors else CITIZEN_SIDE
    yield from KNOWN_FIELDS


def _newest_activities(
    edition: Edition, filters: Filters, term: Term, districts: Iterable[District]
) -> tuple[ListedActivity, ...]:
    ids = tuple(district.district_id for district in districts)
    view = narrowed_to(filters, term).but(districts=ids)
    return list_activities(edition, view, limit=EXAMPLE_COUNT)


def _compare_districts(here: District, mix: Mix, other: District, other_mix: Mix) -> Kin | None:
    if not (mix.activities and other_mix.activities):
        return None
    smaller, larger = sorted((mix.activities, other_mix.activities))
    size = smaller / larger
    size_text = "実件数が2倍以内" if size >= REASON_FROM else "実件数"
    numbers = f"（{mix.activities:,}件と{other_mix.activities:,}件）"
    parts = [
        (REGION_WEIGHT, float(here.region == other.region), f"同じ{here.region}地域"),
        (SIZE_WEIGHT, size, size_text + numbers),
    ]
    for weight, terms, name in (
        (FIELDS_WEIGHT, tuple(Field), "分野"),
        (FORMS_WEIGHT, KNOWN_FORMS, "形態"),
        (ACTORS_WEIGHT, tuple(ActorType), "主体"),
    ):
        overlap = _overlap(mix, other_mix, terms)
        parts.append((weight, overlap, f"{name}の構成が{overlap * 100:.0f}％重なる"))
    likeness = sum(weight * value for weight, value, _ in parts)
    reasons = [reason for weight, value, reason in parts if value >= REASON_FROM]
    best = max(parts, key=lambda part: part[0] * part[1])[2]
    return Kin(other, likeness, tuple(reasons) or (best,))


def _overlap(one: Mix, other: Mix, terms: Iterable[Term]) -> float:
    """Return the overlap of two distributions over `terms`, 0 to 1; 0 for few activities."""
    terms = tuple(terms)
    totals = [sum(mix.count(term) for term in terms) for mix in (one, other)]
    if min(one.activities, other.activities) < LEAST_FOR_MIX or not all(totals):
        return 0.0
    # Rounding errors may add up to slightly more than 1.
    shared = sum(min(one.count(term) / totals[0], other.count(term) / totals[1]) for term in terms)
    return min(shared, 1.0)
