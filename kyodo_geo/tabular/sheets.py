"""The sheets of a file as columns of texts: CSV in any usual encoding, XLSX and ODS."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import islice, zip_longest
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.csv as pa_csv
from charset_normalizer import from_bytes
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError
from python_calamine import SheetTypeEnum as SheetType

from kyodo_geo.tabular.column_arrays import DistinctTexts
from kyodo_geo.tabular.file_types import MOST_BYTES, FileKind, kind_of
from kyodo_geo.tabular.finding_kinds import FileFinding
from kyodo_geo.tabular.findings import FileRefused, Finding
from kyodo_geo.tabular.size_limits import (
    MOST_COLUMNS,
    MOST_ROWS,
    ROWS_AROUND,
    refuse_too_large,
)

SNIFFED_CHARACTERS = 4096
DELIMITERS = (",", "\t", ";")
UTF_16_BOMS = (b"\xff\xfe", b"\xfe\xff")
PASSED_OVER = ("記入例", "書き方", "見本")
"""Sheets that show how to fill in another."""

csv.field_size_limit(MOST_BYTES)
"""A cell may be as long as a file; `csv` has one limit for the whole process."""

CellRange = tuple[tuple[int, int], tuple[int, int]]


@dataclass(frozen=True)
class Sheet:
    """Table of a file: columns of texts, all from the first row on.

    `name` is empty for CSV; `merged` holds first and last cell (row, column from 0) of each
    merged range, as far as the format tells. `encoding` is empty for workbooks.
    """

    name: str
    columns: Sequence[DistinctTexts]
    merged: Sequence[CellRange] = ()
    encoding: str = ""

    @property
    def height(self) -> int:
        """Number of rows."""
        return len(self.columns[0].codes) if self.columns else 0

    def cells_at(self, position: int) -> list[str]:
        """The cells of one row."""
        return [column.cell(position) for column in self.columns]


def readings(content: bytes) -> Iterator[Sequence[Sheet]]:
    """The sheets of a file; for texts one reading an encoding that fits, likeliest first.

    Raises FileRefused for a file of which nothing can be read.
    """
    if kind_of(content) is FileKind.WORKBOOK:
        yield _workbook(content)
        return
    any_fits = False
    for encoding, text in _decodings(content):
        any_fits = True
        yield (Sheet("", _csv_columns(text), encoding=encoding),)
    if not any_fits:
        raise FileRefused(FileFinding.UNKNOWN_ENCODING)


def check_encoding(encoding: str) -> Iterator[Finding]:
    """Find a text that was not read as UTF-8; `encoding` is empty for workbooks."""
    if encoding not in ("", "utf-8", "utf-8-sig"):
        yield Finding(FileFinding.ENCODING, detail=f"読んだ文字コードは {encoding} です")


def _decodings(content: bytes) -> Iterator[tuple[str, str]]:
    if content.startswith(UTF_16_BOMS):
        yield from _decoded(content, "utf-16")
        return
    if content[:SNIFFED_CHARACTERS].count(0) > SNIFFED_CHARACTERS // 500:
        raise FileRefused(FileFinding.OTHER_KIND)
    yield from _decoded(content, "utf-8-sig")
    yield from _decoded(content, "cp932")
    guess = from_bytes(content[:1_000_000]).best()
    if guess is not None and guess.encoding not in ("utf_8", "cp932"):
        yield from _decoded(content, guess.encoding)


def _decoded(content: bytes, encoding: str) -> Iterator[tuple[str, str]]:
    try:
        yield encoding, content.decode(encoding)
    except UnicodeDecodeError:
        return


def _csv_columns(text: str) -> Sequence[DistinctTexts]:
    start = text[:SNIFFED_CHARACTERS]
    delimiter = max(DELIMITERS, key=start.count)
    # Below, every column of the first row costs time; others are compared with that.
    next(_bounded(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)), None)
    try:
        return _regular_columns(text, delimiter)
    except pa.ArrowInvalid:
        return _columns(_irregular_rows(text, delimiter))


def _bounded(rows: Iterable[list[str]]) -> Iterator[list[str]]:
    """The rows up to the first that is too wide. Raises FileRefused there."""
    for row in rows:
        refuse_too_large(1, len(row))
        yield row


def _regular_columns(text: str, delimiter: str) -> Sequence[DistinctTexts]:
    """All rows as long as the first, read at once. Raises ArrowInvalid if they are not."""
    content = text.encode()
    texts = pa.dictionary(pa.int32(), pa.string())
    table = pa_csv.read_csv(
        pa.BufferReader(content),
        pa_csv.ReadOptions(autogenerate_column_names=True, block_size=len(content) + 1),
        pa_csv.ParseOptions(delimiter=delimiter, newlines_in_values=True, ignore_empty_lines=False),
        pa_csv.ConvertOptions(column_types={f"f{n}": texts for n in range(MOST_COLUMNS + 1)}),
    )
    refuse_too_large(table.num_rows, table.num_columns)
    coded = [column.combine_chunks() for column in table.columns]
    return [
        DistinctTexts(column.dictionary.to_pylist(), column.indices.to_numpy().astype(np.int64))
        for column in coded
    ]


def _irregular_rows(text: str, delimiter: str) -> list[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        rows = list(islice(_bounded(reader), MOST_ROWS + ROWS_AROUND + 1))
    except csv.Error as error:
        raise FileRefused(FileFinding.NOT_CSV, f"{reader.line_num}行目の辺りです") from error
    refuse_too_large(len(rows), max(map(len, rows), default=0))
    return rows


def _columns(rows: Sequence[Sequence[str]]) -> Sequence[DistinctTexts]:
    return [DistinctTexts.of(cells) for cells in zip_longest(*rows, fillvalue="")]


def _workbook(content: bytes) -> Sequence[Sheet]:
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        names = [
            sheet.name
            for sheet in book.sheets_metadata
            if sheet.typ is SheetType.WorkSheet and not sheet.name.startswith(PASSED_OVER)
        ]
        return tuple(_sheet(book.get_sheet_by_name(name)) for name in names)
    except PasswordError as error:
        raise FileRefused(FileFinding.PASSWORD) from error
    except CalamineError as error:
        raise FileRefused(FileFinding.DAMAGED) from error


def _sheet(sheet: CalamineSheet) -> Sheet:
    refuse_too_large(sheet.total_height, sheet.total_width)
    rows = [[_text(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]
    return Sheet(sheet.name, _columns(rows), sheet.merged_cell_ranges or ())


def _text(value: Any) -> str:
    """The text of a cell as people would type it; whole numbers without decimals."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    return value.isoformat() if isinstance(value, date | time) else str(value)
