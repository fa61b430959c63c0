"""Tables as files that people fill in or mend: CSV, and sheets of an Excel workbook."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

from kyodo_geo.tabular.small_tables import cells


def csv_file(rows: Iterable[Sequence[Any]], encoding: str = "utf-8-sig") -> bytes:
    """Write rows as CSV; with the BOM of the default encoding Excel reads Japanese."""
    lines = io.StringIO(newline="")
    csv.writer(lines).writerows(rows)
    return lines.getvalue().encode(encoding)


def add_sheet(book: Any, name: str, rows: Sequence[Sequence[Any]], widest: int) -> Any:
    """Add a sheet: header frozen, formulas escaped, columns at most `widest` characters wide."""
    sheet = book.add_worksheet(name)
    sheet.freeze_panes(1, 0)
    header = book.add_format({"bold": True, "bottom": 1})
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, cells(row), header if number == 0 else None)
    for position, values in enumerate(zip(*rows, strict=True)):
        longest = max(len(str(value)) for value in values)
        sheet.set_column(position, position, min(widest, 2 * longest + 3))
    return sheet
