"""Set one district's sheet: plain values into the template, PDF out of it."""

from __future__ import annotations

import json
import threading
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Final

import typst

from kyodo_geo.editions import Edition
from kyodo_geo.model import Filters
from kyodo_geo.report.content import sheet_content
from kyodo_geo.report.letters import SUBSTITUTE, SUBSTITUTE_NOTE, font_folder, printable

TEMPLATE = Path(str(files(__package__).joinpath("sheet.typ")))

STANDARD: Final = "ua-1"
"""PDF/UA-1: tagged, in reading order, with title, language and texts for pictures. Typst
refuses to make a sheet that doesn't keep it."""

_LOCK = threading.Lock()
"""One compiler serves all threads: what it has learnt of font and template makes the next
sheet faster, and a sheet takes too little time to be worth a second one."""


def district_sheet(
    edition: Edition, filters: Filters, district_id: str, base_address: str
) -> bytes:
    """The sheet of one district as PDF; places in `filters` are passed over.

    `base_address` is where the dashboard is reached, for the way back. Raises KeyError for
    an unknown district. The same edition, view and address give the same bytes.
    """
    content = printable(sheet_content(edition, filters, district_id, base_address))
    # All texts go in as data: the template never reads them as its own language.
    inputs = {"sheet": json.dumps(content, ensure_ascii=False)}
    if SUBSTITUTE in inputs["sheet"]:
        content["notes"].append(SUBSTITUTE_NOTE)
        inputs["sheet"] = json.dumps(content, ensure_ascii=False)
    with _LOCK:
        pdf = _compiler().compile(
            sys_inputs=inputs,
            format="pdf",
            pdf_standards=STANDARD,
            timestamp=int(edition.info.published_at.timestamp()),
        )
    assert isinstance(pdf, bytes)
    return pdf


@cache
def _compiler() -> typst.Compiler:
    fonts = typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[str(font_folder())],
    )
    return typst.Compiler(input=TEMPLATE, root=TEMPLATE.parent, font_paths=fonts)
