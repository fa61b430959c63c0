"""The export panel, and the addresses its files come from: built at the click."""

from __future__ import annotations

from starlette.responses import PlainTextResponse, Response

from kyodo_geo.export import FORMATS, cp932_changes, export_view, file_name
from kyodo_geo.export.schema.tables import TABLES_IN
from kyodo_geo.ui.http.downloads import file_or_description
from kyodo_geo.ui.http.view_request import WRONG_USE, ViewRequest, sentence
from kyodo_geo.web.descriptor_links import split_standard

SHOWN_LENGTH = 40


def export_file(asked: ViewRequest) -> Response:
    """A file of the view that the address names, or what describes it to programs; a sentence
    where it can't be made.
    """
    if asked.problems:
        return sentence(asked.problems[0].sentence, WRONG_USE)
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


def export_changes(asked: ViewRequest) -> Response:
    """What a CSV in CP932 of that view would change, in words."""
    if asked.problems:
        return sentence(asked.problems[0].sentence, WRONG_USE)
    changes = cp932_changes(asked.edition, asked.filters)
    if not changes.cells:
        return PlainTextResponse("変わる文字はありません。")
    characters = "、".join(f"{c}（{n}回）" for c, n in changes.characters.items())
    replaced = f"〓に置き換わる文字: {characters}" if characters else ""
    return PlainTextResponse(f"{changes.cells:,}個のセルが変わります。{replaced}")
