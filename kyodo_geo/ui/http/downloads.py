"""What the pages offer as a file, with what describes it to programs beside it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from starlette.responses import Response

from kyodo_geo.export import FORMATS, ExportFormat
from kyodo_geo.export.metadata.descriptors import standards_for
from kyodo_geo.export.schema.tables import TableSchema
from kyodo_geo.ui.http.view_request import WRONG_USE, ViewRequest, sentence
from kyodo_geo.web.descriptor_links import Download, split_standard
from kyodo_geo.web.streaming import temporary_file_response


def file_or_description(
    asked: ViewRequest,
    tables: Sequence[TableSchema],
    name: str,
    write: Callable[[Path], object],
    form: ExportFormat = FORMATS["csv"],
) -> Response:
    """The file with `tables` that `write` makes, to be kept under `name`, or its description.

    Which of both is told by the ending of the address.
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
