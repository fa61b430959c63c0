"""Pictures to be kept or passed on: the buttons below a map or chart, and their addresses."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from urllib.parse import quote

import streamlit as st
from starlette.responses import Response

from kyodo_geo.editions.edition import JAPAN
from kyodo_geo.errors import FilterError
from kyodo_geo.graphics import KINDS, PICTURES, View, file_name, picture
from kyodo_geo.ui.components.mount import Part
from kyodo_geo.ui.http.view_request import WRONG_USE, Asked, sentence

EMBEDDED_HEIGHTS_PX = {
    **dict.fromkeys(("density", "forms", "actors"), 900),
    "district": 620,
    "compare": 1100,
    "review": 760,
    "promotion": 1000,
}
"""Pictures that `?embed=true` shows alone, and the heights of the frames that are offered, for
pages some 700 pixels wide."""


def keeping(name: str) -> tuple[Part, ...]:
    """Buttons that copy a link, keep or copy the picture, or copy what embeds it elsewhere.

    None where a picture is embedded already: the full page has them.
    """
    if st.context.is_embedded:
        return ()
    return ({"kind": "keeping", "image": name},)


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
        for name, card in PICTURES.items()
    }


def image(asked: Asked) -> Response:
    """The picture that the address names, e.g. density.svg or review.png, as a file."""
    name, _, kind = asked.name.partition(".")
    if asked.problems:
        return sentence(asked.problems[0].sentence, WRONG_USE)
    day = datetime.now(JAPAN).date()
    view = View(asked.edition, asked.filters, day, asked.texts, asked.base_address)
    try:
        content = picture(name, kind, view)
    except FilterError as error:
        return sentence(error.sentence, WRONG_USE)
    headers = {
        "Content-Disposition": f"attachment; filename*=utf-8''{quote(file_name(name, kind, view))}",
        # The same address gives another picture with another edition.
        "Cache-Control": "no-store",
        # As open to other sites as the figures in it are (kyodo_geo/api).
        "Cross-Origin-Resource-Policy": "cross-origin",
    }
    return Response(content, media_type=KINDS[kind], headers=headers)
