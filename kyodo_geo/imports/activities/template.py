"""An empty file to fill in: Excel with choices and explanations, or CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.exceptions import XlsxWriterException

from kyodo_geo.city import city
from kyodo_geo.editions import Edition
from kyodo_geo.errors import IntakeError
from kyodo_geo.export.schema.columns import ACTIVITY_COLUMNS, Column
from kyodo_geo.vocabulary import KNOWN_FORMS, ActorType, Field, Status

ROWS_TO_FILL = 1000
SUFFIXES = (".xlsx", ".csv")
NO_PART_OF_IT = ("edition", "district_names", "regions", "scopes", "is_kyodo")
SEVERAL = ("district_ids", "forms_stated", "forms_implied", "actors")
"""Columns that may hold several of the choices: others than those are let through."""

COLUMNS = tuple(column for column in ACTIVITY_COLUMNS if column.name not in NO_PART_OF_IT)

ADVICE: Mapping[str, str] = {
    "activity_id": "新しい活動は空欄。記録を直すときだけ、その活動の番号を書きます。",
    "title": "なくてはなりません。",
    "fiscal_year": "例: 2024、令和6年度。空欄なら日付から補います。",
    "start_date": "例: 2024-04-01、令和6年4月1日、R6.4.1。",
    "actors": "なくてはなりません。",
    "participants_count": "数だけを書きます。0は、参加者がなかったことを表します。",
    "organisations": "個人の氏名や連絡先は書きません。",
}

EXAMPLE: Mapping[str, str | int] = {
    "title": "用水路の清掃",
    "summary": "地区の住民と市が用水路の泥を上げた。",
    "fiscal_year": 2024,
    "start_date": "2024-04-21",
    "end_date": "2024-04-21",
    "district_ids": "C03",
    "forms_stated": "共催",
    "actors": "個人;地域団体;市",
    "field": Field.ENVIRONMENT.label,
    "status": Status.REPORTED.label,
    "participants_count": 120,
    "city_cost_yen": 30000,
    "organisations": f"花北地区コミュニティ協議会;{city().name}",
    "source": "広報はなまき 2024年5月1日号",
    "source_date": "2024-05-01",
}
"""A row as it should be filled in."""


def write_template(edition: Edition, target: Path) -> None:
    """Write the template, its kind by the name's ending.

    Raises IntakeError for another ending or a place that cannot be written to.
    """
    suffix = target.suffix.lower()
    if suffix not in SUFFIXES:
        expected = f"名前の終わりは {' か '.join(SUFFIXES)} です"
        raise IntakeError(str(target), "ひな形の形式がわかりません", expected)
    try:
        target.write_bytes(template_workbook(edition) if suffix == ".xlsx" else _csv())
    except (OSError, XlsxWriterException) as error:
        raise IntakeError(str(target), f"書き込めませんでした（{error}）") from error


def _csv() -> bytes:
    lines = io.StringIO(newline="")
    csv.writer(lines).writerow([column.label for column in COLUMNS])
    return lines.getvalue().encode("utf-8-sig")


def template_workbook(edition: Edition) -> bytes:
    """The template as an Excel file: choices and explanations, and an example on a sheet."""
    content = io.BytesIO()
    labels = [column.label for column in COLUMNS]
    choices = choices_of(edition)
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        sheet = book.add_worksheet("活動")
        _write(book, sheet, [labels])
        for position, column in enumerate(COLUMNS):
            sheet.data_validation(1, position, ROWS_TO_FILL, position, _validation(column, choices))
        example = [EXAMPLE.get(column.name, "") for column in COLUMNS]
        _write(book, book.add_worksheet("記入例"), [labels, example])
        told = [(c.label, _field_note(c), EXAMPLE.get(c.name, "")) for c in COLUMNS]
        _write(book, book.add_worksheet("書き方"), [("項目", "説明", "例"), *told])
        _write(book, book.add_worksheet("コード表"), [("種類", "値", "意味"), *_codes(edition)])
    return content.getvalue()


def _write(book: Any, sheet: Any, rows: Sequence[Sequence[str | int]]) -> None:
    sheet.freeze_panes(1, 0)
    header = book.add_format({"bold": True, "bottom": 1})
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row, header if number == 0 else None)
    for position, cells in enumerate(zip(*rows, strict=True)):
        sheet.set_column(position, position, min(60, 2 * max(len(str(c)) for c in cells) + 3))


def choices_of(edition: Edition) -> Mapping[str, Sequence[str]]:
    """The texts that may stand in a column, by name of the column."""
    forms = [form.label for form in KNOWN_FORMS]
    districts = [p.place_id for p in edition.places if p.kind in ("district", "citywide")]
    return {
        "district_ids": districts,
        "forms_stated": forms,
        "forms_implied": forms,
        "actors": [actor.label for actor in ActorType],
        "field": [field.label for field in Field],
        "status": [status.label for status in Status],
    }


def _validation(column: Column, choices: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    note = {"input_title": column.label, "input_message": _field_note(column)}
    if column.name not in choices:
        return {"validate": "any", **note}
    is_several = column.name in SEVERAL
    return {
        "validate": "list",
        "source": list(choices[column.name]),
        "error_type": "information" if is_several else "stop",
        "error_title": column.label,
        "error_message": "一覧から選びます。" + ("複数は ; で区切ります。" if is_several else ""),
        **note,
    }


def _field_note(column: Column) -> str:
    return f"{column.definition}。{ADVICE.get(column.name, '')}".replace("。。", "。")


def _codes(edition: Edition) -> list[tuple[str, str, str]]:
    places = [
        ("地区の番号", p.place_id, p.label)
        for p in edition.places
        if p.kind in ("district", "citywide")
    ]
    terms = [
        (kind, term.label, term.definition)
        for kind, vocabulary in (
            ("形態", KNOWN_FORMS),
            ("主体", tuple(ActorType)),
            ("分野", tuple(Field)),
            ("実施・予定", tuple(Status)),
        )
        for term in vocabulary
    ]
    return places + terms
