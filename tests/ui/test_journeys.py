"""Journeys in a real Chromium, with every host but the server blocked."""

import csv
import html
import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from browsing import Window, at_a_desk, is_as_wide_as_the_window, open_address, opened_page, size_of
from PIL import Image
from playwright.sync_api import Browser, Download, FrameLocator, Page, Response, Route, expect
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from kyodo_geo.ui.pages.api import R_CODE

pytestmark = [
    pytest.mark.browser,
    pytest.mark.filterwarnings("ignore"),
]


@pytest.fixture(params=Window)
def page(request: pytest.FixtureRequest, browser: Browser, server: str) -> Iterator[Page]:
    with opened_page(browser, server, request.param) as page:
        yield page


NOTHING_CUT_OFF = """() => [...document.querySelectorAll("path[data-district]")].every(shape => {
  const {left, top, right, bottom} = shape.getBoundingClientRect();
  return left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight;
})"""
"""Whether all districts lie inside of the map's frame."""

NAMES_STAND_AT = """positions => positions.every((position, n) => {
  const name = document.querySelectorAll(".kyodo-label span")[n];
  if (!position) return name.hidden;
  const {left, top, width, height} = name.getBoundingClientRect();
  const away = [left + width / 2 - position.x, top + height / 2 - position.y];
  return !name.hidden && Math.hypot(...away) < 2;
})"""
"""Whether names stand where the server has placed them, in pixels."""

LABELS = "**/kyodo/labels*"

TOP = "node => Math.round(node.getBoundingClientRect().top)"


def district_map(page: Page) -> FrameLocator:
    return page.frame_locator("iframe[title*='st_folium']")


def choose(page: Page, chip: str, name: str) -> None:
    """Choose one pill of a filter, as a person does."""
    details = page.locator(f"details[data-chip={chip}]")
    if details.get_attribute("open") is None:
        details.locator("summary").click()
    details.get_by_label(name, exact=True).click()


def painted(page: Page) -> FrameLocator:
    """The map's frame, once the districts are drawn."""
    frame = district_map(page)
    expect(frame.locator("path[data-district]")).to_have_count(27, timeout=30_000)
    return frame


def wait_for_names(page: Page, answers: Sequence[Response], more_than: int) -> list[Any]:
    """The positions that the server answered last, once names stand there."""
    for _ in range(200):
        if len(answers) > more_than:
            positions: list[Any] = answers[-1].json()
            if page.frames[-1].evaluate(NAMES_STAND_AT, positions):
                return positions
        page.wait_for_timeout(100)
    raise AssertionError("names do not stand where the server placed them")


@at_a_desk
@pytest.mark.parametrize(
    "path",
    [
        "",
        "forms",
        "actors",
        "district",
        "district?district=C03",
        "activities",
        "cases",
        "history",
        "about",
    ],
)
def test_every_page_opens_and_draws(page: Page, server: str, path: str) -> None:
    open_address(page, f"{server}/{path}")
    if path in ("", "forms", "actors"):
        below_the_map = page.locator(".kg-picture")
        place = below_the_map.evaluate(TOP)
        painted(page)
        assert below_the_map.evaluate(TOP) == place, "it jumped away under the pointer"
    assert page.locator("[data-testid=stException]").count() == 0
    assert is_as_wide_as_the_window(page)
    page.set_viewport_size(size_of(Window.PHONE))
    assert is_as_wide_as_the_window(page)


@at_a_desk
def test_the_start_page_has_an_address_of_its_own(page: Page, server: str) -> None:
    open_address(page, f"{server}/?region=花巻")
    expect(page.locator(".kg-sentence")).to_contain_text("花巻地域の協働は99件")
    assert page.evaluate("location.pathname") == "/density"
    page.go_back()
    assert page.url == "about:blank"


@at_a_desk
def test_an_address_that_is_none_leads_on(page: Page, server: str) -> None:
    for path in ("none", "edit", "api/v2", "density/none"):
        answer = page.goto(f"{server}/{path}")
        assert answer is not None
        assert answer.status == 404
    expect(page.get_by_role("heading")).to_have_text("このアドレスのページはありません")
    page.get_by_role("link", name="協働の形態").click()
    expect(page.locator("h1")).to_contain_text("協働の形態")


def test_a_click_on_the_map_selects_and_the_address_follows(page: Page, server: str) -> None:
    open_address(page, f"{server}/density")
    frame = painted(page)
    for largest in ("花巻中央", "大迫", "花北"):
        expect(frame.get_by_text(largest, exact=True)).to_be_visible()
    page.frames[-1].wait_for_function(NOTHING_CUT_OFF)
    # Dispatched, not pointed: at phone width a circle may lie over the middle of a shape.
    shape = frame.locator("path[data-district=C13]")
    for event in ("mouseover", "mouseout"):
        shape.dispatch_event(event)
    expect(frame.locator(".kyodo-told")).to_contain_text("内川目地区1件27地区中26位")
    shape.dispatch_event("click")
    expect(page.locator(".kg-card .kg-title")).to_contain_text("内川目地区")
    page.wait_for_url("**select=C13*")


def test_names_stand_where_the_server_places_them(page: Page, server: str) -> None:
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer) if "/labels" in answer.url else None)
    open_address(page, f"{server}/density?select=C13")
    frame = painted(page)
    for n, button in enumerate(("中心部を拡大", "拡大", "全体")):
        wait_for_names(page, answers, n)
        count = len(answers)
        frame.get_by_role("button", name=button, exact=True).click()
        wait_for_names(page, answers, count)


@at_a_desk
def test_an_answer_that_comes_too_late_moves_no_name(page: Page, server: str) -> None:
    late: list[Route] = []
    answers: list[Response] = []
    is_early = True
    page.route(LABELS, lambda route: late.append(route) if is_early else route.continue_())
    open_address(page, f"{server}/density")
    frame = painted(page)
    expect(frame.locator("body[data-painted]")).to_be_attached()
    is_early = False
    page.on("response", lambda answer: answers.append(answer) if "/labels" in answer.url else None)
    frame.get_by_role("button", name="中心部を拡大").click()
    positions = wait_for_names(page, answers, 0)
    for route in late:
        route.fulfill(json=[{"x": 9, "y": 9, "line": None}] * 27)

    assert late
    assert page.frames[-1].evaluate(NAMES_STAND_AT, positions)


@at_a_desk
def test_a_map_works_without_names(page: Page, server: str) -> None:
    page.route(LABELS, lambda route: route.abort())
    open_address(page, f"{server}/forms")
    frame = painted(page)
    expect(frame.locator(".kyodo-label b:visible").first).to_be_visible()
    expect(frame.locator(".kyodo-label span:visible")).to_have_count(0)
    frame.locator("path[data-district=C13]").dispatch_event("click")
    expect(page.locator(".kg-card .kg-title")).to_contain_text("内川目地区")
    page.unroute(LABELS)
    frame.get_by_role("button", name="中心部を拡大").click()
    expect(frame.get_by_text("花巻中央", exact=True)).to_be_visible()


@at_a_desk
def test_a_filter_paints_anew_without_building_the_map_anew(page: Page, server: str) -> None:
    open_address(page, f"{server}/density?measure=per_10km2")
    frame = painted(page)
    frame.locator("body").evaluate("body => { body.dataset.marked = 'yes' }")
    before = frame.locator("path[data-district=C12]").get_attribute("fill")
    choose(page, "region", "東和")
    expect(page.locator(".kg-sentence")).to_contain_text("東和地域の協働は40件")
    expect(frame.locator("path[data-district=C12]")).not_to_have_attribute("fill", before or "")
    expect(frame.locator("body")).to_have_attribute("data-marked", "yes")


@at_a_desk
def test_quick_clicks_are_all_kept(page: Page, server: str) -> None:
    open_address(page, f"{server}/density")
    chip = page.locator("details[data-chip=form]")
    chip.locator("summary").click()
    for name in ("共催", "補助・助成", "委託", "後援・協賛"):
        chip.get_by_label(name, exact=True).click()
    expect(page.locator(".kg-sentence")).to_contain_text(
        "共催または後援・協賛または補助・助成または委託"
    )
    expect(chip.locator("input:checked")).to_have_count(4)


@at_a_desk
def test_filters_by_keyboard_alone(page: Page, server: str) -> None:
    open_address(page, f"{server}/density")
    summary = page.locator("details[data-chip=actor] summary")
    summary.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(page.locator(".kg-sentence")).to_contain_text("主体が個人の協働は")
    page.keyboard.press("Escape")
    expect(summary).to_be_focused()
    expect(page.locator("details[open]")).to_have_count(0)


def test_a_menu_stays_inside_the_window(page: Page, server: str) -> None:
    open_address(page, f"{server}/density")
    page.locator("details[data-chip=keyword] summary").click()
    box = page.locator("details[data-chip=keyword] .kg-menu").bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= page.viewport_size["width"]


@at_a_desk
def test_the_back_button_brings_the_view_before(page: Page, server: str) -> None:
    open_address(page, f"{server}/density")
    choose(page, "region", "東和")
    page.wait_for_url("**region=*")
    choose(page, "region", "大迫")
    page.wait_for_url("**region=*region=*")
    expect(page.locator(".kg-sentence")).to_contain_text("大迫地域または東和地域")
    page.get_by_role("link", name="協働の形態", exact=True).click()
    page.wait_for_url("**/forms?region=*region=*")
    page.go_back()
    page.wait_for_url("**/density?region=*region=*")
    expect(page.locator(".kg-sentence")).to_contain_text("大迫地域または東和地域")
    page.go_back()
    expect(page.locator(".kg-sentence")).to_contain_text("東和地域の協働は40件")
    expect(page.locator("details[data-chip=region] input:checked")).to_have_count(1)


def test_tiles_show_counts_and_select_by_keyboard(page: Page, server: str) -> None:
    open_address(page, f"{server}/density?view=tiles")
    tile = page.locator("button.kg-tile[data-district=C27]")
    expect(page.locator("button.kg-tile")).to_have_count(27)
    widths = [
        page.locator(f"{circle} .kg-round").first.bounding_box()["width"]  # type: ignore[index]
        for circle in ("[data-district=C01]", "[data-district=C27]", ".kg-legend li")
    ]
    counted = [float(words) for words in page.locator(".kg-tile-value").all_inner_texts()]
    ours, last, example = (width**2 for width in widths)
    assert ours / last == pytest.approx(counted[0] / counted[-1], rel=0.1)
    assert ours / example == pytest.approx(counted[0] / 20, rel=0.1)  # the legend starts at 20件
    tile.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".kg-card .kg-title")).to_contain_text("田瀬地区")


@pytest.mark.parametrize("page", [Window.PHONE], indirect=True)
def test_a_table_shows_that_there_is_more_to_the_side(page: Page, server: str) -> None:
    open_address(page, f"{server}/density?view=tiles")
    table = page.locator(".st-key-kg_below .kg-scroll")

    table.evaluate("table => { table.scrollIntoView({ block: 'center' }) }")
    box = table.bounding_box() or {}

    def edge() -> int:
        """How light it is at the right of the rows, from 0 to 255."""
        line = {"x": box["x"] + box["width"] - 3, "y": 400, "width": 1, "height": 90}
        picture = Image.open(io.BytesIO(page.screenshot(clip=line)))  # type: ignore[arg-type]
        return int(np.median(np.asarray(picture.convert("L"))))

    shaded = edge()
    table.evaluate("table => { table.scrollLeft = table.scrollWidth }")
    assert shaded < edge() - 40


@at_a_desk
def test_an_old_computer_gets_there_too(page: Page, server: str) -> None:
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": 4})
    open_address(page, f"{server}/density")
    frame = painted(page)
    choose(page, "region", "花巻")
    choose(page, "form", "補助・助成")
    expect(page.locator(".kg-sentence")).to_contain_text("花巻地域・形態が補助・助成の協働は")
    frame.locator("path[data-district=C03]").dispatch_event("click")
    expect(page).to_have_url(re.compile("select=C03"))
    page.get_by_role("button", name="解除").click()
    expect(page.locator(".kg-sentence")).to_contain_text("全期間の協働は257件")


@at_a_desk
def test_a_bookmarked_address_shows_the_same_view(page: Page, server: str) -> None:
    open_address(page, f"{server}/forms?region=花巻&form=subsidy&picture=each&select=C03")
    expect(page.locator(".kg-sentence")).to_contain_text("花巻地域・形態が補助・助成の協働は")
    expect(page.locator(".kg-multiples svg")).to_have_count(6)
    page.get_by_role("button", name="解除").click()
    expect(page.locator(".kg-sentence")).to_contain_text("全期間の協働は257件")


def test_an_activity_opens_from_the_list(page: Page, server: str) -> None:
    open_address(page, f"{server}/activities?keyword=童話大賞")
    page.get_by_role("button", name="全国高校生童話大賞の開始").click()
    expect(page.locator(".kg-detail")).to_contain_text("P0002")


def _download(page: Page, format_id: str) -> Download:
    with page.expect_download(timeout=30_000) as download:
        page.locator(f"button[data-file={format_id}]").click()
    return download.value


@at_a_desk
def test_each_format_downloads_and_opens_again(page: Page, server: str, tmp_path: Path) -> None:
    open_address(page, f"{server}/activities?region=東和")
    expect(page.locator(".kg-sentence")).to_contain_text("東和地域の協働は40件")
    for format_id in ("csv", "csv-cp932", "xlsx", "geojson", "zip"):
        target = tmp_path / format_id
        _download(page, format_id).save_as(target)
        assert _rows(target, format_id) == (27 if format_id == "geojson" else 40)


@at_a_desk
def test_a_file_that_cannot_be_made_gets_a_sentence(page: Page, server: str) -> None:
    open_address(page, f"{server}/activities")
    refusal = "一時フォルダー: 書き込めません"
    page.route("**/kyodo/export/csv*", lambda route: route.fulfill(status=503, body=refusal))
    page.locator("button[data-file=csv]").click()
    expect(page.locator(".kg-answer")).to_have_text(refusal)
    expect(page.locator("button[data-file=csv]")).to_be_enabled()


@at_a_desk
def test_what_cp932_changes_is_said(page: Page, server: str) -> None:
    open_address(page, f"{server}/activities")
    page.locator("button[data-file=check]").click()
    expect(page.locator(".kg-answer")).to_contain_text("変わ")


def _rows(path: Path, format_id: str) -> int:
    content = path.read_bytes()
    if format_id == "xlsx":
        book = CalamineWorkbook.from_path(path)
        return len(book.get_sheet_by_name("活動").to_python()) - 1
    if format_id == "geojson":
        return content.count(b'"Feature"')
    if format_id == "zip":
        with zipfile.ZipFile(path) as bundle:
            content = bundle.read("activities.csv")
    encoding = "cp932" if format_id == "csv-cp932" else "utf-8-sig"
    return len(list(csv.DictReader(io.StringIO(content.decode(encoding), newline=""))))


def test_my_town_leads_to_my_district_its_sheet_and_back(
    page: Page, server: str, tmp_path: Path
) -> None:
    open_address(page, f"{server}/district")
    town = page.get_by_label("町名・大字・よみで探す")
    town.fill("花巻市石神町364")
    town.press("Enter")
    expect(page.get_by_text("は花西地区です。")).to_be_visible()
    expect(page).to_have_url(f"{server}/district?district=C02")
    choose(page, "form", "補助・助成")
    expect(page).to_have_url(f"{server}/district?form=subsidy&district=C02")

    with page.expect_download() as arriving:
        page.get_by_role("button", name="PDFにする").click()
    sheet = tmp_path / arriving.value.suggested_filename
    arriving.value.save_as(sheet)
    assert sheet.name.endswith(".pdf")
    text = PdfReader(sheet).pages[0].extract_text()
    printed = "".join(text.split())
    found = re.search(r"(http://localhost:[0-9]+/district[?][a-zA-Z0-9=&_]+)", printed)
    assert found, printed

    open_address(page, found[1])
    expect(page.locator(".kg-sentence")).to_contain_text("形態が補助・助成")
    expect(page.locator(".kg-sentence")).to_contain_text("花西地区")


def test_a_click_on_the_small_map_goes_to_a_neighbour(page: Page, server: str) -> None:
    open_address(page, f"{server}/district?district=C03")
    page.locator(".kg-locator path[data-district=C06]").click()
    expect(page.locator(".kg-sentence")).to_contain_text("宮野目地区")
    page.locator("[aria-label=位置]").get_by_role("button", name="矢沢地区").click()
    expect(page).to_have_url(f"{server}/district?district=C07")
    page.go_back()
    expect(page.locator(".kg-sentence")).to_contain_text("宮野目地区")


@at_a_desk
def test_a_sentence_opens_the_rows_behind_it(page: Page, server: str) -> None:
    open_address(page, f"{server}/district?district=C03")
    page.locator(".kg-sentences").get_by_role("link").nth(1).click()
    expect(page.locator("h1")).to_contain_text("活動一覧")
    expect(page.locator(".kg-sentence")).to_contain_text("2021年度・花北地区の協働は7件")


@at_a_desk
def test_the_district_goes_along_to_the_maps_and_back(page: Page, server: str) -> None:
    open_address(page, f"{server}/district?district=C03&form=subsidy")
    page.get_by_role("link", name="地図に戻る").click()
    painted(page)
    expect(page).to_have_url(f"{server}/density?form=subsidy&select=C03")
    expect(page.locator("[aria-label=選んだ地区] .kg-title")).to_contain_text("花北地区")


def test_print_leaves_the_filters_out_and_the_figures_in(page: Page, server: str) -> None:
    open_address(page, f"{server}/district?district=C03")
    page.emulate_media(media="print")
    expect(page.locator(".kg-figures-table")).to_be_visible()
    expect(page.locator(".kg-locator svg")).to_be_visible()
    for left_out in (".kg-filters", ".kg-options", ".kg-files", "[data-file=sheet]"):
        expect(page.locator(left_out).first).to_be_hidden()
    for table in page.locator(".kg-scroll").all():
        expect(table).to_have_css("overflow-x", "visible")


def test_a_picture_can_be_kept_copied_and_embedded(browser: Browser, server: str) -> None:
    with opened_page(browser, server, Window.DESK) as page:
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        open_address(page, f"{server}/forms?region=花巻&select=C03")
        said = page.locator(".kg-sentence").inner_text()
        keeping = page.locator("[data-picture=forms]")
        keeping.locator("summary").click()
        with page.expect_download() as found:
            keeping.locator("[data-file=svg]").click()
        assert said in Path(found.value.path()).read_text("utf-8")
        keeping.locator("[data-file=copy]").click()
        expect(keeping).to_contain_text("画像をコピーしました")
        kinds = "navigator.clipboard.read().then(([item]) => item.types)"
        assert page.evaluate(kinds) == ["image/png"]
        keeping.locator("[data-file=embed]").click()
        expect(keeping).to_contain_text("埋め込みコードをコピーしました")
        code = page.evaluate("navigator.clipboard.readText()")
        beside = page.locator("[data-picture=forms-place]")
        beside.locator("summary").click()
        beside.locator("[data-file=embed]").click()
        expect(beside).to_contain_text("埋め込みコードをコピーしました")
        page.set_content(page.evaluate("navigator.clipboard.readText()"))
        image = page.get_by_role("link").get_by_role("img", name="協働の形態　選んだ地区の形態")
        expect(image).to_have_js_property("complete", True)
        assert image.evaluate("image => image.naturalWidth") > 0

        open_address(page, html.unescape(re.findall('src="([^"]+)"', code)[0]))
        painted(page)
        expect(page.locator(".kg-sentence")).to_have_text(said)
        expect(page.locator(".kg-legend")).to_contain_text("最も多い形態")
        for part_of_the_page in (".kg-filters", ".kg-card", ".kg-table", ".kg-keeping", "nav a"):
            expect(page.locator(part_of_the_page)).to_have_count(0)
        for name in ("出典", "第1版", "CC BY 4.0"):
            expect(page.locator(".kg-foot")).to_contain_text(name)
        with page.expect_popup() as full:
            page.locator(".kg-foot a").click()
        expect(full.value.locator(".kg-filters")).to_be_visible()
        expect(full.value.locator(".kg-sentence")).to_have_text(said)

        for chart in ("compare?district=C03&district=C07&", "promotion?"):
            open_address(page, f"{server}/{chart}embed=true")
            expect(page.locator(".kg-years-figure").nth(1)).to_be_visible()
            expect(page.locator(".kg-filters, .kg-keeping, .kg-table:visible")).to_have_count(0)
            expect(page.locator(".kg-foot")).not_to_contain_text("境界")


def test_dark_follows_the_system_and_paper_stays_white(browser: Browser, server: str) -> None:
    dark, white = "rgb(20, 24, 31)", "rgb(255, 255, 255)"
    with opened_page(browser, server, Window.DESK) as page:
        page.emulate_media(color_scheme="dark")
        open_address(page, f"{server}/density")
        for surface in (page.locator(".stApp"), painted(page).locator(".leaflet-container")):
            expect(surface).to_have_css("background-color", dark)
        expect(page.locator(".kg-sentence")).to_have_css("color", "rgb(232, 234, 237)")
        page.emulate_media(color_scheme="dark", media="print")
        expect(page.locator(".stApp")).to_have_css("background-color", white)
        expect(page.locator(".kg-sentence")).to_have_css("color", "rgb(31, 41, 55)")


def test_addresses_for_other_programs_follow_the_filters(browser: Browser, server: str) -> None:
    with opened_page(browser, server, Window.DESK) as page:
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        open_address(page, f"{server}/api?region=花巻")
        choose(page, "form", "補助・助成")
        first = page.locator(".kg-address").first
        expect(first).to_have_text(re.compile("region=.+&form=subsidy$"))
        expect(page.locator(".kg-code").last).to_contain_text("form=subsidy")
        page.get_by_role("button", name="活動（CSV）のアドレスをコピー").click()
        expect(page.get_by_text("コピーしました").first).to_be_visible()
        address = page.evaluate("navigator.clipboard.readText()")
        assert address == first.get_attribute("href")
        expect(page.locator(".kg-sentence")).to_contain_text("27件（実件数）")
        rows = csv.DictReader(io.StringIO(page.request.get(address).body().decode("utf-8-sig")))
        assert len(list(rows)) == 27


@pytest.mark.skipif(
    shutil.which("Rscript") is None, reason="R is not installed (Debian: r-base-core)"
)
def test_r_reads_what_its_recipe_says(server: str) -> None:
    address = f"{server}/api/v1/activities.csv?region=%E8%8A%B1%E5%B7%BB&form=subsidy"
    read, *_ = R_CODE.replace("{{activities.csv}}", address).splitlines()
    code = f"{read}; cat(nrow(activities), names(activities)[[1]], activities$district_ids[[1]])"
    done = subprocess.run(["Rscript", "-e", code], capture_output=True, text=True, timeout=60)

    rows, first_name, districts = done.stdout.split()
    assert (rows, first_name) == ("27", "edition"), done.stderr
    assert districts.startswith("C")
