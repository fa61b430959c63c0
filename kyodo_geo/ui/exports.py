"""The export panel, and the addresses its files come from: built at the click."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote

from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response

from kyodo_geo.editions import Edition
from kyodo_geo.errors import KyodoError
from kyodo_geo.export import FORMATS, cp932_changes, export_view, file_name
from kyodo_geo.measures.parsing import filters_from_texts
from kyodo_geo.model import Filters
from kyodo_geo.ui.parts import Part
from kyodo_geo.ui.runtime import current_edition

WRONG_USE, REFUSED = 400, 503


def export_panel() -> Part:
    """Buttons, one a format; nothing is built before it is clicked.

    The page puts its filters into the address it asks for.
    """
    return {"kind": "files"}


async def export_file(request: Request) -> Response:
    """A file of the view that the address names; a sentence where it can't be made."""
    return await run_in_threadpool(_answered, request, _file)


async def export_changes(request: Request) -> Response:
    """What a CSV in CP932 of that view would change, in words."""
    return await run_in_threadpool(_answered, request, _changes)


def _answered(
    request: Request, answer: Callable[[Request, Edition, Filters], Response]
) -> Response:
    texts = {name: request.query_params.getlist(name) for name in request.query_params}
    try:
        edition = current_edition()
        filters, problems = filters_from_texts(edition, texts)
        if problems:
            return PlainTextResponse(problems[0].sentence, status_code=WRONG_USE)
        return answer(request, edition, filters)
    except KyodoError as error:
        return PlainTextResponse(error.sentence, status_code=REFUSED)


def _file(request: Request, edition: Edition, filters: Filters) -> Response:
    format_id = request.path_params["format_id"]
    if format_id not in FORMATS:
        found = f"形式「{format_id[:40]}」はありません。使えるのは {'、'.join(FORMATS)} です。"
        return PlainTextResponse(found, status_code=WRONG_USE)
    folder = TemporaryDirectory(prefix="kyodo-")
    try:
        target = Path(folder.name) / "export"
        export_view(edition, filters, format_id, target)
    except BaseException:
        folder.cleanup()
        raise
    name = quote(file_name(edition, filters, format_id))
    return FileResponse(
        target,
        media_type=FORMATS[format_id].mime,
        headers={"Content-Disposition": f"attachment; filename*=utf-8''{name}"},
        background=BackgroundTask(folder.cleanup),
    )


def _changes(_: Request, edition: Edition, filters: Filters) -> Response:
    changes = cp932_changes(edition, filters)
    if not changes.cells:
        return PlainTextResponse("変わる文字はありません。")
    characters = "、".join(f"{c}（{n}回）" for c, n in changes.characters.items())
    replaced = f"〓に置き換わる文字: {characters}" if characters else ""
    return PlainTextResponse(f"{changes.cells:,}個のセルが変わります。{replaced}")
