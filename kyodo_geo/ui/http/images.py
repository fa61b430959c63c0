"""Maps and charts by address: state of a page's map as JSON, pictures as SVG or PNG files."""

from __future__ import annotations

import json
from collections.abc import Mapping

from starlette.responses import Response

from kyodo_geo.graphics import KINDS, GraphicContext, file_name, render_graphic
from kyodo_geo.graphics.choropleths import DRAWINGS
from kyodo_geo.japanese import today
from kyodo_geo.maps.alt_text import alt_text
from kyodo_geo.maps.choropleth import Choropleth
from kyodo_geo.ui.http.downloads import attachment
from kyodo_geo.ui.http.view_request import WRONG_USE, ViewRequest, refusing_problems, sentence


def map_data(asked: ViewRequest) -> Response:
    """Return colours, title, text alternative and legend of a page's map as JSON.

    Maps side by side are its `panels`, with one legend. Unknown values in the address are passed
    over as on the page; 400 for a page without a map.
    """
    # Decision 10: a click paints the map from here before the page is drawn anew around it.
    if asked.name not in DRAWINGS:
        return sentence(f"図のあるページは {'、'.join(DRAWINGS)} です。", WRONG_USE)
    drawn = DRAWINGS[asked.name](asked.edition, asked.filters, asked.texts)
    names = {district.district_id: district.name for district in asked.edition.districts}
    panels = [_painted(panel, names) for panel in drawn.panels]
    content: dict[str, object] = {"panels": panels} if panels else _painted(drawn.picture, names)
    content["legend"] = drawn.legend
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return Response(text, media_type="application/json", headers={"Cache-Control": "no-store"})


def _painted(picture: Choropleth, names: Mapping[str, str]) -> dict[str, object]:
    return {**picture.state(), "title": picture.title, "alt": alt_text(picture, names)}


@refusing_problems
def graphic_file(asked: ViewRequest) -> Response:
    """Return the picture that the address names, e.g. density.svg or review.png, as a file."""
    name, _, kind = asked.name.partition(".")
    day = today()
    view = GraphicContext(asked.edition, asked.filters, day, asked.texts, asked.base_address)
    content = render_graphic(name, kind, view)
    # As open to other sites as the figures in it are (kyodo_geo/api).
    headers = {"Cross-Origin-Resource-Policy": "cross-origin"}
    return attachment(content, KINDS[kind], file_name(name, kind, view), headers)
