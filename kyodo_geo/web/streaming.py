"""Responses with a temporary file, sent in pieces."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote

from starlette.responses import Response, StreamingResponse

from kyodo_geo.errors import ExportError, refusal_to_write

TEMPORARY = "サーバーの一時フォルダー"
PIECE_BYTES = 256 * 1024


def temporary_file_response(
    name: str,
    mime: str,
    write: Callable[[Path], object],
    headers: Mapping[str, str] | None = None,
) -> Response:
    """Return the file that `write` makes, to be saved as `name`; it is deleted afterwards.

    It is complete before the first byte is sent, and never whole in memory.
    `headers` override ours. Raises ExportError if there is no room for the file.
    """
    with refusal_to_write(ExportError, TEMPORARY):
        folder = TemporaryDirectory(prefix="kyodo-")
        target = Path(folder.name) / "file"
        try:
            write(target)
        except BaseException:
            folder.cleanup()
            raise
    own = {
        "Content-Disposition": f"attachment; filename*=utf-8''{quote(name)}",
        "Content-Length": str(target.stat().st_size),
    }
    return StreamingResponse(
        _pieces(folder, target), media_type=mime, headers={**own, **(headers or {})}
    )


def _pieces(folder: TemporaryDirectory[str], target: Path) -> Iterator[bytes]:
    with folder, target.open("rb") as file:
        while piece := file.read(PIECE_BYTES):
            yield piece
