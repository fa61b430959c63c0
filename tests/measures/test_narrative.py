"""The sentences of a district sheet: the whole text of each, and the rows they lead to."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import pytest
from builders import FILTER_FIELDS

from kyodo_geo.editions import Edition
from kyodo_geo.measures.activities.listing import list_activities
from kyodo_geo.measures.districts.narrative import Facts, Sentence, narrative
from kyodo_geo.measures.districts.profile import Profile, district_profile
from kyodo_geo.measures.places.composition import Mix
from kyodo_geo.measures.places.forms import FormCount, FormProfile
from kyodo_geo.measures.places.time_series import YearCount, Years
from kyodo_geo.model import Filters
from kyodo_geo.vocabulary import KNOWN_FORMS, ActorType, Certainty, Field, Form

HOST, COMMITTEE, AGREEMENT, ENDORSEMENT, SUBSIDY, COMMISSION = KNOWN_FORMS
PERSON, LOCAL, CIVIC, BUSINESS, SCHOOL, CITY = ActorType

RECORDS, YEARS, FORMS, ACTORS, PARTICIPANTS = 0, 1, 2, 3, -1
"""Where a sentence stands; between ACTORS and PARTICIPANTS some may be missing."""

Changes = dict[str, Any]


def years(counts: Mapping[int | None, int]) -> Years:
    return tuple(YearCount(year, n, {}) for year, n in counts.items())


def forms(counts: Mapping[Form, tuple[int, int]]) -> FormProfile:
    """A profile from numbers of activities by form: in all, and those of them stated."""
    return FormProfile({form: FormCount(*counts.get(form, (0, 0))) for form in Form})


def facts(**changes: Any) -> Facts:
    """Ten activities with something to say in every sentence, with some facts changed."""
    values: Changes = {
        "name": "矢沢地区",
        "subject": "協働",
        "activities": 10,
        "rank": (3, 27),
        "is_tied": False,
        "years": years({2023: 4, 2024: 6}),
        "forms": forms({COMMITTEE: (6, 4), SUBSIDY: (2, 2)}),
        "mix": Mix(
            10,
            {Field.CULTURE: 6, Field.TOURISM: 4},
            {COMMITTEE: 6, SUBSIDY: 2, Form.UNKNOWN: 2},
            {PERSON: 8, LOCAL: 3, CITY: 9},
        ),
        "city": Mix(
            100,
            {Field.CULTURE: 20, Field.TOURISM: 30, Field.SPORTS: 50},
            {COMMITTEE: 30, SUBSIDY: 30},
            {PERSON: 50, LOCAL: 60},
        ),
        "participants_known": 3,
        "participants": 1200,
    }
    return Facts(**(values | changes))


def texts(found: Facts) -> list[str]:
    return [sentence.text for sentence in narrative(found)]


def test_all_sentences_of_a_usual_district() -> None:
    assert narrative(facts()) == (
        Sentence("矢沢地区の協働の記録は10件で、27地区中3位です。"),
        Sentence(
            "記録が最も多いのは令和6年度(2024年度)の6件です。",
            {"year_from": 2024, "year_to": 2024},
        ),
        Sentence(
            "形態では「実行委員会・協議会」が最も多く、"
            "形態のわかる延べ8件のうち6件（うち推定2件）です。",
            {"forms": (COMMITTEE,)},
        ),
        Sentence(
            "市民の側では個人が最も多く、10件のうち8件に参加しています。"
            "この割合（80.0％）は市全体（50.0％）を上回っています。",
            {"actors": (PERSON,)},
        ),
        Sentence(
            "分野では「文化・生涯学習」が6件（60.0％）で、市全体での割合（20.0％）の約3.0倍です。",
            {"fields": (Field.CULTURE,)},
        ),
        Sentence(
            "指針の6つの形態のうち、「共催」「事業協力・協定」「後援・協賛」「委託」は"
            "記録にありません。",
            {"forms": (COMMITTEE, SUBSIDY)},
        ),
        Sentence("参加者数の記載がある活動は3件で、合計は1,200人です（概数の場合があります）。"),
    )


def test_all_sentences_of_a_district_with_one_record() -> None:
    one = facts(
        activities=1,
        rank=(24, 27),
        is_tied=True,
        years=years({2023: 0, 2024: 1}),
        forms=forms({Form.UNKNOWN: (1, 1)}),
        mix=Mix(1, {Field.CULTURE: 1}, {Form.UNKNOWN: 1}, {PERSON: 1, SCHOOL: 1}),
        participants_known=1,
        participants=200,
    )
    assert texts(one) == [
        "矢沢地区の協働の記録は1件です。件数が少ないため、傾向を読み取ることはできません。",
        "年度のわかる記録は令和6年度(2024年度)の1件だけです。",
        "形態のわかる活動はありません。",
        "市民の側で参加した主体は個人と学校です。",
        "参加者数の記載がある活動は1件で、200人です（概数の場合があります）。",
    ]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, "矢沢地区の協働の記録はありません。活動がないという意味ではありません。"),
        (
            {"subject": "活動"},
            "矢沢地区の活動の記録はありません。活動がないという意味ではありません。",
        ),
        (
            {"is_narrowed": True},
            "矢沢地区の協働のうち、条件に合う記録はありません。"
            "活動がないという意味ではありません。",
        ),
    ],
    ids=["kyodo", "with context", "narrowed"],
)
def test_without_a_record_nothing_else_is_said(changes: Changes, expected: str) -> None:
    nothing = {"activities": 0, "years": (), "forms": forms({}), "mix": Mix()}
    assert narrative(facts(**nothing, **changes)) == (Sentence(expected),)


CASES: dict[str, tuple[int, Changes, str]] = {
    # The number of records and the rank.
    "a tied rank": (
        RECORDS,
        {"is_tied": True},
        "矢沢地区の協働の記録は10件で、27地区中3位（同順位あり）です。",
    ),
    "just enough records": (
        RECORDS,
        {"activities": 5},
        "矢沢地区の協働の記録は5件で、27地区中3位です。",
    ),
    "few records have no rank": (
        RECORDS,
        {"activities": 4, "is_tied": True},
        "矢沢地区の協働の記録は4件です。件数が少ないため、傾向を読み取ることはできません。",
    ),
    "enough records without a rank": (
        RECORDS,
        {"activities": 1234, "rank": None},
        "矢沢地区の協働の記録は1,234件です。",
    ),
    "a view with context": (
        RECORDS,
        {"subject": "活動"},
        "矢沢地区の活動の記録は10件で、27地区中3位です。",
    ),
    "a narrowed view": (
        RECORDS,
        {"is_narrowed": True},
        "矢沢地区の協働のうち、条件に合う記録は10件で、27地区中3位です。",
    ),
    # Years.
    "no year known": (
        YEARS,
        {"years": years({2023: 0, 2024: 0, None: 10})},
        "年度のわかる記録はありません。",
    ),
    "no year on record in the city": (YEARS, {"years": ()}, "年度のわかる記録はありません。"),
    "one year only": (
        YEARS,
        {"years": years({2018: 0, 2019: 10, 2020: 0})},
        "年度のわかる記録は平成31/令和元年度(2019年度)の10件だけです。",
    ),
    "one year beside unknown ones": (
        YEARS,
        {"years": years({1988: 0, 1989: 9, None: 1})},
        "年度のわかる記録は平成元年度(1989年度)の9件だけです。"
        "ほかに、年度のわからない記録が1件あります。",
    ),
    "a peak, years without a record and unknown ones": (
        YEARS,
        {"years": years({2017: 0, 2018: 2, 2019: 0, 2020: 5, None: 3})},
        "記録が最も多いのは令和2年度(2020年度)の5件です。"
        "2017〜2020年度の4か年のうち、2か年は記録がありません。"
        "ほかに、年度のわからない記録が3件あります。",
    ),
    "two peaks": (
        YEARS,
        {"years": years({2018: 4, 2019: 2, 2020: 4})},
        "記録が最も多いのは平成30年度(2018年度)と令和2年度(2020年度)で、それぞれ4件です。",
    ),
    "three peaks and a gap": (
        YEARS,
        {"years": years({2018: 3, 2019: 0, 2020: 3, 2021: 1, 2022: 3})},
        "記録が最も多いのは平成30年度(2018年度)、令和2年度(2020年度)、令和4年度(2022年度)で、"
        "それぞれ3件です。2018〜2022年度の5か年のうち、1か年は記録がありません。",
    ),
    "four peaks": (
        YEARS,
        {"years": years({2018: 2, 2019: 1, 2020: 2, 2021: 2, 2022: 2})},
        "記録が最も多い年度は4か年あり、それぞれ2件です。",
    ),
    "three years, all alike": (
        YEARS,
        {"years": years({2018: 3, 2019: 3, 2020: 3, None: 1})},
        "年度のわかる記録があるのは"
        "平成30年度(2018年度)、平成31/令和元年度(2019年度)、令和2年度(2020年度)で、"
        "それぞれ3件です。ほかに、年度のわからない記録が1件あります。",
    ),
    "many years, all alike": (
        YEARS,
        {"years": years({2018: 1, 2019: 1, 2020: 0, 2021: 1, 2022: 1, None: 6})},
        "年度のわかる記録は4か年にあり、それぞれ1件です。"
        "2018〜2022年度の5か年のうち、1か年は記録がありません。"
        "ほかに、年度のわからない記録が6件あります。",
    ),
    "few records have no peak": (
        YEARS,
        {"activities": 4, "years": years({2018: 0, 2019: 1, 2020: 0, 2021: 2, None: 1})},
        "年度のわかる記録は、平成31/令和元年度(2019年度)が1件、令和3年度(2021年度)が2件です。"
        "ほかに、年度のわからない記録が1件あります。",
    ),
    # Forms.
    "no form known": (
        FORMS,
        {"forms": forms({Form.UNKNOWN: (10, 10)})},
        "形態のわかる活動はありません。",
    ),
    "one activity of known form": (
        FORMS,
        {"forms": forms({ENDORSEMENT: (1, 1), Form.UNKNOWN: (9, 9)})},
        "形態のわかる活動は1件で、「後援・協賛」です。",
    ),
    "one activity of inferred form": (
        FORMS,
        {"forms": forms({ENDORSEMENT: (1, 0)})},
        "形態のわかる活動は1件で、「後援・協賛」（推定）です。",
    ),
    "one form": (
        FORMS,
        {"forms": forms({SUBSIDY: (8, 1)})},
        "形態のわかる活動は8件で、すべて「補助・助成」（うち推定7件）です。",
    ),
    "one form, few activities": (
        FORMS,
        {"forms": forms({COMMISSION: (2, 0)})},
        "形態のわかる活動は2件で、すべて「委託」（すべて推定）です。",
    ),
    "few known forms": (
        FORMS,
        {"forms": forms({COMMITTEE: (2, 1), SUBSIDY: (1, 0), COMMISSION: (1, 1)})},
        "形態のわかる延べ4件の内訳は、"
        "「実行委員会・協議会」2件（うち推定1件）、「補助・助成」1件（推定）、「委託」1件です。",
    ),
    "few records with several forms each": (
        FORMS,
        {"activities": 3, "forms": forms({COMMITTEE: (3, 3), SUBSIDY: (2, 2)})},
        "形態のわかる延べ5件の内訳は、「実行委員会・協議会」3件、「補助・助成」2件です。",
    ),
    "all forms alike": (
        FORMS,
        {"forms": forms({HOST: (3, 3), AGREEMENT: (3, 0)})},
        "形態のわかる延べ6件の内訳は、「共催」3件、「事業協力・協定」3件（すべて推定）です。",
    ),
    "a leading form that is stated": (
        FORMS,
        {"forms": forms({HOST: (4, 4), AGREEMENT: (1, 0)})},
        "形態では「共催」が最も多く、形態のわかる延べ5件のうち4件です。",
    ),
    "a leading form that is inferred": (
        FORMS,
        {"forms": forms({HOST: (1, 1), AGREEMENT: (1234, 0)})},
        "形態では「事業協力・協定」が最も多く、"
        "形態のわかる延べ1,235件のうち1,234件（すべて推定）です。",
    ),
    "two leading forms": (
        FORMS,
        {"forms": forms({HOST: (3, 3), AGREEMENT: (3, 3), SUBSIDY: (1, 0)})},
        "形態では「共催」と「事業協力・協定」が最も多く、"
        "形態のわかる延べ7件のうちそれぞれ3件です。",
    ),
    "three leading forms, partly inferred": (
        FORMS,
        {"forms": forms({HOST: (2, 2), AGREEMENT: (2, 1), ENDORSEMENT: (2, 2), SUBSIDY: (1, 1)})},
        "形態では「共催」、「事業協力・協定」、「後援・協賛」が最も多く、"
        "形態のわかる延べ7件のうちそれぞれ2件（推定を含む）です。",
    ),
    # Actors of the citizens' side.
    "no citizens": (
        ACTORS,
        {"mix": Mix(10, {}, {}, {CITY: 10})},
        "市民の側の主体が参加した記録はありません。",
    ),
    "few records, one actor": (
        ACTORS,
        {"activities": 4, "mix": Mix(4, {}, {}, {LOCAL: 4, CITY: 4})},
        "市民の側で参加した主体は地域団体です。",
    ),
    "few records, three actors": (
        ACTORS,
        {"activities": 4, "mix": Mix(4, {}, {}, {SCHOOL: 1, LOCAL: 4, CIVIC: 1})},
        "市民の側で参加した主体は地域団体、市民活動団体、学校です。",
    ),
    "one actor alone, in some": (
        ACTORS,
        {"mix": Mix(10, {}, {}, {LOCAL: 6, CITY: 10})},
        "市民の側では地域団体だけが、10件のうち6件に参加しています。",
    ),
    "one actor in all": (
        ACTORS,
        {"mix": Mix(10, {}, {}, {LOCAL: 10, PERSON: 1})},
        "市民の側では地域団体が最も多く、10件すべてに参加しています。"
        "この割合（100.0％）は市全体（60.0％）を上回っています。",
    ),
    "higher than the city by just enough": (
        ACTORS,
        {"mix": Mix(10, {}, {}, {LOCAL: 7, PERSON: 1})},
        "市民の側では地域団体が最も多く、10件のうち7件に参加しています。"
        "この割合（70.0％）は市全体（60.0％）を上回っています。",
    ),
    "not clearly higher than the city": (
        ACTORS,
        {"activities": 100, "mix": Mix(100, {}, {}, {LOCAL: 69, PERSON: 1})},
        "市民の側では地域団体が最も多く、100件のうち69件に参加しています。",
    ),
    "lower than the city": (
        ACTORS,
        {"mix": Mix(10, {}, {}, {LOCAL: 4, PERSON: 1})},
        "市民の側では地域団体が最も多く、10件のうち4件に参加しています。"
        "この割合（40.0％）は市全体（60.0％）を下回っています。",
    ),
    "two leading actors": (
        ACTORS,
        {"mix": Mix(10, {}, {}, {PERSON: 9, LOCAL: 9, SCHOOL: 1})},
        "市民の側では個人と地域団体が最も多く、10件のうちそれぞれ9件に参加しています。",
    ),
    "two leading actors in all": (
        ACTORS,
        {"mix": Mix(10, {}, {}, {PERSON: 10, BUSINESS: 10, SCHOOL: 1})},
        "市民の側では個人と事業者が最も多く、いずれも10件すべてに参加しています。",
    ),
    "all five actors alike": (
        ACTORS,
        {"mix": Mix(10, {}, {}, dict.fromkeys(ActorType, 2))},
        "市民の側では個人、地域団体、市民活動団体、事業者、学校が、"
        "10件のうちそれぞれ2件に参加しています。",
    ),
    # Participants.
    "no numbers of participants": (
        PARTICIPANTS,
        {"participants_known": 0, "participants": None},
        "参加者数の記載がある活動はありません。",
    ),
    "one number of participants": (
        PARTICIPANTS,
        {"participants_known": 1, "participants": 1000},
        "参加者数の記載がある活動は1件で、1,000人です（概数の場合があります）。",
    ),
    "several numbers of participants": (
        PARTICIPANTS,
        {"participants_known": 2, "participants": 30},
        "参加者数の記載がある活動は2件で、合計は30人です（概数の場合があります）。",
    ),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_wording(case: tuple[int, Changes, str]) -> None:
    position, changes, expected = case
    assert texts(facts(**changes))[position] == expected


CULTURE_TEXT = (
    "分野では「文化・生涯学習」が3件（30.0％）で、市全体での割合（20.0％）の約1.5倍です。"
)


@pytest.mark.parametrize(
    ("activities", "fields", "expected"),
    [
        (10, {Field.CULTURE: 3, Field.OTHER: 7}, [CULTURE_TEXT]),
        (11, {Field.CULTURE: 3, Field.OTHER: 8}, []),
        (5, {Field.CULTURE: 2, Field.SPORTS: 3}, []),
        (4, {Field.CULTURE: 4}, []),
        (10, {Field.OTHER: 10}, []),
        (10, {Field.SAFETY: 10}, []),
        (
            10,
            {Field.CULTURE: 4, Field.TOURISM: 6},
            [
                "分野では「文化・生涯学習」が4件（40.0％）で、"
                "市全体での割合（20.0％）の約2.0倍です。"
            ],
        ),
        (
            10,
            {Field.CULTURE: 3, Field.TOURISM: 7},
            ["分野では「産業・観光」が7件（70.0％）で、市全体での割合（30.0％）の約2.3倍です。"],
        ),
    ],
    ids=[
        "just enough more than the city",
        "not enough more",
        "too few of the field",
        "too few records",
        "other is no field",
        "not in the city at all",
        "the first of two stands out more",
        "the second of two stands out more",
    ],
)
def test_special_field(activities: int, fields: dict[Field, int], expected: list[str]) -> None:
    city = Mix(100, {Field.CULTURE: 20, Field.TOURISM: 30, Field.SPORTS: 46, Field.OTHER: 4})
    found = texts(facts(activities=activities, mix=Mix(activities, fields), city=city))
    assert [text for text in found if "分野" in text] == expected


@pytest.mark.parametrize(
    ("present", "is_narrowed", "expected"),
    [
        (KNOWN_FORMS, False, ["指針の6つの形態は、すべて記録にあります。"]),
        (KNOWN_FORMS, True, ["指針の6つの形態は、すべて条件に合う記録にあります。"]),
        (KNOWN_FORMS[:-1], False, ["指針の6つの形態のうち、「委託」は記録にありません。"]),
        (
            (HOST, COMMITTEE, AGREEMENT, Form.UNKNOWN),
            True,
            [
                "指針の6つの形態のうち、「後援・協賛」「補助・助成」「委託」は"
                "条件に合う記録にありません。"
            ],
        ),
        ((Form.UNKNOWN,), False, []),
        ((), False, []),
    ],
    ids=["none", "none, narrowed", "one", "some, narrowed", "all", "all without a form"],
)
def test_absent_forms(present: tuple[Form, ...], is_narrowed: bool, expected: list[str]) -> None:
    mix = Mix(10, {}, dict.fromkeys(present, 2))
    found = narrative(facts(mix=mix, is_narrowed=is_narrowed))
    about = [sentence for sentence in found if "指針" in sentence.text]
    assert [sentence.text for sentence in about] == expected
    some = tuple(form for form in present if form is not Form.UNKNOWN)
    assert all(s.change == ({} if some == KNOWN_FORMS else {"forms": some}) for s in about)


SPAN = {"year_from": 2018, "year_to": 2021}


@pytest.mark.parametrize(
    ("position", "changes", "change"),
    [
        (YEARS, {"years": years({2018: 4, 2019: 1, 2020: 4})}, {}),
        (YEARS, {"years": years({None: 10})}, {}),
        (YEARS, {"activities": 3, "years": years({2017: 0, 2018: 1, 2020: 0, 2021: 2})}, SPAN),
        (FORMS, {"forms": forms({})}, {"forms": (Form.UNKNOWN,)}),
        (FORMS, {"forms": forms({HOST: (1, 1), SUBSIDY: (2, 2)})}, {"forms": (HOST, SUBSIDY)}),
        (FORMS, {"forms": forms({HOST: (5, 5), SUBSIDY: (2, 2)})}, {"forms": (HOST,)}),
        (ACTORS, {"mix": Mix(10, {}, {}, {PERSON: 9, LOCAL: 9})}, {"actors": (PERSON, LOCAL)}),
        (ACTORS, {"mix": Mix(10, {}, {}, {CITY: 9})}, {}),
    ],
)
def test_what_a_sentence_leads_to(position: int, changes: Changes, change: Changes) -> None:
    assert narrative(facts(**changes))[position].change == change


# The shipped record.

VIEWS = {
    "everything": Filters(),
    "with context": Filters(with_context=True),
    "stated only": Filters(certainty=Certainty.STATED),
    "years": Filters(year_from=2015, year_to=2018),
    "one form": Filters(forms=(Form.SUBSIDY,)),
    "two forms": Filters(forms=(Form.COMMITTEE, Form.UNKNOWN)),
    "two actors": Filters(actors=(ActorType.SCHOOL, ActorType.CITY)),
    "a field": Filters(fields=(Field.CULTURE,)),
}


@pytest.fixture(params=VIEWS)
def profiles(request: pytest.FixtureRequest, edition: Edition) -> list[Profile]:
    view = VIEWS[request.param]
    return [district_profile(edition, view, d.district_id) for d in edition.districts]


def ids_of(edition: Edition, filters: Filters) -> set[str]:
    return {a.activity_id for a in list_activities(edition, filters, limit=1000)}


def test_every_sentence_has_rows_in_the_view(edition: Edition, profiles: list[Profile]) -> None:
    assert any(profile.summary.activities for profile in profiles)
    for profile in profiles:
        whole = ids_of(edition, profile.own_filters)
        assert len(whole) == profile.summary.activities
        for sentence in profile.sentences:
            assert set(sentence.change) <= set(FILTER_FIELDS)
            rows = ids_of(edition, profile.own_filters.but(**sentence.change))
            assert rows <= whole
            assert bool(rows) == bool(whole), sentence


COUNTED = {
    "years": re.compile(r"記録が最も多いのは[^、]+の([\d,]+)件です。"),
    "only year": re.compile(r"年度のわかる記録は[^、]+の([\d,]+)件だけです。"),
    "one form": re.compile(r"形態のわかる活動は([\d,]+)件で"),
    "leading form": re.compile(r"形態では「[^」]+」が最も多く、.*のうち([\d,]+)件"),
    "actor": re.compile(r"市民の側では\w+が最も多く、(?:[\d,]+件のうち)?([\d,]+)件"),
    "field": re.compile(r"分野では「[^」]+」が([\d,]+)件"),
}
"""Sentences that name the number of activities (実件数) behind them."""


def test_numbers_of_rows_are_those_in_the_sentences(edition: Edition) -> None:
    seen = set()
    for district in edition.districts:
        profile = district_profile(edition, Filters(), district.district_id)
        for sentence in profile.sentences:
            for name, pattern in COUNTED.items():
                found = pattern.match(sentence.text)
                if found is None or (name == "actor" and len(sentence.change["actors"]) > 1):
                    continue
                rows = ids_of(edition, profile.own_filters.but(**sentence.change))
                assert len(rows) == int(found[1].replace(",", "")), sentence
                seen.add(name)
    assert seen == set(COUNTED)


def test_few_records_list_years_and_rows_alike(edition: Edition) -> None:
    profile = district_profile(edition, Filters(), "C08")
    sentence = profile.sentences[YEARS]
    assert sentence.text == (
        "年度のわかる記録は、平成25年度(2013年度)が1件、平成30年度(2018年度)が2件、"
        "令和6年度(2024年度)が1件です。"
    )
    assert len(ids_of(edition, profile.own_filters.but(**sentence.change))) == 4


@pytest.mark.parametrize(
    ("filters", "start"),
    [
        (Filters(), "矢沢地区の協働の記録は9件で、27地区中7位（同順位あり）です。"),
        (Filters(with_context=True), "矢沢地区の活動の記録は"),
        (Filters(year_from=2016), "矢沢地区の協働のうち、条件に合う記録は"),
        (Filters(keyword="ない言葉"), "矢沢地区の協働のうち、条件に合う記録はありません。"),
        (Filters(year_from=2016, with_context=True), "矢沢地区の活動のうち、条件に合う記録は"),
    ],
)
def test_the_first_sentence_says_what_is_looked_at(
    edition: Edition, filters: Filters, start: str
) -> None:
    assert district_profile(edition, filters, "C07").sentences[0].text.startswith(start)
