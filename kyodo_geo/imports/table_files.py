"""Tables as files that people fill in or mend: CSV, and sheets of an Excel workbook."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any


def csv_file(rows: Iterable[Sequence[Any]], encoding: str = "utf-8-sig") -> bytes:
    """Write rows as CSV; with the BOM of the default encoding Excel reads Japanese."""
    lines = io.StringIO(newline="")
    csv.writer(lines).writerows(rows)
    return lines.getvalue().encode(encoding)


def add_sheet(book: Any, name: str, rows: Sequence[Sequence[Any]], widest: int) -> Any:
    """Add a sheet with a frozen header, its columns as wide as their texts, at most `widest`."""
    sheet = book.add_worksheet(name)
    sheet.freeze_panes(1, 0)
    header = book.add_format({"bold": True, "bottom": 1})
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row, header if number == 0 else None)
    for position, cells in enumerate(zip(*rows, strict=True)):
        longest = max(len(str(cell)) for cell in cells)
        sheet.set_column(position, position, min(widest, 2 * longest + 3))
    return sheet
