"""次の一歩の手がかり: each rule fires and stays silent; all districts of the shipped record."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from builders import activity
from conftest import MakeEdition

from kyodo_geo.editions import Edition, EditionStore
from kyodo_geo.guideline.series import Occasion, find_series
from kyodo_geo.guideline.suggestions import (
    MOST_OF_A_RULE,
    MOST_SUGGESTIONS,
    NOTHING_FOUND,
    RULES,
    Suggestion,
    suggestions,
)
from kyodo_geo.measures.activities.listing import find_activity, list_activities
from kyodo_geo.measures.places.district_shapes import district_neighbours
from kyodo_geo.measures.places.summary import summarise
from kyodo_geo.model import Activity
from kyodo_geo.settings import SHIPPED_DATA_DIR, Settings
from kyodo_geo.ui.pages import district_suggestions
from kyodo_geo.vocabulary import ActorType, Field, Form
from tests.imports.test_reviews import keep, review
from tests.ui.page_parts import with_style, words
from tests.ui.test_district_pages import of_kind, show
from tests.ui.test_pages import open_page, page_text, parts

__all__ = ["open_page"]

CITIZEN, CITY, SCHOOL = ActorType.INDIVIDUAL, ActorType.CITY, ActorType.SCHOOL
SUBSIDY, CO_HOSTING = Form.SUBSIDY, Form.CO_HOSTING
CULTURE, SPORTS = Field.CULTURE, Field.SPORTS

C01 = "C01"
Said = dict[str, list[Suggestion]]


def said(edition: Edition, district_id: str = C01) -> Said:
    """What is suggested, by rule."""
    found: Said = defaultdict(list)
    for one in suggestions(edition, district_id).found:
        found[one.rule.rule_id].append(one)
    return found


class Record:
    """Activities one after the other, each with a number and a name of its own."""

    def __init__(self) -> None:
        self.activities: list[Activity] = []

    def add(self, count: int = 1, **changes: object) -> Record:
        """`count` more of the same kind."""
        for _ in range(count):
            number = len(self.activities) + 1
            name = {
                "title": f"活動{'あいうえおかきくけこさしすせそたちつてと'[number % 20]}{number}"
            }
            self.activities.append(activity(number, **(name | changes)))
        return self

    def filled(self, district_id: str = C01) -> Record:
        """Five activities from which nothing follows: all actors, no form, no year."""
        return self.add(5, district_ids=(district_id,), actors=tuple(ActorType), fiscal_year=None)


@pytest.fixture
def said_of(make_edition: MakeEdition) -> Any:
    return lambda record, district_id=C01: said(make_edition(*record.activities), district_id)


def test_rules_are_a_table_one_can_read() -> None:
    assert len({rule.rule_id for rule in RULES}) == len(RULES) == 5
    for rule in RULES:
        assert rule.chapter.startswith("指針 第")
        assert rule.sentence.endswith("。") and rule.because.endswith("。")
        text = rule.sentence + rule.because
        assert not any(word in text for word in ("べき", "しなければ", "不足", "遅れ", "劣"))


def test_a_thin_record_says_why_there_is_nothing(make_edition: MakeEdition) -> None:
    edition = make_edition(*Record().add(4).filled("C02").activities)

    thin, nothing, no_record = (suggestions(edition, id_) for id_ in (C01, "C02", "C03"))

    assert thin.found == () and "4件と少ない" in thin.why_none
    assert "0件と少ない" in no_record.why_none
    assert nothing.why_none == NOTHING_FOUND


def test_open_steps(make_edition: MakeEdition, tmp_path: Path) -> None:
    make_edition(*Record().filled().filled().activities)
    edition = keep(
        EditionStore(tmp_path / "tiny"),
        review("T0001", next_step="五月に集まりを開く。"),
        review("T0002", next_step="場所を決める。", reviewed_on=date(2026, 2, 1)),
        review("T0003", next_step="済んだこと。", is_settled=True),
        review("T0004", next_step=""),
    )

    found = said(edition)

    (one,) = found.pop("S4")
    assert "まだ済んでいないものが2件" in one.sentence
    assert [(e.activity_id, e.note) for e in one.evidence] == [
        ("T0001", "五月に集まりを開く。"),
        ("T0002", "場所を決める。"),
    ]
    assert not found


def yearly(form: tuple[Form, ...], *years: int, **changes: object) -> Record:
    record = Record().filled()
    for n, year in enumerate(years, start=8):
        values: dict[str, object] = {
            "forms_stated": form,
            "title": f"第{n}回 田んぼアート({year}年)",
        }
        record.add(fiscal_year=year, **(values | {"actors": tuple(ActorType)} | changes))
    return record


def test_always_subsidised(said_of: Any) -> None:
    found = said_of(yearly((SUBSIDY,), 2018, 2020, 2023))

    (one,) = found["S3"]
    assert "3か年度（2018・2020・2023年度）" in one.sentence
    assert "「補助・助成」です" in one.sentence and "共催" in one.sentence
    assert [e.fiscal_year for e in one.evidence] == [2023, 2020, 2018]
    assert "S5" not in found


def test_always_subsidised_by_implication_says_so(said_of: Any) -> None:
    record = yearly((), 2018, 2020, 2023, forms_implied=(SUBSIDY,))

    assert "「補助・助成」（推定を含む）です" in said_of(record)["S3"][0].sentence


def test_not_always_subsidised(make_edition: MakeEdition) -> None:
    """One district a case: what is held there for the third time differs in one thing."""
    changes: list[dict[str, object]] = [
        {"fiscal_year": 2020},
        {"forms_stated": ()},
        {"forms_stated": (SUBSIDY, CO_HOSTING)},
        {"forms_stated": (CO_HOSTING,)},
        {"title": "稲刈り"},
        {"district_ids": ("C27",)},
        {},
    ]
    record = Record()
    for n, change in enumerate(changes, start=1):
        here: dict[str, object] = {"district_ids": (f"C{n:02}",), "forms_stated": (SUBSIDY,)}
        record.filled(f"C{n:02}")
        for year in (2018, 2020):
            record.add(fiscal_year=year, title="田んぼアート", **here)
        record.add(**({"fiscal_year": 2023, "title": "第3回田んぼアート"} | here | change))
    edition = make_edition(*record.activities)

    fired = [f"C{n:02}" for n in range(1, 28) if "S3" in said(edition, f"C{n:02}")]

    assert fired == [f"C{len(changes):02}"]


def occasion(number: int, title: str, year: int | None, continues: str | None = None) -> Occasion:
    return Occasion(f"T{number}", title, year, SUBSIDY.bit, SUBSIDY.bit, continues, False)


def titles(*occasions: Occasion) -> list[set[str]]:
    return [{o.activity_id for o in series.occasions} for series in find_series(occasions)]


def test_names_of_one_series() -> None:
    names = ["第5回 市民祭", "市民祭2019", "市民祭（令和2年度）", "市民祭 3年目", "市民祭"]
    found = titles(*(occasion(n, name, 2010 + n) for n, name in enumerate(names)))

    assert found == [{f"T{n}" for n in range(5)}]


def test_names_that_are_none() -> None:
    assert titles(*(occasion(n, f"第{n}回", 2010 + n) for n in range(5))) == []
    assert titles(*(occasion(n, f"架空の活動 {n:07}", 2010 + n) for n in range(5))) == []


def test_what_goes_on_under_another_name_is_one_series() -> None:
    chain = (
        occasion(1, "花いっぱい運動", 2018),
        occasion(2, "花の道づくり", 2019, "T1"),
        occasion(3, "花の道をつなぐ会", 2020, "T2"),
    )

    assert titles(*chain) == [{"T1", "T2", "T3"}]
    assert titles(*chain[1:], occasion(4, "花の道づくり", 2021)) == [{"T2", "T3", "T4"}]
    circle = [occasion(n, "めぐる会", 2018 + n, f"T{(n + 1) % 3}") for n in range(3)]
    assert titles(*circle) == [{"T0", "T1", "T2"}]


def alike(here: int = 3, there: int = 2, form: Form = CO_HOSTING, **changes: object) -> Record:
    """C01 and C02 alike; in one field the first has subsidies, the second co-hosts, too."""
    everybody: dict[str, object] = {"actors": tuple(ActorType), "fiscal_year": None}
    record = Record()
    for district_id in (C01, "C02"):
        same = everybody | {"district_ids": (district_id,)}
        record.add(4, field=SPORTS, **same)
        record.add(here, field=CULTURE, forms_stated=(SUBSIDY,), **same)
    more = {"district_ids": ("C02",), "field": CULTURE, "forms_stated": (form,)}
    return record.add(there, **(everybody | more | changes))


def test_a_form_of_similar_districts(said_of: Any) -> None:
    (one,) = said_of(alike())["S1"]

    assert "「文化・生涯学習」の分野" in one.sentence
    assert "（2件）の記録には「共催」があります" in one.sentence
    assert "形態のわかる3件" in one.sentence
    assert len(one.evidence) == 2


def test_an_implied_form_of_similar_districts_is_called_so(said_of: Any) -> None:
    implied = {"forms_stated": (), "forms_implied": (CO_HOSTING,)}

    assert "「共催」（推定）があります" in said_of(alike(**implied))["S1"][0].sentence


@pytest.mark.parametrize(
    "case",
    [
        alike(here=2),
        alike(there=1),
        alike(field=SPORTS),
        alike(form=SUBSIDY),
        alike().add(
            field=CULTURE, forms_stated=(CO_HOSTING,), actors=tuple(ActorType), fiscal_year=None
        ),
    ],
    ids=["few here", "one there", "another field", "the same form", "on record here"],
)
def test_no_form_of_others(said_of: Any, case: Record) -> None:
    assert "S1" not in said_of(case)


def around(count: int = 2, district_id: str = "") -> Record:
    """C01 without a school; a district beside it with `count` activities with one."""
    record = Record().add(5, actors=(*set(ActorType) - {SCHOOL},), fiscal_year=None)
    return record.add(count, district_ids=(district_id,), actors=(SCHOOL, CITY), fiscal_year=None)


def test_an_actor_next_door(said_of: Any, edition: Edition) -> None:
    near = district_neighbours(edition)[C01][0]

    (one,) = said_of(around(2, near))["S2"]

    assert one.sentence.startswith("学校の加わった協働は、この地区の記録にはまだありません。")
    assert f"{edition.district_by_id[near].name}地区（2件）" in one.sentence
    assert len(one.evidence) == 2


def test_no_actor_next_door(said_of: Any, edition: Edition) -> None:
    near = district_neighbours(edition)[C01]
    far = next(d.district_id for d in edition.districts if d.district_id not in (C01, *near))

    assert "S2" not in said_of(around(1, near[0]))
    assert "S2" not in said_of(around(3, far))
    assert "S2" not in said_of(around(2, near[0]).add(actors=(SCHOOL, CITY)))


def test_something_held_for_years_that_nobody_has_looked_back_on(
    make_edition: MakeEdition, tmp_path: Path
) -> None:
    record = yearly((CO_HOSTING,), 2018, 2020, 2023)
    edition = make_edition(*record.activities)
    reviewed = keep(EditionStore(tmp_path / "tiny"), review("T0006", next_step=""))

    (one,) = said(edition)["S5"]
    assert "3か年度（2018・2020・2023年度）" in one.sentence
    assert "S5" not in said(reviewed)


def test_at_most_five_by_priority(make_edition: MakeEdition, edition: Edition) -> None:
    near = district_neighbours(edition)[C01][:2]
    record = Record().add(4, actors=(CITIZEN, CITY), fiscal_year=None)
    for name in ("田んぼアート", "花の道づくり", "夏のつどい"):
        for year in (2018, 2019, 2020):
            record.add(
                title=name,
                fiscal_year=year,
                forms_stated=(SUBSIDY,),
                field=CULTURE,
                actors=(CITIZEN, CITY),
            )
    for year in (2018, 2019, 2020):
        record.add(title="冬のつどい", fiscal_year=year, actors=(CITIZEN, CITY))
    for district_id in near:
        record.add(
            3,
            district_ids=(district_id,),
            actors=tuple(ActorType),
            field=CULTURE,
            forms_stated=(CO_HOSTING, Form.COMMITTEE),
            fiscal_year=None,
        )

    found = suggestions(make_edition(*record.activities), C01).found

    assert [one.rule.rule_id for one in found] == ["S3", "S3", "S1", "S1", "S2"]


def test_every_district_of_the_shipped_record(edition: Edition) -> None:
    rules = [rule.rule_id for rule in RULES]
    fired = Counter(rule_id for d in edition.districts for rule_id in said(edition, d.district_id))
    assert {"S1", "S2", "S3", "S5"} <= set(fired)
    for district in edition.districts:
        result = suggestions(edition, district.district_id)
        found = result.found
        assert bool(found) is not bool(result.why_none)
        assert len(found) <= MOST_SUGGESTIONS
        order = [rules.index(one.rule.rule_id) for one in found]
        assert order == sorted(order)
        assert max(Counter(order).values(), default=0) <= MOST_OF_A_RULE
        for one in found:
            assert one.evidence
            assert all(find_activity(edition, e.activity_id) for e in one.evidence)
            if one.view is not None:
                assert summarise(edition, one.view).total.activities >= len(one.evidence)
                newest = list_activities(edition, one.view, limit=1)[0]
                assert newest.activity_id == one.evidence[0].activity_id


def test_actors_next_door_recounted(edition: Edition) -> None:
    """The shipped file read with csv: who is nowhere on record here, and where next door."""
    with (SHIPPED_DATA_DIR / "activities.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    totals: Counter[str] = Counter()
    for row in rows:
        actors = set(row["actors"].split(";"))
        if actors - {"市"} and (row["forms"] or "市" in actors):
            for id_ in row["district_ids"].split(";"):
                counts[id_].update(actors)
                totals[id_] += 1
    for district in edition.districts:
        here = district.district_id
        near = district_neighbours(edition)[here]
        expected = {
            actor: {id_: counts[id_][actor] for id_ in near if counts[id_][actor] >= 2}
            for actor in ("個人", "地域団体", "市民活動団体", "事業者", "学校")
            if totals[here] >= 5 and not counts[here][actor]
        }
        expected = {actor: places for actor, places in expected.items() if places}
        found = said(edition, here)["S2"]
        assert len(found) == min(len(expected), MOST_OF_A_RULE)
        for one in found:
            actor = one.sentence.split("の加わった")[0]
            named = [
                f"{edition.district_by_id[id_].name}地区（{n}件）"
                for id_, n in expected[actor].items()
            ]
            assert f"{'、'.join(named)}の記録にはあります。" in one.sentence


def test_the_page_shows_them_with_their_records(open_page, edition: Edition) -> None:  # type: ignore[no-untyped-def]
    page = show(open_page("district"), select="C07")

    others = ("市全体と比べた特化係数", "表で見る")
    folded = [one for one in of_kind(page, "folded") if one["summary"] not in others]
    found = suggestions(edition, "C07").found
    assert [one["summary"] for one in folded] == [one.sentence for one in found]
    records = with_style(folded, "kg-records")
    assert [len(one["items"]) for one in records] == [len(one.evidence) for one in found]
    show(page, select="C07", hints="off")
    assert "次の一歩の手がかり" not in [words(one) for one in with_style(parts(page), "kg-section")]


def test_a_deployment_can_do_without(open_page, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr(district_suggestions, "settings", lambda: Settings(suggestions=False))

    page = show(open_page("district"), select="C07")

    assert "次の一歩の手がかり" not in page_text(page)
    assert [item["name"] for item in of_kind(page, "options")[0]["items"]] == ["district", "town"]
