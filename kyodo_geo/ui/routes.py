"""Addresses beside the pages: Leaflet, our scripts and styles, the districts' shapes.

Everything a page loads comes from here, never from another host.
"""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import js_lib_leaflet
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from streamlit import config
from streamlit.runtime.pages_manager import PagesManager

from kyodo_geo.errors import KyodoError
from kyodo_geo.ui.runtime import current_edition, geometry_of

LEAFLET_DIR = Path(js_lib_leaflet.__file__).parent / "static" / "js_lib_leaflet"
STATIC_DIR = Path(str(files("kyodo_geo.maps").joinpath("static")))

ONE_DAY = "public, max-age=86400"


def asset_routes() -> list[BaseRoute]:
    """The routes, below `/kyodo/` and the base path the server is configured with."""
    # Until the first session has called st.navigation, Streamlit would run a page that is
    # opened by its own address without app.py, because there is a folder `pages`.
    PagesManager.uses_pages_directory = False
    base = str(config.get_option("server.baseUrlPath") or "").strip("/")
    prefix = f"/{base}/kyodo" if base else "/kyodo"
    return [
        Route(f"{prefix}/geometry/{{name}}.js", geometry),
        Mount(f"{prefix}/leaflet", StaticFiles(directory=LEAFLET_DIR)),
        Mount(f"{prefix}/static", StaticFiles(directory=STATIC_DIR)),
    ]


async def geometry(request: Request) -> Response:
    """The shapes of the current edition's districts; the name in the address names it."""
    return await run_in_threadpool(_geometry)


def _geometry() -> Response:
    try:
        script = geometry_of(current_edition())
    except KyodoError as error:
        return PlainTextResponse(error.sentence, status_code=503)
    return Response(script, media_type="text/javascript", headers={"Cache-Control": ONE_DAY})
