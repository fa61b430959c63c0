"""Arrays of Python values, and columns that hold each distinct text once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Objects: TypeAlias = NDArray[Any]
"""An array of values, one per row of the file."""

Positions: TypeAlias = NDArray[np.int64]
"""Rows by their position among those of a table, from 0."""


def objects(values: Iterable[Any], count: int) -> Objects:
    """Gather Python values, whatever they are, in an array."""
    return np.fromiter(values, dtype=object, count=count)


def with_cells(column: Objects, cells: Mapping[int, Any]) -> Objects:
    """Copy an array with other values in some rows; without any the array itself."""
    if not cells:
        return column
    copied = column.copy()
    copied[list(cells)] = objects(cells.values(), len(cells))
    return copied


@dataclass(frozen=True)
class DistinctTexts:
    """A column of texts: each distinct one once, and which of them a row has."""

    distinct: Sequence[str]
    codes: Positions

    @classmethod
    def of(cls, cells: Sequence[str]) -> DistinctTexts:
        """Gather cells row for row."""
        codes, distinct = pd.factorize(objects(cells, len(cells)))
        return cls(list(distinct), codes)

    def cell(self, row: int) -> str:
        """The text of one row."""
        return self.distinct[int(self.codes[row])]

    def cells(self) -> Objects:
        """All texts, row for row."""
        return objects(self.distinct, len(self.distinct))[self.codes]

    def where(self, condition: Callable[[str], object]) -> NDArray[np.bool_]:
        """Select rows by a condition, which is evaluated once per distinct text."""
        answers = map(bool, map(condition, self.distinct))
        return np.fromiter(answers, bool, len(self.distinct))[self.codes]

    def of_rows(self, rows: Positions) -> DistinctTexts:
        """Take some of the rows."""
        return DistinctTexts(self.distinct, self.codes[rows])
