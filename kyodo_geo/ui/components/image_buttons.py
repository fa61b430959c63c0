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
    """Buttons that copy a link, keep or copy the picture, or copy what embeds it elsewhere.

    None where a picture is embedded already: the full page has them.
    """
    if st.context.is_embedded:
        return ()
    return (ImageButtons(name),)


def cards() -> dict[str, dict[str, Any]]:
    """All pictures by name, as static/widgets/image_buttons.js takes them.

    Null for a height: no frame.
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
