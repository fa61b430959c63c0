"""地区カルテ: everything one district's page and its printed sheet show, from one edition."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from kyodo_geo.editions import Edition
from kyodo_geo.filters.conditions import holds_context
from kyodo_geo.measures.districts.district_similarity import Kin, similar_districts
from kyodo_geo.measures.districts.narrative import Facts, Sentence, narrative
from kyodo_geo.measures.places.composition import Mix, mix_of, quotient
from kyodo_geo.measures.places.district_shapes import district_neighbours
from kyodo_geo.measures.places.forms import FormProfile, form_profiles
from kyodo_geo.measures.places.indicators import NO_RANK, Indicator, few_records, place_figures
from kyodo_geo.measures.places.summary import PlaceSummary, summarise
from kyodo_geo.measures.places.time_series import Years, yearly
from kyodo_geo.model import District, Filters, Town
from kyodo_geo.vocabulary import Form, Term


@dataclass(frozen=True)
class Profile:
    """One district under filters that name no places.

    `few` is what has to be said beside ranks and shares where records are few, else empty.
    `neighbours` are the districts around it, `similar` those alike in what is done.
    """

    district: District
    region_id: str
    filters: Filters
    towns: tuple[Town, ...]
    neighbours: tuple[District, ...]
    summary: PlaceSummary
    few: str
    figures: tuple[Indicator, ...]
    years: Years
    forms: FormProfile
    mix: Mix
    city: Mix
    sentences: tuple[Sentence, ...]
    similar: tuple[Kin, ...]

    def rank_text(self, figure: Indicator) -> str:
        """The rank of the district in words; one without a record has none."""
        if not (self.summary.activities or figure.by_region):
            return NO_RANK
        return figure.rank_text(self.district.district_id)

    def quotient(self, term: Term) -> float | None:
        """特化係数 of a term; None where it would turn on one record, or there is none."""
        if term is Form.UNKNOWN or self.few or (isinstance(term, Form) and self.forms.is_thin):
            return None
        return quotient(self.mix, self.city, term)

    @property
    def thin_note(self) -> str:
        """Why there is no 特化係数, of anything or of forms; empty where there is."""
        if self.few and self.summary.activities:
            return "記録が少ないため、特化係数は示しません。"
        if self.forms.is_thin:
            known = self.forms.known
            return f"形態のわかる延べ件数が{known}件と少ないため、形態の特化係数は示しません。"
        return ""

    @property
    def own_filters(self) -> Filters:
        """The filters that hold the activities of this district."""
        return self.filters.but(districts=(self.district.district_id,))


def without_places(filters: Filters) -> Filters:
    """The same filters for all places: what a district is compared by."""
    return filters.but(regions=(), districts=())


def district_profile(edition: Edition, filters: Filters, district_id: str) -> Profile:
    """The profile of one district. Raises KeyError for an unknown one."""
    filters = without_places(filters)
    key = ("profile", filters, district_id)
    return edition.cached(key, lambda: _district_profile(edition, filters, district_id))


def _district_profile(edition: Edition, filters: Filters, district_id: str) -> Profile:
    district = edition.district_by_id[district_id]
    summary = summarise(edition, filters).of(district_id)
    return Profile(
        district=district,
        region_id=_region_id(edition, district.region),
        filters=filters,
        towns=tuple(town for town in edition.towns if town.district_id == district_id),
        neighbours=tuple(
            edition.district_by_id[near] for near in district_neighbours(edition)[district_id]
        ),
        summary=summary,
        few=few_records(summary.activities),
        figures=place_figures(edition, filters),
        years=yearly(edition, filters, district_id),
        forms=form_profiles(edition, filters)[district_id],
        mix=mix_of(edition, filters, district_id),
        city=mix_of(edition, filters, "ALL"),
        sentences=tuple(
            _inside(filters, sentence)
            for sentence in narrative(_facts(edition, filters, district, summary))
        ),
        similar=similar_districts(edition, filters, district_id),
    )


def _facts(edition: Edition, filters: Filters, district: District, summary: PlaceSummary) -> Facts:
    district_id = district.district_id
    activities = place_figures(edition, filters)[0]
    return Facts(
        name=district.full_name,
        subject="活動" if holds_context(filters) else "協働",
        activities=summary.activities,
        rank=activities.rank(district_id),
        is_tied=activities.is_tied(district_id),
        years=yearly(edition, filters, district_id),
        forms=form_profiles(edition, filters)[district_id],
        mix=mix_of(edition, filters, district_id),
        city=mix_of(edition, filters, "ALL"),
        participants_known=summary.participants_known,
        participants=summary.participants,
        is_narrowed=filters.but(with_context=False).is_narrowed,
    )


def _inside(filters: Filters, sentence: Sentence) -> Sentence:
    """The sentence with a change that stays in the view: terms the filters leave out go, and
    where none is left the view itself holds the rows."""
    change: dict[str, Any] = {}
    for name, value in sentence.change.items():
        chosen = getattr(filters, name)
        if isinstance(chosen, tuple) and chosen:
            value = tuple(term for term in value if term in chosen)
        if value:
            change[name] = value
    return replace(sentence, change=change)


def _region_id(edition: Edition, region: str) -> str:
    return {p.region: p.place_id for p in edition.places if p.kind == "region"}[region]
