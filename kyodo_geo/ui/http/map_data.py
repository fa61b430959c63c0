"""The address of a picture: colours and legend of a page under a view, as plain values.

A click paints the map from here at once, before the page is drawn anew around it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from starlette.responses import Response

from kyodo_geo.graphics.choropleths import DRAWINGS
from kyodo_geo.maps.alt_text import alt_text
from kyodo_geo.maps.choropleth import Choropleth
from kyodo_geo.maps.legend import legend
from kyodo_geo.ui.http.view_request import WRONG_USE, ViewRequest, sentence


def map_data(asked: ViewRequest) -> Response:
    """The picture of the page that the address names, under the view it names.

    Where the view shows several pictures side by side they are the `panels`, with one legend.
    """
    if asked.name not in DRAWINGS:
        return sentence(f"図のあるページは {'、'.join(DRAWINGS)} です。", WRONG_USE)
    drawn = DRAWINGS[asked.name](asked.edition, asked.filters, asked.texts)
    names = {district.district_id: district.name for district in asked.edition.districts}
    panels = [_painted(panel, names) for panel in drawn.panels]
    content: dict[str, object] = {"panels": panels} if panels else _painted(drawn.picture, names)
    content["legend"] = legend(drawn.picture, drawn.unit, drawn.notes, drawn.counter)
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return Response(text, media_type="application/json", headers={"Cache-Control": "no-store"})


def _painted(picture: Choropleth, names: Mapping[str, str]) -> dict[str, object]:
    return {**picture.state(), "title": picture.title, "alt": alt_text(picture, names)}
