"""Texts for old Excel: what CP932 cannot hold is replaced, and counted."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa

STAND_IN = "〓"
"""What stands for a character that CP932 does not have."""

EQUIVALENTS = {
    **{"〜": "～", "−": "－", "—": "―", "‖": "∥", "\u00a0": " "},
    **{"¢": "￠", "£": "￡", "¬": "￢"},
}
"""What CP932 has for the same. Python writes some of them without a word, but they are read
back as the other: they count as changed."""

CLUSTER = re.compile("(?s:.)[\u0300-\u036f\u3099\u309a]*")
"""A character with the marks that follow it."""

_TO_EQUIVALENTS = str.maketrans(EQUIVALENTS)


@dataclass
class Cp932Changes:
    """Cells that had to change and the characters that were replaced, with their number."""

    cells: int = 0
    characters: Counter[str] = field(default_factory=Counter)


def held_by_cp932(text: str) -> bool:
    """Whether CP932 takes a text with nothing to change."""
    return not any(character in text for character in EQUIVALENTS) and _is_encodable(text)


def to_cp932(batch: pa.RecordBatch, changes: Cp932Changes) -> pa.RecordBatch:
    """The batch with every text as CP932 can hold it; adds to `changes` what differs."""
    columns = [_column(column, changes) for column in batch.columns]
    return pa.RecordBatch.from_arrays(columns, batch.schema.names)


def text_in_cp932(text: str, replaced: Counter[str]) -> str:
    """Replace what CP932 lacks in a text, and count it in `replaced`."""
    usual = text.translate(_TO_EQUIVALENTS)
    if _is_encodable(usual):
        return usual
    return "".join(_cluster(cluster, replaced) for cluster in CLUSTER.findall(usual))


def _column(column: pa.Array, changes: Cp932Changes) -> pa.Array:
    if not (pa.types.is_string(column.type) or pa.types.is_dictionary(column.type)):
        return column
    coded = column if pa.types.is_dictionary(column.type) else column.dictionary_encode()
    texts = coded.dictionary.to_pylist()
    if held_by_cp932("".join(texts)):
        return column
    times = np.bincount(coded.indices.drop_null(), minlength=len(texts)).tolist()
    written = [_cell(text, count, changes) for text, count in zip(texts, times, strict=True)]
    return pa.DictionaryArray.from_arrays(coded.indices, pa.array(written, pa.string()))


def _cell(text: str, times: int, changes: Cp932Changes) -> str:
    if held_by_cp932(text):
        return text
    replaced = Counter[str]()
    written = text_in_cp932(text, replaced)
    changes.cells += times * (written != text)
    for character, count in replaced.items():
        changes.characters[character] += times * count
    return written


def _cluster(cluster: str, replaced: Counter[str]) -> str:
    if _is_encodable(cluster):
        return cluster
    # Composed only where needed: NFC turns 神 (U+FA19), which CP932 has, into another 神.
    composed = unicodedata.normalize("NFC", cluster)
    return "".join(_character(character, replaced) for character in composed)


def _character(character: str, replaced: Counter[str]) -> str:
    if _is_encodable(character):
        return character
    replaced[character] += 1
    return STAND_IN


def _is_encodable(text: str) -> bool:
    try:
        text.encode("cp932")
    except UnicodeEncodeError:
        return False
    return True
