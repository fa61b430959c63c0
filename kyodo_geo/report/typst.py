"""Plain values into a template, PDF out of it."""

from __future__ import annotations

import json
import threading
from datetime import datetime
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

import typst

from kyodo_geo.maps import palette
from kyodo_geo.report.font import SUBSTITUTE, SUBSTITUTE_NOTE, font_folder, printable

TEMPLATES = Path(str(files(__package__)))

STANDARD: Final = "ua-1"
"""PDF/UA-1: tagged, in reading order, with title, language and texts for pictures. Typst
refuses to make a document that doesn't keep it."""

COLOURS: Final = json.dumps(palette.ON_PAPER)

_LOCK = threading.Lock()
"""One compiler a template serves all threads: what it has learnt of font and template makes the
next document faster, and one takes too little time to be worth a second compiler."""


def compile_pdf(template: str, content: dict[str, Any], moment: datetime) -> bytes:
    """A document as PDF, dated `moment`; the same values give the same bytes.

    `content` is what `template` (a file beside this one) reads; its `notes` are told where a
    letter is missing in the font.
    """
    printed = printable(content)
    # All texts go in as data: the template never reads them as its own language.
    inputs = {"content": json.dumps(printed, ensure_ascii=False), "colours": COLOURS}
    if SUBSTITUTE in inputs["content"]:
        printed["notes"].append(SUBSTITUTE_NOTE)
        inputs["content"] = json.dumps(printed, ensure_ascii=False)
    with _LOCK:
        pdf = _compiler(template).compile(
            sys_inputs=inputs,
            format="pdf",
            pdf_standards=STANDARD,
            timestamp=int(moment.timestamp()),
        )
    assert isinstance(pdf, bytes)
    return pdf


@cache
def _compiler(template: str) -> typst.Compiler:
    fonts = typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[str(font_folder())],
    )
    return typst.Compiler(input=TEMPLATES / template, root=TEMPLATES, font_paths=fonts)
