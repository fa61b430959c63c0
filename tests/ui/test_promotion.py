"""推進方針: the city's actions recounted in plain Python, amounts, gaps; page, file, journeys."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from browsing import Window, is_as_wide_as_the_window, open_address, opened_page
from conftest import MakeEdition
from playwright.sync_api import Browser, Page, expect
from starlette.testclient import TestClient
from streamlit.testing.v1 import AppTest
from typer.testing import CliRunner

from kyodo_geo.cli.app import app
from kyodo_geo.editions import Edition, EditionStore
from kyodo_geo.errors import SourceDataError
from kyodo_geo.export.schema.columns import ACTION_COLUMNS
from kyodo_geo.export.writers.guideline_tables import write_actions
from kyodo_geo.filters.query_string import narrowed_to
from kyodo_geo.guideline.city_actions import amount_note, city_actions, effort_records
from kyodo_geo.guideline.policy import POLICY_FILE, hopes, read_policy, shipped_policy
from kyodo_geo.measures.places.actors import actor_profiles
from kyodo_geo.measures.places.summary import summarise
from kyodo_geo.model import CityAction, Filters
from kyodo_geo.settings import SHIPPED_DATA_DIR
from kyodo_geo.ui.http.guideline_tables import list_file
from kyodo_geo.ui.http.view_request import ViewRequest
from kyodo_geo.vocabulary import CITIZEN_SIDE, ActorType, Effort, Form
from tests.ui.page_parts import items_in
from tests.ui.test_district_pages import of_kind
from tests.ui.test_pages import open_page, page_text, parts

__all__ = ["open_page"]

WHOLE = Filters()
LABELS = {"情報発信": Effort.INFORMATION, "環境整備": Effort.ENVIRONMENT, "職員育成": Effort.STAFF}


@pytest.fixture(scope="module")
def shipped() -> list[dict[str, str]]:
    with (SHIPPED_DATA_DIR / "city_actions.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def action(year: int | None = 2020, **changes: object) -> CityAction:
    values: dict[str, object] = {
        "fiscal_year": year,
        "effort": str(Effort.STAFF),
        "title": "職員研修",
        "summary": "",
        "amount_yen": None,
        "source": "",
    }
    return CityAction(**(values | changes))  # type: ignore[arg-type]


def rows_of(content: bytes) -> list[dict[str, str]]:
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.count(b"\r\n") == content.count(b"\n")
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_everybody_the_guideline_names_has_a_text() -> None:
    policy = shipped_policy()

    assert set(policy.city) == set(Effort)
    assert set(policy.citizens) == set(CITIZEN_SIDE)
    wishes = [*policy.city.values(), *policy.citizens.values()]
    assert all(one.chapter.startswith("指針 第3章 2") for one in wishes)
    assert sum(len(one.promises) for one in wishes) == 17, "as many as the guideline has"


@pytest.mark.parametrize("content", ["", "city: {}", "[1", "city: 3\ncitizens: 3"])
def test_a_file_without_a_text_is_refused(tmp_path: Path, content: str) -> None:
    (tmp_path / "x.yml").write_text(content, "utf-8")

    with pytest.raises(SourceDataError, match="推進方針の文章が読めません"):
        read_policy(tmp_path / "x.yml")


def test_a_text_that_is_missing_is_named(tmp_path: Path) -> None:
    content = yaml.safe_load((SHIPPED_DATA_DIR / POLICY_FILE).read_text("utf-8"))
    del content["citizens"]["school"]
    (tmp_path / "x.yml").write_text(yaml.safe_dump(content), "utf-8")

    with pytest.raises(SourceDataError, match="school"):
        read_policy(tmp_path / "x.yml")


def test_actions_recounted(edition: Edition, shipped: list[dict[str, str]]) -> None:
    expected = Counter((LABELS[row["effort"]], int(row["fiscal_year"])) for row in shipped)

    records = effort_records(edition, WHOLE)

    assert [record.effort for record in records] == list(Effort)
    assert Counter({(r.effort, y): n for r in records for y, n in r.years.items()}) == expected
    assert sum(record.actions for record in records) == len(shipped) == 42
    years = sorted(int(row["fiscal_year"]) for row in shipped)
    assert {record.span for record in records} == {range(years[0], years[-1] + 1)}


@pytest.mark.parametrize("effort", [None, *Effort])
@pytest.mark.parametrize("years", [(None, None), (2015, 2018), (2016, None), (None, 2009)])
def test_filtered_actions_recounted(
    edition: Edition,
    shipped: list[dict[str, str]],
    effort: Effort | None,
    years: tuple[int | None, int | None],
) -> None:
    first, last = years
    expected = [
        row["title"]
        for row in shipped
        if effort in (None, LABELS[row["effort"]])
        and (first or 0) <= int(row["fiscal_year"]) <= (last or 9999)
    ]
    # Other filters narrow no action: they have no form.
    filters = Filters(year_from=first, year_to=last, forms=(Form.CO_HOSTING,))

    found = city_actions(edition, filters, effort)

    assert sorted(one.title for one in found) == sorted(expected)
    assert [one.fiscal_year for one in found] == sorted(
        (one.fiscal_year for one in found), key=lambda year: -(year or 0)
    )


def test_gaps_are_told_and_no_record_is_not_zero(edition: Edition) -> None:
    information, environment, staff = effort_records(edition, WHOLE)

    assert information.sentences == (
        "記録は12件です。",
        "2008〜2014年度、2019〜2022年度は記録がありません。",
    )
    assert environment.sentences[1] == "2010年度、2013年度は記録がありません。"
    assert staff.sentences[1:] == (
        "2007〜2014年度、2016〜2017年度は記録がありません。",
        "平成30年度(2018年度)を最後に、その後の記録がありません。",
    )
    assert 2010 not in staff.years
    none = effort_records(edition, Filters(year_from=2019))[2]
    assert none.sentences == ("記録がありません。取り組みがなかったという意味ではありません。",)


def test_actions_of_unknown_year(make_edition: MakeEdition) -> None:
    edition = make_edition(city_actions=(action(2018), action(None), action(2020)))

    staff = effort_records(edition, WHOLE)[2]

    assert staff.sentences == (
        "記録は3件です。",
        "うち1件は年度がわかりません。",
        "2019年度は記録がありません。",
    )
    assert len(city_actions(edition, Filters(year_from=2000))) == 2


@pytest.mark.parametrize(
    ("title", "summary", "source", "expected"),
    [
        (
            "交付金",
            "総額は年約2億円",
            "https://example.jp/",
            "資料に「約」とある概数。予算か決算かは記録にない。市の資料ではない（example.jp）。",
        ),
        (
            "市民会議",
            "75人が対話。予算は約1000万円",
            "https://www.city.hanamaki.iwate.jp/a",
            "資料に「約」とある概数。予算の額とある。市などの公式の資料による。",
        ),
        (
            "催し",
            "約150人の催し。決算は5,000,000円",
            "",
            "概数かどうかは記録にない。決算の額とある。市の資料ではない（出典なし）。",
        ),
        (
            "偽の市",
            "2億円",
            "https://city.hanamaki.iwate.jp.example.com/",
            "概数かどうかは記録にない。予算か決算かは記録にない。"
            "市の資料ではない（city.hanamaki.iwate.jp.example.com）。",
        ),
    ],
)
def test_how_sure_an_amount_is(title: str, summary: str, source: str, expected: str) -> None:
    found = action(title=title, summary=summary, source=source, amount_yen=1)

    assert amount_note(found) == expected


def test_without_an_amount_nothing_is_said_of_it(edition: Edition) -> None:
    actions = city_actions(edition, WHOLE)

    assert all(bool(amount_note(one)) is (one.amount_yen is not None) for one in actions)
    assert [one.amount_yen for one in actions if one.amount_yen] == [
        10_000_000,
        73_810_000,
        200_000_000,
        200_000_000,
    ]


FILTERS = [WHOLE, Filters(regions=("大迫",)), Filters(districts=("C01", "C09"), year_from=2015)]


@pytest.mark.parametrize("filters", FILTERS)
def test_hopes_beside_the_record(edition: Edition, filters: Filters) -> None:
    profiles = actor_profiles(edition, filters)
    districts = [
        d
        for d in edition.districts
        if (not filters.regions or d.region in filters.regions)
        and (not filters.districts or d.district_id in filters.districts)
    ]
    for hope in hopes(edition, filters):
        narrowed = narrowed_to(filters, hope.actor)
        assert hope.activities == summarise(edition, narrowed).total.activities
        assert len(hope.latest) == min(3, hope.activities)
        assert all(hope.actor in activity.actors for activity in hope.latest)
        assert [d for d in districts if not profiles[d.district_id].count(hope.actor)] == list(
            hope.absent
        )


def test_hopes_follow_the_chosen_actors(edition: Edition) -> None:
    chosen = Filters(actors=(ActorType.CITY, ActorType.SCHOOL))

    assert [hope.actor for hope in hopes(edition, chosen)] == [ActorType.SCHOOL]
    assert hopes(edition, Filters(actors=(ActorType.CITY,))) == ()


def test_the_file_is_the_table(
    edition: Edition, shipped: list[dict[str, str]], tmp_path: Path
) -> None:
    target = tmp_path / "a.csv"

    written = write_actions(edition, WHOLE, None, target)

    rows = rows_of(target.read_bytes())
    assert list(rows[0]) == [column.name for column in ACTION_COLUMNS]
    kept = ("fiscal_year", "effort", "title", "summary", "amount_yen", "source")
    assert sorted(tuple(row[name] for name in kept) for row in rows) == sorted(
        tuple(row[name] for name in kept) for row in shipped
    )
    assert written == 42


def test_an_action_that_looks_like_a_formula_is_harmless(
    make_edition: MakeEdition, tmp_path: Path
) -> None:
    edition = make_edition(city_actions=(action(title="=cmd|x"),))

    write_actions(edition, WHOLE, None, tmp_path / "a.csv")

    assert rows_of((tmp_path / "a.csv").read_bytes())[0]["title"] == "'=cmd|x"


def test_the_address_of_the_file(edition: Edition) -> None:
    texts = {"effort": ["staff"]}
    filters = Filters(year_from=2016)

    answer = list_file(ViewRequest(edition, "city_actions", filters, texts, ()))

    content = TestClient(answer).get("/").content
    assert [row["fiscal_year"] for row in rows_of(content)] == ["2018", "2018"]
    assert "kyodo_actions_staff_ed0001_2016-_" in answer.headers["content-disposition"]


def test_the_command(store: EditionStore, tmp_path: Path) -> None:
    target = tmp_path / "a.csv"
    options = ["--data-dir", str(store.folder.parent), "--effort", "staff", "--out", str(target)]
    options += ["--describe"]

    result = CliRunner().invoke(app, ["promotion", *options])

    assert result.exit_code == 0, result.output
    assert "平成30年度(2018年度)を最後に" in result.stdout
    assert "情報発信" not in result.stdout
    assert len(rows_of(target.read_bytes())) == 5
    assert len(list(tmp_path.glob("a.csv-*.json"))) == 2
    assert CliRunner().invoke(app, ["promotion", *options]).exit_code == 1


def opened(open_page, **address: str) -> AppTest:  # type: ignore[no-untyped-def]
    page = open_page("promotion")
    for name, text in address.items():
        page.query_params[name] = text
    assert not page.run().exception
    return page


def test_the_page(open_page, edition: Edition) -> None:  # type: ignore[no-untyped-def]
    page = opened(open_page)

    charts = items_in(parts(page), "kg-columns")
    assert len(charts) == 3 + 5
    (table,) = of_kind(page, "rowTable")
    assert len(table["rows"]) == 42
    assert "合計しません" in page_text(page)
    for hope in hopes(edition, WHOLE):
        assert f"{hope.activities:,}件の一覧" in page_text(page)

    page.query_params["effort"] = "staff"
    (table,) = of_kind(page.run(), "rowTable")
    assert {row["cells"][2] for row in table["rows"]} == {"職員育成"}


def test_the_page_where_nothing_is_on_record(open_page) -> None:  # type: ignore[no-untyped-def]
    page = opened(open_page, effort="staff", year_from="2010", year_to="2010", actor="city")

    text = page_text(page)
    assert (
        "この条件に合う市の取り組みの記録はありません。記録があるのは2007〜2024年度です。" in text
    )
    assert "絞り込みに、市民の側の主体がありません。" in text


@pytest.fixture(scope="module", params=Window)
def page(request: pytest.FixtureRequest, browser: Browser, server: str) -> Iterator[Page]:
    with opened_page(browser, server, request.param) as page:
        yield page


@pytest.mark.browser
def test_from_the_city_to_a_file(page: Page, server: str, tmp_path: Path) -> None:
    open_address(page, f"{server}/promotion?year_from=2015")
    page.get_by_role("radio", name="③ 職員育成").check()
    table = page.get_by_role("region", name="市の取り組み 5件")
    expect(table.locator("tbody tr")).to_have_count(5)
    expect(page).to_have_url(re.compile("effort=staff"))
    assert is_as_wide_as_the_window(page)

    with page.expect_download() as download:
        page.get_by_role("button", name="この表をCSVにする").click()

    download.value.save_as(tmp_path / "a.csv")
    rows = rows_of((tmp_path / "a.csv").read_bytes())
    titles = table.locator("tbody th").all_inner_texts()
    assert [row["title"] for row in rows] == titles


@pytest.mark.browser
def test_from_a_district_to_the_records_behind_a_hint(page: Page, server: str) -> None:
    open_address(page, f"{server}/district?district=C07")
    hint = page.locator(".kg-folded", has_text="学校の加わった協働は")
    hint.locator("summary").click()
    assert is_as_wide_as_the_window(page)
    link = hint.get_by_role("link", name="もとになった記録")
    count = int("".join(filter(str.isdigit, link.inner_text())))
    link.click()

    expect(page.locator(".kg-head h1")).to_contain_text("活動一覧")
    expect(page.get_by_text(f"活動 {count}件のうち")).to_be_visible()

    open_address(page, f"{server}/district?district=C07")
    page.get_by_role("radio", name="示さない").check()
    expect(page.get_by_role("heading", name="次の一歩の手がかり")).to_have_count(0)
    expect(page.locator(".kg-foot")).to_be_visible()


@pytest.mark.browser
def test_from_an_activity_to_its_checks(page: Page, server: str) -> None:
    open_address(page, f"{server}/activities?activity=P0152")
    page.get_by_role("link", name="点検 G02").click()

    expect(page.get_by_role("heading", name="G02 形態はわかるが、主体に市がない")).to_be_visible()
    page.get_by_role("button", name="団体の名前がない").click()
    expect(page.get_by_role("heading", name="G04 団体の名前がない")).to_be_visible()
    expect(page).to_have_url(re.compile("check=G04"))
    assert is_as_wide_as_the_window(page)
    page.locator("[data-row=P0152] button").click()
    expect(page.get_by_text("点検で気づいたこと")).to_be_visible()
