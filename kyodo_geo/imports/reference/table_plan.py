"""Plan of replacing a table of reference data."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import ClassVar, Generic, TypeVar

import duckdb

Row = TypeVar("Row")


@dataclass(frozen=True)
class RowChange(Generic[Row]):
    """Row before and after; None if it is new or removed."""

    before: Row | None
    after: Row | None


@dataclass(frozen=True)
class TablePlan(Generic[Row]):
    """All rows of the table after the change, the changes, and the number of unchanged rows.

    Rows are dataclasses with the columns of `table` in order.
    """

    table: ClassVar[str]

    rows: tuple[Row, ...]
    changes: tuple[RowChange[Row], ...]
    unchanged: int

    @property
    def counts(self) -> Mapping[str, int]:
        """Number of rows of the file that are new, changed and unchanged."""
        new = sum(change.before is None for change in self.changes)
        changed = sum(None not in (change.before, change.after) for change in self.changes)
        return {"new": new, "changed": changed, "unchanged": self.unchanged}

    @property
    def is_empty(self) -> bool:
        """Whether the file would change nothing."""
        return not self.changes

    def write(self, con: duckdb.DuckDBPyConnection) -> None:
        """Replace the table in a draft."""
        con.execute(f"DELETE FROM {self.table}")
        rows = [tuple(vars(row).values()) for row in self.rows]
        marks = ", ".join("?" for _ in rows[0])
        con.executemany(f"INSERT INTO {self.table} VALUES ({marks})", rows)


def changes_between(
    before: Iterable[Row], after: Iterable[Row], key_of: Callable[[Row], Hashable]
) -> tuple[RowChange[Row], ...]:
    """List the rows that differ by key, in the order of `after`; removed rows come last."""
    old, new = ({key_of(row): row for row in rows} for rows in (before, after))
    return tuple(
        RowChange(old.get(key), new.get(key))
        for key in dict.fromkeys((*new, *old))
        if old.get(key) != new.get(key)
    )
