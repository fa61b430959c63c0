"""取り込み in a real Chromium: a file of an office is examined, published and taken back."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from browsing import Window, hand_in, open_address, opened_page
from playwright.sync_api import Browser, Page, expect

from kyodo_geo.auth.roles import Person, Role, require
from kyodo_geo.editions import EditionStore
from kyodo_geo.errors import AccessError
from kyodo_geo.ui.auth import visitor
from tests.ui.test_pages import open_page

__all__ = ["open_page"]

pytestmark = pytest.mark.filterwarnings("ignore")

OFFICE_FILE = """名称,年度,地区,形態,主体,分野,参加者数,実施・予定
夏のラジオ体操{width}回,令和6年度,花北地区,共同開催,自治会、市,スポーツ,約50人,実施
<b>朝の清掃{width}</b>,R6,石神町,,個人,環境・美化,１２人,実施
,2024,花南,補助金,町内会,福祉・健康,3,実施
"""


@pytest.fixture
def page(browser: Browser, official_server: str) -> Iterator[Page]:
    with opened_page(browser, official_server, Window.DESK) as page:
        yield page


@pytest.mark.browser
def test_a_file_is_examined_previewed_and_published(
    page: Page, official_server: str, official_dir: Path, tmp_path: Path
) -> None:
    store = EditionStore(official_dir / "data" / "editions")
    open_address(page, f"{official_server}/import")
    before = store.numbers()[-1]
    file = OFFICE_FILE.format(width=page.viewport_size["width"] if page.viewport_size else 0)
    hand_in(page, "活動.csv", file.encode("cp932"))
    expect(page.get_by_text("と比べた結果")).to_be_visible()
    expect(page.get_by_text("「石神町」: 町名から地区を決めました")).to_be_visible()
    assert store.numbers()[-1] == before

    with page.expect_download() as arriving:
        page.get_by_role("button", name="取り込めない1行をファイルにする").click()
    arriving.value.save_as(tmp_path / "refused.csv")
    assert "なくてはならない値がありません" in (tmp_path / "refused.csv").read_text("utf-8-sig")

    page.get_by_role("button", name="新しい2件と変わる0件").click()
    expect(page.get_by_text(f"第{before + 1}版を公開しました")).to_be_visible()
    edition = store.current()
    assert edition.info.number == before + 1
    assert edition.log[0].activities_added == 2
    literal = edition.rows("SELECT title FROM activity WHERE title LIKE '<b>朝の清掃%</b>'")
    assert literal
    expect(page.locator("[data-testid=stFileUploaderFile]")).to_have_count(0)


@pytest.mark.browser
def test_a_hopeless_file_gets_a_sentence(page: Page, official_server: str) -> None:
    open_address(page, f"{official_server}/import")
    hand_in(page, "案内.csv", b"%PDF-1.7 not a table")
    expect(page.get_by_text("PDF")).to_be_visible()
    expect(page.get_by_text("取り込むところがありません")).to_be_visible()
    expect(page.get_by_role("button", name="公開する")).to_have_count(0)


@pytest.mark.browser
def test_the_template_comes_at_a_click(page: Page, official_server: str, tmp_path: Path) -> None:
    open_address(page, f"{official_server}/import")
    with page.expect_download() as arriving:
        page.get_by_role("button", name="ひな形").click()
    arriving.value.save_as(tmp_path / "template.xlsx")
    hand_in(page, "ひな形.xlsx", (tmp_path / "template.xlsx").read_bytes())
    expect(page.get_by_text("取り込むところがありません")).to_be_visible()


def test_without_the_role_the_page_is_not_there(open_page) -> None:  # type: ignore[no-untyped-def]
    app = open_page("density")
    with pytest.raises(ValueError, match="import"):
        app.switch_page("pages/import.py").run()


@pytest.mark.parametrize(
    ("address", "is_set", "role"),
    [
        ("localhost", True, Role.OFFICIAL),
        ("127.0.0.1", True, Role.OFFICIAL),
        ("0.0.0.0", True, Role.READER),
        (None, True, Role.READER),
        ("localhost", False, Role.READER),
    ],
)
def test_only_the_machine_itself_has_an_official_without_sign_in(
    address: str | None, is_set: bool, role: Role, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(visitor.config, "get_option", lambda name: address)
    in_force = visitor.settings().model_copy(update={"local_official": is_set})
    monkeypatch.setattr(visitor, "settings", lambda: in_force)

    assert visitor.person().role is role


def test_a_reader_may_not_write() -> None:
    require(Person("職員", Role.OFFICIAL), Role.OFFICIAL, "取り込み")
    with pytest.raises(AccessError, match="取り込み: 閲覧者の方は使えません。職員の権限が要ります"):
        require(Person("だれか"), Role.OFFICIAL, "取り込み")
