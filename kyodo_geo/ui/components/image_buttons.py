"""Buttons below a map or chart: copy a link, keep or copy the picture, embed it elsewhere."""

from __future__ import annotations

from typing import Any

import streamlit as st

from kyodo_geo.graphics import GRAPHICS
from kyodo_geo.ui.components.parts import ImageButtons

EMBEDDED_HEIGHTS_PX = {
    **dict.fromkeys(("density", "forms", "actors"), 900),
    "district": 620,
    "compare": 1100,
    "review": 760,
    "promotion": 1000,
}
"""Pictures that `?embed=true` shows alone, and the heights of the frames that are offered, for
pages some 700 pixels wide."""


def image_buttons(name: str) -> tuple[ImageButtons, ...]:
    """Build buttons that copy a link, save or copy the picture, or copy its embedding code.

    Empty where the picture is embedded already: the full page has them.
    """
    return () if st.context.is_embedded else (ImageButtons(name),)


def cards() -> dict[str, dict[str, Any]]:
    """Describe all pictures by name for static/widgets/image_buttons.js.

    A height of None means that no frame is offered.
    """
    return {
        name: {
            "page": card.page,
            "shows": card.shows,
            "title": f"{card.page_title}　{card.shows}",
            "height": EMBEDDED_HEIGHTS_PX.get(name),
        }
        for name, card in GRAPHICS.items()
    }
