"""The table in a file: found among titles, notes and blanks, one row per activity."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from kyodo_geo.export.schema.columns import ACTIVITY_COLUMNS
from kyodo_geo.tabular.column_arrays import DistinctTexts, Positions
from kyodo_geo.tabular.finding_kinds import CellFinding, FileFinding, TableFinding
from kyodo_geo.tabular.findings import Checked, FileRefused, Finding, FindingKind
from kyodo_geo.tabular.header_row import LOOKED_AT, TITLE, field_of, header_row, non_data_kind
from kyodo_geo.tabular.sheets import CellRange, Sheet, check_encoding, readings
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


LABELS = {column.name: column.label for column in ACTIVITY_COLUMNS}


@dataclass(frozen=True)
class SourceColumn:
    """One column: its name in the file, the column of the export it stands for (None for an
    unknown one), and its texts.
    """

    label: str
    field: str | None
    texts: DistinctTexts


@dataclass(frozen=True)
class ActivityTable:
    """The rows that hold activities. `numbers` are the rows a spreadsheet shows."""

    sheet: str
    encoding: str
    numbers: Sequence[int]
    columns: Sequence[SourceColumn]

    def column(self, name: str) -> SourceColumn | None:
        """The column read for a field; None if the file has none."""
        return next((column for column in self.columns if column.field == name), None)

    def label(self, name: str) -> str:
        """The header of a field in the file, else what our export calls it."""
        column = self.column(name)
        return column.label if column else LABELS[name]

    def finding(
        self, kind: FindingKind, position: int | None = None, label: str = "", **texts: str
    ) -> Finding:
        """Build a finding of this sheet on a row by its position, a column by its header."""
        number = None if position is None else self.numbers[position]
        return Finding(kind, self.sheet, number, label, **texts)


def read_table(content: bytes) -> Checked[ActivityTable]:
    """Read the table of a file, filled down.

    Raises FileRefused where nothing can be read, without a header or without rows.
    """
    sheets = _likeliest_sheets(content)
    known = [(sheet, row) for sheet in sheets if (row := _header(sheet)) is not None]
    if not known:
        is_filled = any(sheet.height for sheet in sheets)
        raise FileRefused(TableFinding.NO_HEADER if is_filled else FileFinding.EMPTY_FILE)
    sheet, header = known[0]
    raw = _table(sheet, header)
    count = len(raw.value.numbers)
    if not count:
        raise FileRefused(TableFinding.NO_ROWS)
    if count > MOST_ROWS:
        raise FileRefused(FileFinding.TOO_MANY_ROWS, f"{count:,}行あります")
    of_file = _check_sheets(sheet, sheets, [other.name for other, _ in known[1:]])
    unmerged = _fill_merged(raw.value, sheet.merged)
    filled = _fill_dittos(unmerged.value)
    findings = (*raw.findings, *of_file, *unmerged.findings, *filled.findings)
    return Checked(filled.value, findings)


def _likeliest_sheets(content: bytes) -> Sequence[Sheet]:
    """The likeliest reading in which there is a header, else the likeliest of all."""
    first: Sequence[Sheet] = ()
    for sheets in readings(content):
        if any(_header(sheet) is not None for sheet in sheets):
            return sheets
        first = first or sheets
    return first


def _header(sheet: Sheet) -> int | None:
    return header_row(
        [sheet.cells_at(position) for position in range(min(LOOKED_AT, sheet.height))]
    )


def _check_sheets(
    chosen: Sheet, sheets: Sequence[Sheet], others: Sequence[str]
) -> Iterator[Finding]:
    yield from check_encoding(chosen.encoding)
    if len(sheets) > 1:
        yield Finding(TableFinding.SHEET_CHOSEN, chosen.name, found=chosen.name)
    for name in others:
        yield Finding(TableFinding.SHEET_LEFT, chosen.name, found=name)


def _table(sheet: Sheet, header: int) -> Checked[ActivityTable]:
    names = _names(sheet.cells_at(header))
    rows = _data_rows(sheet, header, names)
    columns = _columns(sheet, header, names, rows.value)
    findings = [*rows.findings, *columns.findings]
    if header:
        findings.insert(0, Finding(TableFinding.HEADER_NOT_FIRST, sheet.name, header + 1))
    numbers = (rows.value + 1).tolist()
    return Checked(ActivityTable(sheet.name, sheet.encoding, numbers, columns.value), findings)


def _names(header: Sequence[str]) -> list[str]:
    last = max(position for position, name in enumerate(header) if name.strip())
    return ["".join(name.split()) for name in header[: last + 1]]


def _columns(
    sheet: Sheet, header: int, names: Sequence[str], rows: Positions
) -> Checked[list[SourceColumn]]:
    """The columns with a name, and why some of them are not read."""
    columns: list[SourceColumn] = []
    findings = []
    for name, texts in zip(names, sheet.columns, strict=False):
        cells, known = texts.of_rows(rows), field_of(name) if name else None
        is_double = known not in IGNORED_FIELDS and known in [c.field for c in columns if c.field]
        if kind := _unread_kind(name, known, is_double, cells):
            findings.append(Finding(kind, sheet.name, header + 1, name))
        columns.append(SourceColumn(name, None if is_double else known, cells))
    return Checked(columns, findings)


def _unread_kind(
    name: str, known: str | None, is_double: bool, cells: DistinctTexts
) -> TableFinding | None:
    """Why a column is not read; None for one that is."""
    if not name:
        is_filled = cells.where(str.strip).any()
        return TableFinding.UNNAMED_COLUMN if is_filled else TableFinding.BLANK_COLUMN
    if known is None:
        return TableFinding.UNKNOWN_COLUMN
    return TableFinding.DOUBLE_COLUMN if is_double else None


def _data_rows(sheet: Sheet, header: int, names: Sequence[str]) -> Checked[Positions]:
    """The rows below the header that hold activities; what the others are, is found."""
    filled = [column.where(str.strip) for column in sheet.columns]
    is_filled = np.logical_or.reduce(filled)
    is_beside = np.logical_or.reduce([*filled[len(names) :], np.zeros_like(is_filled)])
    title = sheet.columns[[field_of(name) for name in names].index(TITLE)]
    is_data = np.arange(sheet.height) > header
    is_data[np.flatnonzero(is_filled)[-1] + 1 :] = False
    # Most rows have a title that can be nothing else: only the others are looked at.
    is_usual = title.where(lambda text: len(text) > LONGEST_SPECIAL) & ~is_beside
    findings = []
    for position in np.flatnonzero(is_data & ~is_usual).tolist():
        if not is_filled[position]:
            is_data[position] = False
            if is_filled[position - 1]:  # once for rows that follow
                findings.append(Finding(TableFinding.BLANK_ROW, sheet.name, position + 1))
        elif aside := _aside(sheet, position, names):
            is_data[position] = False
            findings.append(aside)
        else:
            findings += _surplus_cells(sheet, position, names)
    return Checked(np.flatnonzero(is_data), findings)


def _aside(sheet: Sheet, position: int, names: Sequence[str]) -> Finding | None:
    """Find a filled row that holds no activity: the header again, a sum, a note."""
    cells = sheet.cells_at(position)
    filled = [cell.strip() for cell in cells if cell.strip()]
    if ["".join(cell.split()) for cell in cells[: len(names)]] == list(names):
        return Finding(TableFinding.REPEATED_HEADER, sheet.name, position + 1)
    kind = non_data_kind(filled)
    return Finding(kind, sheet.name, position + 1, found=filled[0]) if kind else None


def _surplus_cells(sheet: Sheet, position: int, names: Sequence[str]) -> Iterator[Finding]:
    """Find what stands to the right of the last name."""
    surplus = [cell.strip() for cell in sheet.cells_at(position)[len(names) :] if cell.strip()]
    if surplus:
        kind = TableFinding.STRAY_CELL if sheet.name else TableFinding.SHIFTED_ROW
        yield Finding(kind, sheet.name, position + 1, found="、".join(surplus))


def _fill_merged(table: ActivityTable, merged: Sequence[CellRange]) -> Checked[ActivityTable]:
    """Fill merged cells down where their value holds for all rows; others are found."""
    if not merged:
        return Checked(table)
    at = {number: position for position, number in enumerate(table.numbers)}
    codes = [column.texts.codes.copy() for column in table.columns]
    findings = []
    for (top, left), (bottom, right) in merged:
        rows = [at[row + 1] for row in range(top, bottom + 1) if row + 1 in at]
        if (len(rows) < 2 and left == right) or not rows or left >= len(table.columns):
            continue
        column, first = table.columns[left], codes[left][rows[0]]
        is_key = column.field in KEY_FIELDS and left == right
        kind = TableFinding.MERGED_FILLED if is_key else TableFinding.MERGED_LEFT
        findings.append(
            table.finding(kind, rows[0], column.label, found=column.texts.distinct[first])
        )
        if is_key:
            codes[left][rows] = first
    columns = [
        replace(column, texts=replace(column.texts, codes=filled))
        for column, filled in zip(table.columns, codes, strict=True)
    ]
    return Checked(replace(table, columns=columns), findings)


def _fill_dittos(table: ActivityTable) -> Checked[ActivityTable]:
    """Put the text above in place of each mark for it."""
    filled = [_fill_column(table, column) for column in table.columns]
    findings = [finding for column in filled for finding in column.findings]
    return Checked(replace(table, columns=[column.value for column in filled]), findings)


def _fill_column(table: ActivityTable, column: SourceColumn) -> Checked[SourceColumn]:
    rows = _ditto_rows(column.texts)
    if not rows:
        return Checked(column)
    distinct, codes, findings = list(column.texts.distinct), column.texts.codes.copy(), []
    if "" not in distinct:
        distinct.append("")
    for row in rows:
        mark, above = distinct[codes[row]], distinct[codes[row - 1]] if row else ""
        if above.strip():
            codes[row] = codes[row - 1]
            texts = {"found": mark, "became": above}
            findings.append(table.finding(CellFinding.DITTO, row, column.label, **texts))
        else:
            codes[row] = distinct.index("")
            kind = CellFinding.DITTO_OF_NOTHING
            findings.append(table.finding(kind, row, column.label, found=mark))
    return Checked(replace(column, texts=DistinctTexts(distinct, codes)), findings)


def _ditto_rows(texts: DistinctTexts) -> list[int]:
    words = synonyms("ditto")
    short = [n for n, text in enumerate(texts.distinct) if 0 < len(text) <= LONGEST_MARK]
    marks = [code for code in short if word_key(texts.distinct[code]) in words]
    return np.flatnonzero(np.isin(texts.codes, marks)).tolist() if marks else []
