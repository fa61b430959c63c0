"""ふりかえり: the page through AppTest, and a review written in a real Chromium."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from browsing import Window, is_as_wide_as_the_window, open_address, opened_page
from playwright.sync_api import Browser, Page, expect
from streamlit.testing.v1 import AppTest

from kyodo_geo.auth.roles import Person
from kyodo_geo.editions import EditionStore
from kyodo_geo.editions.diff import undo
from kyodo_geo.imports.reviews import Drafts, save
from kyodo_geo.measures.activities.reviews import all_reviews
from kyodo_geo.model import Review
from kyodo_geo.ui import shell
from kyodo_geo.ui.auth import visitor
from kyodo_geo.vocabulary import Grade, Principle
from tests.imports.test_reviews import COUNCIL, OFFICIAL, READER, file_of, keep, review
from tests.ui.page_parts import inside, with_style
from tests.ui.test_pages import APP, page_text, parts

OpenAs = Callable[..., AppTest]

pytestmark = pytest.mark.filterwarnings("ignore")


@pytest.fixture
def open_as(own_store: EditionStore, monkeypatch: pytest.MonkeyPatch) -> Iterator[OpenAs]:
    """Open the page as somebody: `open_as(OFFICIAL, activity="P0001")`."""
    monkeypatch.setattr("kyodo_geo.ui.runtime.ensure_first_edition", lambda _: own_store)
    st.cache_resource.clear()

    def opened(who: Person, **address: str) -> AppTest:
        monkeypatch.setattr(shell, "visitor", lambda: visitor.Visitor(who))
        monkeypatch.setattr(visitor, "visitor", lambda: visitor.Visitor(who))
        app = AppTest.from_file(APP, default_timeout=60)
        for name, value in address.items():
            app.query_params[name] = value
        app.run()
        app.switch_page("pages/review.py").run()
        assert not app.exception
        return app

    yield opened
    st.cache_resource.clear()


def kinds(app: AppTest) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for one in inside(parts(app)):
        found.setdefault(one["kind"], []).append(one)
    return found


def field(app: AppTest, kind: str, name: str) -> Any:
    return next(one for one in app.get(kind) if str(one.key).endswith(f"_{name}"))


def fill_in(app: AppTest, step: str = "3") -> None:
    for principle in Principle:
        field(app, "radio", str(principle)).set_value(step)


def press(app: AppTest, label: str) -> AppTest:
    next(button for button in app.button if button.label == label).click().run()
    assert not app.exception
    return app


def test_an_empty_record_says_what_a_review_is_and_what_is_over(open_as: OpenAs) -> None:
    app = open_as(READER)

    said = page_text(app)
    assert "まだふりかえりがありません" in said
    assert all(principle.definition in said for principle in Principle)
    assert "書き残しておけば、担当が替わっても引き継げます" in said
    assert "222件のうち 1〜20件目" in said
    assert "chartTable" not in kinds(app)
    assert not app.error


def test_the_profile_lessons_and_next_steps_are_shown(
    open_as: OpenAs, own_store: EditionStore
) -> None:
    ids = [
        row[0]
        for row in own_store.current().rows(
            "SELECT id FROM activity WHERE scope_mask & 14 <> 0 ORDER BY id LIMIT 3"
        )
    ]
    keep(own_store, *(review(id_, "4321-44", lesson=f"<b>{id_}</b>の教訓") for id_ in ids[:2]))

    found = kinds(open_as(READER))

    # Of a row: the bar, the mean, the grades from the best to the worst, 該当しない.
    [ratings] = found["chartTable"]
    assert [row["cells"][2:-1] for row in ratings["rows"]][:5] == [
        ["2", "0", "0", "0"],
        ["0", "2", "0", "0"],
        ["0", "0", "2", "0"],
        ["0", "0", "0", "2"],
        ["0", "0", "0", "0"],
    ]
    assert [row["cells"][-1] for row in ratings["rows"]] == ["0", "0", "0", "0", "2", "0", "0"]
    assert {row["cells"][1] for row in ratings["rows"]} == {"—"}
    lessons, steps = with_style(list(found["list"]), "kg-noted")
    sources = [one for one in inside(lessons["items"][0]) if one["kind"] == "button"]
    assert {one["change"]["activity"][0] for one in sources} == set(ids[:2])
    assert len(steps["items"]) == 2
    keep(own_store, review(ids[2], "4321-44"))
    [ratings] = kinds(open_as(READER))["chartTable"]
    means = [row["cells"][1] for row in ratings["rows"]]
    assert means == ["4.0", "3.0", "2.0", "1.0", "—", "4.0", "4.0"]


def test_one_review_is_read_by_all_and_written_by_officials_alone(
    open_as: OpenAs, own_store: EditionStore
) -> None:
    keep(own_store, review())

    for person in (READER, COUNCIL):
        app = open_as(person, activity="P0001")
        assert "早めに声をかけると、人が集まる。" in page_text(app)
        assert "気づいたことを知らせる" in page_text(app)
        assert not app.radio
    assert len(open_as(OFFICIAL, activity="P0001").radio) == 7
    app = open_as(READER, activity="P9999")
    assert "P9999" in page_text(app)
    assert "この版の記録にありません" in page_text(app)


def test_a_half_filled_form_is_kept_and_completed_later(
    open_as: OpenAs, own_store: EditionStore
) -> None:
    app = open_as(OFFICIAL, activity="P0001")
    assert Drafts(own_store, OFFICIAL).load_all() == ()  # to look is not to write
    field(app, "radio", "openness").set_value("4")
    field(app, "text_area", "lesson").set_value("<img src=x> と書いた教訓")
    app.run()
    press(app, "公開する")
    assert "直すところが6か所あります" in page_text(app)
    assert page_text(app).count("まだ選んでいません") == 6
    assert own_store.numbers() == [1]

    app = open_as(OFFICIAL)
    assert "書きかけのふりかえり" in page_text(app)
    assert "書きかけ" not in page_text(open_as(READER))
    app = open_as(OFFICIAL, activity="P0001")
    assert field(app, "text_area", "lesson").value == "<img src=x> と書いた教訓"
    fill_in(app)
    app.run()
    press(app, "公開する")
    assert "第2版" in page_text(app)
    found: Review = all_reviews(own_store.current())["P0001"]
    assert {rating.grade for rating in found.ratings.values()} == {Grade.MOSTLY_DONE}
    assert found.lesson == "<img src=x> と書いた教訓"
    assert found.reviewed_by == OFFICIAL.name
    assert Drafts(own_store, OFFICIAL).load_all() == ()


def test_what_somebody_else_published_meanwhile_is_not_written_over(
    open_as: OpenAs, own_store: EditionStore
) -> None:
    app = open_as(OFFICIAL, activity="P0001")
    fill_in(app)
    field(app, "text_area", "lesson").set_value("わたしの教訓")
    app.run()
    save(own_store, review(lesson="先に書かれた教訓"), {}, OFFICIAL)

    press(app, "公開する")
    assert "ほかの人が書き直しました" in page_text(app)
    assert "先に書かれた教訓" in page_text(app)
    assert field(app, "text_area", "lesson").value == "わたしの教訓"
    [draft] = Drafts(own_store, OFFICIAL).load_all()
    assert draft.before["lesson"] == "先に書かれた教訓"
    press(app, "公開する")
    assert all_reviews(own_store.current())["P0001"].lesson == "わたしの教訓"


def test_a_draft_can_be_thrown_away(open_as: OpenAs, own_store: EditionStore) -> None:
    keep(own_store, review())
    app = open_as(OFFICIAL, activity="P0001")
    field(app, "text_area", "lesson").set_value("考え直した")
    app.run()
    assert len(Drafts(own_store, OFFICIAL).load_all()) == 1
    press(app, "書いたものを捨てる")
    assert field(app, "text_area", "lesson").value == review().lesson
    assert Drafts(own_store, OFFICIAL).load_all() == ()


def test_a_damaged_file_of_drafts_stops_nobody(open_as: OpenAs, own_store: EditionStore) -> None:
    own_store.folder.with_name("drafts.sqlite").write_bytes(b"no database" * 500)
    app = open_as(OFFICIAL, activity="P0001")
    fill_in(app)
    app.run()
    assert "下書きのファイル drafts.sqlite: 読めません" in page_text(app)
    press(app, "公開する")
    assert "ふりかえりを公開しました（第2版）" in page_text(app)
    assert not app.error
    assert set(all_reviews(own_store.current())) == {"P0001"}


def test_a_draft_of_an_activity_that_is_gone_can_be_thrown_away(
    open_as: OpenAs, own_store: EditionStore
) -> None:
    Drafts(own_store, OFFICIAL).save("P9999", {"lesson": "残した教訓"}, {})

    assert "いまの記録にない活動" in page_text(open_as(OFFICIAL))
    app = open_as(OFFICIAL, activity="P9999")
    press(app, "この活動について書きかけたものを捨てる")
    assert Drafts(own_store, OFFICIAL).load_all() == ()


def rate(page: Page, principle: Principle, words: str) -> None:
    group = page.locator(f".st-key-kg_principle_{principle}")
    group.get_by_text(words, exact=True).click()
    expect(group.get_by_role("radio", name=words)).to_be_checked()


@pytest.mark.browser
def test_a_review_is_begun_completed_published_and_taken_back(
    browser: Browser, official_server: str, official_dir: Path
) -> None:
    store = EditionStore(official_dir / "data" / "editions")
    for window, activity_id in zip(Window, ("P0002", "P0003"), strict=True):
        with opened_page(browser, official_server, window) as page:
            open_address(page, f"{official_server}/review?activity={activity_id}")
            rate(page, Principle.OPENNESS, "4 よくできた")
            page.get_by_role("textbox", name="教訓", exact=True).fill("途中までの教訓")
            page.get_by_role("button", name="下書きを残す").click()
            expect(page.get_by_text("下書きを残しました")).to_be_visible()
            assert is_as_wide_as_the_window(page)
        with opened_page(browser, official_server, window) as page:
            open_address(page, f"{official_server}/review")
            expect(page.get_by_text("書きかけのふりかえり")).to_be_visible()
            assert is_as_wide_as_the_window(page)
            page.locator(f'[data-row="{activity_id}"] button').first.click()
            lesson = page.get_by_role("textbox", name="教訓", exact=True)
            expect(lesson).to_have_value("途中までの教訓")
            for principle in list(Principle)[1:]:
                rate(page, principle, "該当しない")
            lesson.fill("終わりまで書いた教訓")
            page.get_by_role("button", name="公開する").click()
            expect(page.get_by_text("ふりかえりを公開しました")).to_be_visible()
            assert all_reviews(store.current())[activity_id].lesson == "終わりまで書いた教訓"
            page.get_by_role("button", name="一覧に戻る").click()
            expect(page.locator(".kg-ratings tbody tr")).to_have_count(7)
            bar = page.locator(".kg-rating").first
            expect(bar).to_have_attribute(
                "aria-label",
                "よくできた 1件、おおむねできた 0件、あまりできなかった 0件、できなかった 0件",
            )
            expect(page.locator(".kg-noted").first).to_contain_text("終わりまで書いた教訓")
            assert is_as_wide_as_the_window(page)
            undo(store, store.numbers()[-1] - 1, OFFICIAL)
            open_address(page, f"{official_server}/review")
            expect(page.get_by_text("まだふりかえりがありません")).to_be_visible()


@pytest.mark.browser
def test_a_file_of_reviews_is_taken_in_on_the_import_page(
    browser: Browser, official_server: str, official_dir: Path
) -> None:
    store = EditionStore(official_dir / "data" / "editions")
    file = file_of(review("P0005"), review("P9999"))
    with opened_page(browser, official_server, Window.DESK) as page:
        open_address(page, f"{official_server}/import")
        page.get_by_text("ふりかえり", exact=True).last.click()
        expect(page.get_by_text("reviews.csv")).to_be_visible()
        upload = {"name": "reviews.csv", "mimeType": "text/csv", "buffer": file}
        page.locator("input[type=file]").set_input_files(upload)
        expect(page.get_by_text("「P9999」: この番号の活動は")).to_be_visible()
        page.get_by_role("button", name="新しい1件と変わる0件のふりかえり").click()
        expect(page.get_by_text("reviews.csv のふりかえりを取り込み")).to_be_visible()
    assert "P0005" in all_reviews(store.current())
