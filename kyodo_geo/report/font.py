"""Texts as the sheet's font can show them."""

from __future__ import annotations

import unicodedata
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from fontTools.ttLib import TTFont

SUBSTITUTE = "〓"
"""Stands for a character the font doesn't have, as in files in CP932."""

SUBSTITUTE_NOTE = f"{SUBSTITUTE}は、この書体にない文字です。"

FONT_FILE = "ipaexg.ttf"


@cache
def font_folder() -> Path:
    """The folder of the font, found without importing its package (which loads Matplotlib)."""
    package = find_spec("matplotlib_fontja")
    assert package is not None and package.origin is not None, "see requirements.txt"
    return Path(package.origin).parent / "fonts"


def printable(value: Any) -> Any:
    """The same plain value with every text on one line and in characters of the font."""
    if isinstance(value, str):
        return _printable_text(value)
    if isinstance(value, dict):
        return {key: printable(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [printable(item) for item in value]
    return value


def _printable_text(text: str) -> str:
    if text.isascii() and text.isprintable():
        return text
    line = " ".join(unicodedata.normalize("NFC", text).split())
    return "".join(_printable_character(character) for character in line)


def _printable_character(character: str) -> str:
    if ord(character) in _characters():
        return character
    # Control characters, marks of direction and variant selectors have no shape of their own.
    return "" if unicodedata.category(character) in ("Cc", "Cf", "Mn") else SUBSTITUTE


@cache
def _characters() -> frozenset[int]:
    with TTFont(font_folder() / FONT_FILE, lazy=True) as font:
        return frozenset(font.getBestCmap())
