"""記録を直す, 提案 and the way back on 版の履歴, through Streamlit's AppTest."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from kyodo_geo.auth.roles import Person
from kyodo_geo.editions import EditionStore
from kyodo_geo.editions.backup import PROPOSALS_FILE
from kyodo_geo.imports.activities.form_entry import FIELDS, on_record
from kyodo_geo.proposals import ProposalState, count_open, find_proposal, propose, send_back
from kyodo_geo.ui import shell
from kyodo_geo.ui.auth import visitor
from tests.proposals.test_proposals import HANAKITA, KANAN, OFFICIAL, READER, addition, change, edit
from tests.ui.page_parts import inside, items_in, with_style, words
from tests.ui.test_pages import APP, page_text, parts

OpenAs = Callable[..., AppTest]


@pytest.fixture
def open_as(own_store: EditionStore, monkeypatch: pytest.MonkeyPatch) -> Iterator[OpenAs]:
    """Open a page in somebody's name: `open_as(HANAKITA, "edit", activity="P0109")`."""

    def opened(who: Person, page: str, **address: str) -> AppTest:
        for module in (visitor, shell):
            monkeypatch.setattr(module, "visitor", lambda: visitor.Visitor(who))
        monkeypatch.setattr("kyodo_geo.ui.runtime.ensure_first_edition", lambda _: own_store)
        st.cache_resource.clear()
        app = AppTest.from_file(APP, default_timeout=60)
        app.run().switch_page(f"pages/{page}.py").run()
        for name, value in address.items():
            app.query_params[name] = value
        return fine(app.run())

    yield opened
    st.cache_resource.clear()


@pytest.fixture
def own(own_store: EditionStore) -> str:
    """An activity of C03 alone."""
    mask = own_store.current().place_by_id["C03"].mask
    query = f"SELECT min(id) FROM activity WHERE district_mask = {mask}"
    return str(own_store.current().rows(query)[0][0])


def fine(app: AppTest) -> AppTest:
    assert not app.exception
    assert not app.error, app.error[0].value
    return app


def press(app: AppTest, label: str) -> AppTest:
    return fine(next(one for one in app.button if one.label == label).click().run())


def labels(app: AppTest) -> list[str]:
    return [one.label for one in app.button]


def field(app: AppTest, label: str) -> Any:
    fields = (*app.text_input, *app.text_area, *app.selectbox, *app.multiselect)
    return next(one for one in fields if one.label == label)


def shown(app: AppTest) -> list[dict[str, Any]]:
    """All parts, those inside others too."""
    return list(inside(parts(app)))


def notices(app: AppTest) -> str:
    return "\n".join(words(one) for one in with_style(parts(app), "kg-notice"))


def table(app: AppTest, heading: str) -> list[list[str]]:
    """The cells of the table whose first column is called `heading`."""
    tables = [part for part in shown(app) if part["kind"] == "rowTable"]
    found = next(one for one in tables if one["columns"][0]["label"] == heading)
    return [row["cells"] for row in found["rows"]]


def links(app: AppTest) -> list[str]:
    return [item["label"] for item in items_in(parts(app), "kg-links")]


# 記録を直す


def test_the_form_holds_what_is_on_record(open_as: OpenAs, own_store: EditionStore) -> None:
    app = open_as(OFFICIAL, "edit", activity="P0002")
    assert field(app, "名称（必須）").value == "全国高校生童話大賞の開始"
    assert field(app, "主体（必須）").value == ["市民活動団体", "学校", "市"]
    assert field(app, "団体名").value.splitlines()[:2] == [
        "全国高校生童話大賞実行委員会",
        "富士大学",
    ]
    assert field(app, "参加者数").value == ""
    given = [*app.text_input, *app.text_area, *app.selectbox, *app.multiselect]
    told = {one.label.removesuffix("（必須）") for one in given}
    assert {one.label for one in FIELDS} <= told

    press(app, "確かめる")
    assert "いまの記録と変わるところがありません" in notices(app)
    assert own_store.numbers() == [1]


def test_an_official_changes_a_record(open_as: OpenAs, own_store: EditionStore) -> None:
    app = open_as(OFFICIAL, "edit", activity="P0002")
    field(app, "参加者数").set_value("約５０人")
    field(app, "備考").set_value("<b>注</b>")
    press(app, "確かめる")
    assert table(app, "項目") == [
        ["参加者数", "", "50"],
        ["備考", "実行委員会(市・市教委が協力)", "<b>注</b>"],
    ]
    assert table(app, "種類")[0][:2] == ["確認", "参加者数"]
    assert own_store.numbers() == [1] and not app.text_input

    press(app, "公開する")
    assert "第2版を公開しました" in notices(app) and "版の違いを見る、元に戻す" in links(app)
    after = on_record(own_store.current(), "P0002")
    assert (after["participants_count"], after["note"]) == ("50", "<b>注</b>")


def test_what_was_typed_stays_after_a_refusal_and_on_the_way_back(open_as: OpenAs) -> None:
    app = open_as(OFFICIAL, "edit")
    field(app, "概要").set_value("書きかけ")
    field(app, "開始日").set_value("R6.13.1")
    press(app, "確かめる")
    assert "このままでは記録にできません" in notices(app)
    refused = {row[1] for row in table(app, "種類") if row[0] == "取り込めない"}
    assert refused == {"名称", "開始日", "主体"}
    assert field(app, "概要").value == "書きかけ" and field(app, "開始日").value == "R6.13.1"

    field(app, "名称（必須）").set_value("新しい会")
    field(app, "開始日").set_value("R6.12.1")
    field(app, "主体（必須）").set_value(["市", "個人"])
    press(app, "確かめる")
    press(app, "入力に戻る")
    assert field(app, "概要").value == "書きかけ"
    assert field(app, "主体（必須）").value == ["個人", "市"]
    press(app, "書いたものを捨てて、はじめから書く")
    assert field(app, "概要").value == "" and field(app, "名称（必須）").value == ""


def test_an_edition_that_comes_meanwhile_is_shown_first(
    open_as: OpenAs, own_store: EditionStore
) -> None:
    app = open_as(OFFICIAL, "edit", activity="P0002")
    field(app, "備考").set_value("わたしの注")
    edit(own_store, change(own_store, "P0002", note="先の注", source="先の出典"))
    press(app, "確かめる")
    assert "「備考」はほかの人も変えています" in notices(app)
    assert table(app, "項目") == [
        ["備考（ほかの人が変えました）", "実行委員会(市・市教委が協力)", "先の注", "わたしの注"]
    ]

    edit(own_store, change(own_store, "P0003", note="さらに"))
    press(app, "公開する")
    assert "もう一度見てから、公開してください" in notices(app)
    assert own_store.numbers() == [1, 2, 3]
    press(app, "公開する")
    after = on_record(own_store.current(), "P0002")
    assert (after["note"], after["source"]) == ("わたしの注", "先の出典")


def test_a_refusal_of_the_store_is_a_sentence_and_loses_nothing(
    open_as: OpenAs, own_store: EditionStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = open_as(OFFICIAL, "edit", activity="P0002")
    field(app, "備考").set_value("わたしの注")
    press(app, "確かめる")
    with monkeypatch.context() as full:

        def refuse(*_: object) -> None:
            raise OSError(28, "No space left on device")

        full.setattr("kyodo_geo.editions.store.shutil.copyfile", refuse)
        press(app, "公開する")
    assert "書き込めないか、読めません" in notices(app)
    press(app, "公開する")
    assert on_record(own_store.current(), "P0002")["note"] == "わたしの注"


def test_an_official_removes_a_record(open_as: OpenAs, own_store: EditionStore) -> None:
    app = open_as(OFFICIAL, "edit", activity="P0002")
    press(app, "削除する")
    assert "印をつけてください" in app.warning[0].value
    app.checkbox[0].check()
    press(app, "削除する")
    assert "理由がありません" in notices(app)
    field(app, "削除する理由（必須）").set_value("二重の記録")
    press(app, "削除する")
    assert "第2版を公開しました" in notices(app)
    assert own_store.current().log[0].description.endswith("（理由: 二重の記録）")


@pytest.mark.parametrize("activity_id", ["P9999", "<b>", "x" * 199])
def test_an_unknown_activity_is_a_sentence(open_as: OpenAs, activity_id: str) -> None:
    app = open_as(OFFICIAL, "edit", activity=activity_id)
    assert "記録にありません" in notices(app) and "確かめる" not in labels(app)


def test_a_council_proposes_for_its_own_district(
    open_as: OpenAs, own_store: EditionStore, own: str
) -> None:
    app = open_as(HANAKITA, "edit", activity=own)
    field(app, "備考").set_value("会報で確かめた")
    press(app, "確かめる")
    assert "公開する" not in labels(app)
    field(app, "職員へのひとこと（何で確かめたかなど）").set_value("会報12号")
    press(app, "提案する")
    assert "提案第1号として受け付けました" in notices(app)
    proposal = find_proposal(own_store, 1, HANAKITA)
    assert (dict(proposal.entry.texts), proposal.word) == ({"note": "会報で確かめた"}, "会報12号")

    app = open_as(HANAKITA, "edit")
    assert field(app, "地区").value == ["C03"]
    field(app, "名称（必須）").set_value("よその活動")
    field(app, "主体（必須）").set_value(["市"])
    field(app, "地区").set_value(["C04"])
    press(app, "確かめる")
    press(app, "提案する")
    assert "自分の地区の活動だけです" in notices(app) and "提案する" in labels(app)

    app = open_as(HANAKITA, "edit", activity=own)
    app.checkbox[0].check()
    field(app, "削除する理由（必須）").set_value("二重の記録")
    press(app, "削除を提案する")
    assert "提案第2号として受け付けました" in notices(app)
    assert own_store.numbers() == [1] and count_open(own_store, OFFICIAL) == 2


def test_another_districts_record_is_not_theirs(open_as: OpenAs, own: str) -> None:
    for page in ("activities", "district"):
        assert "この記録を直す" in links(open_as(HANAKITA, page, activity=own, district="C03"))
        assert "この記録を直す" not in links(open_as(KANAN, page, activity=own, district="C03"))
        assert "活動を加える" in links(open_as(KANAN, page, activity=own, district="C03"))
        reader = links(open_as(READER, page, activity=own, district="C03"))
        assert "この記録を直す" not in reader and "活動を加える" not in reader
    app = open_as(KANAN, "edit", activity=own)
    assert "ほかの地区か全市の活動です" in notices(app) and "確かめる" not in labels(app)


@pytest.mark.parametrize("page", ["edit", "proposals"])
def test_readers_have_no_such_page(open_as: OpenAs, page: str) -> None:
    with pytest.raises(ValueError, match=page):
        open_as(READER, page)


# 提案


def test_nothing_proposed_yet_says_how(open_as: OpenAs, own_store: EditionStore) -> None:
    assert "活動一覧で活動を開き" in notices(open_as(HANAKITA, "proposals"))
    assert "地区の方が提案すると" in notices(open_as(OFFICIAL, "proposals"))
    assert not own_store.folder.with_name(PROPOSALS_FILE).exists()


def test_an_official_approves_what_was_on_the_screen(
    open_as: OpenAs, own_store: EditionStore, own: str
) -> None:
    propose(own_store, change(own_store, own, note="提案の注"), HANAKITA, "<b>見て</b>")
    app = open_as(OFFICIAL, "proposals", proposal="1")
    assert "<b>見て</b>" in page_text(app)
    assert table(app, "項目") == [["備考", "", "", "提案の注"]]
    field(app, "地区の方へのことば（差し戻すときは必須）").set_value("助かります")
    edit(own_store, change(own_store, own, note="職員の注"))

    press(app, "承認して公開する")
    assert "もう一度見てください" in notices(app) and own_store.numbers() == [1, 2]
    assert table(app, "項目")[0][1:] == ["", "職員の注", "提案の注"]
    assert field(app, "地区の方へのことば（差し戻すときは必須）").value == "助かります"
    press(app, "承認して公開する")
    assert "印をつけてください" in app.warning[0].value
    app.checkbox[0].check()
    press(app, "承認して公開する")

    assert "提案第1号を承認し、第3版を公開しました" in notices(app)
    assert "承認して公開する" not in labels(app)
    assert find_proposal(own_store, 1, HANAKITA).answer == "助かります"
    assert on_record(own_store.current(), own)["note"] == "提案の注"


def test_a_return_needs_a_word(open_as: OpenAs, own_store: EditionStore) -> None:
    propose(own_store, addition(), HANAKITA)
    app = open_as(OFFICIAL, "proposals", proposal="1")
    press(app, "差し戻す")
    assert "理由がありません" in notices(app)
    field(app, "地区の方へのことば（差し戻すときは必須）").set_value("資料を教えてください")
    press(app, "差し戻す")
    assert "差し戻しました" in notices(app)

    app = open_as(HANAKITA, "proposals", proposal="1")
    assert "資料を教えてください" in page_text(app)
    assert table(app, "提案")[0][:3] == ["第1号　用水路の清掃", "差し戻し", "追加"]


def test_a_council_sees_and_withdraws_its_own(open_as: OpenAs, own_store: EditionStore) -> None:
    propose(own_store, addition(), HANAKITA)
    propose(own_store, addition(title="花南の会", district_ids="C04"), KANAN)
    app = open_as(HANAKITA, "proposals")
    assert [row[0] for row in table(app, "提案")] == ["第1号　用水路の清掃"]
    other = open_as(HANAKITA, "proposals", proposal="2")
    assert "ほかの地区の提案です" in notices(other) and "花南の会" not in page_text(other)

    app = open_as(HANAKITA, "proposals", proposal="1")
    assert "承認して公開する" not in labels(app)
    press(app, "取り下げる")
    assert "取り下げました" in notices(app)
    assert find_proposal(own_store, 1, HANAKITA).state is ProposalState.WITHDRAWN


def test_an_obstacle_is_said_and_stops_the_approval(
    open_as: OpenAs, own_store: EditionStore, own: str
) -> None:
    propose(own_store, change(own_store, own, note="注"), HANAKITA)
    edit(own_store, change(own_store, own, note="注"))
    app = open_as(OFFICIAL, "proposals", proposal="1")
    assert "もう提案のとおりです" in notices(app)
    assert next(one for one in app.button if one.label == "承認して公開する").disabled


@pytest.mark.parametrize("text", ["0", "x", "9" * 150, "-1", "<b>", "１"])
def test_an_unknown_proposal_is_a_sentence(open_as: OpenAs, text: str) -> None:
    assert "見つからないか" in notices(open_as(OFFICIAL, "proposals", proposal=text))


def test_what_waits_is_counted_for_officials(own_store: EditionStore, open_as: OpenAs) -> None:
    propose(own_store, addition(), HANAKITA)
    propose(own_store, addition(title="二つ目"), HANAKITA)
    send_back(own_store, 2, OFFICIAL, "理由")
    open_as(OFFICIAL, "about")
    assert shell._with_waiting("提案", True, visitor.Visitor(OFFICIAL)) == "提案（1）"
    assert shell._with_waiting("提案", True, visitor.Visitor(HANAKITA)) == "提案"
    own_store.folder.with_name(PROPOSALS_FILE).write_bytes(b"damaged" * 300)
    assert shell._with_waiting("提案", True, visitor.Visitor(OFFICIAL)) == "提案"


# 版の履歴


def test_an_official_goes_back_to_an_earlier_edition(
    open_as: OpenAs, own_store: EditionStore
) -> None:
    edit(own_store, change(own_store, "P0002", note="新しい注"))
    app = open_as(OFFICIAL, "history", before="1", after="2")
    assert "python -m" not in page_text(app)
    press(app, "第1版の内容に戻す")
    assert "印をつけてください" in app.warning[0].value and own_store.numbers() == [1, 2]
    app.checkbox[0].check()
    press(app, "第1版の内容に戻す")
    assert "第1版の内容に戻した、第3版を公開しました" in notices(app)
    assert own_store.current().log[0].published_by == "職員"
    assert on_record(own_store.current(), "P0002")["note"] != "新しい注"


def test_nobody_goes_back_over_what_they_have_not_seen(
    open_as: OpenAs, own_store: EditionStore
) -> None:
    edit(own_store, change(own_store, "P0002", note="新しい注"))
    app = open_as(OFFICIAL, "history", before="1", after="2")
    edit(own_store, change(own_store, "P0003", note="さらに"))
    app.checkbox[0].check()
    press(app, "第1版の内容に戻す")
    assert "新しい版ができました。何も変えていません" in notices(app)
    assert own_store.numbers() == [1, 2, 3]


def test_others_are_not_offered_the_way_back(open_as: OpenAs, own_store: EditionStore) -> None:
    edit(own_store, change(own_store, "P0002", note="新しい注"))
    for who in (READER, HANAKITA):
        assert "第1版の内容に戻す" not in labels(open_as(who, "history"))
    assert "第2版の内容に戻す" not in labels(open_as(OFFICIAL, "history", before="2", after="1"))
