"""The address of a picture: colours and legend of a page under a view, as plain values.

A click paints the map from here at once, before the page is drawn anew around it.
"""

from __future__ import annotations

import json

from starlette.responses import Response

from kyodo_geo.graphics.choropleths import DRAWINGS
from kyodo_geo.maps.alt_text import alt_text
from kyodo_geo.ui.http.view_request import WRONG_USE, ViewRequest, sentence


def map_data(asked: ViewRequest) -> Response:
    """The picture of the page that the address names, under the view it names."""
    if asked.name not in DRAWINGS:
        return sentence(f"図のあるページは {'、'.join(DRAWINGS)} です。", WRONG_USE)
    drawn = DRAWINGS[asked.name](asked.edition, asked.filters, asked.texts)
    names = {district.district_id: district.name for district in asked.edition.districts}
    content = drawn.picture.state() | {
        "title": drawn.picture.title,
        "alt": alt_text(drawn.picture, names),
        "legend": drawn.legend,
    }
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return Response(text, media_type="application/json", headers={"Cache-Control": "no-store"})
