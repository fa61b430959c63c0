"""Everybody can use every page: axe-core's rules, the keyboard, zoom, colours of the system.

The list of pages comes from page_cards: a new page is looked at without being named here.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from browsing import Window, hand_in, is_as_wide_as_the_window, open_address, opened_page, size_of
from node import evaluated
from playwright.sync_api import Browser, Frame, Page, ViewportSize, expect

from kyodo_geo.city import city
from kyodo_geo.editions import Edition
from kyodo_geo.errors import EditionError
from kyodo_geo.maps.alt_text import alt_text
from kyodo_geo.maps.choropleth import Unit, category_choropleth, class_choropleth
from kyodo_geo.maps.classification import ClassMethod
from kyodo_geo.maps.geometry import tile_positions
from kyodo_geo.ui import runtime, shell
from kyodo_geo.ui.assets import STATIC_DIR
from kyodo_geo.ui.navigation import PAGES
from kyodo_geo.ui.pages.accessibility import results, statement
from kyodo_geo.vocabulary import Form
from tests.ui.test_pages import open_page, page_text, parts

__all__ = ["open_page"]

pytestmark = pytest.mark.filterwarnings("ignore")

RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
EXCEPTIONS = [one["axe"] for one in statement()["exceptions"] if "axe" in one]
RUN_AXE = """async ([run, exceptions]) => {
  const options = {...run, resultTypes: ["violations"], iframes: false};
  // Rows and cards that are like the ones above them.
  const exclude = [[".kg-table tbody tr:nth-child(n+4)"], [".kg-case:nth-child(n+7)"]];
  const {violations} = await axe.run({include: [["html"]], exclude}, options);
  const isExcepted = (id, node) =>
    exceptions.some(({rule, selector}) => rule === id && node?.matches(selector));
  return violations.flatMap(({id, nodes}) => nodes
    .filter(({target}) => !isExcepted(id, document.querySelector(target.at(-1))))
    .map(({target, any, all, none}) => `${id}: ${target} ${[...any, ...all, ...none][0].message}`));
}"""

PATIENCE = 4

TALL = ViewportSize(width=1280, height=3000)
"""axe-core looks at colours in sight only: what has to be scrolled to would pass unseen."""

SPACED = """
* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
p { margin-bottom: 2em !important }
"""
LOST_TEXT = Path(__file__).parents[1].joinpath("lost_text.js").read_text("utf-8")

COVERED = """() => {
  const one = document.activeElement.closest("label") || document.activeElement;
  const {left, top, width, height} = one.getBoundingClientRect();
  const seen = document.elementFromPoint(left + width / 2, top + Math.min(height / 2, 20));
  return !(one.contains(seen) || seen?.contains(one) || one.matches("iframe"));
}"""
"""Whether something lies over what has the focus."""

MORE: dict[str, tuple[str, ...]] = {
    "density": ("?embed=true", "?keyword=ありえない言葉&form=zzz", "?view=tiles&select=C13"),
    "forms": ("?view=tiles", "?picture=each&select=C03"),
    "district": ("?district=C03",),
    "compare": ("?district=C03&district=C13",),
    "activities": ("?activity=P0001",),
    "cases": ("?activity=P0001&pick=P0001",),
    "review": ("?activity=P0001",),
    "guide": ("?part=choose", "?part=forms&term=committee"),
    "edit": ("?activity=P0001",),
}
"""States of pages that have an address of their own, beside the page as it opens."""


def open_filters_and_a_term(page: Page) -> None:
    page.locator("details[data-chip=form] summary").click()
    page.locator("details[data-chip=form] .kg-pill").first.hover()
    expect(page.locator(".kg-definition")).to_be_visible()


def examine_a_file(page: Page) -> None:
    rows = "名称,年度,地区,形態,主体\n朝の清掃,R6,花北,委託,個人\n,2024,花南,委託,個人\n"
    hand_in(page, "活動.csv", rows.encode())
    expect(page.get_by_text("と比べた結果")).to_be_visible()


def examine_a_hopeless_file(page: Page) -> None:
    hand_in(page, "案内.csv", b"%PDF-1.7 not a table")
    expect(page.get_by_text("取り込むところがありません")).to_be_visible()


def open_a_list(page: Page) -> None:
    page.get_by_role("combobox").first.click()
    expect(page.get_by_role("option").first).to_be_visible()


ACTS: dict[str, tuple[Callable[[Page], None], ...]] = {
    "density": (open_filters_and_a_term,),
    "import": (examine_a_file, examine_a_hopeless_file),
    "edit": (open_a_list,),
}
"""States that somebody has to bring about, after the last of the addresses."""


@pytest.fixture(scope="module")
def page(browser: Browser, official_server: str) -> Iterator[Page]:
    """One page for all tests: Streamlit's scripts come from its cache."""
    with opened_page(browser, official_server, Window.DESK) as page:
        yield page


def problems(page: Page | Frame, **run: Any) -> list[str]:
    """What axe-core finds, all rules or those in `run`; exceptions of the statement left out."""
    if not page.evaluate("Boolean(window.axe)"):
        page.evaluate(AXE_SCRIPT)
    rules = run or {"runOnly": {"type": "tag", "values": RULES}}
    return list(page.evaluate(RUN_AXE, [rules, EXCEPTIONS]))


def problems_in_the_dark(page: Page) -> list[str]:
    """Colours from the head of the page to its foot; light ones are held by test_tokens.py."""
    page.set_viewport_size(TALL)
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    # Streamlit follows the system a moment after our own colours.
    expect(page.locator(".stApp")).to_have_css("color", "rgb(232, 234, 237)")
    for _ in range(PATIENCE):
        page.wait_for_timeout(600)
        found = problems(page, runOnly={"type": "rule", "values": ["color-contrast"]})
        if not found:
            break
    page.emulate_media(color_scheme="light", reduced_motion="no-preference")
    return [f"dark {one}" for one in found]


def problems_of_room(page: Page) -> list[str]:
    """At 320 pixels, and with the spacing of WCAG 1.4.12 on a wide and a narrow screen."""
    page.set_viewport_size({"width": 320, "height": 900})
    found = [] if is_as_wide_as_the_window(page) else ["wider than 320 pixels"]
    style = page.add_style_tag(content=SPACED)
    for window in Window:
        page.set_viewport_size(size_of(window))
        found += [f"cut at a {window}: {text}" for text in page.evaluate(LOST_TEXT)]
    style.evaluate("style => style.remove()")
    return found


def problems_of_the_document(page: Page, title: str) -> list[str]:
    return [
        *([] if page.title().startswith(f"{title}｜") else [f"title {page.title()}"]),
        *([] if page.locator("h1").count() == 1 else ["not one h1"]),
        *([] if page.locator("html").get_attribute("lang") == "ja" else ["not in Japanese"]),
        *([] if page.locator(".kg-foot a").count() else ["no way to whom to tell"]),
    ]


@pytest.mark.browser
@pytest.mark.parametrize("path", PAGES)
def test_every_page_in_every_state(page: Page, official_server: str, path: str) -> None:
    found = []
    for query in ("", *MORE.get(path, ())):
        open_address(page, f"{official_server}/{path}{query}")
        expect(page.locator("h1")).to_contain_text(PAGES[path].title)
        found += [f"{query} {one}" for one in problems(page)]
    # Of the last state, which has the most in it.
    found += problems_of_the_document(page, PAGES[path].title)
    found += [*problems_in_the_dark(page), *problems_of_room(page)]
    for act in ACTS.get(path, ()):
        act(page)
        found += [f"{act.__name__} {one}" for one in problems(page)]

    assert found == []


@pytest.mark.browser
def test_the_map_and_the_menu_of_a_phone(page: Page, official_server: str) -> None:
    page.set_viewport_size(size_of(Window.PHONE))
    open_address(page, f"{official_server}/density")
    assert problems(page) == []
    assert page.get_by_test_id("stSidebar").evaluate("menu => menu.inert")
    page.get_by_role("button", name="メニューを開く").press("Enter")
    expect(page.get_by_role("button", name="メニューを閉じる")).to_be_focused()
    assert problems(page) == []
    frame = page.frame_locator("iframe[aria-label='地図: 件数']")
    expect(frame.get_by_role("img")).to_have_accessible_name(
        "件数。最も多いのは花巻中央地区（26件）、最も少ないのは内川目地区・八日市地区（1件）です。"
        "データのない地区は0です。"
    )
    for name in ("拡大", "縮小", "全体", "中心部を拡大"):  # without dragging or pinching
        expect(frame.get_by_role("button", name=name, exact=True)).to_be_visible()
    # Rules of whole documents (one h1, landmarks) are for the page around it.
    assert problems(page.frames[-1], runOnly={"type": "tag", "values": RULES[:-1]}) == []
    page.set_viewport_size(size_of(Window.DESK))


WALK = """(() => {
  const seen = new Set([value[0]]);
  for (const here of seen)
    for (const key of ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"]) {
      const next = script.placeTowards(key, here, value);
      if (next) seen.add(next);
    }
  return seen.size;
})()"""


def test_arrow_keys_lead_to_every_tile() -> None:
    in_reading_order = sorted(
        tile_positions(city().district_ids).values(), key=lambda tile: tile[::-1]
    )

    assert evaluated(STATIC_DIR / "widgets" / "tile_grid.js", WALK, in_reading_order) == 27


@pytest.mark.browser
def test_a_whole_journey_by_keyboard_alone(page: Page, official_server: str) -> None:
    """Skip link → filter → tiles → district → CSV, without a mouse; what has the focus is seen."""
    press = page.keyboard.press
    focus = page.locator(":focus")
    open_address(page, f"{official_server}/density?view=tiles")
    expect(page.locator(".kg-tile")).to_have_count(27)
    drawn = page.locator(".stApp").get_attribute("data-test-script-state")
    press("r")
    assert page.locator(".stApp").get_attribute("data-test-script-state") == drawn
    press("Tab")
    expect(focus).to_have_text("本文へ移動")
    press("Enter")
    _tab_to(page, "summary:text('形態')")
    press("Enter")
    _tab_to(page, "input[value=subsidy]")
    press("Space")
    told = page.get_by_role("status").filter(has_text="形態が補助・助成")
    expect(told).to_contain_text("件（実件数）")
    press("Escape")
    expect(focus).to_contain_text("形態 補助・助成")

    _tab_to(page, ".kg-tile")
    expect(focus).to_have_accessible_name("花巻中央地区、件数は0件、27地区中17位。")
    press("ArrowUp")
    expect(focus).to_have_accessible_name("花北地区、件数は16件、27地区中1位。")
    press("Home")
    expect(focus).to_contain_text("湯口")
    press("End")
    expect(focus).to_contain_text("外川目")
    press("ArrowUp")
    press("Enter")
    expect(focus).to_have_accessible_name("大迫地区、件数は0件、27地区中17位。選んでいます。")
    press("Escape")
    expect(focus).to_have_text("大迫地区おおはさま・大迫地域")

    _tab_to(page, "button[data-file=csv]")
    with page.expect_download() as arriving:
        press("Enter")
    with arriving.value.path().open(encoding="utf-8-sig", newline="") as file:
        assert len(list(csv.DictReader(file))) == 66
    expect(page.locator("button[data-file=csv]")).to_be_focused()


def _tab_to(page: Page, selector: str) -> None:
    """Press Tab until the element has the focus, as somebody does who knows the page."""
    for _ in range(120):
        page.keyboard.press("Tab")
        assert not page.evaluate(COVERED)
        if page.evaluate("s => document.activeElement.matches(s)", selector.split(":text")[0]):
            wanted = selector.partition(":text('")[2].rstrip("')")
            if wanted in page.evaluate("document.activeElement.textContent"):
                return
    raise AssertionError(f"{selector} is not reached by Tab")


@pytest.mark.browser
def test_the_focus_is_never_lost(page: Page, official_server: str) -> None:
    focus = page.locator(":focus")
    open_address(page, f"{official_server}/activities?region=東和&activity=P0001")
    page.get_by_role("button", name="解除").press("Enter")
    expect(focus).to_have_text("リンクをコピー")
    page.get_by_role("button", name="閉じる", exact=True).press("Enter")
    expect(page.locator(".kg-detail")).to_have_count(0)
    expect(focus).to_have_attribute("aria-label", re.compile("^活動 257件のうち"))
    page.get_by_role("button", name="記録", exact=True).press("Enter")
    expect(focus).to_have_text("記録を直す")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("記録を直す")
    expect(focus).to_have_text("記録")


@pytest.mark.browser
def test_motion_and_forced_colours_follow_the_system(page: Page, official_server: str) -> None:
    page.emulate_media(forced_colors="active", reduced_motion="reduce")
    open_address(page, f"{official_server}/density?view=tiles&select=C13&form=subsidy")
    chosen = page.locator(".kg-tile[aria-pressed=true]")
    expect(chosen).to_have_css("outline-width", "4px")
    expect(page.locator(".kg-pill input:checked + span").last).to_have_css("border-width", "3px")
    expect(page.locator(".kg-tile").first).to_have_css("forced-color-adjust", "none")
    moving = page.evaluate(
        "[...document.querySelectorAll('*')].filter((one) => parseFloat(getComputedStyle(one)"
        ".transitionDuration) > 0.001).length"
    )
    page.emulate_media(forced_colors="none", reduced_motion="no-preference")
    assert moving == 0


def test_a_picture_is_told_in_a_sentence(edition: Edition) -> None:
    names = {district.district_id: district.name for district in edition.districts}
    values = {"C01": 3.0, "C02": 0.0, "C03": None, "C04": 3.0, "C05": 1.0}
    numbers = class_choropleth("率", values, Unit("％", 1), ClassMethod.EQUAL)
    some = {"C01": (Form.SUBSIDY,), "C02": (Form.SUBSIDY,), "C03": ()}
    texts = dict.fromkeys(some, "")
    forms = category_choropleth("形態", some, texts, {Form.SUBSIDY: "#56b4e9"}, "なし")

    assert alt_text(numbers, names) == (
        "率。最も多いのは花巻中央地区・花南地区（3.0％）、最も少ないのは花西地区（0.0％）です。"
        "データのない地区は1です。"
    )
    assert alt_text(forms, names) == "形態。補助・助成が2地区、なしが1地区です。"


def test_many_equal_or_missing_values_are_told_shortly(edition: Edition) -> None:
    names = {district.district_id: district.name for district in edition.districts}
    none = class_choropleth("率", dict.fromkeys(names, None), Unit("％"), ClassMethod.EQUAL)
    equal = class_choropleth("率", dict.fromkeys(names, 2.0), Unit("％"), ClassMethod.EQUAL)
    all_but_one = dict.fromkeys(names, 2.0) | {"C01": 1.0}
    most = class_choropleth("率", all_but_one, Unit("％"), ClassMethod.EQUAL)

    assert alt_text(none, names).endswith("データのない地区は27です。")
    assert "27地区がどこも2％です。" in alt_text(equal, names)
    assert "最も多いのは花西地区・花北地区・花南地区 ほか23地区（2％）" in alt_text(most, names)


NUMBERS = {
    *("1.1.1", "1.2.1", "1.2.2", "1.2.3", "1.3.1", "1.3.2", "1.3.3", "1.4.1", "1.4.2", "2.1.1"),
    *("2.1.2", "2.1.4", "2.2.1", "2.2.2", "2.3.1", "2.4.1", "2.4.2", "2.4.3", "2.4.4", "2.5.1"),
    *("2.5.2", "2.5.3", "2.5.4", "3.1.1", "3.2.1", "3.2.2", "3.2.6", "3.3.1", "3.3.2", "3.3.7"),
    "4.1.2",
}
NUMBERS_AA = {
    *("1.2.4", "1.2.5", "1.3.4", "1.3.5", "1.4.3", "1.4.4", "1.4.5", "1.4.10", "1.4.11", "1.4.12"),
    *("1.4.13", "2.4.5", "2.4.6", "2.4.7", "2.4.11", "2.5.7", "2.5.8", "3.1.2", "3.2.3", "3.2.4"),
    *("3.3.3", "3.3.4", "3.3.8", "4.1.3"),
}
"""All criteria of WCAG 2.2 by level."""


def test_every_criterion_has_one_result() -> None:
    held = [(one["number"], one["level"]) for one in results()["criteria"]]
    asked = [*((number, "A") for number in NUMBERS), *((number, "AA") for number in NUMBERS_AA)]

    assert sorted(held) == sorted(asked)


def test_every_result_has_its_reason() -> None:
    """A test that exists, a way it was looked at, or an exception that is told."""
    excepted = " ".join(one["criterion"] for one in statement()["exceptions"])
    root = Path(__file__).parents[2]
    for one in results()["criteria"]:
        how, tests = set(one.get("how", ())), one.get("tests", ())
        assert how <= set(results()["methods"])
        assert bool(how & {"axe", "test"}) == bool(tests)
        for file, name in (test.split("::") for test in tests):
            assert f"def {name}(" in (root / file).read_text("utf-8")
        assert one["result"] in ("適合", "不適合", "該当なし")
        assert bool(how) == (one["result"] != "該当なし")
        assert one["result"] == "適合" or one["note"]
        assert one["result"] != "不適合" or one["number"] in excepted


def test_the_statement_says_what_it_knows_and_whom_to_tell(open_page) -> None:  # type: ignore[no-untyped-def]
    said = page_text(open_page("accessibility"))

    for words in ("JIS X 8341-3:2016", "適合レベルAA", str(statement()["tested_on"])):
        assert words in said
    for one in statement()["exceptions"]:
        assert one["what"] in said
        assert one["instead"] in said
    assert "窓口は、まだ設定されていません" in said


def test_a_named_contact_stands_alone(open_page, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    named = "広報課 0198-00-0000"
    monkeypatch.setenv("KYODO_ACCESSIBILITY_CONTACT", named)
    runtime.settings.clear()
    said = page_text(open_page("accessibility"))

    assert named in said
    assert "まだ設定されていません" not in said


def test_a_page_without_an_edition_has_a_heading(open_page, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    def refuse() -> None:
        raise EditionError("第1版", "壊れています", next_step="控えを戻してください")

    monkeypatch.setattr(shell, "current_edition", refuse)
    app = open_page("density")

    assert "<h1>協働の密度</h1>" in [one.proto.body for one in app.get("html")]
    assert len(app.error) == 1


def test_every_page_leads_to_the_statement(open_page) -> None:  # type: ignore[no-untyped-def]
    foot = parts(open_page("about"))[-1]

    link = {"label": PAGES["accessibility"].title, "page": "accessibility", "view": {}}
    assert foot["style"] == "kg-foot" and foot["content"][-1] == {"kind": "link", **link}
