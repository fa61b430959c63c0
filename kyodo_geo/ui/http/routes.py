"""Addresses beside the pages: scripts and styles, what an edition looks like, files.

Everything a page loads comes from here, never from another host.
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import (
    FileResponse,
    JSONResponse,
    PlainTextResponse,
    RedirectResponse,
    Response,
)
from starlette.routing import BaseRoute, Route
from streamlit.runtime.pages_manager import PagesManager

from kyodo_geo.ui.assets import STATIC_DIR, assets, assets_version
from kyodo_geo.ui.http.edition_bundle import edition_script
from kyodo_geo.ui.http.exports import export_changes, export_file
from kyodo_geo.ui.http.guideline_tables import list_file
from kyodo_geo.ui.http.images import graphic_file
from kyodo_geo.ui.http.labels import map_labels
from kyodo_geo.ui.http.map_data import map_data
from kyodo_geo.ui.http.pdf import handout, sheet
from kyodo_geo.ui.http.view_request import ViewRequest, base_path, route_for
from kyodo_geo.ui.navigation import START_PAGE
from kyodo_geo.ui.runtime import store
from kyodo_geo.web.api_contract import PATH as API_PATH
from kyodo_geo.web.descriptor_links import EXPORTS

NOT_KEPT = {"Cache-Control": "no-store"}
ONE_DAY = "public, max-age=86400"
FOR_GOOD = "public, max-age=31536000, immutable"


def asset_routes() -> list[BaseRoute]:
    """The routes: `/kyodo/…` and the way to the API's page, below the configured base path."""
    # Until the first session has called st.navigation, Streamlit would run a page that is
    # opened by its own address without app.py, because there is a folder `pages`.
    PagesManager.uses_pages_directory = False
    prefix = f"{base_path()}/kyodo"
    return [
        Route(f"{base_path()}/", to_start_page),
        Route(f"{prefix}/health", health),
        Route(f"{prefix}/ready", route_for(ready)),
        Route(f"{base_path()}/favicon.png", icon),
        Route(f"{prefix}/edition/{{name}}.js", route_for(edition)),
        Route(f"{prefix}/picture/{{name}}", route_for(map_data)),
        Route(f"{prefix}/labels", map_labels),
        Route(f"{prefix}/image/{{name}}", route_for(graphic_file)),
        Route(f"{base_path()}{EXPORTS}/{{name}}", route_for(export_file)),
        Route(f"{prefix}/sheet/{{name}}", route_for(sheet)),
        Route(f"{prefix}/handout", route_for(handout)),
        Route(f"{prefix}/list/{{name}}", route_for(list_file)),
        Route(f"{prefix}/cp932", route_for(export_changes)),
        Route(f"{prefix}/static/{{version}}/{{name:path}}", static_file),
        Route(f"{base_path()}{API_PATH}", to_api_page),
        Route(f"{base_path()}{API_PATH}/", to_api_page),
    ]


def to_start_page(request: Request) -> Response:
    """The address alone leads to the first page, with the view it may name."""
    query = f"?{request.url.query}" if request.url.query else ""
    return RedirectResponse(f"{base_path()}/{START_PAGE}{query}")


async def health(_: Request) -> Response:
    """That the server answers, whatever its editions are like."""
    return PlainTextResponse("ok", headers=NOT_KEPT)


def ready(asked: ViewRequest) -> Response:
    """Which edition people see now, and which newer ones cannot be read; 503 if there is none."""
    problems = [problem.sentence for problem in store().problems]
    return JSONResponse(
        {"edition": asked.edition.info.number, "problems": problems}, headers=NOT_KEPT
    )


def to_api_page(request: Request) -> Response:
    """People who open the folder of the API find the page that explains it."""
    return RedirectResponse(f"{base_path()}/api")


async def icon(_: Request) -> Response:
    """Our icon in the place of Streamlit's, which its page names before it knows of ours."""
    return FileResponse(STATIC_DIR / "icon.svg", media_type="image/svg+xml")


async def static_file(request: Request) -> Response:
    """Return a script or style, compressed once for all who take it so.

    404 under the address of another version: scripts of this one in their place would not
    understand what the process of that version sends.
    """
    version, name = request.path_params["version"], request.path_params["name"]
    if version != assets_version() or name not in assets():
        return PlainTextResponse("この版のファイルはありません。", 404, headers=NOT_KEPT)
    asset, headers = assets()[name], {"Cache-Control": FOR_GOOD, "Vary": "Accept-Encoding"}
    if "gzip" not in request.headers.get("accept-encoding", ""):
        return Response(asset.content, headers=headers, media_type=asset.media_type)
    headers["Content-Encoding"] = "gzip"
    return Response(asset.compressed, headers=headers, media_type=asset.media_type)


def edition(asked: ViewRequest) -> Response:
    """What a browser keeps of the current edition; the name in the address names it."""
    script = asked.edition.cached("edition_script", lambda: edition_script(asked.edition))
    return Response(script, media_type="text/javascript", headers={"Cache-Control": ONE_DAY})
