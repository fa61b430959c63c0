"""Pages through Streamlit's AppTest: what they say, without a browser."""

import json
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from builders import ONE_FILTER_EACH
from streamlit.testing.v1 import AppTest

from kyodo_geo.editions import Edition
from kyodo_geo.errors import EditionError
from kyodo_geo.filters.query_string import filters_from_texts, texts_from_filters
from kyodo_geo.measures.places.summary import summarise
from kyodo_geo.model import Filters
from kyodo_geo.ui import navigation, shell
from kyodo_geo.ui.state import view_state
from kyodo_geo.vocabulary import Form
from tests.ui.page_parts import items_in

APP = str(Path(__file__).parents[2] / "app.py")
PAGES = ("density", "forms", "actors", "district", "compare", "activities", "cases", "api", "about")
FILTERED = PAGES[:-1]


@pytest.fixture
def open_page(store, monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]
    """Open a page on the shipped edition: `open_page("forms", region="花巻")`."""
    monkeypatch.setattr("kyodo_geo.ui.runtime.ensure_first_edition", lambda _: store)
    st.cache_resource.clear()

    def opened(page: str, **address: str | list[str]) -> AppTest:
        app = AppTest.from_file(APP, default_timeout=30)
        for name, value in address.items():
            app.query_params[name] = value
        app.run()
        if page != shell.START_PAGE:
            app.switch_page(f"pages/{page}.py").run()
        return app

    yield opened
    st.cache_resource.clear()


def parts(app: AppTest) -> list[dict[str, Any]]:
    """What the page's components were told to draw."""
    drawn = [e.proto.bytes for e in app.get("bidi_component")]
    messages = [json.loads(told) for told in drawn if told]  # reconnection draws nothing
    return [part for message in messages for part in message["parts"]]


def page_text(app: AppTest) -> str:
    bodies = [e.proto.body for e in app.get("html")]
    messages = [str(e.value) for e in (*app.warning, *app.error)]
    return "\n".join([json.dumps(parts(app), ensure_ascii=False), *bodies, *messages])


def press(app: AppTest, edition: Edition, label: str) -> AppTest:
    """Press one of the buttons a part offers: its change becomes the view."""
    items = items_in(parts(app), "kg-buttons")
    change = next(item["change"] for item in items if label in item["label"])
    app.session_state[view_state.FILTERS] = filters_from_texts(edition, change)[0]
    return app.run()


@pytest.mark.parametrize("page", PAGES)
def test_every_page_opens_without_an_error(open_page, page: str) -> None:  # type: ignore[no-untyped-def]
    app = open_page(page)

    assert not app.exception
    assert not app.error
    assert navigation.PAGES[page].title in page_text(app)
    assert "第1版" in page_text(app)


@pytest.mark.parametrize("page", FILTERED)
def test_every_filtered_page_says_the_count(open_page, page: str) -> None:  # type: ignore[no-untyped-def]
    assert "全期間の協働は257件（実件数）" in page_text(open_page(page))


@pytest.mark.parametrize(
    "filters",
    [
        *ONE_FILTER_EACH,
        Filters(districts=("C03",)),
        Filters(year_from=2020),
        Filters(year_to=2015),
        Filters(forms=(Form.CO_HOSTING,)),
    ],
    ids=lambda filters: next(iter(texts_from_filters(filters))),
)
def test_each_filter_narrows_the_view(open_page, edition: Edition, filters: Filters) -> None:  # type: ignore[no-untyped-def]
    app = open_page("density", **texts_from_filters(filters))
    count = summarise(edition, filters).total.activities

    assert not app.exception
    assert count != 257
    assert f"{count}件（実件数）" in page_text(app)


def test_a_bookmarked_address_brings_the_view_back(open_page, edition: Edition) -> None:  # type: ignore[no-untyped-def]
    app = open_page("density", region="花巻", form="subsidy", select="C03")
    count = summarise(edition, Filters(regions=("花巻",), forms=(Form.SUBSIDY,))).total.activities

    assert f"花巻地域・形態が補助・助成の協働は{count}件" in page_text(app)
    assert "花北地区" in page_text(app)


def test_unknown_values_in_the_address_get_a_sentence(open_page) -> None:  # type: ignore[no-untyped-def]
    app = open_page("density", district="C98", year_from="二〇一五", measure="nix")

    assert [w for w in app.warning if "C98" in w.value]
    assert [w for w in app.warning if "指標: 「nix」という値はありません" in w.value]
    assert "measure" not in app.query_params
    assert "全期間の協働は257件" in page_text(app)


def test_a_filter_that_leaves_nothing_offers_a_way_on(open_page, edition: Edition) -> None:  # type: ignore[no-untyped-def]
    app = open_page("density", keyword="そのような活動はない")

    assert "記録はありません" in page_text(app)
    assert "全期間の協働は257件" in page_text(press(app, edition, "キーワードを外す"))


def test_the_view_survives_a_change_of_page(open_page) -> None:  # type: ignore[no-untyped-def]
    app = open_page("density", region="東和")
    app.switch_page("pages/actors.py").run()

    assert "東和地域の協働は" in page_text(app)


def test_an_activity_can_be_opened_by_its_address(open_page) -> None:  # type: ignore[no-untyped-def]
    app = open_page("activities", activity="P0002")

    assert "全国高校生童話大賞の開始" in page_text(app)


def test_an_unknown_activity_gets_a_sentence(open_page) -> None:  # type: ignore[no-untyped-def]
    assert "この版の記録にありません" in page_text(open_page("activities", activity="P9999"))


def test_a_refusal_is_shown_as_a_sentence(open_page, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    def refuse() -> None:
        raise EditionError("第1版", "壊れています", next_step="控えを戻してください")

    monkeypatch.setattr(shell, "current_edition", refuse)
    app = open_page("density")

    assert app.error[0].value == "第1版: 壊れています。控えを戻してください。"
    assert not app.exception


def test_a_defect_shows_no_traceback(open_page, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    def fail() -> None:
        raise ZeroDivisionError("secret detail")

    monkeypatch.setattr(shell, "current_edition", fail)
    app = open_page("density")

    assert "予期しないエラー" in app.error[0].value
    assert "secret" not in page_text(app)
    assert not app.exception
