"""What a table of reference data would do to the one that is there."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

Row = TypeVar("Row")


@dataclass(frozen=True)
class RowChange(Generic[Row]):
    """One row before and after; None where it is new or goes."""

    before: Row | None
    after: Row | None


@dataclass(frozen=True)
class TablePlan(Generic[Row]):
    """All rows as they would be, which of them change, and how many of the file do not."""

    rows: tuple[Row, ...]
    changes: tuple[RowChange[Row], ...]
    unchanged: int

    @property
    def counts(self) -> Mapping[str, int]:
        """How many rows of the file are new, changed and unchanged."""
        new = sum(change.before is None for change in self.changes)
        changed = sum(None not in (change.before, change.after) for change in self.changes)
        return {"new": new, "changed": changed, "unchanged": self.unchanged}

    @property
    def is_empty(self) -> bool:
        """Whether the file would change nothing."""
        return not self.changes


def changes_between(
    before: Iterable[Row], after: Iterable[Row], key_of: Callable[[Row], Hashable]
) -> tuple[RowChange[Row], ...]:
    """Pair rows by their key: those that differ, in the order of `after`, then those that go."""
    old, new = ({key_of(row): row for row in rows} for rows in (before, after))
    return tuple(
        RowChange(old.get(key), new.get(key))
        for key in dict.fromkeys((*new, *old))
        if old.get(key) != new.get(key)
    )
