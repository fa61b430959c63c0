"""Going back to an earlier edition, on the page of the history: for officials."""

from __future__ import annotations

import streamlit as st

from kyodo_geo.auth.roles import Person, Role
from kyodo_geo.editions import Edition
from kyodo_geo.editions.diff import undo
from kyodo_geo.errors import KyodoError
from kyodo_geo.ui.components import mount, option_bar, prose
from kyodo_geo.ui.runtime import out_of_turn, store

TOLD, SEEN = "kyodo_undo_told", "kyodo_undo_seen"


def tell(edition: Edition) -> None:
    """What came of the last undo."""
    if told := st.session_state.pop(TOLD, None):
        mount.draw(edition, "kg_undone", prose.notice(told))


def offer(edition: Edition, person: Person) -> None:
    """The content of the earlier of the two editions that are compared, as a new edition."""
    newest = edition.info.number
    seen = st.session_state.get(SEEN, newest)
    st.session_state[SEEN] = newest
    number = _earlier(edition)
    if person.role is not Role.OFFICIAL or number is None:
        return
    with (
        st.expander(f"第{number}版の内容に戻す"),
        st.form(f"kyodo_undo_{number}", enter_to_submit=False, border=False),
    ):
        st.write(
            f"第{number}版と同じ内容の、新しい版を公開します。第{number}版のあとの変更は"
            "すべて取り消されます。履歴は残るので、戻したことも元に戻せます。"
        )
        is_sure = st.checkbox("あとの変更を取り消してよいことを確かめました")
        is_sent = st.form_submit_button(f"第{number}版の内容に戻す")
    if is_sent and not is_sure:
        st.warning("戻してよいことを確かめ、印をつけてください。")
    elif is_sent:
        st.session_state[TOLD] = _undone(number, person, seen)
        st.rerun()


def _earlier(edition: Edition) -> int | None:
    """The edition chosen as the earlier one, if it is there and not the newest."""
    chosen = option_bar.editions_chosen(edition)[0]
    others = (number for number in store().numbers() if number != edition.info.number)
    return next((number for number in others if str(number) == chosen), None)


def _undone(number: int, person: Person, looked_at: int) -> str:
    """Go back, and what became of it."""
    try:
        with out_of_turn():
            made = undo(store(), number, person, looked_at=looked_at)
    except KyodoError as error:
        return error.sentence
    return f"第{number}版の内容に戻した、第{made}版を公開しました。"
