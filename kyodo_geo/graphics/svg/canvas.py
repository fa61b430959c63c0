"""SVG primitives of a sheet: paper, running text, shapes; nothing is fetched from outside."""

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
"""Estimated width of a Latin letter; Japanese ones are 1."""

UNPRINTABLE = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 cannot hold in any spelling."""


def open_sheet(title: str, sentence: str) -> tuple[Element, float]:
    """Return a white sheet with its title and sentence, and the y where they end."""
    root = Element("svg", xmlns="http://www.w3.org/2000/svg", fill=palette.DARK_INK, role="img")
    root.set("font-family", FONTS)
    draw(root, "title").text = clean(f"{title}　{sentence}")
    draw(root, "rect", width="100%", height="100%", fill=palette.ZERO)
    y = lines(root, MARGIN, title, TITLE, font_weight="bold")
    return root, lines(root, y, sentence, TEXT)


def svg_document(root: Element, y: float, foot: Sequence[str]) -> str:
    """Return the sheet as SVG text, with the lines of its foot below `y`."""
    for line in foot:
        y = lines(root, y, line, SMALL, fill=palette.SOFT_INK)
    height = str(round(y + MARGIN))
    root.set("width", str(WIDTH))
    root.set("height", height)
    root.set("viewBox", f"0 0 {WIDTH} {height}")
    return tostring(root, encoding="unicode")


def lines(root: Element, top: float, words: str, size: int, **look: object) -> float:
    """Draw running text in as many lines as it needs; return the y where it ends."""
    for line in wrapped(clean(words), INNER / size):
        top += size * 1.5
        text(root, line, size, x=MARGIN, y=top - size * 0.4, **look)
    return top


def text(parent: Element, words: str, size: int, **look: object) -> None:
    """Draw one line of text."""
    draw(parent, "text", font_size=size, **look).text = clean(words)


def draw(parent: Element, tag: str, *, alt: object = "", **look: object) -> Element:
    """Append an element; numbers are rounded to a tenth of a pixel.

    `alt` becomes its title, which screen readers read and a mouse shows.
    """
    written = {
        name.replace("_", "-"): f"{value:.1f}" if isinstance(value, float) else str(value)
        for name, value in look.items()
    }
    element = SubElement(parent, tag, written)
    if alt:
        SubElement(element, "title").text = clean(str(alt))
    return element


def draw_area(
    parent: Element, place: tuple[float, float, float, float], fill: str, words: str = ""
) -> None:
    """Draw a rectangle (x, y, width, height) in a line, with words in its middle."""
    x, y, wide, high = place
    draw(parent, "rect", x=x, y=y, width=wide, height=high, fill=fill, stroke=palette.LINE)
    if words:
        at = {"x": x + wide / 2, "y": y + high / 2 + SMALL * 0.36, "text_anchor": "middle"}
        text(parent, words, SMALL, fill=palette.ink_on(fill), **at)


def wrapped(words: str, width_em: float) -> Iterator[str]:
    """Yield the lines of a text wrapped to `width_em` Japanese letters."""
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
    """Return the estimated width of a text in pixels."""
    wide = (1 if unicodedata.east_asian_width(c) in "WFA" else NARROW_EM for c in words)
    return size * sum(wide)


def clean(words: str) -> str:
    """Return a text on one line, without what XML cannot hold."""
    return re.sub("[\t\n\r]", " ", UNPRINTABLE.sub("", words))
