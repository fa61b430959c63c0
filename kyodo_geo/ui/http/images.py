"""Pictures to be kept or passed on: the buttons below a map or chart, and their addresses."""

from __future__ import annotations

from urllib.parse import quote

from starlette.responses import Response

from kyodo_geo.errors import FilterError
from kyodo_geo.graphics import KINDS, GraphicContext, file_name, render_graphic
from kyodo_geo.japanese import today
from kyodo_geo.ui.http.view_request import WRONG_USE, ViewRequest, sentence


def graphic_file(asked: ViewRequest) -> Response:
    """The picture that the address names, e.g. density.svg or review.png, as a file."""
    name, _, kind = asked.name.partition(".")
    if asked.problems:
        return sentence(asked.problems[0].sentence, WRONG_USE)
    day = today()
    view = GraphicContext(asked.edition, asked.filters, day, asked.texts, asked.base_address)
    try:
        content = render_graphic(name, kind, view)
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
