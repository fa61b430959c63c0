"""Pages go on after their server was away (static/core/reconnect.js)."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import streamlit as st

from kyodo_geo.ui.assets import loader


def draw_reconnect() -> None:
    """Have the browser ask for the whole page when its connection was lost and is back.

    For the script outside a page's fragment: only there a new session knows who asks.
    """
    _component()(key="kg_reconnection", on_found_change=_nothing_more)


def _nothing_more() -> None:
    """The run itself is what was asked for."""


@cache
def _component() -> Callable[..., Any]:
    script = loader("core/reconnect.js")
    return st.components.v2.component(
        "kyodo_reconnection", html="<div/>", js=script, isolate_styles=False
    )
