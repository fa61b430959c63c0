"""Cells of a CSV file, read strictly: what cannot be read is refused with its place."""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NoReturn, TypeVar

from kyodo_geo.errors import SourceDataError
from kyodo_geo.vocabulary import AnyTerm

SEPARATOR = ";"
"""Stands between the values of a cell that holds several."""

YEN_DIGITS = 15
"""Amounts of money may be longer than counts of people."""

NEXT_STEP = "表計算ソフトなどでこの行を直し、もう一度読み込んでください"

Choice = TypeVar("Choice")


def by_label(terms: Iterable[AnyTerm]) -> dict[str, AnyTerm]:
    """The terms of a vocabulary by the Japanese label that stands in files."""
    return {term.label: term for term in terms}


@dataclass(frozen=True)
class CsvRow:
    """Row of a file. `number` is the row a spreadsheet shows: the header is row 1.

    All readers strip surrounding spaces, read an empty cell as "not on record" (None or
    no values) and raise SourceDataError for a value they cannot read.
    """

    file: str
    number: int
    cells: Mapping[str, str]

    def text(self, column: str) -> str:
        """The text of a cell; empty where nothing is on record."""
        return self.cells[column].strip()

    def required(self, column: str) -> str:
        """The text of a cell that must not be empty."""
        return self.text(column) or self._refuse(column, "空欄です", "値が必要です")

    def texts(self, column: str) -> tuple[str, ...]:
        """The values of a cell that holds several, each once, in their order."""
        values = (value.strip() for value in self.text(column).split(SEPARATOR))
        return tuple(dict.fromkeys(value for value in values if value))

    def integer(self, column: str, digits: int = 9) -> int | None:
        """A whole number of zero or more, in at most so many plain digits."""
        return self.required_integer(column, digits) if self.text(column) else None

    def required_integer(self, column: str, digits: int = 9) -> int:
        """A whole number that must not be missing."""
        value = self.required(column)
        if not re.fullmatch(rf"[0-9]{{1,{digits}}}", value):
            expected = f"0以上で{digits}桁までの整数（例: 1200）"
            self._refuse(column, f"「{value}」は数として読めません", expected)
        return int(value)

    def fiscal_year(self, column: str) -> int | None:
        """A fiscal year by the western year it starts in."""
        value = self.text(column)
        if value and not re.fullmatch(r"(19|20)[0-9]{2}", value):
            self._refuse(column, f"「{value}」は年度として読めません", "西暦4桁（例: 2024）")
        return int(value) if value else None

    def degrees(self, column: str) -> float:
        """A latitude or longitude in decimal degrees; must not be missing."""
        value = self.required(column)
        try:
            degrees = float(value)
        except ValueError:
            degrees = math.nan
        if not abs(degrees) <= 180:
            self._refuse(column, f"「{value}」は座標として読めません", "十進の度（例: 39.38853）")
        return degrees

    def day(self, column: str) -> date | None:
        """A day in ISO 8601."""
        return self.required_day(column) if self.text(column) else None

    def required_day(self, column: str) -> date:
        """A day that must not be missing."""
        value = self.required(column)
        try:
            return datetime.strptime(value, "%Y-%m-%d").date()
        except ValueError:
            expected = "実在する日付を YYYY-MM-DD で（例: 2024-04-01）"
            self._refuse(column, f"「{value}」は日付として読めません", expected)

    def choice(self, column: str, choices: Mapping[str, Choice]) -> Choice:
        """Parse a cell that must hold one of `choices`."""
        return self._chosen(column, self.required(column), choices)

    def choices(self, column: str, choices: Mapping[str, Choice]) -> tuple[Choice, ...]:
        """Parse a cell of several values, each one of `choices`."""
        return tuple(self._chosen(column, value, choices) for value in self.texts(column))

    def required_choices(self, column: str, choices: Mapping[str, Choice]) -> tuple[Choice, ...]:
        """The same, at least one."""
        chosen = self.choices(column, choices)
        return chosen or self._refuse(column, "空欄です", "値が一つ以上必要です")

    def error(self, found: str, expected: str = "", next_step: str = NEXT_STEP) -> SourceDataError:
        """A refusal of this row."""
        return SourceDataError(f"{self.file} の{self.number}行目", found, expected, next_step)

    def _chosen(self, column: str, value: str, choices: Mapping[str, Choice]) -> Choice:
        if value not in choices:
            expected = "、".join(choices) + " のいずれか"
            self._refuse(column, f"「{value}」は知られていない値です", expected)
        return choices[value]

    def _refuse(self, column: str, found: str, expected: str) -> NoReturn:
        raise self.error(f"{column} 列の{found}", f"正しい書き方: {expected}")


def refuse_duplicates(rows: Sequence[CsvRow], *columns: str) -> None:
    """Raise SourceDataError if two rows agree in all of `columns`."""
    first: dict[tuple[str, ...], CsvRow] = {}
    for row in rows:
        key = tuple(row.text(column) for column in columns)
        earlier = first.setdefault(key, row)
        if earlier is not row:
            name = " ".join(filter(None, key))
            found = f"「{name}」は{earlier.number}行目にもあります"
            raise row.error(found, f"{'・'.join(columns)} は重ならないこと")


def read_rows(content: bytes, file: str, columns: Sequence[str]) -> list[CsvRow]:
    """The rows of a CSV file in UTF-8 (with or without BOM) that has exactly `columns`.

    Raises SourceDataError if it is not such a file or has no rows.
    """
    lines = _records(content, file)
    header = lines[0] if lines else []
    if sorted(header) != sorted(columns):
        raise SourceDataError(
            f"{file} の1行目",
            f"列名が違います（{_difference(header, columns)}）",
            f"必要な列: {'、'.join(columns)}",
            "1行目の列名を直してください",
        )
    rows = [_row(file, number, header, line) for number, line in enumerate(lines[1:], start=2)]
    if not rows:
        raise SourceDataError(file, "データの行がありません", next_step="中身を確認してください")
    return rows


def _records(content: bytes, file: str) -> list[list[str]]:
    try:
        text = content.decode("utf-8-sig")
        return list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except (UnicodeDecodeError, csv.Error) as error:
        raise SourceDataError(
            file,
            f"CSVとして読めません（{error}）",
            "文字コードが UTF-8 の CSV ファイルが必要です",
            "「CSV UTF-8」の形式で保存し直してください",
        ) from error


def _row(file: str, number: int, header: Sequence[str], cells: Sequence[str]) -> CsvRow:
    row = CsvRow(file, number, dict(zip(header, cells, strict=False)))
    if len(cells) != len(header):
        found, expected = f"値が{len(cells)}個あります", f"列と同じ{len(header)}個の値が必要です"
        raise row.error(found, f"{expected}（「,」を含む値は引用符で囲む）")
    return row


def _difference(header: Sequence[str], columns: Sequence[str]) -> str:
    missing = [column for column in columns if column not in header]
    surplus = [column for column in header if column not in columns]
    parts = [f"足りない列: {'、'.join(missing)}"] if missing else []
    parts += [f"余分な列: {'、'.join(surplus)}"] if surplus else []
    return "、".join(parts) or "同じ名の列が二つあります"
