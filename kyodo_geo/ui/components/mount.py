"""Parts of a page (parts.py) on their way to the browser, where static/core/mount.js draws them.

Streamlit sends an element as a message and draws it as a component of its own: a page of a
hundred small elements costs ten times one of a few large ones.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from typing import Any

import streamlit as st

from kyodo_geo.editions import Edition
from kyodo_geo.ui.assets import loader
from kyodo_geo.ui.components.parts import Part, wire
from kyodo_geo.ui.runtime import current_edition, edition_name
from kyodo_geo.ui.state import view_state


def draw(edition: Edition, key: str, *parts: Part, holds_view: bool = False) -> None:
    """Draw parts one below the other; a later run with the same key changes them in place.

    With `holds_view` they bring the view of this session, which fields among them show.
    """

    def receive() -> None:
        view = st.session_state[key].said
        if view is not None:
            view_state.receive_view(current_edition(), view)

    message: dict[str, Any] = {"edition": edition_name(edition), "parts": parts}
    if holds_view:
        message |= {"view": view_state.view(), "heard": view_state.newest_received()}
    # Decision 5: plain values, few messages. As bytes, because Streamlit writes Japanese
    # letters of JSON as six characters each.
    text = json.dumps(message, ensure_ascii=False, separators=(",", ":"), default=wire)
    component = _component("kyodo", "core/mount.js")
    component(data=text.encode(), key=key, on_said_change=receive)


def draw_reconnect() -> None:
    """Have the browser ask for the whole page once a lost connection is back (decision 45).

    For the script outside a page's fragment: only there a new session knows who asks.
    """
    component = _component("kyodo_reconnection", "core/reconnect.js")
    # The callback does nothing: the run itself is what was asked for.
    component(key="kg_reconnection", on_found_change=lambda: None)


@cache
def _component(name: str, script: str) -> Callable[..., Any]:
    return st.components.v2.component(name, html="<div/>", js=loader(script), isolate_styles=False)
