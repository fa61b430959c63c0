"""記録を直す and 提案 in a real Chromium, by people who have signed in."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from browsing import Window, is_as_wide_as_the_window, open_address, opened_page
from playwright.sync_api import Browser, Page, expect

from kyodo_geo.editions import EditionStore
from kyodo_geo.imports.activities.form_entry import on_record
from tests.ui.test_sign_in import (
    COUNCIL,
    OFFICIAL,
    accounts,
    folder,
    provider,
    server,
    sign_in,
)

__all__ = ["accounts", "folder", "provider", "server"]

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore")]


def box(page: Page, label: str) -> None:
    """Tick a box of Streamlit's, whose input lies under its label."""
    page.get_by_text(label).click()


def press(page: Page, label: str) -> None:
    page.get_by_role("button", name=label, exact=True).click()


def write(page: Page, label: str, text: str) -> None:
    page.get_by_role("textbox", name=label, exact=True).fill(text)


def choose(page: Page, label: str, *words: str) -> None:
    """Choose in a list of several, by keyboard alone."""
    field = page.get_by_role("combobox", name=re.compile(re.escape(label)))
    for word in words:
        field.press_sequentially(word)
        expect(page.get_by_role("option").first).to_contain_text(word)
        page.keyboard.press("Enter")
    page.keyboard.press("Escape")


def done(page: Page, number: int) -> None:
    expect(page.get_by_text(f"第{number}版を公開しました")).to_be_visible()


def test_an_official_adds_changes_deletes_and_goes_back(
    browser: Browser, server: str, provider: str, folder: Path, accounts: Path
) -> None:
    store = EditionStore(folder / "data" / "editions")
    with opened_page(browser, server, Window.DESK, also=provider) as page:
        open_address(page, f"{server}/edit")
        sign_in(page, OFFICIAL)
        number = store.numbers()[-1]
        write(page, "名称（必須）", "<b>朝の清掃</b>")
        write(page, "年度", "令和6年度")
        press(page, "確かめる")
        expect(page.get_by_text("このままでは記録にできません")).to_be_visible()
        assert is_as_wide_as_the_window(page)
        choose(page, "主体（必須）", "地域団体", "個人")
        choose(page, "地区", "花北")
        press(page, "確かめる")
        expect(page.get_by_role("cell", name="<b>朝の清掃</b>", exact=True)).to_be_visible()
        expect(page.get_by_text("年度を西暦の整数にしました")).to_be_visible()
        assert is_as_wide_as_the_window(page)
        press(page, "公開する")
        done(page, number + 1)

        page.get_by_role("link", name="公開した記録を見る").click()
        expect(page.locator(".kg-detail")).to_contain_text("花北")
        page.get_by_role("link", name="この記録を直す").click()
        write(page, "参加者数", "0")
        press(page, "確かめる")
        press(page, "公開する")
        done(page, number + 2)
        activity_id = store.current().log[0].description[:5]
        made = on_record(store.current(), activity_id)
        assert (made["actors"], made["participants_count"]) == ("個人;地域団体", "0")
        assert made["title"] == "<b>朝の清掃</b>"

        open_address(page, f"{server}/edit?activity={activity_id}")
        page.get_by_text("この記録を削除する").click()
        write(page, "削除する理由（必須）", "試しに書いたため")
        box(page, "この記録を削除してよいことを確かめました")
        press(page, "削除する")
        done(page, number + 3)

        page.get_by_role("link", name="版の違いを見る、元に戻す").click()
        expect(page.get_by_text("試しに書いたため").first).to_be_visible()
        page.locator("summary", has_text=f"第{number + 2}版の内容に戻す").click()
        box(page, "あとの変更を取り消してよいことを確かめました")
        press(page, f"第{number + 2}版の内容に戻す")
        expect(page.get_by_text(f"内容に戻した、第{number + 4}版を公開しました")).to_be_visible()
        assert on_record(store.current(), activity_id) == made


def propose(page: Page, server: str, title: str) -> None:
    open_address(page, f"{server}/edit")
    write(page, "名称（必須）", title)
    choose(page, "主体（必須）", "地域団体")
    press(page, "確かめる")
    write(page, "職員へのひとこと（何で確かめたかなど）", "会報12号")
    press(page, "提案する")
    expect(page.get_by_text("として受け付けました")).to_be_visible()


def test_a_council_proposes_and_an_official_decides(
    browser: Browser, server: str, provider: str, folder: Path, accounts: Path
) -> None:
    store = EditionStore(folder / "data" / "editions")
    with (
        opened_page(browser, server, Window.PHONE, also=provider) as council,
        opened_page(browser, server, Window.DESK, also=provider) as official,
    ):
        open_address(council, f"{server}/edit")
        sign_in(council, COUNCIL)
        propose(council, server, "花北の花植え")
        propose(council, server, "花北の見守り")
        council.get_by_role("link", name="提案第2号を見る").click()
        expect(council.locator(".kg-detail")).to_contain_text("北 太郎（花北地区）")
        assert is_as_wide_as_the_window(council)

        open_address(official, f"{server}/proposals")
        sign_in(official, OFFICIAL)
        section = official.locator("[data-testid=stTopNavSection]", has_text="記録（2）")
        expect(section).to_be_visible()
        official.get_by_role("button", name="第1号　花北の花植え").click()
        expect(official).to_have_url(re.compile("proposal=1"))
        expect(official.locator(".kg-detail")).to_contain_text("会報12号")
        before = store.numbers()[-1]
        press(official, "承認して公開する")
        expect(
            official.get_by_text(f"第1号を承認し、第{before + 1}版を公開しました")
        ).to_be_visible()
        titles = "SELECT title FROM activity WHERE title LIKE '花北の%' ORDER BY title"
        assert ("花北の花植え",) in store.current().rows(titles)
        assert store.current().log[0].published_by == "花巻 <b>花子</b>"

        open_address(official, f"{server}/proposals?proposal=2")
        write(official, "地区の方へのことば（差し戻すときは必須）", "年度を書いてください")
        press(official, "差し戻す")
        expect(official.get_by_text("提案第2号を差し戻しました")).to_be_visible()

        open_address(council, f"{server}/proposals?proposal=2")
        expect(council.locator(".kg-detail")).to_contain_text("年度を書いてください")
        expect(council.get_by_role("row", name=re.compile("第1号"))).to_contain_text("承認")
        assert store.numbers()[-1] == before + 1
