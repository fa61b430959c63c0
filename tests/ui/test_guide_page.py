"""The guideline's page through AppTest, and in a real Chromium with terms on other pages."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from browsing import Window, at_a_desk, is_as_wide_as_the_window, open_address, opened_page
from playwright.sync_api import Browser, Page, expect
from streamlit.testing.v1 import AppTest

from kyodo_geo.editions import Edition
from kyodo_geo.filters.query_string import filters_from_texts, view_of
from kyodo_geo.guideline.guide_text import shipped_guide
from kyodo_geo.measures.places.summary import summarise
from kyodo_geo.ui.components.prose import term_key
from kyodo_geo.ui.http.edition_bundle import edition_script
from kyodo_geo.ui.pages.guide import NOT_ON_RECORD
from kyodo_geo.ui.state import view_state
from kyodo_geo.vocabulary import VOCABULARIES
from tests.ui.page_parts import with_style, words

APP = str(Path(__file__).parents[2] / "app.py")
GUIDE = shipped_guide()
ALL_UNKNOWN = {question.question_id: "unknown" for question in GUIDE.questions}


@pytest.fixture(scope="module")
def app(store) -> Iterator[AppTest]:  # type: ignore[no-untyped-def]
    """The guideline's page on the shipped edition; `visit` asks for an address of it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("kyodo_geo.ui.runtime.ensure_first_edition", lambda _: store)
        st.cache_resource.clear()
        opened = AppTest.from_file(APP, default_timeout=30)
        opened.query_params["region"] = "東和"
        yield opened.run().switch_page("pages/guide.py").run()
    st.cache_resource.clear()


def visit(app: AppTest, **view: str) -> dict[str, list[dict[str, Any]]]:
    """The parts that the page draws at an address, by kind."""
    app.query_params.clear()
    for name, value in view.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception and not app.error and not app.warning
    found: dict[str, list[dict[str, Any]]] = {}
    for message in app.get("bidi_component"):
        for part in json.loads(message.proto.bytes)["parts"]:
            found.setdefault(part["kind"], []).append(part)
    return found


@pytest.mark.parametrize("is_plain", [False, True], ids=["usual", "plain"])
@pytest.mark.parametrize("part_id", [part.part_id for part in GUIDE.parts])
def test_each_part_opens_with_its_chapter_and_its_terms(
    app: AppTest, part_id: str, is_plain: bool
) -> None:
    part = GUIDE.part(part_id)
    found = visit(app, part=part_id, **({"plain": "1"} if is_plain else {}))
    terms = [term for name in part.vocabularies for term in VOCABULARIES[name]]
    entries = [item["term"] for one in found.get("entries", []) for item in one["items"]]

    [prose] = with_style(list(found.values()), "kg-prose")
    title, chapter = prose["content"][0]["content"]
    assert prose["label"] == title == part.title
    assert words(chapter) == part.chapter
    assert entries == [term_key(term) for term in terms]
    assert found["contents"][0]["here"] == part_id
    assert ("きょう" in json.dumps(found, ensure_ascii=False)) or not is_plain or not terms


@pytest.mark.parametrize("part_id", ["actors", "bands", "forms", "words"])
def test_numbers_of_terms_are_those_of_the_list(
    app: AppTest, edition: Edition, part_id: str
) -> None:
    for item in visit(app, part=part_id)["entries"][0]["items"]:
        name, position = item["term"].split(":")
        view = view_of(list(VOCABULARIES[name])[int(position)])
        if view is None:  # activities carry no such term
            assert not with_style(item, "kg-count")
            continue
        count = summarise(edition, view).total.activities
        [counted] = with_style(item, "kg-count")
        if not count:
            assert counted["content"] == NOT_ON_RECORD
            continue
        text, link = counted["content"]
        assert filters_from_texts(edition, link["view"]) == (view, ())
        assert link["label"] == f"{count:,}件の活動を見る"
        assert f"{count:,}件" in text


def test_a_band_without_activities_is_said_without_a_link(app: AppTest) -> None:
    items = {i["term"]: i for i in visit(app, part="bands")["entries"][0]["items"]}

    [counted] = with_style(items["scope:4"], "kg-count")
    assert counted["content"] == "記録にはまだありません。"


def test_the_view_of_the_maps_waits_for_the_way_back(app: AppTest) -> None:
    visit(app, part="forms")
    assert set(app.query_params) == {"part"}
    app.switch_page("pages/activities.py").run()
    assert app.query_params["region"] == "東和"
    assert "part" not in app.query_params
    app.switch_page("pages/guide.py").run()


def test_a_link_from_the_maps_takes_their_view_along(app: AppTest) -> None:
    visit(app, part="forms", term="subsidy", form="subsidy", select="C03")
    assert set(app.query_params) == {"part", "term"}
    app.switch_page("pages/forms.py").run()
    assert {**app.query_params} == {"form": "subsidy", "select": "C03"}
    app.switch_page("pages/guide.py").run()


def test_a_wrong_part_or_answer_is_passed_over(app: AppTest) -> None:
    assert visit(app, part="nowhere")["contents"][0]["here"] == GUIDE.parts[0].part_id
    asked = visit(app, part="choose", starts="nobody")
    assert [item["name"] for item in asked["options"][-1]["items"]] == ["starts"]


def test_questions_come_one_after_the_other(app: AppTest) -> None:
    shown = visit(app, part="choose", starts="city", money="own")["options"][-1]

    assert [item["name"] for item in shown["items"]] == ["starts", "responsible", "money"]


@pytest.mark.parametrize("plain", ["", "1"])
def test_the_outcome_names_form_band_reasons_and_examples(app: AppTest, plain: str) -> None:
    answers = ALL_UNKNOWN | {"starts": "citizens", "money": "city", "near": "C03", "plain": plain}
    found = visit(app, part="choose", **{k: v for k, v in answers.items() if v})
    first = with_style(list(found.values()), "kg-outcome")[0]
    title, _, facts, reasons, _, examples, *_ = first["content"]

    assert title["content"] == [{"kind": "term", "key": "form:4"}]
    assert facts["pairs"] == [["範囲", [{"kind": "term", "key": "scope:1"}]]]
    assert len(reasons["items"]) == 1
    assert "花北" in words(examples["items"][0])
    assert len(examples["items"]) == 3


def test_the_edition_brings_every_definition_once(edition: Edition) -> None:
    script = edition_script(edition)
    content = json.loads(script.removeprefix("window.KYODO_EDITION = ").rstrip(";\n"))
    for name, vocabulary in VOCABULARIES.items():
        told = [(t["key"], t["definition"]) for t in content["terms"][name]]
        assert told == [(term_key(term), term.definition) for term in vocabulary]
    assert set(ALL_UNKNOWN) < set(content["options"])
    assert set(ALL_UNKNOWN) < set(view_state.GUIDE_OPTIONS)


@pytest.fixture(params=Window)
def page(request: pytest.FixtureRequest, browser: Browser, server: str) -> Iterator[Page]:
    with opened_page(browser, server, request.param) as page:
        yield page


in_browser = [pytest.mark.browser, pytest.mark.filterwarnings("ignore")]


class TestInBrowser:
    pytestmark = in_browser

    @at_a_desk
    def test_from_the_guide_by_keyboard_to_the_activities_of_a_band(
        self, page: Page, server: str
    ) -> None:
        open_address(page, f"{server}/guide")
        page.locator("[data-part=bands]").focus()
        page.keyboard.press("Enter")
        band = page.get_by_role("button", name=re.compile("^B 市民と市が互いに"))
        first = page.locator("[data-band=citizen_only]")
        first.focus()
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
        expect(band.and_(page.locator("[data-band=b]"))).to_be_focused()
        page.keyboard.press("Enter")
        expect(band.and_(page.locator("[data-band]"))).to_have_attribute("aria-pressed", "true")
        page.wait_for_url("**part=bands&term=b")
        expect(page.locator(".kg-entry")).to_have_count(1)
        expect(page.locator(".kg-entry dd")).to_contain_text("共催　実行委員会・協議会　事業協力")
        assert is_as_wide_as_the_window(page)
        link = page.locator(".kg-count a")
        count = (link.text_content() or "").removesuffix("件の活動を見る")
        link.click()
        expect(page.locator("caption")).to_contain_text(f"活動 {count}件のうち")
        page.go_back()
        expect(page.locator(".kg-entry")).to_have_count(1)

    def test_from_the_first_question_to_the_examples_and_back(
        self, page: Page, server: str
    ) -> None:
        open_address(page, f"{server}/guide?part=choose")
        for name in ("市民の側", "市民の側", "市のお金が要る", "わからない"):
            page.locator(".kg-questions fieldset").last.get_by_label(name, exact=True).check()
            expect(page.locator(".kg-questions fieldset:last-child input:checked")).to_have_count(0)
        page.get_by_role("button", name="残りは「わからない」で結果を見る").click()
        expect(page.locator(".kg-outcome h3").first).to_have_text("補助・助成")
        page.get_by_label("近くの実例から見る（地区）").select_option(label="花北")
        expect(page.locator(".kg-outcome").first.locator("li small").last).to_contain_text("花北")
        page.wait_for_url("**near=C03*")
        assert is_as_wide_as_the_window(page)
        # An earlier answer changes the outcome; the back button brings the one before.
        third = page.locator(".kg-questions fieldset").nth(2)
        third.get_by_label("要らない・行う側でまかなう").check()
        expect(page.locator(".kg-outcome h3").first).to_have_text("事業協力・協定")
        page.wait_for_url("**money=own*")
        page.go_back()
        expect(page.locator(".kg-outcome h3").first).to_have_text("補助・助成")
        expect(third.get_by_label("市のお金が要る")).to_be_checked()
        example = page.locator(".kg-outcome").first.locator(".kg-latest a").first
        title = example.text_content() or ""
        example.click()
        expect(page.locator(".kg-card .kg-heading").first).to_have_text(title)

    @at_a_desk
    def test_a_term_tells_its_definition_by_pointer_and_by_keyboard(
        self, page: Page, server: str
    ) -> None:
        open_address(page, f"{server}/activities?activity=P0002")
        told = page.locator(".kg-definition")
        name = page.locator(".kg-detail .kg-term", has_text="実行委員会・協議会")
        expect(name).to_have_accessible_name("実行委員会・協議会")
        name.hover()
        expect(told).to_contain_text("市を含む複数の主体が組織をつくり")
        page.mouse.move(0, 0)
        expect(told).to_have_count(0)
        in_row = page.locator("tbody .kg-term", has_text="補助・助成").first
        in_row.click()
        expect(told).to_contain_text("市がお金で支援する")
        page.keyboard.press("Escape")
        expect(told).to_have_count(0)
        name.focus()
        page.keyboard.press("Shift+Tab")
        page.keyboard.press("Tab")
        expect(name).to_be_focused()
        expect(told).to_contain_text("市を含む複数の主体が組織をつくり")
        expect(name).to_have_accessible_description(
            "市を含む複数の主体が組織をつくり、その組織が主催する"
        )
        page.keyboard.press("Tab")
        expect(told.get_by_role("link")).to_be_focused()
        page.keyboard.press("Enter")
        page.wait_for_url("**/guide?part=forms&term=committee")
        marked = page.locator(".kg-marked")
        expect(marked.locator("h4")).to_contain_text("実行委員会・協議会")
        expect(marked).to_be_in_viewport()

    def test_choices_of_filters_and_legends_tell_their_terms(
        self, browser: Browser, server: str
    ) -> None:
        with opened_page(browser, server, Window.DESK) as page:
            open_address(page, f"{server}/forms?form=subsidy")
            told = page.locator(".kg-definition")
            page.locator(".kg-legend .kg-term", has_text="補助・助成").first.hover()
            expect(told).to_contain_text("市がお金で支援する")
            chip = page.locator("details[data-chip=form]")
            chip.locator("summary").click()
            choice = chip.locator(".kg-pill", has_text="委託")
            choice.hover()
            expect(told).to_contain_text("契約によって")
            menu, beside = chip.locator(".kg-menu").bounding_box(), told.bounding_box()
            assert menu and beside
            assert (
                beside["y"] >= menu["y"] + menu["height"]
                or beside["x"] >= menu["x"] + menu["width"]
            )
            assert is_as_wide_as_the_window(page)
            told.get_by_role("link").click()
            page.wait_for_url("**/guide?part=forms&term=commission")
            expect(page.locator(".kg-marked h4")).to_contain_text("委託")
            page.get_by_role("link", name="協働の密度").click()
            page.wait_for_url("**/density?form=subsidy")

    def test_a_district_of_its_own_page_does_not_become_a_filter(
        self, browser: Browser, server: str
    ) -> None:
        with opened_page(browser, server, Window.DESK) as page:
            open_address(page, f"{server}/district?district=C03&year_from=2015")
            page.locator(".kg-key .kg-term").first.hover()
            link = page.locator(".kg-definition a")
            expect(link).to_have_attribute(
                "href", re.compile(r"/guide\?year_from=2015&part=forms&")
            )
