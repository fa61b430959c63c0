"""The shipped activities counted again in plain Python, by the rules of the guideline.

Nothing of the product's own counting is used here: the file is read with `csv` and the
rules are written out once more, the slow and obvious way.
"""

from __future__ import annotations

import csv
import json
import unicodedata
from collections import Counter
from collections.abc import Callable
from itertools import product
from pathlib import Path

import pytest
from typer.testing import CliRunner

from kyodo_geo.cli.app import app
from kyodo_geo.editions import Edition, EditionStore
from kyodo_geo.filters.query_string import FILTER_KEYS, texts_from_filters
from kyodo_geo.measures.places.actors import actor_profiles
from kyodo_geo.measures.places.forms import form_profiles
from kyodo_geo.measures.places.summary import summarise
from kyodo_geo.model import Filters
from kyodo_geo.settings import SHIPPED_DATA_DIR
from kyodo_geo.vocabulary import (
    KNOWN_FORMS,
    ActorType,
    Certainty,
    Field,
    Form,
    Scope,
    Status,
)

Row = dict[str, str]

CITIZENS = {"個人", "地域団体", "市民活動団体", "事業者", "学校"}
BANDS = {
    "A": {"事業協力・協定", "後援・協賛", "補助・助成"},
    "B": {"共催", "実行委員会・協議会", "事業協力・協定"},
    "C": {"事業協力・協定", "後援・協賛", "委託"},
}


def read(name: str) -> list[Row]:
    with (SHIPPED_DATA_DIR / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


ROWS = read("activities.csv")
REGION_OF = {row["district_id"]: row["region"] for row in read("districts.csv")}


def values(row: Row, column: str) -> set[str]:
    return {value for value in row[column].split(";") if value}


def forms(row: Row, stated_only: bool = False) -> set[str]:
    return set() if stated_only and row["form_certainty"] == "implied" else values(row, "forms")


def band(row: Row, stated_only: bool = False) -> set[str]:
    """The bands an activity may lie in: 市民, 市, A, B, C or 不明."""
    known = forms(row, stated_only)
    if not values(row, "actors") & CITIZENS:
        return {"市"}
    if "市" not in values(row, "actors") and not known:
        return {"市民"}
    return {name for name, named in BANDS.items() if known & named} or {"不明"}


def is_kyodo(row: Row, stated_only: bool = False) -> bool:
    return not band(row, stated_only) & {"市民", "市"}


def has_text(row: Row, *words: str) -> bool:
    texts = [row[column] for column in ("title", "summary", "note", "organisations")]
    text = unicodedata.normalize("NFKC", "\n".join(texts)).casefold()
    return all(word in text for word in words)


def year(row: Row) -> int:
    return int(row["fiscal_year"] or 0)


Rule = Callable[[Row], bool]
CASES: dict[str, tuple[Filters, Rule]] = {
    "everything": (Filters(), is_kyodo),
    "with context": (Filters(with_context=True), lambda row: True),
    "stated only": (
        Filters(certainty=Certainty.STATED),
        lambda row: is_kyodo(row, stated_only=True),
    ),
    "stated only with context": (
        Filters(certainty=Certainty.STATED, with_context=True),
        lambda row: True,
    ),
    "years": (
        Filters(year_from=2015, year_to=2018),
        lambda row: is_kyodo(row) and 2015 <= year(row) <= 2018,
    ),
    "from a year": (Filters(year_from=2020), lambda row: is_kyodo(row) and year(row) >= 2020),
    "region": (
        Filters(regions=("大迫", "東和")),
        lambda row: (
            is_kyodo(row)
            and any(REGION_OF.get(d) in ("大迫", "東和") for d in values(row, "district_ids"))
        ),
    ),
    "districts": (
        Filters(districts=("C00", "C02", "C27")),
        lambda row: is_kyodo(row) and bool(values(row, "district_ids") & {"C00", "C02", "C27"}),
    ),
    "one form": (
        Filters(forms=(Form.SUBSIDY,)),
        lambda row: is_kyodo(row) and "補助・助成" in forms(row),
    ),
    "one form, stated only": (
        Filters(forms=(Form.SUBSIDY,), certainty=Certainty.STATED),
        lambda row: is_kyodo(row, stated_only=True) and "補助・助成" in forms(row, True),
    ),
    "form unknown, stated only": (
        Filters(forms=(Form.UNKNOWN,), certainty=Certainty.STATED, with_context=True),
        lambda row: not forms(row, stated_only=True),
    ),
    "actors and field": (
        Filters(actors=(ActorType.SCHOOL, ActorType.BUSINESS), fields=(Field.EDUCATION,)),
        lambda row: (
            is_kyodo(row)
            and bool(values(row, "actors") & {"学校", "事業者"})
            and row["field"] == "子育て・教育"
        ),
    ),
    "band B": (Filters(scopes=(Scope.B,)), lambda row: "B" in band(row)),
    "citizens alone, stated only": (
        Filters(scopes=(Scope.CITIZEN_ONLY,), certainty=Certainty.STATED),
        lambda row: band(row, stated_only=True) == {"市民"},
    ),
    "planned": (
        Filters(status=Status.PLANNED),
        lambda row: is_kyodo(row) and row["status"] == "planned",
    ),
    "keyword": (
        Filters(keyword="　花巻　コミュニティ", with_context=True),
        lambda row: has_text(row, "花巻", "コミュニティ"),
    ),
    "keyword in other widths": (
        Filters(keyword="ｎｐｏ", with_context=True),
        lambda row: has_text(row, "npo"),
    ),
    "all at once": (
        Filters(
            year_from=2010,
            year_to=2024,
            regions=("花巻",),
            forms=(Form.COMMITTEE, Form.SUBSIDY),
            actors=(ActorType.LOCAL_GROUP,),
            status=Status.REPORTED,
            keyword="地区",
        ),
        lambda row: (
            is_kyodo(row)
            and 2010 <= year(row) <= 2024
            and any(REGION_OF.get(d) == "花巻" for d in values(row, "district_ids"))
            and bool(forms(row) & {"実行委員会・協議会", "補助・助成"})
            and "地域団体" in values(row, "actors")
            and row["status"] == "reported"
            and has_text(row, "地区")
        ),
    ),
}


@pytest.fixture(params=CASES)
def case(request: pytest.FixtureRequest) -> tuple[Filters, list[Row]]:
    filters, rule = CASES[request.param]
    rows = [row for row in ROWS if rule(row)]
    assert rows, "a case without activities would show nothing"
    return filters, rows


def test_places(edition: Edition, case: tuple[Filters, list[Row]]) -> None:
    filters, rows = case
    expected = Counter(place for row in rows for place in values(row, "district_ids") or {"C99"})
    summary = summarise(edition, filters)
    assert summary.total.activities == len(rows)
    places = (*summary.districts, summary.citywide, summary.unknown)
    assert len(summary.districts) == 27
    counted = {row.place.place_id: row.activities for row in places}
    assert counted == {place_id: expected[place_id] for place_id in counted}
    for region in summary.regions:
        inside = [
            row
            for row in rows
            if any(REGION_OF.get(d) == region.place.region for d in values(row, "district_ids"))
        ]
        assert region.activities == len(inside)


def test_participants(edition: Edition, case: tuple[Filters, list[Row]]) -> None:
    filters, rows = case
    known = [int(row["participants"]) for row in rows if row["participants"]]
    total = summarise(edition, filters).total
    assert total.participants_known == len(known)
    assert total.participants == (sum(known) if known or not rows else None)


def test_forms_and_actors(edition: Edition, case: tuple[Filters, list[Row]]) -> None:
    filters, rows = case
    stated_only = filters.certainty is Certainty.STATED
    of_forms = Counter(form for row in rows for form in forms(row, stated_only) or {"形態不明"})
    profile = form_profiles(edition, filters)["ALL"]
    assert {form.label: profile.counts[form].activities for form in Form} == {
        form.label: of_forms[form.label] for form in Form
    }
    of_stated = Counter(form for row in rows for form in forms(row, True) or {"形態不明"})
    assert {form.label: profile.counts[form].stated for form in KNOWN_FORMS} == {
        form.label: of_stated[form.label] for form in KNOWN_FORMS
    }
    of_pairs = Counter(
        pair for row in rows for pair in product(values(row, "actors"), values(row, "actors"))
    )
    actors = actor_profiles(edition, filters)["ALL"]
    assert {(a.label, b.label): count for (a, b), count in actors.together.items()} == {
        (a.label, b.label): of_pairs[a.label, b.label] for a, b in product(ActorType, ActorType)
    }


def test_command_line_and_export(
    case: tuple[Filters, list[Row]], store: EditionStore, tmp_path: Path
) -> None:
    filters, rows = case
    texts = texts_from_filters(filters)
    options = ["--data-dir", str(store.folder.parent)]
    for key in FILTER_KEYS:
        for text in texts.get(key.key, ()):
            options += [key.option] if key.key == "context" else [key.option, text]
    info = CliRunner().invoke(app, ["info", "--json", *options])
    assert json.loads(info.stdout)["places"][-1]["activities"] == len(rows)
    target = tmp_path / "view.csv"
    CliRunner().invoke(app, ["export", "--out", str(target), *options])
    with target.open(encoding="utf-8-sig", newline="") as file:
        exported = {row["activity_id"] for row in csv.DictReader(file)}
    assert exported == {row["id"] for row in rows}
