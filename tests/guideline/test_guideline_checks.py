"""記録の点検: each check fires and stays silent; the shipped record recounted; page and files."""

from __future__ import annotations

import asyncio
import csv
import io
import json
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from builders import activity
from conftest import MakeEdition
from starlette.responses import StreamingResponse
from streamlit.testing.v1 import AppTest
from typer.testing import CliRunner

from kyodo_geo.cli.app import app
from kyodo_geo.editions import Edition, EditionStore
from kyodo_geo.export.schema.columns import CHECK_COLUMNS
from kyodo_geo.export.writers.guideline_tables import write_checks
from kyodo_geo.guideline.checks import (
    CHECK_BY_ID,
    CHECKS,
    check_results,
    checked_activities,
    checks_of,
    with_all_bands,
)
from kyodo_geo.measures.places.summary import summarise
from kyodo_geo.model import Activity, Filters
from kyodo_geo.settings import SHIPPED_DATA_DIR
from kyodo_geo.ui.http.guideline_tables import list_file
from kyodo_geo.ui.http.view_request import ViewRequest
from kyodo_geo.vocabulary import ActorType, Certainty, Form, Scope, Status
from tests.imports.test_reviews import keep, review
from tests.ui.test_pages import open_page, page_text, parts

__all__ = ["open_page"]

TODAY = date(2026, 11, 1)
WHOLE = with_all_bands(Filters())
A, B, C = Scope.A, Scope.B, Scope.C
CITIZEN, GROUP, CITY = ActorType.INDIVIDUAL, ActorType.LOCAL_GROUP, ActorType.CITY
SUBSIDY, CO_HOSTING, COMMISSION = Form.SUBSIDY, Form.CO_HOSTING, Form.COMMISSION


def found_in(edition: Edition, activity_id: str = "T0001") -> set[str]:
    return {check.check_id for check in checks_of(edition, activity_id, TODAY)}


def silent(number: int = 1, **changes: object) -> Activity:
    """An activity in which no check finds anything but the missing review."""
    values: dict[str, object] = {
        "forms_stated": (SUBSIDY,),
        "organisations": ("花北の会",),
        "actors": (GROUP, CITY),
        "source": "https://example.jp/",
    }
    return activity(number, **(values | changes))


def all_found(edition: Edition, count: int) -> list[set[str]]:
    """What is found in the activities 1 to `count`."""
    return [found_in(edition, f"T{number:04}") for number in range(1, count + 1)]


def test_numbers_are_permanent_and_every_check_explains_itself() -> None:
    assert [check.check_id for check in CHECKS] == [f"G{n:02}" for n in range(1, 9)]
    for check in CHECKS:
        assert check.chapter.startswith("指針 第")
        assert all(text.endswith("。") for text in (check.why, check.advice, check.hint))
        assert not any(
            word in check.hint for word in ("不備", "違反", "怠", "すべき", "いけません")
        )


FIRING: list[tuple[str, dict[str, object]]] = [
    ("G01", {"scope": B}),
    ("G01", {"scope": C, "forms_stated": (CO_HOSTING,)}),
    ("G01", {"scope": Scope.CITIZEN_ONLY}),
    ("G01", {"scope": Scope.CITY_ONLY}),
    ("G01", {"forms_stated": (CO_HOSTING, COMMISSION)}),
    ("G01", {"scope": A, "forms_implied": (COMMISSION,)}),
    ("G02", {"actors": (GROUP,)}),
    ("G03", {"actors": (CITY,)}),
    ("G04", {"organisations": ()}),
    ("G07", {"forms_stated": ()}),
    ("G08", {"source": ""}),
]


def test_each_check_fires_alone(make_edition: MakeEdition) -> None:
    edition = make_edition(*(silent(n, **changes) for n, (_, changes) in enumerate(FIRING, 1)))

    assert all_found(edition, len(FIRING)) == [{check_id, "G05"} for check_id, _ in FIRING]


QUIET: list[dict[str, object]] = [
    {},
    {"scope": A},
    {"scope": C, "forms_stated": (COMMISSION, Form.AGREEMENT)},
    {"scope": Scope.UNDETERMINED},
    {"forms_stated": (Form.AGREEMENT, CO_HOSTING)},
    {"actors": (CITIZEN, CITY), "organisations": ()},
    {"actors": (GROUP,), "forms_stated": ()},
]


def test_checks_stay_silent(make_edition: MakeEdition) -> None:
    edition = make_edition(*(silent(n, **changes) for n, changes in enumerate(QUIET, 1)))

    assert all_found(edition, len(QUIET)) == [{"G05"}] * len(QUIET)


OVER_OR_NOT: list[tuple[dict[str, object], bool]] = [
    ({"fiscal_year": 2025}, True),
    ({"fiscal_year": 2026}, False),
    ({"fiscal_year": 2026, "start_date": date(2026, 10, 31)}, True),
    ({"fiscal_year": 2026, "start_date": TODAY}, False),
    ({"start_date": date(2026, 10, 1), "end_date": date(2026, 11, 2)}, False),
    ({"fiscal_year": None}, False),
    ({"status": Status.PLANNED}, False),
]


def test_only_what_is_over_needs_a_review(make_edition: MakeEdition) -> None:
    edition = make_edition(*(silent(n, **changes) for n, (changes, _) in enumerate(OVER_OR_NOT, 1)))

    assert all_found(edition, len(OVER_OR_NOT)) == [
        {"G05"} if is_over else set() for _, is_over in OVER_OR_NOT
    ]
    assert check_results(edition, WHOLE, TODAY)[4].applies == 2


def test_reviews_settle_one_check_and_open_another(
    make_edition: MakeEdition, tmp_path: Path
) -> None:
    make_edition(silent(1), silent(2), silent(3))
    store = EditionStore(tmp_path / "tiny")
    edition = keep(
        store, review("T0001"), review("T0002", expected=(), seen=()), review("T0003", seen=())
    )

    assert found_in(edition, "T0001") == set()
    assert found_in(edition, "T0002") == {"G06"}
    assert found_in(edition, "T0003") == set()
    results = {one.check.check_id: one for one in check_results(edition, WHOLE, TODAY)}
    assert (results["G05"].found, results["G05"].applies) == (0, 3)
    assert (results["G06"].found, results["G06"].applies) == (1, 3)


def test_forms_follow_the_certainty_of_the_view(make_edition: MakeEdition) -> None:
    edition = make_edition(silent(forms_stated=(), forms_implied=(SUBSIDY,)))
    stated = WHOLE.but(certainty=Certainty.STATED)

    assert check_results(edition, WHOLE, TODAY)[6].found == 0
    assert check_results(edition, stated, TODAY)[6].found == 1


def test_nothing_to_check_has_no_share(make_edition: MakeEdition) -> None:
    edition = make_edition()
    results = check_results(edition, WHOLE, TODAY)

    assert [(one.found, one.applies, one.share) for one in results] == [(0, 0, None)] * 8
    assert found_in(edition, "nobody") == set()


NAMED = {
    "共催": {"B"},
    "実行委員会・協議会": {"B"},
    "事業協力・協定": {"A", "B", "C"},
    "後援・協賛": {"A", "C"},
    "補助・助成": {"A"},
    "委託": {"C"},
}


def recounted(row: dict[str, str]) -> tuple[set[str], set[str]]:
    """The checks a row of the shipped file can be held to, and those that find something."""
    forms, actors = (set(filter(None, row[name].split(";"))) for name in ("forms", "actors"))
    citizens = actors - {"市"}
    applies, found = {"G08"}, set()
    if forms:
        applies |= {"G01", "G02", "G03"}
        found |= {"G01"} if not set.intersection(*(NAMED[form] for form in forms)) else set()
        found |= {"G02"} if "市" not in actors else set()
        found |= {"G03"} if not citizens else set()
    if citizens - {"個人"}:
        applies.add("G04")
        found |= set() if row["organisations"] else {"G04"}
    last = row["end_date"] or row["start_date"]
    is_over = last < "2026-11-01" if last else "" < row["fiscal_year"] < "2026"
    if row["status"] == "reported" and is_over:
        applies.add("G05")
        found.add("G05")
    if citizens and (forms or "市" in actors):
        applies.add("G07")
        found |= set() if forms else {"G07"}
    return applies, found | (set() if row["source"] else {"G08"})


@pytest.fixture(scope="module")
def shipped() -> list[dict[str, str]]:
    with (SHIPPED_DATA_DIR / "activities.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_the_shipped_record_recounted(edition: Edition, shipped: list[dict[str, str]]) -> None:
    applies, found = (Counter(id_ for row in shipped for id_ in recounted(row)[n]) for n in (0, 1))

    results = {one.check.check_id: one for one in check_results(edition, WHOLE, TODAY)}
    assert {id_: one.applies for id_, one in results.items()} == {
        id_: applies[id_] for id_ in CHECK_BY_ID
    }
    assert {id_: one.found for id_, one in results.items()} == {
        id_: found[id_] for id_ in CHECK_BY_ID
    }
    assert results["G02"].found > 0
    assert results["G08"].applies == summarise(edition, WHOLE).total.activities == len(shipped)


def test_every_district_recounted(edition: Edition, shipped: list[dict[str, str]]) -> None:
    for district in edition.districts:
        rows = [row for row in shipped if district.district_id in row["district_ids"].split(";")]
        found = Counter(id_ for row in rows for id_ in recounted(row)[1])
        view = WHOLE.but(districts=(district.district_id,))
        results = check_results(edition, view, TODAY)
        assert {r.check.check_id: r.found for r in results} == {
            id_: found[id_] for id_ in CHECK_BY_ID
        }
        listed = checked_activities(edition, view, CHECK_BY_ID["G07"], TODAY, limit=1000)
        assert {one.activity_id for one in listed} == {
            row["id"] for row in rows if "G07" in recounted(row)[1]
        }


def test_pages_of_the_list_join_up(edition: Edition) -> None:
    check = CHECK_BY_ID["G07"]
    whole = checked_activities(edition, WHOLE, check, TODAY, limit=1000)
    pages = [
        checked_activities(edition, WHOLE, check, TODAY, limit=20, offset=start)
        for start in range(0, len(whole), 20)
    ]

    assert tuple(one for page in pages for one in page) == whole
    assert len({one.activity_id for one in whole}) == len(whole)


def rows_of(content: bytes) -> list[dict[str, str]]:
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.count(b"\r\n") == content.count(b"\n")
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_the_file_holds_what_the_checks_find(
    edition: Edition, shipped: list[dict[str, str]], tmp_path: Path
) -> None:
    target = tmp_path / "checks.csv"

    written = write_checks(edition, WHOLE, CHECKS, TODAY, target)

    rows = rows_of(target.read_bytes())
    assert list(rows[0]) == [column.name for column in CHECK_COLUMNS]
    assert {(row["check_id"], row["activity_id"]) for row in rows} == {
        (id_, row["id"]) for row in shipped for id_ in recounted(row)[1]
    }
    assert written == len(rows)
    districts = {row["id"]: row["district_ids"] for row in shipped}
    assert all(row["district_ids"] == districts[row["activity_id"]] for row in rows)


def test_a_title_that_looks_like_a_formula_is_harmless(
    make_edition: MakeEdition, tmp_path: Path
) -> None:
    edition = make_edition(silent(title="=1+1", source=""))

    write_checks(edition, WHOLE, CHECKS, TODAY, tmp_path / "a.csv")

    assert {row["activity_title"] for row in rows_of((tmp_path / "a.csv").read_bytes())} == {
        "'=1+1"
    }


def test_an_empty_result_is_a_header(edition: Edition, tmp_path: Path) -> None:
    assert write_checks(edition, WHOLE, [CHECK_BY_ID["G08"]], TODAY, tmp_path / "a.csv") == 0
    assert (tmp_path / "a.csv").read_bytes().count(b"\r\n") == 1


async def sent(answer: StreamingResponse) -> list[object]:
    """All pieces of a file: it is gone once they are sent."""
    return [piece async for piece in answer.body_iterator]


def answered(edition: Edition, name: str, **texts: list[str]) -> tuple[int, str]:
    """Status of an answer and the name of its file."""
    answer = list_file(ViewRequest(edition, name, Filters(), texts, ()))
    if isinstance(answer, StreamingResponse):
        asyncio.run(sent(answer))
    return answer.status_code, answer.headers.get("content-disposition", "")


def test_addresses_of_files(edition: Edition) -> None:
    assert "kyodo_checks_G02_ed0001" in answered(edition, "checks", check=["G02"])[1]
    assert "kyodo_checks_ed0001" in answered(edition, "checks", check=["G99"])[1]
    assert answered(edition, "people")[0] == 400


def test_the_command_says_the_same(store: EditionStore, edition: Edition, tmp_path: Path) -> None:
    folder, target = str(store.folder.parent), tmp_path / "g02.csv"
    options = ["--data-dir", folder, "--json", "--check", "G02", "--out", str(target)]
    options += ["--describe"]

    result = CliRunner().invoke(app, ["checks", "--region", "花巻", *options])

    assert result.exit_code == 0, result.output
    expected = check_results(edition, WHOLE.but(regions=("花巻",)), date.today())[1]
    found = json.loads(result.stdout)
    assert [(one["check"], one["found"]) for one in found] == [("G02", expected.found)]
    assert len(rows_of(target.read_bytes())) == expected.found
    assert len(list(tmp_path.glob("g02.csv-*.json"))) == 2
    again = CliRunner().invoke(app, ["checks", *options])
    assert again.exit_code == 1
    assert CliRunner().invoke(app, ["checks", "--check", "G99"]).exit_code == 2


def test_the_page_lists_checks_and_the_activities_of_one(  # type: ignore[no-untyped-def]
    open_page, edition: Edition
) -> None:
    page = opened(open_page, check="G02")

    tables = [part for part in parts(page) if part["kind"] == "rowTable"]
    results = check_results(edition, WHOLE, TODAY)
    assert [row["cells"][4] for row in tables[0]["rows"]] == [one.found for one in results]
    assert len(tables[1]["rows"]) == 50
    assert f"活動 {results[1].found:,}件のうち" in tables[1]["caption"]
    assert "うち協働257件、協働ではない活動" in page_text(page)

    page.query_params["check"] = "G06"
    assert "対象になる活動がありません" in page_text(page.run())
    page.query_params["check"] = "G08"
    assert "気づいた活動は、ありません" in page_text(page.run())


def test_an_activity_says_what_was_noticed(open_page, edition: Edition) -> None:  # type: ignore[no-untyped-def]
    check = CHECK_BY_ID["G02"]
    one = checked_activities(edition, WHOLE, check, TODAY, limit=1)[0]

    text = page_text(open_page("activities", activity=one.activity_id))

    assert "点検で気づいたこと" in text
    assert check.hint in text


def opened(open_page, **address: str) -> AppTest:  # type: ignore[no-untyped-def]
    """The page, with what its address alone holds: that doesn't come along from another page."""
    page = open_page("checks")
    for name, text in address.items():
        page.query_params[name] = text
    assert not page.run().exception
    return page
