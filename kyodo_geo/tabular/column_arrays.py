"""Arrays of Python values, and columns that hold each distinct text once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Objects: TypeAlias = NDArray[Any]
"""An array of values, one a row of the file."""


def objects(values: Iterable[Any], count: int) -> Objects:
    """An array of Python values, whatever they are."""
    return np.fromiter(values, dtype=object, count=count)


@dataclass
class DistinctTexts:
    """A column of texts: each distinct one once, and which of them a row has."""

    distinct: list[str]
    codes: NDArray[np.int64]

    @classmethod
    def of(cls, cells: Sequence[str]) -> DistinctTexts:
        """The same for cells row for row."""
        codes, distinct = pd.factorize(objects(cells, len(cells)))
        return cls(list(distinct), codes)

    def cell(self, row: int) -> str:
        """The text of one row."""
        return self.distinct[int(self.codes[row])]

    def cells(self) -> Objects:
        """All texts, row for row."""
        return objects(self.distinct, len(self.distinct))[self.codes]

    def where(self, condition: Callable[[str], object]) -> NDArray[np.bool_]:
        """The rows whose text fulfils a condition, which is asked once a distinct text."""
        answers = map(bool, map(condition, self.distinct))
        return np.fromiter(answers, bool, len(self.distinct))[self.codes]

    def of_rows(self, rows: NDArray[np.int64]) -> DistinctTexts:
        """The same for some of the rows."""
        return DistinctTexts(self.distinct, self.codes[rows])

    def empty(self, row: int) -> None:
        """Take a text away."""
        if "" not in self.distinct:
            self.distinct.append("")
        self.codes[row] = self.distinct.index("")
