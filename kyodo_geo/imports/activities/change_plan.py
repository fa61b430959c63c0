"""What publishing a file would do to the current edition."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from kyodo_geo.editions import Edition
from kyodo_geo.editions.load import INCOMING
from kyodo_geo.export.writers.decode_masks import Spelling, decoded_values
from kyodo_geo.imports.activities.current_rows import VALUE_OF, VALUES
from kyodo_geo.imports.activities.records import Records
from kyodo_geo.imports.activities.table import ActivityTable
from kyodo_geo.japanese import search_key
from kyodo_geo.tabular.column_arrays import Objects, objects
from kyodo_geo.vocabulary import Scope

COLUMN_OF = {value: column for column, value in VALUE_OF.items()}
NUMBERED = re.compile(r"P(\d{1,9})")
ID_DIGITS = 4


@dataclass(frozen=True, slots=True)
class CellChange:
    """One cell of a record that would change; `column` is the export's name for it."""

    row: int
    activity_id: str
    column: str
    old: str
    new: str


@dataclass(frozen=True)
class ChangePlan:
    """Rows by what becomes of them, as positions in the table."""

    new: NDArray[np.int64]
    changed: NDArray[np.int64]
    unchanged: NDArray[np.int64]
    refused: NDArray[np.int64]
    changes: tuple[CellChange, ...]

    @property
    def counts(self) -> Mapping[str, int]:
        """How many rows are new, changed, unchanged and refused."""
        names = ("new", "changed", "unchanged", "refused")
        return {name: len(getattr(self, name)) for name in names}

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to publish."""
        return not len(self.new) and not len(self.changed)


def make_plan(
    table: ActivityTable, records: Records, on_record: NDArray[np.bool_], edition: Edition
) -> ChangePlan:
    """The plan for all rows; gives numbers to new activities that have none."""
    is_refused = np.isin(table.numbers, list(table.refused_rows()))
    differs = _differing(records, np.flatnonzero(records.is_there & ~is_refused))
    is_changed = np.zeros(len(is_refused), dtype=bool)
    is_changed[np.concatenate(list(differs.values()))] = True
    is_new = ~is_refused & ~records.is_there & ~on_record
    _number(records, np.flatnonzero(is_new), edition)
    return ChangePlan(
        new=np.flatnonzero(is_new),
        changed=np.flatnonzero(is_changed),
        unchanged=np.flatnonzero(~is_refused & ~is_new & ~is_changed),
        refused=np.flatnonzero(is_refused),
        changes=_changes(table, records, differs, decoded_values(edition)),
    )


def _differing(records: Records, rows: NDArray[np.int64]) -> Mapping[str, NDArray[np.int64]]:
    """For each value those of some rows in which it is not what the edition has."""
    now, new = records.current.values, records.values
    return {name: rows[new[name][rows] != now[name][rows]] for name in VALUES}


def incoming(records: Records, rows: NDArray[np.int64]) -> pa.Table:
    """Some rows as `insert_activities` takes them (schema INCOMING)."""
    columns = {name: records.values[name][rows] for name in VALUES}
    arrays = {
        "id": records.ids[rows],
        "search_text": _search_texts(columns),
        **columns,
    }
    return pa.table({f.name: pa.array(arrays[f.name], f.type) for f in INCOMING}, schema=INCOMING)


def _search_texts(columns: Mapping[str, Objects]) -> list[str]:
    """All texts of an activity in the form in which they are searched."""
    parts = [columns[name].tolist() for name in ("title", "summary", "note", "organisations")]
    return [
        search_key(" ".join((title, summary, note, *names)))
        for title, summary, note, names in zip(*parts, strict=True)
    ]


def _number(records: Records, rows: NDArray[np.int64], edition: Edition) -> None:
    """The next numbers of the P series, in the order of the rows."""
    taken = [row.id for row in edition.rows("SELECT id FROM activity WHERE id LIKE 'P%'")]
    taken += [activity_id for activity_id in records.ids if activity_id]
    last = max((int(m[1]) for text in taken if (m := NUMBERED.fullmatch(text))), default=0)
    rows = rows[records.ids[rows] == ""]
    numbers = range(last + 1, last + 1 + len(rows))
    records.ids[rows] = objects((f"P{number:0{ID_DIGITS}}" for number in numbers), len(rows))


def _changes(
    table: ActivityTable,
    records: Records,
    differs: Mapping[str, NDArray[np.int64]],
    spelling: Mapping[str, Spelling],
) -> tuple[CellChange, ...]:
    changes = []
    for name, rows in differs.items():
        column = COLUMN_OF.get(name, name)
        old = records.current.texts[column]
        for row in rows.tolist():
            new = _text(records, name, row, spelling)
            number, activity_id = table.numbers[row], records.ids[row]
            changes.append(CellChange(number, activity_id, column, old[row], new))
    return tuple(sorted(changes, key=lambda change: change.row))


def exported_text(name: str, value: Any, spelling: Mapping[str, Spelling]) -> str:
    """A value (one of VALUES) as our export writes it; of bands only one that is recorded."""
    column = COLUMN_OF.get(name, name)
    if name == "scope_recorded":
        return Scope.of(value).label if value else ""
    if column in spelling:
        return spelling[column](value)
    if name == "organisations":
        return ";".join(value)
    return "" if value is None else str(value)


def _text(records: Records, name: str, row: int, spelling: Mapping[str, Spelling]) -> str:
    """What a file says of a record; several bands where it names several."""
    if name == "scope_recorded":
        return spelling["scopes"](records.scopes[row])
    return exported_text(name, records.values[name][row], spelling)
