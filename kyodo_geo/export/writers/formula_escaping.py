"""Texts that a spreadsheet would take for formulas, made harmless."""

from __future__ import annotations

import re

import numpy as np
import pyarrow as pa

FORMULA_START = "=+-@＝＋－＠\t\r"
"""What makes a spreadsheet take a text for a formula, full-width forms included."""

_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_LINE_BREAKS_AND_TAB = (0x09, 0x0A, 0x0D)
_FIRST_BYTES = sorted({start.encode()[0] for start in FORMULA_START})


def escape_formula(text: str) -> str:
    """A text that no spreadsheet takes for a formula, without control characters."""
    clean = _UNPRINTABLE.sub("", text)
    return f"'{clean}" if clean and clean[0] in FORMULA_START else clean


def escape_formulas(batch: pa.RecordBatch) -> pa.RecordBatch:
    """Escape all text columns of a batch; other columns stay."""
    columns = [_column(column) for column in batch.columns]
    return pa.RecordBatch.from_arrays(columns, schema=batch.schema)


def _column(column: pa.Array) -> pa.Array:
    if pa.types.is_dictionary(column.type):
        return pa.DictionaryArray.from_arrays(column.indices, _column(column.dictionary))
    if not pa.types.is_string(column.type) or not _is_suspicious(column):
        return column
    texts = [None if text is None else escape_formula(text) for text in column.to_pylist()]
    return pa.array(texts, pa.string())


def _is_suspicious(texts: pa.StringArray) -> bool:
    """Whether any text may need to change: a look at all bytes at once, not at each text."""
    _, offsets, buffer = texts.buffers()
    characters = np.frombuffer(buffer or b"", np.uint8)
    controls = characters[characters < 0x20]
    # An empty text starts where the next one does, the last ones behind the end.
    starts = np.frombuffer(offsets, np.int32)[texts.offset : texts.offset + len(texts)]
    first = characters[starts[starts < characters.size]]
    return bool(
        not np.isin(controls, _LINE_BREAKS_AND_TAB).all() or np.isin(first, _FIRST_BYTES).any()
    )
