"""A sheet as the rules look at it: where its header is, which rows and columns hold what."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from xlsxwriter.utility import xl_col_to_name

from kyodo_geo.machine_readability.workbook_features import Marks
from kyodo_geo.tabular.column_arrays import DistinctTexts
from kyodo_geo.tabular.findings import place_in_words
from kyodo_geo.tabular.header_row import LOOKED_AT, field_of, header_row
from kyodo_geo.tabular.sheets import Sheet

FULL_ENOUGH = 0.5
"""A header fills at least this share of what the fullest of the first rows fills."""


class Spot(NamedTuple):
    """A place in a file: sheet (empty for CSV), the row a spreadsheet shows, the column's name."""

    sheet: str
    row: int | None = None
    column: str = ""
    found: str = ""

    @property
    def where(self) -> str:
        """The place in words; empty for the whole file."""
        return place_in_words(self.sheet, self.row, self.column)


@dataclass(frozen=True)
class Grid:
    """Sheet of a file. `marks` is None where a format has none or can't be asked."""

    sheet: Sheet
    marks: Marks | None = None

    @property
    def is_csv(self) -> bool:
        """Whether it is no sheet of a workbook."""
        return bool(self.sheet.encoding)

    @cached_property
    def is_filled(self) -> NDArray[np.bool_]:
        """For each row and column whether there is a text."""
        if not self.sheet.columns:
            return np.zeros((0, 0), dtype=bool)
        return np.column_stack([column.where(str.strip) for column in self.sheet.columns])

    @cached_property
    def header(self) -> int | None:
        """The row that names the columns, from 0; None for an empty sheet."""
        rows = [self.sheet.cells_at(n) for n in range(min(LOOKED_AT, self.sheet.height))]
        known = header_row(rows)
        if known is not None or not rows:
            return known
        counts = self.is_filled[: len(rows)].sum(axis=1)
        fullest = counts.max()
        full = np.flatnonzero((counts > 0) & (counts >= FULL_ENOUGH * fullest))
        return int(full[0]) if fullest else None

    @cached_property
    def names(self) -> Sequence[str]:
        """Cells of the header, without the empty cells behind the last name."""
        cells = [] if self.header is None else self.sheet.cells_at(self.header)
        while cells and not cells[-1].strip():
            cells.pop()
        return cells

    @property
    def columns(self) -> Sequence[DistinctTexts]:
        """The columns that the header reaches over."""
        return self.sheet.columns[: len(self.names)]

    @cached_property
    def is_data(self) -> NDArray[np.bool_]:
        """Mask of rows with values: below the header, down to the last, without other headers."""
        rows = np.arange(self.sheet.height)
        filled = np.flatnonzero(self.is_filled.any(axis=1))
        if self.header is None or not filled.size:
            return np.zeros(rows.size, dtype=bool)
        is_data: NDArray[np.bool_] = (rows > self.header) & (rows <= filled[-1])
        is_data[self.repeated_headers] = False
        return is_data

    @cached_property
    def repeated_headers(self) -> list[int]:
        """Rows below the header that are the same as it, in tables of several columns."""
        if self.header is None or len(self.names) < 2:
            return []
        is_same = np.arange(self.sheet.height) > self.header
        for name, column in zip(self.names, self.sheet.columns, strict=False):
            is_same &= column.where(name.__eq__)
        return [int(row) for row in np.flatnonzero(is_same)]

    @property
    def data_rows(self) -> Iterator[int]:
        """Positions of the rows below the header."""
        return (int(row) for row in np.flatnonzero(self.is_data))

    def distinct(self, position: int) -> dict[str, int]:
        """The texts of a column below the header, without empty ones, and how often they occur."""
        column = self.sheet.columns[position]
        times = np.bincount(column.codes[self.is_data], minlength=len(column.distinct)).tolist()
        pairs = zip(column.distinct, times, strict=True)
        return {text: count for text, count in pairs if count and text.strip()}

    def where(self, position: int, condition: Callable[[str], object]) -> Iterator[Spot]:
        """The cells of a column below the header whose text fulfils a condition."""
        column = self.sheet.columns[position]
        for row in np.flatnonzero(column.where(condition) & self.is_data).tolist():
            yield self.spot(row, position)

    def everywhere(
        self, condition: Callable[[str], object], but: Iterable[int] = ()
    ) -> Iterator[Spot]:
        """The same for all columns but some."""
        passed_over = set(but)
        for position in range(len(self.columns)):
            if position not in passed_over:
                yield from self.where(position, condition)

    def spot(self, row: int | None = None, position: int | None = None, found: str = "") -> Spot:
        """A place of this sheet; `found` is the text of the cell if it isn't given."""
        text = found
        if not text and row is not None and position is not None:
            is_there = position < len(self.sheet.columns) and row < self.sheet.height
            text = self.sheet.columns[position].cell(row) if is_there else ""
        number = None if row is None else row + 1
        return Spot(self.sheet.name, number, self._name(position), text)

    def known(self, *fields: str) -> list[int]:
        """The columns that stand for some of ours by their names."""
        return [n for n, name in enumerate(self.names) if name and field_of(name) in fields]

    def _name(self, position: int | None) -> str:
        if position is None:
            return ""
        name = self.names[position].strip() if position < len(self.names) else ""
        return name or str(xl_col_to_name(position))
