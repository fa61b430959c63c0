"""Usual other words for columns and terms: `data/synonyms.csv`, read once.

One row is a word: `kind` (column, form, actor …), the `term` it stands for, the `word`.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Mapping
from functools import cache

from kyodo_geo.settings import SHIPPED_DATA_DIR

FILE = SHIPPED_DATA_DIR / "synonyms.csv"

_SPACE = re.compile(r"\s+")
_MARKS = str.maketrans("", "", "※*:：'\"")


def word_key(text: str) -> str:
    """The form in which words are compared: NFKC, case-folded, without spaces and marks."""
    return _SPACE.sub("", unicodedata.normalize("NFKC", text).casefold()).translate(_MARKS)


@cache
def synonyms(kind: str) -> Mapping[str, str]:
    """The term of each word of one kind, by `word_key`; empty for an unknown kind."""
    return {word_key(word): term for row_kind, term, word in rows() if row_kind == kind}


@cache
def rows() -> tuple[tuple[str, str, str], ...]:
    """All rows of the file: kind, term, word."""
    with FILE.open(encoding="utf-8", newline="") as file:
        return tuple((row["kind"], row["term"], row["word"]) for row in csv.DictReader(file))
