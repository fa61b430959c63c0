"""The view as an Excel workbook: activities, places, reviews, definitions, codes, about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any
from unicodedata import east_asian_width

import xlsxwriter

from kyodo_geo.editions import Edition
from kyodo_geo.errors import ExportError
from kyodo_geo.export.metadata.manifest import about_lines, code_rows
from kyodo_geo.export.schema.columns import definitions, names
from kyodo_geo.export.schema.tables import (
    ABOUT,
    ACTIVITIES,
    CODES,
    DEFINITIONS,
    PLACES,
    REVIEWS,
    SHEETS,
)
from kyodo_geo.export.writers.activity_batches import activity_batches
from kyodo_geo.export.writers.formula_escaping import escape_formula
from kyodo_geo.export.writers.geojson import place_cells
from kyodo_geo.export.writers.review_rows import review_cells
from kyodo_geo.measures.places.summary import summarise
from kyodo_geo.model import Filters

MOST_ROWS = 1_048_575
SAMPLED_ROWS = 1000
"""Rows whose texts decide how wide the columns are."""

WIDEST = 60
FILTER_BUTTON = 3
"""Width of the button that stands in the header; widths are in half-width characters."""

OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def write_workbook(edition: Edition, filters: Filters, target: Path) -> int:
    """Write the workbook; returns the number of activities.

    Raises ExportError if there are more rows than a sheet can hold.
    """
    rows = summarise(edition, filters).total.activities
    if rows > MOST_ROWS:
        raise ExportError(
            where="Excel（.xlsx）",
            found=f"{rows:,}件あり、1枚のシートに入る{MOST_ROWS:,}行を超えます",
            next_step="絞り込むか、CSVで書き出してください",
        )
    # Where its rows wait, so that a full disk keeps nothing: the folder of a draft goes with it.
    options = {**OPTIONS, "tmpdir": str(target.parent)}
    with xlsxwriter.Workbook(str(target), options) as book:
        contents = _contents(edition, filters)
        for table in SHEETS:
            _sheet(book, table.title, names(table.columns), contents[table.name])
    return rows


def _contents(edition: Edition, filters: Filters) -> Mapping[str, Iterable[Sequence[Any]]]:
    """The rows of every sheet, by the name of its table."""
    batches = activity_batches(edition, filters)
    return {
        ACTIVITIES.name: (row for batch in batches for row in _rows(batch.to_pydict())),
        PLACES.name: place_cells(edition, filters),
        REVIEWS.name: review_cells(edition, filters),
        DEFINITIONS.name: definitions((table.title, table.columns) for table in SHEETS),
        CODES.name: code_rows(edition),
        ABOUT.name: about_lines(edition, filters),
    }


def _rows(columns: dict[str, list[Any]]) -> Iterable[tuple[Any, ...]]:
    return zip(*columns.values(), strict=True)


def _sheet(
    book: xlsxwriter.Workbook, name: str, header: Sequence[str], rows: Iterable[Sequence[Any]]
) -> None:
    sheet = book.add_worksheet(name)
    sheet.freeze_panes(1, 0)
    sheet.write_row(0, 0, header, book.add_format({"bold": True, "bottom": 1}))
    widths = [len(name) + FILTER_BUTTON for name in header]
    number = 0
    for number, row in enumerate(rows, start=1):
        for position, value in enumerate(row):
            _write(sheet, number, position, value)
        if number <= SAMPLED_ROWS:
            widths = [max(*pair) for pair in zip(widths, map(_width, row), strict=True)]
    sheet.autofilter(0, 0, number, len(header) - 1)
    for position, width in enumerate(widths):
        sheet.set_column(position, position, min(width, WIDEST))


def _width(value: Any) -> int:
    text = "" if value is None else str(value)
    return sum(1 + (east_asian_width(character) in "WFA") for character in text)


def _write(sheet: Any, row: int, column: int, value: Any) -> None:
    if value is None or value == "":
        return
    if isinstance(value, int | float):
        sheet.write_number(row, column, value)
    else:
        sheet.write_string(row, column, escape_formula(str(value)))
