"""What a district sheet counts, held to a plain recount of the shipped file and to wild records.

The rules of the guideline are those of `test_recount`; likeness and gaps are written out here
once more, the slow and obvious way.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from itertools import product
from typing import Any

import geopandas as gpd
import pytest
from builders import activity
from conftest import MakeEdition
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import box

from kyodo_geo.editions import Edition, EditionStore, Publication
from kyodo_geo.editions.load import fill
from kyodo_geo.filters.query_string import narrowed_to
from kyodo_geo.geo.boundaries import find_neighbours
from kyodo_geo.geo.crs import GEOGRAPHIC_CRS, PLANE_CRS
from kyodo_geo.measures.activities.listing import list_activities
from kyodo_geo.measures.districts import district_similarity
from kyodo_geo.measures.districts.district_similarity import (
    gaps,
    similar_districts,
)
from kyodo_geo.measures.districts.narrative import Facts, narrative
from kyodo_geo.measures.districts.profile import district_profile, without_places
from kyodo_geo.measures.places.composition import Mix, mix_of, mixes, quotient
from kyodo_geo.measures.places.forms import form_profiles
from kyodo_geo.measures.places.indicators import Indicator, few_records, place_figures
from kyodo_geo.measures.places.summary import summarise
from kyodo_geo.measures.places.time_series import YearCount, Years, yearly
from kyodo_geo.model import Activity, District, Filters, Population, Record
from kyodo_geo.settings import SHIPPED_DATA_DIR
from kyodo_geo.vocabulary import (
    CITIZEN_SIDE,
    KNOWN_FORMS,
    ActorType,
    Certainty,
    Field,
    Form,
    Scope,
    Term,
)
from tests.measures.test_recount import CASES, REGION_OF, ROWS, Row, band, forms, values, year

REGION_IDS = {"R1": "花巻", "R2": "大迫", "R3": "石鳥谷", "R4": "東和"}
PLACE_IDS = (*REGION_OF, "C00", "C99", *REGION_IDS, "ALL")

Case = tuple[Filters, list[Row]]


@pytest.fixture(params=[name for name, (f, _) in CASES.items() if not (f.regions or f.districts)])
def case(request: pytest.FixtureRequest) -> Case:
    """Filters that name no places, and the rows of the file that they leave."""
    filters, rule = CASES[request.param]
    return filters, [row for row in ROWS if rule(row)]


def of_place(rows: Iterable[Row], place_id: str) -> list[Row]:
    """The rows of a district, 全市, 地区不明, a region or the whole."""
    if place_id == "ALL":
        return list(rows)
    region = REGION_IDS.get(place_id)
    members = {id_ for id_, of in REGION_OF.items() if of == region} if region else {place_id}
    return [row for row in rows if (values(row, "district_ids") or {"C99"}) & members]


def is_stated_only(filters: Filters) -> bool:
    return filters.certainty is Certainty.STATED


def labels(counts: Mapping[Any, int]) -> dict[str, int]:
    """Counts by label; terms that are counted zero times must not be there."""
    assert 0 not in counts.values()
    return {term.label: n for term, n in counts.items()}


def figures_of(edition: Edition, filters: Filters) -> dict[str, Indicator]:
    return {figure.figure_id: figure for figure in place_figures(edition, filters)}


# Figures.


def test_figures(edition: Edition, case: Case) -> None:
    filters, rows = case
    stated_only = is_stated_only(filters)
    found = figures_of(edition, filters)
    assert list(found) == [
        *("activities", "per_1000", "participants", "actor_kinds", "forms_used", "equal_share")
    ]
    for place_id in PLACE_IDS:
        here = of_place(rows, place_id)
        people = [int(row["participants"]) for row in here if row["participants"]]
        equal = [row for row in here if band(row, stated_only) == {"B"}]
        expected = {
            "activities": len(here),
            "participants": sum(people) if people or not here else None,
            "actor_kinds": len(set().union(*(values(row, "actors") for row in here))),
            "forms_used": len(set().union(*(forms(row, stated_only) for row in here))),
            "equal_share": pytest.approx(len(equal) / len(here) * 100) if here else None,
        }
        assert {name: found[name].values[place_id] for name in expected} == expected, place_id
    for figure in found.values():
        assert set(figure.values) == set(PLACE_IDS)
        assert list(figure.district_values) == list(REGION_OF)
        assert all(figure.values[id_] == value for id_, value in figure.district_values.items())


def test_ranks_and_medians(edition: Edition, case: Case) -> None:
    filters, _ = case
    for figure in figures_of(edition, filters).values():
        if figure.by_region:
            continue
        known = sorted(value for value in figure.district_values.values() if value is not None)
        for district_id, value in figure.district_values.items():
            if value is None:
                assert figure.rank(district_id) is None
                assert not figure.is_tied(district_id)
            else:
                better = [other for other in known if other > value]
                assert figure.rank(district_id) == (len(better) + 1, len(known))
                assert figure.is_tied(district_id) == (known.count(value) > 1)
        half = len(known) // 2
        middle = known[half] if len(known) % 2 else sum(known[half - 1 : half + 1]) / 2
        assert figure.middle == middle


def test_ranks_that_are_known(edition: Edition) -> None:
    found = figures_of(edition, Filters())["activities"]
    assert {id_: found.rank(id_) for id_ in ("C01", "C02", "C06", "C27")} == {
        "C01": (1, 27),
        "C02": (11, 27),
        "C06": (11, 27),
        "C27": (13, 27),
    }
    assert [found.is_tied(id_) for id_ in ("C01", "C02", "C06", "C27")] == [
        False,
        True,
        True,
        False,
    ]
    assert (found.label, found.unit, found.middle) == ("実件数", "件", 5)


def test_a_figure_by_region_has_neither_rank_nor_median(edition: Edition) -> None:
    with (SHIPPED_DATA_DIR / "population.csv").open(encoding="utf-8-sig", newline="") as file:
        population = list(csv.DictReader(file))
    newest = max(row["as_of"] for row in population)
    residents = {row["name"]: row for row in population if row["as_of"] == newest}
    _, rule = CASES["everything"]
    rows = [row for row in ROWS if rule(row)]
    figure = figures_of(edition, Filters())["per_1000"]
    assert figure.by_region
    assert figure.middle is None
    assert figure.caveat == "地区別の人口が公表されていないため、地域の値です。"
    for region_id, region in REGION_IDS.items():
        count = len(of_place(rows, region_id))
        rate = pytest.approx(count / int(residents[region]["population"]) * 1000)
        members = [id_ for id_, of in REGION_OF.items() if of == region]
        assert {id_: figure.values[id_] for id_ in members} == dict.fromkeys(members, rate)
        assert figure.values[region_id] == rate
    assert [figure.rank(id_) for id_ in REGION_OF] == [None] * 27
    assert not any(figure.is_tied(id_) for id_ in REGION_OF)


def test_where_residents_of_districts_are_known_rates_are_ranked(
    make_edition: MakeEdition, record: Record
) -> None:
    day = date(2024, 1, 1)
    of_districts = tuple(
        Population("district", d.name, day, 2000, None, "") for d in record.districts
    )
    edition = make_edition(activity(1), activity(2), population=of_districts)
    figure = figures_of(edition, Filters())["per_1000"]
    assert not figure.by_region
    assert figure.caveat == ""
    assert (figure.values["C01"], figure.rank("C01"), figure.rank("C02")) == (1, (1, 27), (2, 27))
    assert figure.middle == 0


def test_a_recorded_band_decides_what_is_equal(make_edition: MakeEdition) -> None:
    edition = make_edition(
        activity(1, scope=Scope.B),
        activity(2, forms_stated=(Form.CO_HOSTING,)),
        activity(3, forms_stated=(Form.CO_HOSTING,), scope=Scope.A),
        activity(4, forms_stated=(Form.AGREEMENT,)),
        activity(5, forms_implied=(Form.COMMITTEE,)),
        activity(6, forms_stated=(Form.SUBSIDY,), district_ids=("C02",)),
    )
    found = figures_of(edition, Filters())["equal_share"].values
    assert (found["C01"], found["C02"], found["C03"]) == (60, 0, None)
    assert found["ALL"] == 50
    stated = figures_of(edition, Filters(certainty=Certainty.STATED))["equal_share"].values
    assert stated["C01"] == 40


@pytest.mark.parametrize(
    ("activities", "expected"),
    [
        (0, "記録がありません。活動がないという意味ではありません。"),
        (1, "記録が1件と少なく、1件の違いで順位や割合が大きく変わります。"),
        (4, "記録が4件と少なく、1件の違いで順位や割合が大きく変わります。"),
        (5, ""),
        (1000, ""),
    ],
)
def test_what_is_said_of_few_records(activities: int, expected: str) -> None:
    assert few_records(activities) == expected


# Years and mixes.


def test_years(edition: Edition, case: Case) -> None:
    filters, rows = case
    stated_only = is_stated_only(filters)
    known = [year(row) for row in rows if year(row)]
    span = range(min(known), max(known) + 1)
    for place_id in PLACE_IDS:
        here = of_place(rows, place_id)
        is_unknown = any(not year(row) for row in here)
        found = yearly(edition, filters, place_id)
        assert [one.fiscal_year for one in found] == [*span, *([None] if is_unknown else [])]
        for one in found:
            of_year = [row for row in here if year(row) == (one.fiscal_year or 0)]
            of_forms = Counter(
                f for row in of_year for f in forms(row, stated_only) or {"形態不明"}
            )
            assert one.activities == len(of_year)
            assert labels(one.forms) == of_forms


def test_a_form_is_counted_alone_and_beside_others(make_edition: MakeEdition) -> None:
    edition = make_edition(
        activity(1, forms_stated=(Form.SUBSIDY,)),
        activity(2, forms_stated=(Form.SUBSIDY,), forms_implied=(Form.COMMITTEE,)),
        activity(3, fiscal_year=2018),
        activity(4, fiscal_year=None, forms_implied=(Form.SUBSIDY,)),
    )
    assert yearly(edition, Filters(), "C01") == (
        YearCount(2018, 1, {Form.UNKNOWN: 1}),
        YearCount(2019, 0, {}),
        YearCount(2020, 2, {Form.SUBSIDY: 2, Form.COMMITTEE: 1}),
        YearCount(None, 1, {Form.SUBSIDY: 1}),
    )


def test_mixes(edition: Edition, case: Case) -> None:
    filters, rows = case
    stated_only = is_stated_only(filters)
    city, of_city = mix_of(edition, filters, "ALL"), plain_shares(rows, stated_only)
    assert set(mixes(edition, filters)) == {id_ for id_ in PLACE_IDS if of_place(rows, id_)}
    for place_id in PLACE_IDS:
        here = of_place(rows, place_id)
        mix = mix_of(edition, filters, place_id)
        sets = [(forms(row, stated_only) or {"形態不明"}, values(row, "actors")) for row in here]
        of_forms = Counter(form for some, _ in sets for form in some)
        of_actors = Counter(actor for _, some in sets for actor in some)
        of_pairs = Counter(pair for some in sets for pair in product(*some))
        assert mix.activities == len(here)
        assert labels(mix.fields) == Counter(row["field"] for row in here)
        assert labels(mix.forms) == of_forms
        assert labels(mix.actors) == of_actors
        assert {(f.label, a.label): n for (f, a), n in mix.pairs.items()} == of_pairs
        absent = [form for form in KNOWN_FORMS if form.label not in of_forms]
        assert list(mix.absent_forms()) == absent
        shares = plain_shares(here, stated_only)
        assert {term: mix.share(term) for term in TERMS} == pytest.approx(shares)
        for term, share in shares.items():
            there = of_city[term]
            expected = share / there if share is not None and there else None
            assert quotient(mix, city, term) == pytest.approx(expected)


TERMS: tuple[Term, ...] = (*Form, *ActorType, *Field)


def terms_of(row: Row, stated_only: bool) -> set[str]:
    """Labels of fields, forms and actors; none stands in two vocabularies."""
    return {
        row["field"],
        *values(row, "actors"),
        *(forms(row, stated_only) or {"形態不明"}),
    }


def plain_counts(rows: Iterable[Row], stated_only: bool) -> Counter[str]:
    """Activities by label of every field, form and actor."""
    return Counter(label for row in rows for label in terms_of(row, stated_only))


def plain_shares(rows: list[Row], stated_only: bool) -> dict[Term, float | None]:
    counts = plain_counts(rows, stated_only)
    known = sum(counts[form.label] for form in KNOWN_FORMS)
    wholes = {term: known if term in KNOWN_FORMS else len(rows) for term in TERMS}
    return {t: counts[t.label] / whole if whole else None for t, whole in wholes.items()}


def test_labels_tell_fields_forms_and_actors_apart() -> None:
    assert len({term.label for term in TERMS}) == len(TERMS)


def test_terms_of_one_identifier_are_not_mixed_up() -> None:
    here = Mix(4, {Field.CULTURE: 4}, {Form.SUBSIDY: 1, Form.UNKNOWN: 3}, {ActorType.CITY: 2})
    assert [here.share(t) for t in (Field.CULTURE, Form.SUBSIDY, ActorType.CITY)] == [1, 1, 0.5]
    assert here.share(Form.UNKNOWN) == 0.75
    assert [here.count(t) for t in (Field.SPORTS, Form.CO_HOSTING, ActorType.SCHOOL)] == [0, 0, 0]


def test_a_quotient_needs_two_shares() -> None:
    here, city = Mix(10, {Field.SPORTS: 3}), Mix(100, {Field.SPORTS: 10, Field.CULTURE: 10})
    assert quotient(here, city, Field.SPORTS) == pytest.approx(3)
    assert quotient(here, city, Field.CULTURE) == 0
    assert quotient(here, city, Field.SAFETY) is None
    assert quotient(Mix(), city, Field.SPORTS) is None
    assert quotient(here, city, Form.SUBSIDY) is None


# Neighbours on the map.


def test_neighbours(edition: Edition) -> None:
    near = {
        district.district_id: district_profile(edition, Filters(), district.district_id).neighbours
        for district in edition.districts
    }
    order = list(REGION_OF)
    assert list(near) == order
    for district_id, districts in near.items():
        ids = [district.district_id for district in districts]
        assert ids
        assert ids == sorted(ids, key=order.index)
        assert district_id not in ids
        assert all(district_id in {d.district_id for d in near[other]} for other in ids)
    names = {id_: [district.name for district in districts] for id_, districts in near.items()}
    assert names["C27"] == ["谷内"]
    assert names["C13"] == ["大迫", "外川目"]
    assert names["C04"] == ["花巻中央", "矢沢", "湯口"]


def test_districts_are_neighbours_across_a_narrow_gap_only() -> None:
    squares = [box(x, -60_000, x + 1000, -59_000) for x in (0, 1040, 2100, 3100)]
    shapes = gpd.GeoDataFrame(geometry=squares, index=["a", "b", "c", "d"], crs=PLANE_CRS)
    assert find_neighbours(shapes.to_crs(GEOGRAPHIC_CRS)) == {
        "a": ("b",),
        "b": ("a",),
        "c": ("d",),
        "d": ("c",),
    }


# Neighbours in kind.


def plain_overlap(one: Counter[str], other: Counter[str], terms: Iterable[Term]) -> float:
    parts: list[list[float]] = []
    for counts in (one, other):
        total = sum(counts[term.label] for term in terms)
        if not total:
            return 0
        parts.append([counts[term.label] / total for term in terms])
    return sum((min(here, there) for here, there in zip(*parts, strict=True)), 0.0)


def plain_likeness(rows: list[Row], one: str, other: str, stated: bool) -> float:
    """Likeness of two districts as docs/decisions tells it."""
    here, there = of_place(rows, one), of_place(rows, other)
    likeness = 0.1 * (REGION_OF[one] == REGION_OF[other])
    likeness += 0.15 * min(len(here), len(there)) / max(len(here), len(there))
    if min(len(here), len(there)) >= 3:
        counts = plain_counts(here, stated), plain_counts(there, stated)
        likeness += 0.3 * plain_overlap(*counts, tuple(Field))
        likeness += 0.25 * plain_overlap(*counts, KNOWN_FORMS)
        likeness += 0.2 * plain_overlap(*counts, tuple(ActorType))
    return likeness


@pytest.mark.parametrize("name", ["everything", "stated only with context", "band B", "planned"])
def test_likeness(edition: Edition, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    filters, rule = CASES[name]
    rows = [row for row in ROWS if rule(row)]
    counts = {id_: len(of_place(rows, id_)) for id_ in REGION_OF}
    recorded = [id_ for id_, n in counts.items() if n]
    nearest = {id_: similar_districts(edition, filters, id_) for id_ in REGION_OF}
    monkeypatch.setattr(district_similarity, "KIN_COUNT", 27)
    likeness: dict[tuple[str, str], float] = {}
    for district_id in REGION_OF:
        found = similar_districts(edition, filters, district_id)
        assert nearest[district_id] == found[:3]
        ids = [kin.district.district_id for kin in found]
        others = [id_ for id_ in recorded if id_ != district_id]
        assert sorted(ids) == (others if counts[district_id] else [])
        assert ids == sorted(sorted(ids), key=lambda id_: -found[ids.index(id_)].likeness)
        for kin in found:
            assert 0 < kin.likeness <= 1
            assert kin.reasons and all(kin.reasons)
            likeness[district_id, kin.district.district_id] = kin.likeness
    assert all(value == likeness[other, one] for (one, other), value in likeness.items())
    stated = is_stated_only(filters)
    expected = {(a, b): plain_likeness(rows, a, b, stated) for a, b in likeness if a < b}
    assert {pair: likeness[pair] for pair in expected} == pytest.approx(expected)


def test_weights_add_up_to_one() -> None:
    weights = (
        district_similarity.REGION_WEIGHT,
        district_similarity.SIZE_WEIGHT,
        district_similarity.FIELDS_WEIGHT,
        district_similarity.FORMS_WEIGHT,
        district_similarity.ACTORS_WEIGHT,
    )
    assert sum(weights) == pytest.approx(1)


def some(first: int, count: int, district_id: str, **changes: object) -> list[Activity]:
    numbers = range(first, first + count)
    return [activity(number, district_ids=(district_id,), **changes) for number in numbers]


def test_reasons_say_how_districts_are_alike(make_edition: MakeEdition) -> None:
    """C01 and C02 are in 花巻, C12 and C13 in 大迫."""
    common = {"field": Field.SPORTS, "forms_stated": (Form.SUBSIDY,)}
    edition = make_edition(
        *some(1, 4, "C01", **common),
        *some(10, 3, "C02", **common),
        *some(20, 1, "C02", field=Field.CULTURE, actors=(ActorType.SCHOOL,), scope=Scope.A),
        *some(30, 1, "C12"),
    )
    first, second = similar_districts(edition, Filters(), "C01")
    assert (first.district.district_id, second.district.district_id) == ("C02", "C12")
    assert first.reasons == (
        "同じ花巻地域",
        "実件数が2倍以内（4件と4件）",
        "分野の構成が75％重なる",
        "形態の構成が100％重なる",
        "主体の構成が86％重なる",
    )
    assert first.likeness == pytest.approx(0.1 + 0.15 + 0.3 * 0.75 + 0.25 + 0.2 * 6 / 7)
    # One activity says nothing of what is done there, nor is its number near.
    assert second.reasons == ("実件数（4件と1件）",)
    assert second.likeness == pytest.approx(0.15 / 4)


def test_districts_that_do_the_same_are_wholly_alike(make_edition: MakeEdition) -> None:
    both = {"actors": tuple(ActorType), "forms_stated": KNOWN_FORMS}
    edition = make_edition(*some(1, 3, "C01", **both), *some(10, 3, "C02", **both))
    (kin,) = similar_districts(edition, Filters(), "C01")
    assert kin.likeness == pytest.approx(1)
    # In floats, 2 + 5 + 3 + 3 thirteenths are more than one.
    same = Mix(13, dict(zip(Field, (2, 5, 3, 3), strict=False)))
    assert sum(n / 13 for n in same.fields.values()) > 1
    assert district_similarity._overlap(same, same, Field) == 1


@pytest.mark.parametrize("name", ["everything", "stated only with context", "years", "one form"])
def test_gaps(edition: Edition, name: str) -> None:
    filters, rule = CASES[name]
    rows = [row for row in ROWS if rule(row)]
    stated_only = is_stated_only(filters)
    terms: list[Term] = [*CITIZEN_SIDE, *(f for f in Field if f is not Field.OTHER)]
    if not filters.forms:
        terms = [*KNOWN_FORMS, *terms]
    counts = {id_: plain_counts(of_place(rows, id_), stated_only) for id_ in REGION_OF}
    some_found = False
    for district_id in REGION_OF:
        similar = similar_districts(edition, filters, district_id)
        kin_ids = [kin.district.district_id for kin in similar]
        expected = []
        for term in terms:
            found = [id_ for id_ in kin_ids if counts[id_][term.label]]
            if found and not counts[district_id][term.label]:
                expected.append((term, found))
        expected.sort(key=lambda gap: -len(gap[1]))
        shown = gaps(edition, filters, district_id, similar)
        assert [(g.term, [d.district_id for d in g.districts]) for g in shown] == expected[:5]
        by_id = {row["id"]: row for row in rows}
        for gap in shown:
            some_found = True
            there = {
                row["id"]
                for district in gap.districts
                for row in of_place(rows, district.district_id)
                if gap.term.label in terms_of(row, stated_only)
            }
            examples = [example.activity_id for example in gap.examples]
            assert set(examples) <= there
            assert len(examples) == min(2, len(there))
            newest = sorted((year(by_id[id_]) for id_ in there), reverse=True)
            assert [year(by_id[id_]) for id_ in examples] == newest[: len(examples)]
    assert some_found


def test_gaps_name_no_forms_or_actors_where_the_view_is_narrowed_to_some(edition: Edition) -> None:
    """A form beside the chosen one is a chance find, and a link to it would leave the view."""
    for filters, vocabulary in (
        (Filters(forms=(Form.COMMITTEE, Form.SUBSIDY)), Form),
        (Filters(actors=(ActorType.INDIVIDUAL,)), ActorType),
    ):
        found = [
            gap
            for district_id in REGION_OF
            for gap in gaps(
                edition, filters, district_id, similar_districts(edition, filters, district_id)
            )
        ]
        assert found
        assert not any(isinstance(gap.term, vocabulary) for gap in found)


def test_narrowed_to() -> None:
    before = Filters(year_from=2020)
    assert narrowed_to(before, Form.SUBSIDY) == Filters(year_from=2020, forms=(Form.SUBSIDY,))
    assert narrowed_to(before, ActorType.CITY) == Filters(year_from=2020, actors=(ActorType.CITY,))
    assert narrowed_to(before, Field.SPORTS) == Filters(year_from=2020, fields=(Field.SPORTS,))


# Profiles.


def test_a_profile_holds_what_the_measures_say(edition: Edition, case: Case) -> None:
    filters, rows = case
    for district_id, region in REGION_OF.items():
        profile = district_profile(edition, filters, district_id)
        here = of_place(rows, district_id)
        assert profile.district.district_id == district_id
        assert REGION_IDS[profile.region_id] == region
        assert profile.summary.activities == len(here)
        assert profile.few == few_records(len(here))
        assert profile.years == yearly(edition, filters, district_id)
        assert profile.mix == mix_of(edition, filters, district_id)
        assert profile.city == mix_of(edition, filters, "ALL")
        assert profile.forms.known == sum(len(forms(row, is_stated_only(filters))) for row in here)
        assert profile.similar == similar_districts(edition, filters, district_id)
        assert {town.district_id for town in profile.towns} <= {district_id}
    assert sum(len(district_profile(edition, filters, i).towns) for i in REGION_OF) == len(
        edition.towns
    )


def test_a_profile_is_compared_with_all_places(edition: Edition) -> None:
    elsewhere = Filters(year_from=2015, regions=("大迫",), districts=("C12", "C13"))
    assert without_places(elsewhere) == Filters(year_from=2015)
    profile = district_profile(edition, elsewhere, "C01")
    assert profile is district_profile(edition, Filters(year_from=2015), "C01")
    assert profile.filters == Filters(year_from=2015)
    assert profile.own_filters == Filters(year_from=2015, districts=("C01",))


@pytest.mark.parametrize("place_id", ["C00", "C99", "R1", "ALL", "C28", ""])
def test_places_that_are_no_district_have_no_profile(edition: Edition, place_id: str) -> None:
    with pytest.raises(KeyError):
        district_profile(edition, Filters(), place_id)


def test_a_district_without_a_record(make_edition: MakeEdition) -> None:
    edition = make_edition(activity(1), activity(2, fiscal_year=2018, participants_count=5))
    profile = district_profile(edition, Filters(), "C05")
    assert [sentence.text for sentence in profile.sentences] == [
        "松園地区の協働の記録はありません。活動がないという意味ではありません。"
    ]
    assert profile.few == few_records(0)
    assert profile.similar == ()
    assert gaps(edition, Filters(), "C05", profile.similar) == ()
    assert similar_districts(edition, Filters(), "C01") == ()
    assert profile.mix == Mix()
    assert profile.mix.absent_forms() == KNOWN_FORMS
    assert [(y.fiscal_year, y.activities) for y in profile.years] == [
        (2018, 0),
        (2019, 0),
        (2020, 0),
    ]
    assert profile.neighbours
    assert {f.figure_id: f.values["C05"] for f in profile.figures if not f.by_region} == {
        "activities": 0,
        "participants": 0,
        "actor_kinds": 0,
        "forms_used": 0,
        "equal_share": None,
    }
    ranks = {f.figure_id: (f.rank("C05"), f.is_tied("C05")) for f in profile.figures}
    assert ranks["activities"] == ((2, 27), True)
    assert ranks["equal_share"] == (None, False)


def test_an_edition_without_activities(make_edition: MakeEdition) -> None:
    edition = make_edition()
    assert mixes(edition, Filters()) == {}
    for district_id in REGION_OF:
        profile = district_profile(edition, Filters(), district_id)
        assert len(profile.sentences) == 1
        assert profile.years == ()
        assert profile.similar == ()
        assert (profile.mix, profile.city) == (Mix(), Mix())
        assert quotient(profile.mix, profile.city, Form.SUBSIDY) is None
        by_id = {figure.figure_id: figure for figure in profile.figures}
        assert by_id["activities"].rank(district_id) == (1, 27)
        assert by_id["activities"].middle == 0
        assert by_id["equal_share"].middle is None
    assert yearly(edition, Filters(), "ALL") == ()


# Wild records.


@st.composite
def records(draw: st.DrawFn) -> list[Activity]:
    """Some activities of a few places, with any sets of forms and actors."""
    known = st.lists(st.sampled_from(KNOWN_FORMS), unique=True, max_size=3)
    shapes = st.fixed_dictionaries(
        {
            "district_ids": st.sampled_from([("C01",), ("C12",), ("C01", "C12"), ("C00",), ()]),
            "fiscal_year": st.none() | st.integers(2017, 2022),
            "actors": st.lists(st.sampled_from(ActorType), unique=True, min_size=1).map(
                lambda found: tuple(actor for actor in ActorType if actor in found)
            ),
            "field": st.sampled_from(Field),
            "participants_count": st.none() | st.integers(0, 5000),
            "scope": st.none() | st.sampled_from(Scope),
        }
    )
    made = []
    for number in range(draw(st.integers(0, 16))):
        found = draw(known)
        stated = draw(st.integers(0, len(found)))
        split = {"forms_stated": tuple(found[:stated]), "forms_implied": tuple(found[stated:])}
        made.append(activity(number, **draw(shapes), **split))
    return made


Publish = Callable[[Iterable[Activity]], Edition]


@pytest.fixture(scope="module")
def publish(record: Record, tmp_path_factory: pytest.TempPathFactory) -> Publish:
    """Like `make_edition`, for all examples of a test."""
    store = EditionStore(tmp_path_factory.mktemp("wild"))

    def published(made: Iterable[Activity]) -> Edition:
        tiny = replace(record, activities=tuple(made))
        store.publish(lambda con: fill(con, tiny), Publication("test", "test", "test"))
        return store.current()

    return published


WILD_PLACES: dict[str, Callable[[tuple[str, ...]], bool]] = {
    "C01": lambda ids: "C01" in ids,
    "C12": lambda ids: "C12" in ids,
    "C00": lambda ids: "C00" in ids,
    "C99": lambda ids: not ids,
    "R1": lambda ids: "C01" in ids,
    "ALL": lambda ids: True,
}


WILD_VIEWS = (
    Filters(),
    Filters(with_context=True),
    Filters(certainty=Certainty.STATED),
    Filters(year_from=2018, year_to=2020, with_context=True),
    Filters(year_to=2019),
)


def shown_forms(a: Activity, filters: Filters) -> tuple[Form, ...]:
    implied = () if is_stated_only(filters) else a.forms_implied
    return a.forms_stated + implied or (Form.UNKNOWN,)


def check_years(found: Years, here: list[Activity], everywhere: list[Activity]) -> None:
    known = {a.fiscal_year for a in everywhere if a.fiscal_year}
    span = list(range(min(known), max(known) + 1)) if known else []
    unknown = [None] if any(a.fiscal_year is None for a in here) else []
    assert [one.fiscal_year for one in found] == [*span, *unknown]
    assert sum(one.activities for one in found) == len(here)
    by_year = Counter(a.fiscal_year for a in here)
    assert all(one.activities == by_year[one.fiscal_year] for one in found)


def check_sentences(edition: Edition, filters: Filters, place_id: str, found: Years) -> None:
    summary = summarise(edition, filters).of(place_id)
    profile = form_profiles(edition, filters)[place_id]
    mix, city = mix_of(edition, filters, place_id), mix_of(edition, filters, "ALL")
    known, people = summary.participants_known, summary.participants
    sentences = narrative(
        Facts("A", "協働", mix.activities, (1, 27), True, found, profile, mix, city, known, people)
    )
    assert 5 <= len(sentences) <= 7
    for sentence in sentences:
        assert re.fullmatch(r"([^。]+(です|ます|ません)(（[^）]+）)?。)+", sentence.text)
        assert not re.search(r"None|「」|\b0件|、、|、。|のは[で、]", sentence.text)
        narrowed = filters.but(**sentence.change)
        assert list_activities(edition, narrowed, limit=1, place_id=place_id), sentence


@settings(max_examples=15, deadline=None)
@given(made=records(), filters=st.sampled_from(WILD_VIEWS))
def test_wild_records_are_counted_as_they_are(
    publish: Publish, made: list[Activity], filters: Filters
) -> None:
    edition = publish(made)

    def is_in_view(a: Activity) -> bool:
        context = {Scope.CITIZEN_ONLY, Scope.CITY_ONLY}
        is_kyodo = not set(a.scopes(filters.certainty)) <= context
        after = filters.year_from is None or (a.fiscal_year or 0) >= filters.year_from
        before = filters.year_to is None or 0 < (a.fiscal_year or 0) <= filters.year_to
        return (is_kyodo or filters.with_context) and after and before

    everywhere = [a for a in made if is_in_view(a)]
    for place_id, belongs in WILD_PLACES.items():
        here = [a for a in everywhere if belongs(a.district_ids)]
        mix = mix_of(edition, filters, place_id)
        sets = [(shown_forms(a, filters), a.actors) for a in here]
        assert mix.activities == len(here)
        assert mix.fields == Counter(a.field for a in here)
        assert mix.forms == Counter(form for some, _ in sets for form in some)
        assert mix.actors == Counter(actor for _, some in sets for actor in some)
        assert mix.pairs == Counter(pair for some in sets for pair in product(*some))
        found = yearly(edition, filters, place_id)
        check_years(found, here, everywhere)
        of_years = sum((Counter(one.forms) for one in found), Counter[Form]())
        assert of_years == mix.forms
        if here:
            check_sentences(edition, filters, place_id, found)


@st.composite
def wild_mixes(draw: st.DrawFn) -> Mix:
    counts = st.integers(1, 40)
    fields = draw(st.dictionaries(st.sampled_from(Field), counts, min_size=1))
    return Mix(
        sum(fields.values()),
        fields,
        draw(st.dictionaries(st.sampled_from(Form), counts)),
        draw(st.dictionaries(st.sampled_from(ActorType), counts)),
    )


@settings(max_examples=30, deadline=None)
@given(wild_mixes(), wild_mixes(), st.sampled_from([("花巻", "花巻"), ("花巻", "大迫")]))
def test_any_two_districts_are_alike_from_0_to_1_both_ways(
    one: Mix, other: Mix, regions: tuple[str, str]
) -> None:
    here, there = (District(f"C0{n}", f"地区{n}", "", region) for n, region in enumerate(regions))
    forth, back = (
        district_similarity._compare_districts(here, one, there, other),
        district_similarity._compare_districts(there, other, here, one),
    )
    assert forth is not None and back is not None
    assert 0 < forth.likeness <= 1
    assert forth.likeness == back.likeness
    assert forth.reasons
    assert district_similarity._compare_districts(here, one, there, Mix()) is None
