"""Typst: templates filled with plain values become PDF, SVGs become PNG (decision 16)."""

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
"""PDF/UA-1: tagged, in reading order, with title, language and alternative texts. Typst refuses
a document that does not conform."""

COLOURS: Final = json.dumps(palette.ON_PAPER)

PIXELS_PER_INCH = 108
"""Half as many pixels again as an SVG has: sharp on paper half a page wide."""


def compile_pdf(template: str, content: dict[str, Any], moment: datetime) -> bytes:
    """Return a document as PDF, dated `moment`; the same values give the same bytes.

    `content` is the data of `template` (a file beside this one); its `notes` get one more if a
    letter is missing in the font.
    """
    printed = printable(content)
    # All texts go in as data: the template never reads them as its own language.
    inputs = {"content": json.dumps(printed, ensure_ascii=False), "colours": COLOURS}
    if SUBSTITUTE in inputs["content"]:
        printed["notes"].append(SUBSTITUTE_NOTE)
        inputs["content"] = json.dumps(printed, ensure_ascii=False)
    moment_s = int(moment.timestamp())
    return _compile(template, inputs, format="pdf", pdf_standards=STANDARD, timestamp=moment_s)


def compile_png(svg: str) -> bytes:
    """Render an SVG as PNG in the font of the sheets; letters it lacks become 〓."""
    inputs = {"svg": printable(svg)}
    return _compile("picture.typ", inputs, format="png", ppi=PIXELS_PER_INCH)


def _compile(template: str, inputs: dict[str, str], **options: Any) -> bytes:
    compiler, lock = _compiler(template)
    with lock:
        document = compiler.compile(sys_inputs=inputs, **options)
    assert isinstance(document, bytes)
    return document


@cache
def _compiler(template: str) -> tuple[typst.Compiler, threading.Lock]:
    # One compiler per template serves all threads: what it has learnt of font and template
    # makes the next document faster, and one takes too little time to be worth a second.
    fonts = typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[str(font_folder())],
    )
    compiler = typst.Compiler(input=TEMPLATES / template, root=TEMPLATES, font_paths=fonts)
    return compiler, threading.Lock()
