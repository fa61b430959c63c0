"""Small tables (reference data, reviews): found in a file, read row by row, written again."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from kyodo_geo.export.writers.formula_escaping import escape_formula
from kyodo_geo.tabular.findings import Catalogue, Check, FileRefused, Finding, Severity
from kyodo_geo.tabular.header_row import LOOKED_AT, NOTE_STARTS
from kyodo_geo.tabular.parsed import ParsedCell
from kyodo_geo.tabular.sheets import Sheet, readings
from kyodo_geo.tabular.synonyms import synonyms, word_key


class TableCheck(Catalogue):
    """What can be found in any small table (D53 and D54)."""

    NO_HEADER = (
        "D531",
        "L3-01",
        Severity.BLOCKS,
        "見出しの行が見つかりません",
        "1行目に列名を書いてください（いまの内容やひな形を書き出して使えます）。",
    )
    UNKNOWN_COLUMN = ("D532", "L1-05", Severity.WARNS, "知らない列です。読みませんでした", "")
    SAME_KEY = (
        "D540",
        "",
        Severity.BLOCKS,
        "同じものの行が前にもあります",
        "正しい行だけを残してください。",
    )


@dataclass(frozen=True)
class TableColumn:
    """One column of a table: its name, what people call it, and what stands in it."""

    name: str
    label: str
    definition: str
    is_required: bool = False


@dataclass(frozen=True)
class TableRow:
    """One row of a file: the number a spreadsheet shows, and its texts by column."""

    number: int
    texts: Mapping[str, str]


@dataclass
class SmallTable:
    """The rows of a file, and what was found in it. `labels` are the names it has for columns."""

    sheet: str
    labels: Mapping[str, str]
    rows: list[TableRow] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def find(
        self, check: Catalogue, row: TableRow | None = None, column: str = "", **more: str
    ) -> None:
        """Add a finding of this sheet; `column` is the name of one of ours."""
        number = row.number if row else None
        label = self.labels.get(column, column)
        self.findings.append(Finding(check, self.sheet, number, label, **more))

    def value(self, row: TableRow, column: str, read: Callable[[str], ParsedCell]) -> Any:
        """What a cell means; None for an empty one and one that cannot be read."""
        text = row.texts.get(column, "")
        cell = read(text)
        for check, became, detail in cell.notes:
            self.find(check, row, column, found=text, became=became, detail=detail)
        return None if cell.is_refused else cell.value


def read_table(content: bytes, kind: str, columns: Sequence[TableColumn]) -> SmallTable:
    """The table of a file, below the first row that names all required columns.

    `kind` is that of other words for columns in `data/synonyms.csv`. Raises FileRefused where
    there is no such row.
    """
    known = {word_key(text): c.name for c in columns for text in (c.name, c.label)}
    field_of = partial(_field_of, known | dict(synonyms(kind)))
    required = {column.name for column in columns if column.is_required}
    for sheets in readings(content):
        for sheet in sheets:
            header = _header(sheet, field_of, required)
            if header is not None:
                return _table(sheet, header, field_of)
    labels = "、".join(column.label for column in columns if column.is_required)
    raise FileRefused(TableCheck.NO_HEADER, f"要る列は {labels} です")


def refuse_same_keys(table: SmallTable, keys: Iterable[tuple[TableRow, Any]]) -> None:
    """Add a finding for each row whose key another row before it has."""
    first: dict[Any, TableRow] = {}
    for row, key in keys:
        earlier = first.setdefault(key, row)
        if earlier is not row:
            detail = f"{earlier.number}行目にもあります"
            table.find(TableCheck.SAME_KEY, row, found="、".join(map(str, key)), detail=detail)


def refuse_missing(table: SmallTable, row: TableRow, columns: Sequence[TableColumn]) -> None:
    """Add a finding for each required cell of a row that is empty."""
    for column in columns:
        if column.is_required and not row.texts.get(column.name, "").strip():
            table.find(Check.MISSING, row, column.name)


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


def _field_of(known: Mapping[str, str], name: str) -> str | None:
    return known.get(word_key(name))


def _header(sheet: Sheet, field_of: Callable[[str], str | None], required: set[str]) -> int | None:
    for position in range(min(LOOKED_AT, sheet.height)):
        if required <= {field_of(name) for name in sheet.row(position)}:
            return position
    return None


def _table(sheet: Sheet, header: int, field_of: Callable[[str], str | None]) -> SmallTable:
    names = sheet.row(header)
    fields = [field_of(name) for name in names]
    labels = {known: name for known, name in zip(fields, names, strict=True) if known}
    table = SmallTable(sheet.name, labels)
    if sheet.encoding not in ("", "utf-8-sig"):
        told = f"読んだ文字コードは {sheet.encoding} です"
        table.findings.append(Finding(Check.ENCODING, detail=told))
    for name, known in zip(names, fields, strict=True):
        if name.strip() and known is None:
            table.find(TableCheck.UNKNOWN_COLUMN, column=name)
        if known and fields.count(known) > 1:
            raise FileRefused(TableCheck.NO_HEADER, f"「{name}」にあたる列が二つあります")
    for position in range(header + 1, sheet.height):
        texts = sheet.row(position)
        if _is_data(table, texts, position + 1):
            by_field = {known: text for known, text in zip(fields, texts, strict=True) if known}
            table.rows.append(TableRow(position + 1, by_field))
    if not table.rows:
        raise FileRefused(Check.NO_ROWS)
    return table


def _is_data(table: SmallTable, texts: Sequence[str], number: int) -> bool:
    filled = [text.strip() for text in texts if text.strip()]
    if not filled:
        return False
    note = TableRow(number, {})
    if word_key(filled[0]) in synonyms("total"):
        table.find(Check.TOTAL_ROW, note, found=filled[0])
        return False
    if len(filled) == 1 and filled[0].startswith(NOTE_STARTS):
        table.find(Check.NOTE_ROW, note, found=filled[0])
        return False
    return True
