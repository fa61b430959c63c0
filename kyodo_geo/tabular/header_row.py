"""Header rows: which row is one, and which of our columns a name in it stands for."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache

from kyodo_geo.export.schema.columns import ACTIVITY_COLUMNS
from kyodo_geo.tabular.finding_kinds import TableFinding
from kyodo_geo.tabular.synonyms import synonyms, word_key

TITLE = "title"
LEAST_KNOWN = 2
"""A row with fewer known names is no header."""

LOOKED_AT = 50
"""Rows from the top among which the header is looked for."""

NOTE_STARTS = ("※", "＊", "*", "注", "(注", "（注", "出典", "資料", "作成", "備考")
BRACKETED = re.compile(r"[(\[【〈].*?[)\]】〉]")


def field_of(name: str) -> str | None:
    """The column of the export that a name in a file stands for; None for an unknown one."""
    key = word_key(name)
    known = _known_names()
    return known.get(key) or known.get(BRACKETED.sub("", key))


def header_row(rows: Sequence[Sequence[str]]) -> int | None:
    """Return the number of the header: the first row with most known names, a title among them.

    None if none of them is.
    """
    counts = [_known_count(row) for row in rows]
    best = max(counts, default=0)
    return counts.index(best) if best >= LEAST_KNOWN else None


def non_data_kind(filled: Sequence[str]) -> TableFinding | None:
    """Classify a row that holds no data (sum or note) by its filled cells; None for data."""
    if word_key(filled[0]) in synonyms("total"):
        return TableFinding.TOTAL_ROW
    is_note = len(filled) == 1 and filled[0].startswith(NOTE_STARTS)
    return TableFinding.NOTE_ROW if is_note else None


def _known_count(row: Sequence[str]) -> int:
    fields = {field_of(name) for name in row if name and len(name) <= LOOKED_AT} - {None}
    return len(fields) if TITLE in fields else 0


@cache
def _known_names() -> Mapping[str, str]:
    own = {word_key(text): c.name for c in ACTIVITY_COLUMNS for text in (c.name, c.label)}
    return {**synonyms("column"), **own}
