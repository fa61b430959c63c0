"""版の履歴: every edition, and what differs between the two that the address names."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from kyodo_geo.auth.roles import official
from kyodo_geo.editions import EditionStore, Publication
from kyodo_geo.editions.diff import undo
from kyodo_geo.ui.components import option_bar
from kyodo_geo.ui.http.edition_bundle import edition_script
from kyodo_geo.ui.pages import history
from tests.ui.page_parts import inside, with_style, words
from tests.ui.test_pages import APP, page_text, parts

HASH = "ab12cd34" * 8

OpenHistory = Callable[..., AppTest]


@pytest.fixture
def three_editions(own_store: EditionStore) -> EditionStore:
    """Edition 2 changes one activity, removes one and adds 205; edition 3 undoes that."""

    def change(con) -> None:  # type: ignore[no-untyped-def]
        con.execute(
            "INSERT INTO activity SELECT activity.* REPLACE (format('N{:04}', n) AS id) "
            "FROM activity, range(1, 206) AS numbers(n) WHERE id = 'P0020'"
        )
        con.execute("UPDATE activity SET title = '<b>新</b>', note = '直した' WHERE id = 'P0003'")
        con.execute("DELETE FROM activity WHERE id = 'P0002'")
        con.execute("DELETE FROM town WHERE district_id = 'C01'")

    said = Publication("花巻 花子", "訂正", "207件", [f"訂正.xlsx:{HASH}", "手書きの表"])
    own_store.publish(change, said)
    undo(own_store, 1, official("石鳥谷 太郎"))
    return own_store


@pytest.fixture
def open_history(monkeypatch: pytest.MonkeyPatch) -> Iterator[OpenHistory]:
    """Open the page on a store: `open_history(store, before="1", after="2")`."""

    def opened(store: EditionStore, **address: str) -> AppTest:
        monkeypatch.setattr("kyodo_geo.ui.runtime.ensure_first_edition", lambda _: store)
        st.cache_resource.clear()
        app = AppTest.from_file(APP, default_timeout=30)
        app.run().switch_page("pages/history.py").run()
        for name, value in address.items():
            app.query_params[name] = value
        app.run()
        assert not app.exception
        assert not app.error
        return app

    yield opened
    st.cache_resource.clear()


def tables(app: AppTest) -> dict[str, dict[str, Any]]:
    """The tables of the page by caption, those that are folded away too."""
    return {one["caption"]: one for one in inside(parts(app)) if one["kind"] == "rowTable"}


def cells(table: dict[str, Any]) -> list[list[Any]]:
    return [row["cells"] for row in table["rows"]]


def sentences(app: AppTest) -> list[str]:
    return [part["text"] for part in parts(app) if part["kind"] == "sentence"]


def notices(app: AppTest) -> list[str]:
    return [words(one) for one in with_style(parts(app), "kg-notice")]


def test_every_edition_is_listed(open_history: OpenHistory, three_editions: EditionStore) -> None:
    app = open_history(three_editions)
    listed = cells(tables(app)["新しい順"])
    when = f"{three_editions.open(2).info.published_at:%Y-%m-%d %H:%M}"
    assert [row[0] for row in listed] == ["第3版", "第2版", "第1版"]
    assert listed[1] == [
        *("第2版", when, "花巻 花子", "訂正", "207件", 205, 1, 1),
        "訂正.xlsx（ab12cd34）、手書きの表",
    ]
    assert listed[0][2:5] == ["石鳥谷 太郎", "元に戻す", "第1版の内容に戻しました"]
    assert "python -m kyodo_geo undo" in page_text(app)


def test_the_two_newest_are_compared_unless_the_address_says_otherwise(
    open_history: OpenHistory, three_editions: EditionStore
) -> None:
    [said] = sentences(open_history(three_editions))
    assert said.startswith("第2版") and "追加1件、変更1件、削除205件" in said
    app = open_history(three_editions, before="1", after="2")
    [said] = sentences(app)
    assert said.startswith("第1版") and "追加205件、変更1件、削除1件" in said
    assert tables(app)["新しい順"]["selected"] == "2"
    [said] = sentences(open_history(three_editions, before="1"))
    assert said.startswith("第1版") and "内容は同じです" in said


def test_differences_are_tables(open_history: OpenHistory, three_editions: EditionStore) -> None:
    app = open_history(three_editions, before="1", after="2")
    found = tables(app)
    assert cells(found["変更された活動（1件）"]) == [
        ["P0003", "<b>新</b>", "名称", "公共交通基本計画の策定", "<b>新</b>"],
        ["P0003", "<b>新</b>", "備考", "記載なし", "直した"],
    ]
    assert cells(found["削除された活動（1件）"]) == [
        ["P0002", "全国高校生童話大賞の開始", "全市", "平成13年度(2001年度)"]
    ]
    [other] = [table for caption, table in found.items() if caption.startswith("活動のほかに")]
    assert [row[0] for row in cells(other)] == ["町・大字"]
    [effects] = [table for caption, table in found.items() if caption.startswith("数値への影響")]
    assert cells(effects)[-1][:2] == ["合計（実件数）", "348 → 552（+204）"]


def test_long_tables_are_cut_and_say_so(
    open_history: OpenHistory, three_editions: EditionStore
) -> None:
    app = open_history(three_editions, before="1", after="2")
    assert len(tables(app)["追加された活動（205件）"]["rows"]) == history.MOST_ROWS
    assert "ほかに5件あります" in page_text(app)


def test_rows_of_changes_end_with_a_whole_activity(
    open_history: OpenHistory, own_store: EditionStore
) -> None:
    own_store.publish(
        lambda con: con.execute("UPDATE activity SET note = 'x' || id, source_date = 'x' || id"),
        Publication("test", "test", "test"),
    )
    app = open_history(own_store)
    table = tables(app)["変更された活動（348件）"]
    assert len(table["rows"]) == history.MOST_ROWS
    assert table["rows"][-1]["cells"][2] == "資料の日付"
    assert f"ほかに{348 - history.MOST_ROWS // 2}件あります" in page_text(app)
    assert "地区の数値（記録・協働・参加者数）は変わりません" in page_text(app)


def test_a_click_compares_with_the_edition_before(
    open_history: OpenHistory, three_editions: EditionStore
) -> None:
    changes = tables(open_history(three_editions))["新しい順"]["changes"]
    assert changes == {
        "3": {"before": ["2"], "after": ["3"]},
        "2": {"before": ["1"], "after": ["2"]},
    }


def test_an_edition_whose_file_has_gone_is_listed_and_passed_over(
    open_history: OpenHistory, three_editions: EditionStore
) -> None:
    three_editions.path(2).unlink()
    app = open_history(three_editions)
    table = tables(app)["新しい順"]
    assert [row[0] for row in cells(table)] == ["第3版", "第2版（ファイルはありません）", "第1版"]
    assert table["changes"] == {"3": {"before": ["1"], "after": ["3"]}}
    assert "版「2」はありません。あるのは第1版、第3版です" in page_text(app)


@pytest.mark.parametrize("text", ["77", "最新", "0", "-1", "01", "<b>", "9" * 150])
def test_an_unknown_edition_in_the_address_gets_a_sentence_and_the_list(
    open_history: OpenHistory, three_editions: EditionStore, text: str
) -> None:
    app = open_history(three_editions, after=text)
    [said] = notices(app)
    assert f"版「{text[:20]}」はありません。あるのは第1版〜第3版です" in said
    assert len(tables(app)["新しい順"]["rows"]) == 3
    assert [part for part in parts(app) if part["kind"] == "options"]


def test_a_damaged_edition_is_a_sentence(
    open_history: OpenHistory, three_editions: EditionStore
) -> None:
    three_editions.path(2).write_bytes(b"damaged")
    app = open_history(three_editions)
    assert "00002.duckdb: 読めません" in notices(app)[0]
    assert len(tables(app)["新しい順"]["rows"]) == 3


def test_one_edition_alone_is_a_sentence(
    open_history: OpenHistory, own_store: EditionStore
) -> None:
    app = open_history(own_store)
    assert notices(app) == [history.ONLY_ONE]
    assert len(tables(app)["新しい順"]["rows"]) == 1
    assert not [part for part in parts(app) if part["kind"] == "options"]


def test_older_editions_are_folded_away(
    open_history: OpenHistory, own_store: EditionStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(history, "NEWEST", 2)
    for _ in range(3):
        own_store.publish(lambda con: None, Publication("test", "test", "test"))
    [folded] = [part for part in parts(open_history(own_store)) if part["kind"] == "folded"]
    assert folded["summary"] == "さらに前の版（2）"
    assert [row[0] for row in cells(folded["content"])] == ["第2版", "第1版"]


def test_the_choice_stays_on_this_page(
    open_history: OpenHistory, three_editions: EditionStore
) -> None:
    app = open_history(three_editions, before="1", after="2")
    app.switch_page("pages/about.py").run()
    assert "before" not in app.query_params and "after" not in app.query_params


def test_no_file_stays_open(open_history: OpenHistory, three_editions: EditionStore) -> None:
    open_history(three_editions, before="1", after="2")
    links = [link.readlink() for link in Path("/proc/self/fd").iterdir() if link.is_symlink()]
    own = {link.name for link in links if link.parent == three_editions.folder}
    assert own <= {"00003.duckdb"}


def test_the_browser_knows_what_can_be_chosen(three_editions: EditionStore) -> None:
    edition = three_editions.current()
    known = option_bar.choices(edition)
    assert [value for value, _ in known["before"].options] == ["3", "2", "1"]
    assert (known["before"].default, known["after"].default) == ("2", "3")
    assert "元に戻す" in edition_script(edition)
