"""Sign-in on the pages: name and role, buttons, why a page is closed."""

from __future__ import annotations

import logging
from html import escape

import streamlit as st
from streamlit.errors import StreamlitAuthError

from kyodo_geo.auth.roles import Role
from kyodo_geo.ui.auth import identity
from kyodo_geo.ui.auth.visitor import Visitor, has_sign_in
from kyodo_geo.ui.runtime import settings

log = logging.getLogger(__name__)

BACK_HERE = "サインインすると、このページに戻ります。"
ASK = "サインインのしかたは、システムの担当者に聞いてください。"
NOT_READY = "サインインの設定が整っていません。システムの担当者に知らせてください。"


def bar(who: Visitor) -> None:
    """Draw who has signed in and the button to sign in or out; nothing without a sign-in."""
    if not has_sign_in():
        return
    with st.container(key="kg_person", horizontal=True, vertical_alignment="center"):
        if who.account:
            st.text(_name(who))
        draw_sign_in_button(who, "kg_sign_in")
        if who.is_known and _is_ours():
            st.button("サインアウト", key="kg_sign_out", on_click=identity.end_sign_in)
    if note := _note(who):
        st.html(f'<p class="kg-notice" role="status">{escape(note)}</p>')


def draw_sign_in_button(who: Visitor, key: str) -> None:
    """Draw the button that leads to the OpenID provider and back, unless signed in already."""
    if who.is_known or not _is_ours():
        return
    if st.button("サインイン", key=key):
        try:
            st.login()
        except StreamlitAuthError:
            log.exception("the sign-in is not configured")
            st.error(NOT_READY)


def why_closed(who: Visitor, title: str, role: Role) -> str:
    """Return why a page does not open for a visitor, and what they can do."""
    if who.is_known:
        own = who.person.role.label
        return f"「{title}」には{role.label}の権限が要ります。いまの権限は{own}です。"
    way = BACK_HERE if _is_ours() else ASK
    return f"「{title}」を使うには、{role.label}としてのサインインが要ります。{way}"


def _is_ours() -> bool:
    """Return whether people sign in from our pages; else a proxy sees to it."""
    return settings().sign_in == "oidc"


def _name(who: Visitor) -> str:
    return f"{who.person.name or who.account}（{who.person.role.label}）"


def _note(who: Visitor) -> str:
    """Return why somebody who has signed in is a reader; else empty."""
    if who.problem or not who.account or who.may_use(Role.COUNCIL):
        return who.problem
    office = f"{settings().contact_office}（電話 {settings().contact_tel}）"
    return (
        "サインインしましたが、このアカウントには権限がありません。閲覧と書き出しはできます。"
        f"権限が要るときは、アカウント「{who.account}」を{office}に伝えてください。"
    )
