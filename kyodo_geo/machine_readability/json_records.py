"""JSON as a table: a list of records, or the properties of the features of a GeoJSON."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from kyodo_geo.tabular.column_arrays import DistinctTexts
from kyodo_geo.tabular.finding_kinds import FileFinding, TableFinding
from kyodo_geo.tabular.findings import FileRefused
from kyodo_geo.tabular.parsers.terms import OWN_SEPARATOR
from kyodo_geo.tabular.sheets import Sheet

SURELY_JSON = re.compile(rb"\s*(\[\s*[\[{]|\{\s*[\"}])")
"""A CSV may begin with a bracket, but hardly so."""


def record_sheet(content: bytes, *, is_called_json: bool) -> Sheet | None:
    """The records as a sheet, one row each, below their names; None if it is no JSON.

    Raises FileRefused for JSON without such records, and for what begins as JSON, and is called
    so or begins like nothing else, but can't be read.
    """
    begun = content.removeprefix(b"\xef\xbb\xbf")
    if begun.lstrip()[:1] not in (b"{", b"["):
        return None
    try:
        read = json.loads(begun.decode())
    except (ValueError, RecursionError) as error:
        if is_called_json or SURELY_JSON.match(begun):
            why = "JSONの形が正しくないか、途中で切れているか、UTF-8ではありません"
            raise FileRefused(FileFinding.OTHER_KIND, why) from error
        return None
    rows = _records(read)
    if not rows:
        raise FileRefused(TableFinding.NO_ROWS, "JSONの中に、表になる並びがありません")
    names = list(dict.fromkeys(name for row in rows for name in row))
    columns = [DistinctTexts.of([name, *(_text(row.get(name)) for row in rows)]) for name in names]
    return Sheet("", columns)


def _records(read: Any) -> Sequence[Mapping[str, Any]]:
    """The first list of records, at the top or one step below."""
    for found in (read, *(read.values() if isinstance(read, dict) else ())):
        if isinstance(found, list) and found and all(isinstance(row, dict) for row in found):
            features = [row.get("properties") for row in found]
            return features if all(isinstance(row, dict) for row in features) else found
    return ()


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return OWN_SEPARATOR.join(map(_text, value))
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False)
    return str(int(value)) if isinstance(value, bool) else str(value)
