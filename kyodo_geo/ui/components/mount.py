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
    # As bytes: Streamlit writes Japanese letters of JSON as six characters each.
    text = json.dumps(message, ensure_ascii=False, separators=(",", ":"), default=wire)
    _component()(data=text.encode(), key=key, on_said_change=receive)


@cache
def _component() -> Callable[..., Any]:
    script = loader("core/mount.js")
    return st.components.v2.component("kyodo", html="<div/>", js=script, isolate_styles=False)
