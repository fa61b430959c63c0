"""Pictures to be kept: whole, escaped, and of the same figures as the page."""

import json
from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Any
from xml.etree import ElementTree

import pytest
from PIL import Image

from kyodo_geo.editions import Edition
from kyodo_geo.maps import palette
from kyodo_geo.maps.chart import ALONE_HEIGHT
from kyodo_geo.maps.svg import svg
from kyodo_geo.measures.parsing import filters_from_texts
from kyodo_geo.measures.profile import district_profile
from kyodo_geo.measures.sentence import describe_view
from kyodo_geo.pictures import View
from kyodo_geo.pictures.places import place_map
from kyodo_geo.pictures.terms import highest_bar
from kyodo_geo.ui.answers import Asked
from kyodo_geo.ui.district_figures import year_chart
from kyodo_geo.ui.images import image
from kyodo_geo.ui.picture_address import picture

DAY = date(2026, 6, 1)
SVG = "{http://www.w3.org/2000/svg}"


def asked(edition: Edition, name: str, **texts: list[str]) -> Asked:
    filters, problems = filters_from_texts(edition, texts)
    return Asked(edition, name, filters, texts, problems, "https://kyodo.example.lg.jp")


def viewed(edition: Edition, **texts: list[str]) -> View:
    return View(edition, filters_from_texts(edition, texts)[0], DAY, texts)


def drawn(edition: Edition, page: str, **texts: list[str]) -> ElementTree.Element:
    answer = image(asked(edition, f"{page}.svg", **texts))
    assert answer.status_code == 200
    return ElementTree.fromstring(bytes(answer.body))


def on_page(edition: Edition, page: str, **texts: list[str]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(bytes(picture(asked(edition, page, **texts)).body))
    return found


def said(root: ElementTree.Element) -> str:
    return "\n".join(root.itertext())


VIEWS = [
    ("density", {"measure": ["per_10km2"], "region": ["花巻"]}),
    ("density", {"measure": ["activities"], "year_from": ["2015"]}),
    ("density", {"measure": ["per_1000"], "view": ["tiles"]}),
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
    part = year_chart(profile.years, highest_bar(profile.years))
    bars = list(root.iter(f"{SVG}g"))

    assert len(bars) == len(part["years"])
    for bar, (label, _, activities, forms) in zip(bars, part["years"], strict=True):
        heights = [float(rect.get("height", "")) for rect in bar.iter(f"{SVG}rect")]
        assert heights == pytest.approx(
            [n / part["highest"] * ALONE_HEIGHT for _, n in forms], abs=0.1
        )
        lines = [text.text for text in bar.iter(f"{SVG}text")]
        assert lines[-2:] == [f"{activities:,}" if activities else "なし", label]
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
    answer = image(asked(edition, "density.png", keyword=["𠮷まつり"]))
    shown = Image.open(BytesIO(bytes(answer.body)))

    assert answer.media_type == "image/png"
    assert shown.size[0] == 1350
    # Letters are drawn: the title has dark ink on white.
    title = shown.convert("L").crop((40, 40, 400, 90))
    assert title.getextrema()[0] < 60


def test_an_image_that_is_none_is_refused_in_a_sentence(edition: Edition) -> None:
    for name in ("density", "density.gif", "about.svg", ".svg", "density.svg.png"):
        answer = image(asked(edition, name))
        assert answer.status_code == 400
        assert "その画像はありません" in bytes(answer.body).decode()
    assert image(asked(edition, "density.svg", district=["C98"])).status_code == 400
    assert "地区が指定されていません" in bytes(image(asked(edition, "district.svg")).body).decode()


def test_the_name_of_the_file_says_what_it_is(edition: Edition) -> None:
    answer = image(asked(edition, "forms.svg"))

    assert "%E5%8D%94%E5%83%8D%E3%81%AE%E5%BD%A2%E6%85%8B" in answer.headers["content-disposition"]
