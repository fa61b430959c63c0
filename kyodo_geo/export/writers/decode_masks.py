"""Sets and ids of exported activities spelt out, a batch at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any, NamedTuple

import pyarrow as pa

from kyodo_geo.editions import Edition
from kyodo_geo.vocabulary import Form

Spelling = Callable[[Any], str]
"""The text that stands for a mask or an id; empty where there is nothing to tell."""


class Code(NamedTuple):
    """Term of the edition's own code table."""

    id: str
    label: str
    bit: int


def decoded_values(edition: Edition) -> Mapping[str, Spelling]:
    """Return decoders of masks and ids per column name; each mask is decoded once."""
    return edition.cached("spellings", lambda: _spellings(edition))


def _spellings(edition: Edition) -> Mapping[str, Spelling]:
    districts = [place for place in edition.places if place.kind in ("district", "citywide")]
    regions = [place for place in edition.places if place.kind == "region"]
    forms = _set_of((c.bit, c.label) for c in _codes(edition, "form") if c.id != Form.UNKNOWN)
    return {
        "district_ids": _set_of((place.mask, place.place_id) for place in districts),
        "district_names": _set_of((place.mask, place.label) for place in districts),
        "regions": _set_of((place.mask, place.region) for place in regions),
        "forms_stated": forms,
        "forms_implied": forms,
        "actors": _set_of((code.bit, code.label) for code in _codes(edition, "actor")),
        "scopes": _set_of((code.bit, code.label) for code in _codes(edition, "scope")),
        "field": {code.id: code.label for code in _codes(edition, "field")}.__getitem__,
        "status": {code.id: code.label for code in _codes(edition, "status")}.__getitem__,
    }


def decode_masks(batch: pa.RecordBatch, spelling: Mapping[str, Spelling]) -> pa.RecordBatch:
    """The batch with texts for masks and ids, as dictionaries: each text is there once."""
    columns = [
        _column(column, spelling[name]) if name in spelling else column
        for name, column in zip(batch.schema.names, batch.columns, strict=True)
    ]
    return pa.RecordBatch.from_arrays(columns, batch.schema.names)


def _column(column: pa.Array, spell: Spelling) -> pa.DictionaryArray:
    coded = column.dictionary_encode()
    texts = [spell(value) for value in coded.dictionary.to_pylist()]
    return pa.DictionaryArray.from_arrays(coded.indices, pa.array(texts, pa.string()))


def _codes(edition: Edition, kind: str) -> tuple[Code, ...]:
    query = "SELECT id, label, bit FROM code WHERE kind = $kind ORDER BY ordinal"
    return edition.records(Code, query, {"kind": kind})


def _set_of(members: Iterable[tuple[int, str]]) -> Spelling:
    known = tuple(members)

    @cache
    def spell(mask: int) -> str:
        return ";".join(text for bit, text in known if mask & bit)

    return spell
