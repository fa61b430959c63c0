"""The table in a file: found among titles, notes and blanks, one row an activity."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from kyodo_geo.export.schema.columns import ACTIVITY_COLUMNS
from kyodo_geo.tabular.column_arrays import DistinctTexts
from kyodo_geo.tabular.findings import Catalogue, Check, FileRefused, Finding, Severity
from kyodo_geo.tabular.header_row import LOOKED_AT, NOTE_STARTS, TITLE, field_of, header_row
from kyodo_geo.tabular.sheets import CellRange, Sheet, readings
from kyodo_geo.tabular.size_limits import MOST_ROWS
from kyodo_geo.tabular.synonyms import synonyms, word_key

KEY_FIELDS = ("district_ids", "district_names", "fiscal_year", "start_date", "field")
"""Columns in which a merged cell means the same for all its rows."""

LONGEST_SPECIAL = 8
"""Longer titles are neither 合計 nor the name of the column."""

LONGEST_MARK = 6
"""Longer texts are no 同上."""

IGNORED_FIELDS = ("edition", "regions", "is_kyodo", "row_number", "reasons")
"""Columns that follow from others, or number the rows."""


@dataclass
class SourceColumn(DistinctTexts):
    """One column: its cells, its name in the file, and the column of the export it stands for
    (None for an unknown one).
    """

    label: str
    field: str | None


LABELS = {column.name: column.label for column in ACTIVITY_COLUMNS}


@dataclass
class ActivityTable:
    """The rows that hold activities. `numbers` are the rows a spreadsheet shows,
    `refused_cells` row and column of what cannot be taken in.
    """

    sheet: str
    encoding: str
    numbers: list[int]
    columns: list[SourceColumn]
    findings: list[Finding] = field(default_factory=list)
    refused_cells: set[tuple[int, str]] = field(default_factory=set)

    def column(self, name: str) -> SourceColumn | None:
        """The column read for a field; None if the file has none."""
        return next((column for column in self.columns if column.field == name), None)

    def label(self, name: str) -> str:
        """The header of a field in the file, else what our export calls it."""
        column = self.column(name)
        return column.label if column else LABELS[name]

    def find(
        self,
        check: Catalogue,
        row: int | None = None,
        column: str = "",
        found: str = "",
        became: str = "",
        detail: str = "",
    ) -> None:
        """Add a finding of this sheet."""
        self.add([Finding(check, self.sheet, row, column, found, became, detail)])

    def add(self, findings: Sequence[Finding]) -> None:
        """Add findings; the cells of those that block are refused."""
        self.findings += findings
        self.refused_cells |= {
            (finding.row, finding.column)
            for finding in findings
            if finding.row is not None and finding.check.severity is Severity.BLOCKS
        }

    def refused_rows(self) -> set[int]:
        """Numbers of the rows that cannot be taken in."""
        return {row for row, _ in self.refused_cells}


def read_table(content: bytes) -> ActivityTable:
    """The table of a file, filled down, with what was found on the way.

    Raises FileRefused where nothing can be read, without a header or without rows.
    """
    sheets = _first_with_header(content)
    known = [(sheet, row) for sheet in sheets if (row := _header(sheet)) is not None]
    if not known:
        raise FileRefused(Check.NO_HEADER if any(s.height for s in sheets) else Check.EMPTY_FILE)
    sheet, header = known[0]
    table = _table(sheet, header)
    _tell_of_file(table, sheets, [other.name for other, _ in known[1:]])
    if not table.numbers:
        raise FileRefused(Check.NO_ROWS)
    if len(table.numbers) > MOST_ROWS:
        raise FileRefused(Check.TOO_MANY_ROWS, f"{len(table.numbers):,}行あります")
    _fill_merged(table, sheet.merged)
    _fill_dittos(table)
    return table


def _first_with_header(content: bytes) -> Sequence[Sheet]:
    """The likeliest reading in which there is a header, else the likeliest of all."""
    first: Sequence[Sheet] = ()
    for sheets in readings(content):
        if any(_header(sheet) is not None for sheet in sheets):
            return sheets
        first = first or sheets
    return first


def _header(sheet: Sheet) -> int | None:
    return header_row([sheet.row(position) for position in range(min(LOOKED_AT, sheet.height))])


def _tell_of_file(table: ActivityTable, sheets: Sequence[Sheet], others: Sequence[str]) -> None:
    if table.encoding not in ("", "utf-8-sig"):
        table.find(Check.ENCODING, detail=f"読んだ文字コードは {table.encoding} です")
    if len(sheets) > 1:
        table.find(Check.SHEET_CHOSEN, found=table.sheet)
    for name in others:
        table.find(Check.SHEET_LEFT, found=name)


def _table(sheet: Sheet, header: int) -> ActivityTable:
    names = _names(sheet.row(header))
    table = ActivityTable(sheet.name, sheet.encoding, [], [])
    if header:
        table.find(Check.HEADER_NOT_FIRST, row=header + 1)
    rows = _data_rows(table, sheet, header, names)
    table.numbers = (rows + 1).tolist()
    seen: set[str] = set()
    for name, texts in zip(names, sheet.columns, strict=False):
        cells = texts.of_rows(rows)
        known = _field(table, name, cells, seen, header + 1)
        table.columns.append(SourceColumn(cells.distinct, cells.codes, name, known))
    return table


def _names(header: Sequence[str]) -> list[str]:
    last = max(position for position, name in enumerate(header) if name.strip())
    return ["".join(name.split()) for name in header[: last + 1]]


def _field(
    table: ActivityTable, name: str, cells: DistinctTexts, seen: set[str], row: int
) -> str | None:
    """The field of a column; says why one is not read."""
    if not name:
        is_filled = cells.where(str.strip).any()
        table.find(Check.UNNAMED_COLUMN if is_filled else Check.BLANK_COLUMN, row=row)
        return None
    found = field_of(name)
    if found is None:
        table.find(Check.UNKNOWN_COLUMN, row=row, column=name)
    elif found in seen and found not in IGNORED_FIELDS:
        table.find(Check.DOUBLE_COLUMN, row=row, column=name)
        return None
    else:
        seen.add(found)
    return found


def _data_rows(
    table: ActivityTable, sheet: Sheet, header: int, names: Sequence[str]
) -> NDArray[np.int64]:
    """The rows below the header that hold activities; says of others what they are."""
    filled = [column.where(str.strip) for column in sheet.columns]
    is_filled = np.logical_or.reduce(filled)
    is_beside = np.logical_or.reduce([*filled[len(names) :], np.zeros_like(is_filled)])
    title = sheet.columns[[field_of(name) for name in names].index(TITLE)]
    is_data = np.arange(sheet.height) > header
    is_data[np.flatnonzero(is_filled)[-1] + 1 :] = False
    # Most rows have a title that can be nothing else: only the others are looked at.
    is_usual = title.where(lambda text: len(text) > LONGEST_SPECIAL) & ~is_beside
    for position in np.flatnonzero(is_data & ~is_usual).tolist():
        if is_filled[position]:
            is_data[position] = _holds_activity(table, sheet, position, names)
        else:
            is_data[position] = False
            if is_filled[position - 1]:  # once for rows that follow
                table.find(Check.BLANK_ROW, row=position + 1)
    return np.flatnonzero(is_data)


def _holds_activity(
    table: ActivityTable, sheet: Sheet, position: int, names: Sequence[str]
) -> bool:
    """Whether a filled row holds an activity; says what it is if not."""
    row, number = sheet.row(position), position + 1
    filled = [cell.strip() for cell in row if cell.strip()]
    if ["".join(cell.split()) for cell in row[: len(names)]] == list(names):
        table.find(Check.REPEATED_HEADER, row=number)
        return False
    if word_key(filled[0]) in synonyms("total"):
        table.find(Check.TOTAL_ROW, row=number, found=filled[0])
        return False
    if len(filled) == 1 and filled[0].startswith(NOTE_STARTS):
        table.find(Check.NOTE_ROW, row=number, found=filled[0])
        return False
    surplus = [cell.strip() for cell in row[len(names) :] if cell.strip()]
    if surplus:
        check = Check.STRAY_CELL if sheet.name else Check.SHIFTED_ROW
        table.find(check, row=number, found="、".join(surplus))
    return True


def _fill_merged(table: ActivityTable, merged: Sequence[CellRange]) -> None:
    at = {number: n for n, number in enumerate(table.numbers)}
    for (top, left), (bottom, right) in merged:
        rows = [at[row + 1] for row in range(top, bottom + 1) if row + 1 in at]
        if (len(rows) < 2 and left == right) or not rows or left >= len(table.columns):
            continue
        column = table.columns[left]
        is_key = column.field in KEY_FIELDS and left == right
        check = Check.MERGED_FILLED if is_key else Check.MERGED_LEFT
        table.find(check, table.numbers[rows[0]], column.label, found=column.cell(rows[0]))
        if is_key:
            column.codes[rows] = column.codes[rows[0]]


def _fill_dittos(table: ActivityTable) -> None:
    for column in table.columns:
        for row in _rows_with_ditto(column):
            mark, above = column.cell(row), column.cell(row - 1) if row else ""
            number, label = table.numbers[row], column.label
            if above.strip():
                column.codes[row] = column.codes[row - 1]
                table.find(Check.DITTO, number, label, found=mark, became=above)
            else:
                column.empty(row)
                table.find(Check.DITTO_OF_NOTHING, number, label, found=mark)


def _rows_with_ditto(column: SourceColumn) -> list[int]:
    words = synonyms("ditto")
    short = [n for n, text in enumerate(column.distinct) if 0 < len(text) <= LONGEST_MARK]
    marks = [code for code in short if word_key(column.distinct[code]) in words]
    return np.flatnonzero(np.isin(column.codes, marks)).tolist() if marks else []
