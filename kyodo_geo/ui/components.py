"""Pictures in the page itself (static/panel.js): tile grid, small maps, tables, buttons."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import streamlit as st

# The script itself comes from our own address, once: an inline one would be sent anew
# with every rerun.
LOADER = """export default async (component) => {
  (await import(new URL("kyodo/static/panel.js", document.baseURI))).default(component);
};"""


@cache
def _panel() -> Callable[..., Any]:
    return st.components.v2.component(
        "kyodo_panel", html='<div class="kg-root"></div>', js=LOADER, isolate_styles=False
    )


def panel(kind: str, data: dict[str, Any], *, key: str, on_pick: Callable[..., None]) -> None:
    """Draw one picture; `on_pick(value)` hears what was picked in it.

    The value is what panel.js reports: {"district": id or None}, {"activity": id} …
    """

    def picked() -> None:
        value = st.session_state[key].picked
        if value is not None:
            on_pick(value)

    _panel()(data={"kind": kind, **data}, key=key, on_picked_change=picked)
