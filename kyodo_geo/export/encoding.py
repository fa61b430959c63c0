"""CSV for old Excel: CP932, with a count of the cells that it cannot hold as they are."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

STAND_IN = "〓"
"""What stands for a character that CP932 does not have."""

EQUIVALENTS = str.maketrans({"〜": "～", "−": "－", "—": "―", "‖": "∥", "¢": "￠", "\u00a0": " "})

CLUSTER = re.compile("(?s:.)[\u0300-\u036f\u3099\u309a]*")
"""A character with the marks that follow it."""

LONGEST_CELL = 2**31 - 1


@dataclass(frozen=True)
class Cp932Changes:
    """Cells that had to change and the characters that were replaced, with their number."""

    cells: int
    characters: Mapping[str, int]


def to_cp932(source: Path, target: Path) -> Cp932Changes:
    """Rewrite a CSV (UTF-8 with BOM) as CP932; says what had to change."""
    csv.field_size_limit(LONGEST_CELL)
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
        return "".join(_cluster(cluster, characters) for cluster in CLUSTER.findall(usual))
    return usual


def _cluster(cluster: str, characters: Counter[str]) -> str:
    # Composed only where needed: NFC turns 神 (U+FA19), which CP932 has, into another 神.
    try:
        cluster.encode("cp932")
    except UnicodeEncodeError:
        composed = unicodedata.normalize("NFC", cluster)
        return "".join(_character(character, characters) for character in composed)
    return cluster


def _character(character: str, characters: Counter[str]) -> str:
    try:
        character.encode("cp932")
    except UnicodeEncodeError:
        characters[character] += 1
        return STAND_IN
    return character
