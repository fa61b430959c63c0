"""An SVG as PNG, drawn on this machine in the font of the printed sheets."""

from __future__ import annotations

import threading
from functools import cache

import typst

from kyodo_geo.report.font import font_folder, printable
from kyodo_geo.report.typst import TEMPLATES

PIXELS_PER_INCH = 108
"""Half as many pixels again as the SVG has: sharp on paper half a page wide."""

_LOCK = threading.Lock()
"""One compiler serves all threads, as in typeset.py."""


def png(svg: str) -> bytes:
    """The picture as PNG; letters that the font does not have are shown as 〓."""
    with _LOCK:
        found = _compiler().compile(
            sys_inputs={"svg": printable(svg)}, format="png", ppi=PIXELS_PER_INCH
        )
    assert isinstance(found, bytes)
    return found


@cache
def _compiler() -> typst.Compiler:
    fonts = typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[str(font_folder())],
    )
    return typst.Compiler(input=TEMPLATES / "picture.typ", root=TEMPLATES, font_paths=fonts)
