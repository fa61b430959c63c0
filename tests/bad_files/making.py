"""Makes the bytes of files: CSV, XLSX, ODS and things that are none of these."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Sequence
from typing import Any
from xml.sax.saxutils import escape

import xlsxwriter

HEADER = (
    *("名称", "年度", "開始日", "地区の番号", "形態（明記）", "主体"),
    *("分野", "実施・予定", "参加者数", "備考"),
)
PLAIN = (
    "花の苗植え",
    "2024",
    "2024-05-12",
    "C03",
    "共催",
    "地域団体;市",
    "環境・美化",
    "実施",
    "50",
    "",
)


def row(**cells: str) -> list[str]:
    """A row with nothing wrong, some cells changed."""
    return [cells.get(name, value) for name, value in zip(HEADER, PLAIN, strict=True)]


def rename(**names: str) -> list[str]:
    """The header with some names changed."""
    return [names.get(name, name) for name in HEADER]


def csv_of(
    *rows: Sequence[str], header: Sequence[str] = HEADER, encoding: str = "utf-8-sig"
) -> bytes:
    """A CSV file with a header."""
    return csv_lines(header, *rows, encoding=encoding)


def csv_lines(*lines: Sequence[str], encoding: str = "utf-8-sig", delimiter: str = ",") -> bytes:
    """A CSV file of any lines."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows(lines)
    return text.getvalue().encode(encoding)


def xlsx_of(
    *sheets: tuple[str, Sequence[Sequence[Any]]],
    change: Callable[[xlsxwriter.Workbook], None] = lambda book: None,
) -> bytes:
    """A workbook; `change` is called before it is closed."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        for name, rows in sheets:
            sheet = book.add_worksheet(name)
            for number, cells in enumerate(rows):
                sheet.write_row(number, 0, cells)
        change(book)
    return content.getvalue()


def ods_of(rows: Sequence[Sequence[str]], manifest: str = "<m/>") -> bytes:
    """An OpenDocument sheet with texts only."""
    cells = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{escape(c)}</text:p>'
            "</table:table-cell>"
            for c in cells
        )
        + "</table:table-row>"
        for cells in rows
    )
    names = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {names}><office:body>'
        f'<office:spreadsheet><table:table table:name="表1">{cells}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    return zip_of(
        mimetype="application/vnd.oasis.opendocument.spreadsheet",
        content=content,
        manifest=manifest,
    )


def zip_of(**parts: str) -> bytes:
    """A ZIP with the parts of an OpenDocument file, or any other."""
    names = {"content": "content.xml", "manifest": "META-INF/manifest.xml"}
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(names.get(name, name), text)
    return content.getvalue()


def with_part(content: bytes, name: str, part: bytes) -> bytes:
    """The same archive with one more part."""
    changed = io.BytesIO(content)
    with zipfile.ZipFile(changed, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr(name, part)
    return changed.getvalue()


def bomb() -> bytes:
    """A workbook of a few MB that becomes 520 MB."""
    return with_part(xlsx_of(("活動", [HEADER, PLAIN])), "xl/media/big.bin", bytes(520_000_000))
