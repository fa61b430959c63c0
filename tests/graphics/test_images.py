"""Pictures to be kept: whole, escaped, and of the same figures as the page."""

import json
import re
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from click.testing import Result
from PIL import Image
from typer.testing import CliRunner

from kyodo_geo import ui
from kyodo_geo.cli.app import app
from kyodo_geo.editions import Edition, EditionStore, Publication
from kyodo_geo.filters.query_string import filters_from_texts
from kyodo_geo.graphics import GRAPHICS, GraphicContext
from kyodo_geo.graphics.chart import (
    Bar,
    Bars,
    Chart,
    ChartKey,
    Columns,
    Heatmap,
    Piece,
    Scale,
    Scales,
    Slope,
    Slopes,
)
from kyodo_geo.graphics.choropleths import DRAWINGS
from kyodo_geo.graphics.place_charts import place_map
from kyodo_geo.graphics.svg.chart_sheet import ALONE_HEIGHT, SHARED_HEIGHT, chart_svg
from kyodo_geo.graphics.svg.map_sheet import svg
from kyodo_geo.guideline.city_actions import effort_records
from kyodo_geo.maps import palette
from kyodo_geo.measures.activities.reviews import ratings_of, reviews_in
from kyodo_geo.measures.districts.profile import district_profile
from kyodo_geo.measures.places.actors import actor_profiles
from kyodo_geo.measures.places.description import describe_view
from kyodo_geo.measures.places.forms import form_profiles
from kyodo_geo.measures.places.time_series import highest_bar
from kyodo_geo.model import Filters
from kyodo_geo.settings import PROJECT_DIR
from kyodo_geo.ui.components.district_figures import year_chart
from kyodo_geo.ui.http.images import graphic_file
from kyodo_geo.ui.http.map_data import map_data
from kyodo_geo.ui.http.view_request import ViewRequest
from kyodo_geo.ui.navigation import PAGES
from kyodo_geo.vocabulary import Effort, Form
from tests.imports.test_reviews import keep, review

DAY = date(2026, 6, 1)
ADDRESS = "https://kyodo.example.lg.jp"
SVG = "{http://www.w3.org/2000/svg}"


def asked(edition: Edition, name: str, **texts: list[str]) -> ViewRequest:
    filters, problems = filters_from_texts(edition, texts)
    return ViewRequest(edition, name, filters, texts, problems, ADDRESS)


def viewed(edition: Edition, **texts: list[str]) -> GraphicContext:
    return GraphicContext(edition, filters_from_texts(edition, texts)[0], DAY, texts)


def drawn(edition: Edition, page: str, **texts: list[str]) -> ElementTree.Element:
    answer = graphic_file(asked(edition, f"{page}.svg", **texts))
    assert answer.status_code == 200
    return ElementTree.fromstring(bytes(answer.body))


def on_page(edition: Edition, page: str, **texts: list[str]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(bytes(map_data(asked(edition, page, **texts)).body))
    return found


def said(root: ElementTree.Element) -> str:
    return "\n".join(root.itertext())


VIEWS = [
    ("density", {"measure": ["per_10km2"], "region": ["花巻"]}),
    ("density", {"measure": ["activities"], "year_from": ["2015"]}),
    ("density", {"measure": ["per_1000"], "view": ["tiles"]}),
    ("density", {"view": ["tiles"]}),
    ("forms", {"picture": ["dominant"]}),
    ("forms", {"picture": ["share"], "shown_form": ["subsidy"]}),
    ("actors", {"shown_actor": ["school"]}),
]


@pytest.mark.parametrize(("page", "texts"), VIEWS, ids=lambda value: str(value))
def test_a_picture_shows_what_the_page_shows(
    edition: Edition, page: str, texts: dict[str, list[str]]
) -> None:
    state, root = on_page(edition, page, **texts), drawn(edition, page, **texts)
    areas = {a.get("data-district"): a for a in root.iter() if a.get("data-district")}

    for district, (swatch, value, *more) in zip(edition.districts, state["districts"], strict=True):
        area = areas[district.district_id]
        words = "".join(area.itertext())
        number = f"{value:,.{state['digits']}f}" if isinstance(value, int | float) else value
        assert words.startswith(f"{district.name}地区 {number or 'データなし'}")
        colour, kind, _ = state["swatches"][swatch]
        is_circle = len(more) > 1 and more[1] and kind != "hatch"
        expected = {"hatch": "url(#hatch)"}.get(kind, colour)
        assert area.get("fill") == (palette.LAND if is_circle else expected)
    for item in state["legend"]["items"]:
        assert item["label"] in said(root)


def test_a_picture_says_view_source_edition_and_licence(edition: Edition) -> None:
    view = {"region": ["東和"], "form": ["subsidy"]}
    text = said(drawn(edition, "density", **view))
    filters, _ = filters_from_texts(edition, view)

    for expected in (
        describe_view(edition, filters),
        edition.info.label,
        "出典",
        "国土数値情報",
        "CC BY 4.0",
        "https://kyodo.example.lg.jp",
    ):
        assert expected in text.replace("\n", "")


def test_the_largest_circles_and_the_selected_district_are_named(edition: Edition) -> None:
    def named(page: str, **texts: list[str]) -> set[str | None]:
        return {text.text for text in drawn(edition, page, **texts).iter(f"{SVG}text")}

    assert {"花巻中央", "大迫", "花北", "5km", "▲北"} <= named("density")
    assert "花西" in named("density", select=["C02"])
    assert "花西" in named("forms", select=["C02"])


def test_a_letter_stays_where_its_name_has_no_room(edition: Edition) -> None:
    state = on_page(edition, "forms")
    marks = {item["swatch"]: item["mark"] for item in state["legend"]["items"] if "mark" in item}
    texts = [text.text for text in drawn(edition, "forms").iter(f"{SVG}text")]
    districts = sum(swatch in marks for swatch, *_ in state["districts"])

    assert "花北" not in texts
    assert sum(text in marks.values() for text in texts) == districts + len(marks)


def test_six_maps_share_one_legend(edition: Edition) -> None:
    root = drawn(edition, "forms", picture=["each"], select=["C03"])
    areas = [a for a in root.iter(f"{SVG}path") if a.get("data-district") == "C03"]
    marked = [a for a in root.iter(f"{SVG}path") if a.get("stroke") == palette.MARKED]

    assert len(areas) == len(marked) == 6
    assert said(root).count("分類: 自然分類") == 1


@pytest.mark.parametrize("texts", [{}, {"form": ["subsidy"], "year_from": ["2015"]}])
def test_years_are_those_of_the_district_s_page(
    edition: Edition, texts: dict[str, list[str]]
) -> None:
    root = drawn(edition, "district", district=["C03"], **texts)
    filters, _ = filters_from_texts(edition, texts)
    profile = district_profile(edition, filters, "C03")
    part: Any = year_chart(profile.years, highest_bar(profile.years))
    bars = list(root.iter(f"{SVG}g"))

    assert len(bars) == len(part.columns) == len(profile.years)
    for bar, column, year in zip(bars, part.columns, profile.years, strict=True):
        heights = [float(rect.get("height", "")) for rect in bar.iter(f"{SVG}rect")]
        exact = [n / highest_bar(profile.years) * ALONE_HEIGHT for n in year.forms.values()]
        assert heights == pytest.approx(exact, abs=0.1)
        # A column of the page is laid out from the top down.
        on_page = [float(one.share) / 100 * ALONE_HEIGHT for one in column.pieces[::-1]]
        assert heights == pytest.approx(on_page, abs=0.3)
        lines = [text.text for text in bar.iter(f"{SVG}text")]
        count = f"{year.activities:,}" if year.activities else "なし"
        assert lines[-2:] == [count, column.label] and column.text == count
    assert "境界" not in said(root)


def test_years_without_a_record_are_said(edition: Edition) -> None:
    root = drawn(edition, "district", district=["C03"], keyword=["そのような活動はない"])

    assert "記録はありません" in said(root)


def test_texts_of_others_stay_texts(edition: Edition) -> None:
    wild = '</text><script>alert(1)</script>&"'
    shown = place_map(viewed(edition, keyword=[wild], select=[wild]), "協働の密度", "density")
    root = ElementTree.fromstring(svg(replace(shown, title=f"{wild}\x00\x0b\ufffe\ud800")))

    assert not list(root.iter(f"{SVG}script"))
    assert said(root).count("<script>alert(1)</script>") == 4  # view and title, each spoken too


def test_a_png_is_the_same_picture_for_programs_without_svg(edition: Edition) -> None:
    answer = graphic_file(asked(edition, "density.png", keyword=["𠮷まつり"]))
    shown = Image.open(BytesIO(bytes(answer.body)))

    assert answer.media_type == "image/png"
    assert shown.size[0] == 1350
    # Letters are drawn: the title has dark ink on white.
    title = shown.convert("L").crop((40, 40, 400, 90))
    assert title.getextrema()[0] < 60


def test_an_image_that_is_none_is_refused_in_a_sentence(edition: Edition) -> None:
    for name in ("density", "density.gif", "about.svg", ".svg", "density.svg.png"):
        answer = graphic_file(asked(edition, name))
        assert answer.status_code == 400
        assert "その画像はありません" in bytes(answer.body).decode()
    assert graphic_file(asked(edition, "density.svg", district=["C98"])).status_code == 400
    assert (
        "地区が指定されていません"
        in bytes(graphic_file(asked(edition, "district.svg")).body).decode()
    )


def test_the_name_of_the_file_says_what_it_is(edition: Edition) -> None:
    answer = graphic_file(asked(edition, "forms.svg"))

    assert "%E5%8D%94%E5%83%8D%E3%81%AE%E5%BD%A2%E6%85%8B" in answer.headers["content-disposition"]


CASES: dict[str, dict[str, list[str]]] = {
    "density-place": {"select": ["C03"], "measure": ["per_1000"]},
    "case-location": {"activity": ["P0239"]},
    "compare": {"district": ["C03", "C07"]},
    "guide": {"term": ["b"]},
}
"""Views of pictures that are of something of their own; the others show 花北."""


def test_every_picture_says_what_it_shows_and_where_from(edition: Edition) -> None:
    assert {name: card.page_title for name, card in GRAPHICS.items()} == {
        name: PAGES[card.page].title for name, card in GRAPHICS.items()
    }
    for name, card in GRAPHICS.items():
        view = CASES.get(name, {"district": ["C03"]})
        text = said(drawn(edition, name, **view))
        for expected in (card.page_title, "出典: ", edition.info.label, "CC BY 4.0"):
            assert expected in text, name


def test_every_picture_is_offered_on_a_page() -> None:
    scripts = [*Path(ui.__path__[0]).rglob("*.py"), *(PROJECT_DIR / "pages").glob("*.py")]
    offered = {
        n for s in scripts for n in re.findall(r'image_buttons\("([^"]+)"\)', s.read_text("utf-8"))
    }

    # The maps are drawn by one function for the pages that have one.
    assert offered | set(DRAWINGS) == set(GRAPHICS)


def test_compared_districts_share_one_scale_and_are_those_of_the_page(edition: Edition) -> None:
    root = drawn(edition, "compare", district=["C03", "C07"], form=["subsidy", "unknown"])
    filters, _ = filters_from_texts(edition, {"form": ["subsidy", "unknown"]})
    years = [district_profile(edition, filters, id_).years for id_ in ("C03", "C07")]
    highest = max(highest_bar(found) for found in years)
    bars = list(root.iter(f"{SVG}g"))

    for bar, year in zip(bars, [year for found in years for year in found], strict=True):
        heights = [float(rect.get("height", "")) for rect in bar.iter(f"{SVG}rect")]
        expected = [n / highest * SHARED_HEIGHT for n in year.forms.values()]
        assert heights == pytest.approx(expected, abs=0.1)
        assert f"{year.activities:,}" in said(bar) if year.activities else "記録なし" in said(bar)


def test_a_year_without_an_action_is_not_a_year_with_none(edition: Edition) -> None:
    root = drawn(edition, "promotion", effort=["staff"])
    bars = {(bar.findtext(f"{SVG}title") or "").split()[0]: bar for bar in root.iter(f"{SVG}g")}
    record = next(one for one in effort_records(edition, Filters()) if one.effort is Effort.STAFF)

    assert list(bars) == [f"{year}年度" for year in record.span]
    for year, bar in zip(record.span, bars.values(), strict=True):
        base = bar.find(f"{SVG}path")
        is_dashed = base is not None and base.get("stroke-dasharray") is not None
        assert is_dashed is (year not in record.years)
        assert ("－" in said(bar)) is is_dashed


def test_ratings_are_shares_and_few_have_no_mean(own_store: EditionStore) -> None:
    steps = ("4324231", "33-4441", "2-1344-")
    found = keep(own_store, *(review(f"P000{n}", one) for n, one in enumerate(steps, start=1)))
    figures = ratings_of(reviews_in(found, Filters()))
    root = drawn(found, "review")
    bars = list(root.iter(f"{SVG}g"))[: len(figures)]
    longest = max(widths(bar) for bar in bars)

    for bar, one in zip(bars, figures, strict=True):
        words = said(bar)
        assert one.principle.label in words
        assert (
            f"平均 {one.mean:.1f}" if one.mean else "平均 —" if one.rated else "評価は"
        ) in words
        assert widths(bar) == pytest.approx(longest if one.rated else 0, abs=0.3)
        for grade, count in one.counts.items():
            assert (f"{grade.label} {count}件" in words) is bool(count)
    nothing = drawn(found, "review", keyword=["そのような活動はない"])
    assert "ふりかえり0件" in said(nothing)


def widths(bar: ElementTree.Element) -> float:
    return sum(float(rect.get("width", "")) for rect in bar.iter(f"{SVG}rect"))


def test_no_quotient_stands_where_records_are_few(edition: Edition) -> None:
    text = said(drawn(edition, "district-quotients", district=["C20"]))

    assert "—（この地区" in text
    assert "特化係数は示しません" in text


def test_forms_and_actors_of_a_place_are_those_on_record(edition: Edition) -> None:
    profile = actor_profiles(edition, Filters())["C03"]
    grid = said(drawn(edition, "actors-together", select=["C03"]))

    for (one, other), count in profile.together.items():
        assert f"{one.label}・{other.label} {count:,}" in grid
    bars = said(drawn(edition, "forms-place", select=["C03"]))
    for form, number in form_profiles(edition, Filters())["C03"].counts.items():
        assert form is Form.UNKNOWN or f"{form.label} {number.activities:,}件" in bars


def test_texts_in_charts_stay_texts(edition: Edition) -> None:
    wild = '</text><script>alert(1)</script>&"\x00'
    bar = Bar(wild, wild, (Piece(wild, 1, "#006aad", wild),), wild, wild)
    panels = (
        Bars((bar,), 1, wild, wild),
        Columns((bar,), 1, name=wild, summary=wild),
        Heatmap((wild,), ((wild, ((wild, "#ffffff"),)),)),
        Scales((Scale(wild, wild, (1, None, 2), 0, (wild, wild)),)),
        Slopes((Slope(wild, wild, 0.3, 0.7, is_marked=True),), "#ffffff", "#006aad"),
    )
    chart = Chart(wild, wild, panels, (wild,), wild, (ChartKey(wild, "#006aad", wild),), (wild,))

    assert not list(ElementTree.fromstring(chart_svg(chart)).iter(f"{SVG}script"))


def test_made_up_data_are_marked_in_every_picture(own_store: EditionStore) -> None:
    fictional = Publication("test", "test", "test", is_fictional=True)
    own_store.publish(lambda con: None, fictional)

    for name in ("review", "promotion", "density-place", "guide"):
        text = said(drawn(own_store.current(), name))
        assert "架空データです" in text and f"【架空データ】{GRAPHICS[name].page_title}" in text


def test_what_a_picture_cannot_show_is_a_sentence(
    edition: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(name: str, **texts: list[str]) -> str:
        answer = graphic_file(asked(edition, name, **texts))
        assert answer.status_code == 400
        return bytes(answer.body).decode()

    assert "地区が指定されていません" in refused("compare.svg")
    assert "「地区不明」は地区ではありません" in refused("compare.svg", district=["C99"])
    assert "3地区まで" in refused("compare.svg", district=["C01", "C02", "C03", "C04"])
    assert "事例を選んでください" in refused("case-location.svg", activity=["P9999"])
    monkeypatch.setitem(edition.__dict__, "holds_figures_only", True)
    assert "件数だけの版" in refused("review.png")


def test_the_command_line_draws_the_same(edition: Edition, data_dir: Path, tmp_path: Path) -> None:
    def run(*words: str) -> Result:
        return CliRunner().invoke(app, ["picture", *words, "--data-dir", str(data_dir)])

    target = tmp_path / "picture.svg"
    choice = ("--choice", "measure=per_10km2", "--choice", "select=C03", "--address", ADDRESS)
    assert run("density-place", *choice, "--region", "花巻", "--out", str(target)).exit_code == 0
    texts = {"measure": ["per_10km2"], "select": ["C03"], "region": ["花巻"]}
    page = graphic_file(asked(edition, "density-place.svg", **texts))
    assert target.read_bytes() == bytes(page.body)

    for words, told in (
        (("density", "--choice", "measure=x"), "使えません"),
        (("about",), "その画像はありません"),
        (("compare",), "地区が指定されていません"),
    ):
        refused = run(*words, "--out", str(tmp_path / "other.svg"))
        assert refused.exit_code == 2 and told in refused.stderr
    assert not (tmp_path / "other.svg").exists()
    assert run("guide", "--out", str(target)).exit_code == 1
