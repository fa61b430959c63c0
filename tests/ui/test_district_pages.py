"""地区カルテ and the comparison through Streamlit's AppTest: what they say for each district."""

import csv
import io
import json
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from kyodo_geo.editions import Edition
from kyodo_geo.export import export_view
from kyodo_geo.japanese import count_label
from kyodo_geo.measures.districts.profile import district_profile
from kyodo_geo.measures.places.density import MEASURES, measure_places
from kyodo_geo.model import Filters
from kyodo_geo.report.sheet_content import sheet_content
from kyodo_geo.ui.state import view_state
from kyodo_geo.vocabulary import Form
from tests.ui.page_parts import inside, items_in, with_style, words
from tests.ui.test_pages import APP, open_page, page_text, parts

__all__ = ["open_page"]

ALL_27 = [f"C{number:02}" for number in range(1, 28)]
Open = Callable[..., AppTest]


def show(app: AppTest, **options: str) -> AppTest:
    """The page again, with other options."""
    app.session_state[view_state.OPTIONS] = options
    return app.run()


def of_kind(app: AppTest, kind: str) -> list[dict[str, Any]]:
    """The parts of a kind, those in cards too."""
    return [one for one in inside(parts(app)) if one["kind"] == kind]


def part(app: AppTest, kind: str) -> dict[str, Any]:
    return of_kind(app, kind)[0]


def notice(app: AppTest) -> str:
    return words(with_style(parts(app), "kg-notice")[0])


def figure(app: AppTest, label: str) -> dict[str, Any]:
    return next(one for one in figures(app) if one["label"] == label)


def figures(app: AppTest) -> list[dict[str, Any]]:
    """The table of figures, by the names of its columns."""
    heads = ("value", "rank", "scale", "region", "city", "middle")
    rows = part(app, "chartTable")["rows"]
    return [{"label": row["name"], **dict(zip(heads, row["cells"], strict=True))} for row in rows]


def count_of(column: dict[str, Any]) -> int:
    """The 実件数 on a column."""
    return 0 if column["text"] == "なし" else int(column["text"].replace(",", ""))


def rows_of(edition: Edition, filters: Filters, folder: Any) -> list[dict[str, str]]:
    target = folder / "view.csv"
    export_view(edition, filters, "csv", target)
    return list(csv.DictReader(io.StringIO(target.read_text("utf-8-sig"))))


def test_all_27_pages_say_what_the_maps_and_the_export_say(
    open_page: Open, edition: Edition, tmp_path: Any
) -> None:
    app = open_page("district", select="C01")
    on_map = measure_places(edition, Filters(), MEASURES["activities"])
    for district_id in ALL_27:
        show(app, select=district_id)
        assert not app.exception and not app.error
        name = edition.district_by_id[district_id].name
        assert f"{name}地区" in page_text(app)
        rows = rows_of(edition, Filters(districts=(district_id,)), tmp_path)
        shown = figure(app, "実件数")
        assert shown["value"] == f"{len(rows):,}件"
        assert shown["value"] == count_label(on_map.values[district_id], "件")
        assert shown["city"] == "257件"
        people = [int(row["participants_count"]) for row in rows if row["participants_count"]]
        expected = count_label(sum(people) if people or not rows else None, "人")
        assert figure(app, "参加者数")["value"] == expected
        assert sum(map(count_of, part(app, "columnChart")["columns"])) == len(rows)


def test_before_a_district_is_chosen_there_are_three_ways_to_choose(open_page: Open) -> None:
    app = open_page("district")

    assert part(app, "locator")["here"] is None
    assert len(part(app, "rowTable")["rows"]) == 27
    assert [item["name"] for item in part(app, "options")["items"]] == ["district", "town"]


@pytest.mark.parametrize(
    ("typed", "district"),
    [
        ("石神町", "花西"),
        ("花巻市石神町３６４番地", "花西"),
        ("はなきた", "花北"),
        ("ハナキタ", "花北"),
        ("花北地区", "花北"),
    ],
)
def test_a_town_typed_in_any_usual_way_finds_its_district(
    open_page: Open, typed: str, district: str
) -> None:
    app = show(open_page("district"), town=typed)

    assert f"は{district}地区です。" in notice(app)
    assert "chartTable" in [one["kind"] for one in parts(app)]
    assert view_state.OPTIONS in app.session_state
    assert "town" not in app.session_state[view_state.OPTIONS]


def test_a_town_that_is_not_known_gets_a_sentence_and_what_is_near(open_page: Open) -> None:
    app = show(open_page("district"), town="石紙町")
    assert "わかりませんでした" in notice(app)
    changes = {item["label"]: item["change"] for item in items_in(parts(app), "kg-buttons")}
    assert changes["石神町"] == {"town": ["石神町"]}

    text = notice(show(app, town="あ" * 200))
    assert "わかりませんでした" in text
    assert len(text) < 200


def test_a_kana_that_several_districts_begin_with_offers_them(open_page: Open) -> None:
    app = show(open_page("district"), town="はな")

    labels = [item["label"] for item in items_in(parts(app), "kg-buttons")]
    assert labels == ["花巻中央", "花西", "花北"]


def test_a_district_without_a_record_says_so_and_is_still_useful(open_page: Open) -> None:
    app = open_page("district", select="C05", year_from="2003", year_to="2003")

    text = page_text(app)
    [sentences] = with_style(parts(app), "kg-sentences")
    assert len(sentences["items"]) == 1
    assert "活動がないという意味ではありません。" in words(sentences["items"][0])
    assert "記録がないため、似た地区は示せません" in text
    assert part(app, "locator")["near"]
    assert figure(app, "実件数")["value"] == "0件"
    assert figure(app, "市と対等な協働の割合")["value"] == "データなし"
    assert "年度を外す（2件）" in [item["label"] for item in items_in(parts(app), "kg-buttons")]


def test_sentences_and_gaps_lead_to_rows_that_are_there(open_page: Open) -> None:
    app = open_page("district", select="C03")

    [sentences] = with_style(parts(app), "kg-sentences")
    links = items_in(sentences, "kg-rows")
    assert len(links) == len(sentences["items"])
    assert all(link["view"]["district"] == ["C03"] for link in links)
    [gaps] = with_style(parts(app), "kg-gaps")
    links = items_in(gaps, "kg-rows")
    assert links and len(links) == len(gaps["items"])
    assert all("C03" not in link["view"]["district"] for link in links)


def test_the_way_back_keeps_filters_and_selects_the_district(open_page: Open) -> None:
    app = open_page("district", select="C03", region="花巻", form="subsidy")

    back = items_in(parts(app), "kg-links")[0]
    assert back["page"] == "density"
    assert back["view"] == {"region": ["花巻"], "form": ["subsidy"], "select": ["C03"]}
    assert "協働は257件" not in page_text(app)
    assert figure(app, "実件数")["city"] != "257件"


def test_filters_by_place_do_not_narrow_a_district(open_page: Open, edition: Edition) -> None:
    app = open_page("district", select="C03", region="東和")

    profile = district_profile(edition, Filters(), "C03")
    assert figure(app, "実件数")["value"] == f"{profile.summary.activities}件"


def test_the_record_has_a_prepared_mail(open_page: Open) -> None:
    app = open_page("district", select="C03")
    show(app, select="C03", activity="P0001")

    mails = items_in(parts(app), "kg-mail")
    own, missing = (parse_qs(urlsplit(link["address"]).query) for link in mails)
    assert missing["subject"] == ["【協働の記録】記載のない活動"]
    assert "P0001" in own["subject"][0]
    assert "第1版" in own["body"][0]


def test_two_districts_side_by_side(open_page: Open) -> None:
    app = show(open_page("compare"), compare="C03 C07")

    table = part(app, "rowTable")
    assert [column["label"] for column in table["columns"]] == [
        "指標",
        "花北地区",
        "矢沢地区",
        "市全体",
    ]
    assert table["rows"][0]["cells"] == [
        "実件数",
        "20件　27地区中3位",
        "9件　27地区中7位（同順位あり）",
        "257件",
    ]
    # On one scale: the same count is as high in both charts.
    charts = of_kind(app, "columnChart")
    pieces = [p for chart in charts for column in chart["columns"] for p in column["pieces"]]
    units = [float(p["share"]) / int(p["title"].split()[-1].rstrip("件")) for p in pieces]
    assert len(charts) == 2 and units == pytest.approx([units[0]] * len(units), abs=0.1)


def test_one_district_alone_is_offered_those_like_it(open_page: Open) -> None:
    app = show(open_page("compare"), compare="C03")

    assert all(
        item["change"]["district"][0] == "C03" for item in items_in(parts(app), "kg-buttons")
    )


def test_nothing_to_compare_yet(open_page: Open) -> None:
    app = open_page("compare")

    assert "比べる地区" in notice(app)
    assert "rowTable" in [one["kind"] for one in parts(app)]


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("C00", "「全市」は地区ではありません"),
        ("C98", "「C98」という値はありません"),
    ],
)
def test_an_address_without_a_district_says_so(query: str, said: str, store: Any) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("kyodo_geo.ui.runtime.ensure_first_edition", lambda _: store)
        st.cache_resource.clear()
        app = AppTest.from_file(APP, default_timeout=30).run()
        app.switch_page("pages/district.py")
        app.session_state[view_state.PAGE] = "district"
        app.query_params["district"] = query
        app.run()
    assert said in "".join(str(w.value) for w in app.warning)
    assert "locator" in json.dumps(parts(app))


def test_page_and_sheet_say_the_same_of_ranks_and_quotients(
    open_page: Open, edition: Edition
) -> None:
    app = open_page("district", select="C01")
    for district_id in ALL_27:
        show(app, select=district_id)
        profile = district_profile(edition, Filters(), district_id)
        sheet = sheet_content(edition, Filters(), district_id, "http://localhost")
        shown = figures(app)
        cells = [[one["value"], one["region"], one["city"], one["middle"]] for one in shown]
        assert cells == [row["cells"] for row in sheet["figures"]]
        assert [one["rank"] for one in shown] == [row["rank"] for row in sheet["figures"]]
        [folded] = [one for one in of_kind(app, "folded") if "特化係数" in one["summary"]]
        rows = folded["content"][0]["rows"]
        on_page = {row["id"]: row["cells"][-1] for row in rows}
        for row in (*sheet["forms"][:-1], *sheet["actors"]):
            value = on_page[row["id"]]
            assert row["quotient"] == ("—" if value is None else f"{value:.2f}")
        assert profile.quotient(Form.UNKNOWN) is None


def test_a_rank_says_out_of_how_many_districts_with_a_value(open_page: Open) -> None:
    app = open_page("district", select="C01")

    assert figure(app, "参加者数")["rank"] == "19地区中4位"
