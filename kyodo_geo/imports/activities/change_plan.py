"""What publishing a file would do to the current edition."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
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
from kyodo_geo.tabular.column_arrays import Objects, Positions, with_cells
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
    """The rows of a file as values, and what becomes of each, as positions in the table."""

    table: ActivityTable
    records: Records
    new: Positions
    changed: Positions
    unchanged: Positions
    refused: Positions
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

    def incoming(self) -> pa.Table:
        """The new and changed rows as `insert_activities` takes them (schema INCOMING)."""
        rows = np.sort(np.concatenate([self.new, self.changed]))
        columns = {name: self.records.values[name][rows] for name in VALUES}
        arrays = {
            "id": self.records.ids[rows],
            "search_text": _search_texts(columns),
            **columns,
        }
        fields = {field.name: pa.array(arrays[field.name], field.type) for field in INCOMING}
        return pa.table(fields, schema=INCOMING)


def plan_changes(
    table: ActivityTable,
    records: Records,
    is_refused: NDArray[np.bool_],
    on_record: Mapping[int, str],
    edition: Edition,
) -> ChangePlan:
    """Plan what becomes of all rows; `on_record` are those the edition has as they stand.

    New activities that have no number get the next ones.
    """
    now, new = records.current.values, records.values
    rows = np.flatnonzero(records.is_there & ~is_refused)
    differing = {name: rows[new[name][rows] != now[name][rows]] for name in VALUES}
    is_changed = np.zeros(len(is_refused), dtype=bool)
    is_changed[np.concatenate(list(differing.values()))] = True
    is_new = ~is_refused & ~records.is_there
    is_new[list(on_record)] = False
    new_rows = np.flatnonzero(is_new)
    ids = _with_numbers(with_cells(records.ids, on_record), new_rows, edition)
    numbered = replace(records, ids=ids)
    return ChangePlan(
        table,
        numbered,
        new=new_rows,
        changed=np.flatnonzero(is_changed),
        unchanged=np.flatnonzero(~is_refused & ~is_new & ~is_changed),
        refused=np.flatnonzero(is_refused),
        changes=_changes(table, numbered, differing, decoded_values(edition)),
    )


def _search_texts(columns: Mapping[str, Objects]) -> list[str]:
    """All texts of an activity in the form in which they are searched."""
    parts = [columns[name].tolist() for name in ("title", "summary", "note", "organisations")]
    return [
        search_key(" ".join((title, summary, note, *names)))
        for title, summary, note, names in zip(*parts, strict=True)
    ]


def _with_numbers(ids: Objects, rows: Positions, edition: Edition) -> Objects:
    """The ids with the next numbers of the P series in some rows that have none, in their order."""
    taken = [row.id for row in edition.rows("SELECT id FROM activity WHERE id LIKE 'P%'")]
    taken += [activity_id for activity_id in ids if activity_id]
    last = max((int(m[1]) for text in taken if (m := NUMBERED.fullmatch(text))), default=0)
    unnumbered = rows[ids[rows] == ""].tolist()
    numbers = range(last + 1, last + 1 + len(unnumbered))
    new_ids = (f"P{number:0{ID_DIGITS}}" for number in numbers)
    return with_cells(ids, dict(zip(unnumbered, new_ids, strict=True)))


def _changes(
    table: ActivityTable,
    records: Records,
    differing: Mapping[str, Positions],
    spelling: Mapping[str, Spelling],
) -> tuple[CellChange, ...]:
    changes = []
    for name, rows in differing.items():
        column = COLUMN_OF.get(name, name)
        old = records.current.texts[column]
        for row in rows.tolist():
            new = _text(records, name, row, spelling)
            number, activity_id = table.numbers[row], records.ids[row]
            changes.append(CellChange(number, activity_id, column, old[row], new))
    return tuple(sorted(changes, key=lambda change: change.row))


def exported_text(name: str, value: Any, spelling: Mapping[str, Spelling]) -> str:
    """Write a value (one of VALUES) as our export does; of bands only one that is recorded."""
    column = COLUMN_OF.get(name, name)
    if name == "scope_recorded":
        return Scope.of(value).label if value else ""
    if column in spelling:
        return spelling[column](value)
    if name == "organisations":
        return ";".join(value)
    return "" if value is None else str(value)


def _text(records: Records, name: str, row: int, spelling: Mapping[str, Spelling]) -> str:
    """A value as the file has it: several bands where it names several."""
    if name == "scope_recorded":
        return spelling["scopes"](records.scopes[row])
    return exported_text(name, records.values[name][row], spelling)
