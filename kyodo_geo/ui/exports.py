"""The export panel, and the addresses its files come from: built at the click."""

from __future__ import annotations

from starlette.responses import PlainTextResponse, Response

from kyodo_geo.api.files import made_file
from kyodo_geo.editions import Edition
from kyodo_geo.export import FORMATS, cp932_changes, export_view, file_name
from kyodo_geo.model import Filters
from kyodo_geo.ui.answers import WRONG_USE, Asked, sentence
from kyodo_geo.ui.parts import Part

FILES: Part = {"kind": "files"}
"""Buttons, one a format; nothing is built before it is clicked. The page puts its filters
into the address it asks for."""

SHOWN_LENGTH = 40


def export_file(asked: Asked) -> Response:
    """A file of the view that the address names; a sentence where it can't be made."""
    if asked.problems:
        return sentence(asked.problems[0].sentence, WRONG_USE)
    if asked.name not in FORMATS:
        shown = asked.name[:SHOWN_LENGTH]
        known = "、".join(FORMATS)
        return sentence(f"形式「{shown}」はありません。使えるのは {known} です。", WRONG_USE)
    return _file(asked.edition, asked.filters, asked.name)


def export_changes(asked: Asked) -> Response:
    """What a CSV in CP932 of that view would change, in words."""
    if asked.problems:
        return sentence(asked.problems[0].sentence, WRONG_USE)
    changes = cp932_changes(asked.edition, asked.filters)
    if not changes.cells:
        return PlainTextResponse("変わる文字はありません。")
    characters = "、".join(f"{c}（{n}回）" for c, n in changes.characters.items())
    replaced = f"〓に置き換わる文字: {characters}" if characters else ""
    return PlainTextResponse(f"{changes.cells:,}個のセルが変わります。{replaced}")


def _file(edition: Edition, filters: Filters, format_id: str) -> Response:
    return made_file(
        file_name(edition, filters, format_id),
        FORMATS[format_id].mime,
        lambda target: export_view(edition, filters, format_id, target),
    )
