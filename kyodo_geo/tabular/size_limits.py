"""How large a table may be, and how far the cells of a workbook reach."""

from __future__ import annotations

import re
from functools import reduce

from kyodo_geo.tabular.finding_kinds import FileFinding
from kyodo_geo.tabular.findings import FileRefused

MOST_ROWS = 200_000
MOST_COLUMNS = 1000
MOST_CELLS = 10_000_000
ROWS_AROUND = 200
"""Rows that may stand above and below the data."""

FILLED_CELL = re.compile(
    rb"""<(?:\w+:)?c\s[^<>/]*?\br\s*=\s*["']([A-Za-z]{1,3})(\d{1,7})["'][^<>/]*>"""
)
"""The start of a cell that holds something, with its column and row; blank ones end in />."""

LONGEST_TAG_BYTES = 500


def refuse_too_large(rows: int, columns: int) -> None:
    """Raises FileRefused for a table that nobody has to read at once."""
    if rows > MOST_ROWS + ROWS_AROUND:
        raise FileRefused(FileFinding.TOO_MANY_ROWS, f"{MOST_ROWS:,}行を超えています")
    if columns > MOST_COLUMNS:
        raise FileRefused(FileFinding.TOO_MANY_ROWS, f"{columns:,}列あります")
    if rows * columns > MOST_CELLS:  # two cells may be far apart
        raise FileRefused(FileFinding.TOO_MANY_ROWS, f"{rows:,}行×{columns:,}列に広がっています")


class Extent:
    """The last row and column with a value, from 1, in the sheet of an XLSX, as its XML goes by.

    A reader that lays out all cells between two far apart takes the memory of the machine.
    """

    def __init__(self) -> None:
        self.rows, self.columns = 0, 0
        self._rest = b""

    def read(self, chunk: bytes) -> None:
        """The next bytes. Far quicker than a call for each of some millions of elements."""
        text = self._rest + chunk
        cells = FILLED_CELL.findall(text)
        self.rows = max([self.rows, *{int(row) for _, row in cells}])
        self.columns = max([self.columns, *map(_column_number, {letters for letters, _ in cells})])
        self._rest = text[-LONGEST_TAG_BYTES:]


def _column_number(letters: bytes) -> int:
    return reduce(lambda number, letter: number * 26 + letter - ord("A") + 1, letters.upper(), 0)
