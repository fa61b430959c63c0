"""A sheet of SVG: paper, running text, shapes. Nothing in it is fetched from anywhere."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element, SubElement, tostring

from kyodo_geo.maps import palette

WIDTH, MARGIN, GAP = 1200, 36, 14
INNER = WIDTH - 2 * MARGIN
"""Sizes in pixels."""

TITLE, TEXT, SMALL, NAME = 32, 20, 16, 17
"""Sizes of letters."""

FONTS = "Noto Sans JP, Noto Sans CJK JP, BIZ UDPGothic, Meiryo, IPAexGothic, sans-serif"
NARROW_EM = 0.58
"""How wide a Latin letter is taken to be; Japanese ones are 1."""

UNPRINTABLE = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML cannot hold in any spelling."""


def blank_canvas(title: str, sentence: str) -> Element:
    """An empty white sheet that says what it shows."""
    root = Element("svg", xmlns="http://www.w3.org/2000/svg", fill=palette.DARK_INK, role="img")
    root.set("font-family", FONTS)
    draw_text(root, f"{title}　{sentence}")
    draw(root, "rect", width="100%", height="100%", fill=palette.ZERO)
    return root


def svg_document(root: Element, y: float, foot: Sequence[str]) -> str:
    """The sheet as text, with the lines of its foot below `y`."""
    for line in foot:
        y = lines(root, y, line, SMALL, fill=palette.SOFT_INK)
    height = str(round(y + MARGIN))
    root.set("width", str(WIDTH))
    root.set("height", height)
    root.set("viewBox", f"0 0 {WIDTH} {height}")
    return tostring(root, encoding="unicode")


def lines(root: Element, top: float, words: str, size: int, **look: object) -> float:
    """Running text in as many lines as it needs; returns where it ends."""
    for line in wrapped(clean(words), INNER / size):
        top += size * 1.5
        text(root, line, size, x=MARGIN, y=top - size * 0.4, **look)
    return top


def text(parent: Element, words: str, size: int, **look: object) -> None:
    """One line of text."""
    draw(parent, "text", font_size=size, **look).text = clean(words)


def draw_text(parent: Element, words: str) -> None:
    """What a reader of screens says of an element, and a mouse on it shows."""
    draw(parent, "title").text = clean(words)


def draw(parent: Element, tag: str, **look: object) -> Element:
    """An element with its attributes; numbers are rounded to a tenth of a pixel."""
    written = {
        name.replace("_", "-"): f"{value:.1f}" if isinstance(value, float) else str(value)
        for name, value in look.items()
    }
    return SubElement(parent, tag, written)


def wrapped(words: str, width_em: float) -> Iterator[str]:
    """The lines of a text that may be so many letters wide."""
    line, used = "", 0.0
    for character in words:
        wide = width_of(character, 1)
        if used + wide > width_em:
            yield line
            line, used = "", 0.0
        line, used = line + character, used + wide
    if line:
        yield line


def width_of(words: str, size: int) -> float:
    """About how wide a text is."""
    wide = (1 if unicodedata.east_asian_width(c) in "WFA" else NARROW_EM for c in words)
    return size * sum(wide)


def clean(words: str) -> str:
    """A text on one line, without what XML cannot hold."""
    return re.sub("[\t\n\r]", " ", UNPRINTABLE.sub("", words))
