"""Filters as texts: what addresses and the command line carry, whatever stands there."""

from __future__ import annotations

import pytest
from builders import FILTER_FIELDS
from hypothesis import given, settings
from hypothesis import strategies as st

from kyodo_geo.editions import Edition
from kyodo_geo.filters import query_string
from kyodo_geo.filters.query_string import (
    FILTER_KEYS,
    FIRST_YEAR,
    KEYWORD_LENGTH,
    LAST_YEAR,
    MOST_PROBLEMS,
    filters_from_texts,
    texts_by_name,
    texts_from_filters,
)
from kyodo_geo.measures.places.description import describe_filters
from kyodo_geo.measures.places.summary import summarise
from kyodo_geo.model import Filters
from kyodo_geo.vocabulary import ActorType, Certainty, Field, Form, Scope, Status

DISTRICTS = [f"C{number:02}" for number in (0, *range(1, 28), 99)]
REGIONS = ["花巻", "大迫", "石鳥谷", "東和"]
KEYS = [key.key for key in FILTER_KEYS]


def some(choices: object) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(st.sampled_from(choices), unique=True).map(tuple)  # type: ignore[arg-type]


@st.composite
def filters(draw: st.DrawFn) -> Filters:
    """Any filters that a page can make."""
    years = st.none() | st.integers(FIRST_YEAR, LAST_YEAR)
    start, end = draw(years), draw(years)
    if start is not None and end is not None:
        start, end = min(start, end), max(start, end)
    return Filters(
        year_from=start,
        year_to=end,
        regions=draw(some(REGIONS)),
        districts=draw(some(DISTRICTS)),
        forms=draw(some(Form)),
        actors=draw(some(ActorType)),
        scopes=draw(some(Scope)),
        fields=draw(some(Field)),
        status=draw(st.none() | st.sampled_from(Status)),
        certainty=draw(st.sampled_from(Certainty)),
        keyword=draw(st.text(st.characters(exclude_categories=["Cs"]), max_size=KEYWORD_LENGTH)),
        with_context=draw(st.booleans()),
    )


@given(filters())
def test_filters_come_back_from_their_texts(edition: Edition, asked: Filters) -> None:
    assert filters_from_texts(edition, texts_from_filters(asked)) == (asked, ())


WILD = st.text(max_size=120) | st.sampled_from([*DISTRICTS, "1", "2020", "2015", "共催", "a", "C1"])


@settings(max_examples=100, deadline=None)
@given(st.dictionaries(st.sampled_from([*KEYS, "measure"]), st.lists(WILD, max_size=3)))
def test_whatever_stands_there_gives_filters_that_work(
    edition: Edition, values: dict[str, list[str]]
) -> None:
    read, errors = filters_from_texts(edition, values)
    assert summarise(edition, read).total.activities <= 348
    assert all(error.sentence.encode() for error in errors)
    assert filters_from_texts(edition, texts_from_filters(read)) == (read, ())


def test_every_field_of_the_filters_has_a_key_of_its_own() -> None:
    assert tuple(key.field for key in FILTER_KEYS) == FILTER_FIELDS
    assert len({key.key for key in FILTER_KEYS}) == len(FILTER_FIELDS)


def test_unfiltered_view_has_no_texts() -> None:
    assert texts_from_filters(Filters()) == {}


@pytest.mark.parametrize(
    ("key", "texts", "expected"),
    [
        ("form", ["co_hosting", "共催", "CO_HOSTING", "委託"], (Form.CO_HOSTING, Form.COMMISSION)),
        ("district", ["花北", "C03", "ｃ０３", "花北地区", "全市"], ("C03", "C00")),
        ("district", ["地区不明"], ("C99",)),
        ("region", ["花巻", "花巻地域", "東和"], ("花巻", "東和")),
        ("actor", ["学校", "school"], (ActorType.SCHOOL,)),
        ("scope", ["A", "b", "市民の範囲"], (Scope.A, Scope.B, Scope.CITIZEN_ONLY)),
        ("field", ["環境・美化"], (Field.ENVIRONMENT,)),
        ("form", [str(form) for form in Form], tuple(Form)),
        ("status", ["予定"], Status.PLANNED),
        ("certainty", ["明記のみ"], Certainty.STATED),
        ("context", ["1"], True),
        ("context", ["0"], False),
        ("year_from", ["２０２０"], 2020),
        ("keyword", ["清掃 花壇"], "清掃 花壇"),
        ("keyword", [""], ""),
        ("form", [], ()),
    ],
)
def test_identifiers_and_labels_are_read(
    edition: Edition, key: str, texts: list[str], expected: object
) -> None:
    [field] = [row.field for row in FILTER_KEYS if row.key == key]
    assert filters_from_texts(edition, {key: texts}) == (Filters().but(**{field: expected}), ())


@pytest.mark.parametrize(
    ("values", "sentences"),
    [
        (
            {"form": ["共催い", "委託"]},
            ["形態: 「共催い」という値はありません。近いものは 「共催」 です。"],
        ),
        (
            {"district": ["C3"]},
            ["地区: 「C3」という値はありません。近いものは 「C03」「C13」「C23」 です。"],
        ),
        (
            {"region": ["盛岡"]},
            ["地域: 「盛岡」という値はありません。使えるのは 花巻、大迫、石鳥谷、東和 です。"],
        ),
        (
            {"year_from": ["20"], "year_to": ["2201"]},
            [
                "年度（始まり）: 「20」は年度として読めません。"
                "1900から2100までの西暦4桁です（例: 2024）。",
                "年度（終わり）: 「2201」は年度として読めません。"
                "1900から2100までの西暦4桁です（例: 2024）。",
            ],
        ),
        (
            {"year_from": ["2020"], "year_to": ["2015"]},
            ["年度: 始まり（2020）が終わり（2015）より後です。入れ替えて読みました。"],
        ),
        (
            {"keyword": ["花" * 101]},
            ["キーワード: 長すぎます（101文字）。100文字までです。最初の100文字を使いました。"],
        ),
        (
            {"status": ["実施", "予定"]},
            ["実施/予定: 値がいくつもあります。1つだけ選べます。最初の値を使いました。"],
        ),
        ({"keyword": ["\ud800"]}, ["キーワード: 「\ufffd」は文字として読めません。"]),
        (
            {"context": ["2"]},
            ["協働ではない活動: 「2」という値はありません。使えるのは 1、0 です。"],
        ),
    ],
)
def test_what_cannot_be_followed_is_said(
    edition: Edition, values: dict[str, list[str]], sentences: list[str]
) -> None:
    _, errors = filters_from_texts(edition, values)
    assert [error.sentence for error in errors] == sentences


def test_what_can_be_followed_is_kept(edition: Edition) -> None:
    values = {
        "form": ["共催い", "委託"],
        "year_from": ["2020"],
        "year_to": ["2015"],
        "keyword": ["花" * 101],
        "status": ["実施", "予定"],
        "district": ["C88"],
    }
    read, errors = filters_from_texts(edition, values)
    assert len(errors) == 5
    assert read == Filters(
        year_from=2015,
        year_to=2020,
        forms=(Form.COMMISSION,),
        status=Status.REPORTED,
        keyword="花" * 100,
    )


def test_long_and_unprintable_values_are_shortened_in_messages(edition: Edition) -> None:
    _, [error] = filters_from_texts(edition, {"form": ["\x1b[31m" + "x" * 5000]})
    assert len(error.sentence) < 200
    assert "\x1b" not in error.sentence


def test_thousands_of_wrong_values_cost_and_say_little(
    edition: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    likened = []
    monkeypatch.setattr(
        query_string.difflib, "get_close_matches", lambda *a, **k: likened.append(a)
    )
    values = {"district": [f"x{n}" for n in range(4000)], "form": ["y"], "status": ["実施"]}

    read, errors = filters_from_texts(edition, values)

    assert len(likened) == MOST_PROBLEMS + 1 == len(errors)
    assert errors[-1].sentence == "指定: 読めない値がほかにもあります。残りは読んでいません。"
    assert len(set(errors)) == len(errors)
    assert not read.districts


@pytest.mark.parametrize(
    ("years", "words"),
    [
        ({"year_from": 2010}, "2010年度から"),
        ({"year_to": 2018}, "2018年度まで"),
        ({"year_from": 2010, "year_to": 2018}, "2010〜2018年度"),
        ({"year_from": 2010, "year_to": 2010}, "2010年度"),
        ({}, "全期間"),
    ],
)
def test_a_period_is_said_in_words(edition: Edition, years: dict[str, int], words: str) -> None:
    assert describe_filters(edition, Filters(**years)) == words


def test_a_query_of_many_names_is_read_once() -> None:
    pairs = ((str(n), "a") for n in range(20_000))

    assert len(texts_by_name(pairs)) == 20_000
    assert texts_by_name([("form", "a"), ("b", "1"), ("form", "c")])["form"] == ["a", "c"]
