"""Files offered by the pages: exports of a view, and any file with its description."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from urllib.parse import quote

from starlette.responses import PlainTextResponse, Response

from kyodo_geo.export import FORMATS, ExportFormat, cp932_changes, export_view, file_name
from kyodo_geo.export.metadata.descriptors import standards_for
from kyodo_geo.export.schema.tables import TABLES_IN, TableSchema
from kyodo_geo.ui.http.view_request import WRONG_USE, ViewRequest, refusing_problems, sentence
from kyodo_geo.web.descriptor_links import Download, split_standard
from kyodo_geo.web.streaming import temporary_file_response

SHOWN_LENGTH = 40


@refusing_problems
def export_file(asked: ViewRequest) -> Response:
    """Return the export of a view in the format that the address names, or its description."""
    format_id, _ = split_standard(asked.name)
    if format_id not in FORMATS:
        shown = asked.name[:SHOWN_LENGTH]
        known = "、".join(FORMATS)
        return sentence(f"形式「{shown}」はありません。使えるのは {known} です。", WRONG_USE)
    edition, filters = asked.edition, asked.filters
    return file_or_description(
        asked,
        TABLES_IN[format_id],
        file_name(edition, filters, format_id),
        lambda target: export_view(edition, filters, format_id, target),
        FORMATS[format_id],
    )


@refusing_problems
def export_changes(asked: ViewRequest) -> Response:
    """Describe in words what a CSV in CP932 of the view would change."""
    changes = cp932_changes(asked.edition, asked.filters)
    if not changes.cells:
        return PlainTextResponse("変わる文字はありません。")
    characters = "、".join(f"{c}（{n}回）" for c, n in changes.characters.items())
    replaced = f"〓に置き換わる文字: {characters}" if characters else ""
    return PlainTextResponse(f"{changes.cells:,}個のセルが変わります。{replaced}")


def file_or_description(
    asked: ViewRequest,
    tables: Sequence[TableSchema],
    name: str,
    write: Callable[[Path], object],
    form: ExportFormat = FORMATS["csv"],
) -> Response:
    """Return the file with `tables` that `write` makes, to be saved as `name`.

    Where the address ends like one of a description, return that description instead; 400 for
    a standard that cannot describe these tables.
    """
    path, standard = split_standard(asked.path)
    address = f"{asked.base_address}{path}"
    download = Download(asked.edition, asked.filters, tables, address, asked.query)
    if standard is None:
        links = {"Link": ", ".join(download.links())} if tables else {}
        return temporary_file_response(name, form.content_type, write, links)
    if standard not in standards_for(tables):
        return sentence(f"{name} の説明は、{standard.title} ではありません。", WRONG_USE)
    back = {"Link": download.link_back}
    return Response(download.description(standard), headers=back, media_type=standard.media_type)


def attachment(
    content: bytes, media_type: str, name: str, headers: dict[str, str] | None = None
) -> Response:
    """Return a file to be saved as `name`, with further `headers`."""
    own = {
        "Content-Disposition": f"attachment; filename*=utf-8''{quote(name)}",
        # The same address gives another file with another edition.
        "Cache-Control": "no-store",
    }
    return Response(content, media_type=media_type, headers=own | (headers or {}))
