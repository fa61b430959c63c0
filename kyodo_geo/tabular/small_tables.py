"""Small tables (reference data, reviews): found in a file, parsed row by row, written again."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from kyodo_geo.export.writers.formula_escaping import escape_formula
from kyodo_geo.tabular.finding_kinds import CellFinding, SmallTableFinding, TableFinding
from kyodo_geo.tabular.findings import Checked, FileRefused, Finding, FindingKind
from kyodo_geo.tabular.header_row import LOOKED_AT, non_data_kind
from kyodo_geo.tabular.parsed import ParseText
from kyodo_geo.tabular.sheets import Sheet, check_encoding, readings
from kyodo_geo.tabular.synonyms import synonyms, word_key

Record = TypeVar("Record")
FieldOf = Callable[[str], str | None]
"""The column that a name in a header stands for."""


@dataclass(frozen=True)
class TableColumn:
    """Column of a table: name, label and definition."""

    name: str
    label: str
    definition: str
    is_required: bool = False


@dataclass(frozen=True)
class TableRow:
    """Row of a file: the number a spreadsheet shows, and its texts by column."""

    number: int
    texts: Mapping[str, str]


@dataclass(frozen=True)
class SmallTable:
    """The rows of a file that hold data. `labels` are the names it has for columns."""

    sheet: str
    labels: Mapping[str, str]
    rows: Sequence[TableRow]

    def finding(
        self, kind: FindingKind, row: TableRow | None = None, column: str = "", **texts: str
    ) -> Finding:
        """Build a finding of this sheet; `column` is the name of one of ours."""
        number = row.number if row else None
        return Finding(kind, self.sheet, number, self.labels.get(column, column), **texts)

    def parse(self, row: TableRow, parsers: Mapping[str, ParseText]) -> Checked[dict[str, Any]]:
        """Parse some cells of a row; None for empty ones and those that cannot be read."""
        texts = {column: row.texts.get(column, "") for column in parsers}
        cells = {column: parse(texts[column]) for column, parse in parsers.items()}
        return Checked(
            {column: None if cell.is_refused else cell.value for column, cell in cells.items()},
            [
                self.finding(kind, row, column, found=texts[column], became=became, detail=detail)
                for column, cell in cells.items()
                for kind, became, detail in cell.notes
            ],
        )


def read_table(content: bytes, kind: str, columns: Sequence[TableColumn]) -> Checked[SmallTable]:
    """Read the table of a file, below the first row that names all required columns.

    `kind` is that of other words for columns in `data/synonyms.csv`. Raises FileRefused where
    there is no such row, and for a table without data.
    """
    known = {word_key(text): c.name for c in columns for text in (c.name, c.label)}
    known |= synonyms(kind)

    def field_of(name: str) -> str | None:
        return known.get(word_key(name))

    required = {column.name for column in columns if column.is_required}
    for sheets in readings(content):
        for sheet in sheets:
            header = _header(sheet, field_of, required)
            if header is not None:
                return _table(sheet, header, field_of)
    labels = "、".join(column.label for column in columns if column.is_required)
    raise FileRefused(SmallTableFinding.NO_HEADER, f"要る列は {labels} です")


def read_records(
    table: SmallTable,
    read: Callable[[TableRow], Checked[Record | None]],
    key_of: Callable[[Record], tuple[Hashable, ...]],
) -> Checked[list[tuple[TableRow, Record]]]:
    """Read each row as a record, if it can be read as one; no two may have the same key."""
    outcomes = [(row, read(row)) for row in table.rows]
    records = [(row, one.value) for row, one in outcomes if one.value is not None]
    findings = [finding for _, one in outcomes for finding in one.findings]
    return Checked(records, [*findings, *_same_keys(table, records, key_of)])


def _same_keys(
    table: SmallTable,
    records: Iterable[tuple[TableRow, Record]],
    key_of: Callable[[Record], tuple[Hashable, ...]],
) -> Iterator[Finding]:
    first: dict[tuple[Hashable, ...], TableRow] = {}
    for row, record in records:
        key = key_of(record)
        earlier = first.setdefault(key, row)
        if earlier is not row:
            found, detail = "、".join(map(str, key)), f"{earlier.number}行目にもあります"
            yield table.finding(SmallTableFinding.SAME_KEY, row, found=found, detail=detail)


def find_missing(
    table: SmallTable, row: TableRow, columns: Sequence[TableColumn]
) -> Iterator[Finding]:
    """Find the required cells of a row that are empty."""
    for column in columns:
        if column.is_required and not row.texts.get(column.name, "").strip():
            yield table.finding(CellFinding.MISSING, row, column.name)


def table_csv(columns: Sequence[TableColumn], rows: Iterable[Sequence[Any]]) -> bytes:
    """A table to be edited and handed in again: CSV in UTF-8 with BOM, labels on top."""
    lines = io.StringIO(newline="")
    writer = csv.writer(lines)
    writer.writerow([column.label for column in columns])
    writer.writerows(cells(row) for row in rows)
    return lines.getvalue().encode("utf-8-sig")


def cells(row: Sequence[Any]) -> list[Any]:
    """Values as they stand in a file: no formulas, an empty cell for what is missing."""
    return [
        "" if value is None else escape_formula(value) if isinstance(value, str) else value
        for value in row
    ]


def _header(sheet: Sheet, field_of: FieldOf, required: set[str]) -> int | None:
    for position in range(min(LOOKED_AT, sheet.height)):
        if required <= {field_of(name) for name in sheet.cells_at(position)}:
            return position
    return None


def _table(sheet: Sheet, header: int, field_of: FieldOf) -> Checked[SmallTable]:
    names = sheet.cells_at(header)
    fields = [field_of(name) for name in names]
    for name, known in zip(names, fields, strict=True):
        if known and fields.count(known) > 1:
            raise FileRefused(SmallTableFinding.NO_HEADER, f"「{name}」にあたる列が二つあります")
    rows: list[TableRow] = []
    findings = [*check_encoding(sheet.encoding), *_unknown_columns(sheet.name, names, fields)]
    for position in range(header + 1, sheet.height):
        cells = sheet.cells_at(position)
        filled = [text.strip() for text in cells if text.strip()]
        if filled and (kind := non_data_kind(filled)):
            findings.append(Finding(kind, sheet.name, position + 1, found=filled[0]))
        elif filled:
            texts = {known: text for known, text in zip(fields, cells, strict=True) if known}
            rows.append(TableRow(position + 1, texts))
    if not rows:
        raise FileRefused(TableFinding.NO_ROWS)
    labels = {known: name for known, name in zip(fields, names, strict=True) if known}
    return Checked(SmallTable(sheet.name, labels, rows), findings)


def _unknown_columns(
    sheet: str, names: Sequence[str], fields: Sequence[str | None]
) -> Iterator[Finding]:
    for name, known in zip(names, fields, strict=True):
        if name.strip() and known is None:
            yield Finding(SmallTableFinding.UNKNOWN_COLUMN, sheet, column=name)
