"""CSV for old Excel: CP932, with a count of the cells that it cannot hold as they are."""

from __future__ import annotations

import csv
import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

STAND_IN = "〓"
"""What stands for a character that CP932 does not have."""

EQUIVALENTS = str.maketrans({"〜": "～", "−": "－", "—": "―", "‖": "∥", "¢": "￠", "\u00a0": " "})


@dataclass(frozen=True)
class Cp932Changes:
    """Cells that had to change and the characters that were replaced, with their number."""

    cells: int
    characters: Mapping[str, int]


def to_cp932(source: Path, target: Path) -> Cp932Changes:
    """Rewrite a CSV (UTF-8 with BOM) as CP932; says what had to change."""
    cells, characters = 0, Counter[str]()
    with (
        source.open(encoding="utf-8-sig", newline="") as read,
        target.open("w", encoding="cp932", newline="") as written,
    ):
        writer = csv.writer(written)
        for row in csv.reader(read):
            converted = [_in_cp932(cell, characters) for cell in row]
            cells += sum(a != b for a, b in zip(row, converted, strict=True))
            writer.writerow(converted)
    return Cp932Changes(cells, dict(characters))


def _in_cp932(text: str, characters: Counter[str]) -> str:
    # Python writes 〜 in CP932 without a word, but it is read back as ～: count it too.
    usual = text.translate(EQUIVALENTS)
    try:
        usual.encode("cp932")
    except UnicodeEncodeError:
        composed = unicodedata.normalize("NFC", usual)
        return "".join(_character(character, characters) for character in composed)
    return usual


def _character(character: str, characters: Counter[str]) -> str:
    try:
        character.encode("cp932")
    except UnicodeEncodeError:
        characters[character] += 1
        return STAND_IN
    return character
