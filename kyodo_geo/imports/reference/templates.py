"""Reference data as files: the present data to be edited and handed in again, empty tables."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import astuple
from pathlib import Path
from typing import Any

import xlsxwriter

from kyodo_geo.editions import Edition
from kyodo_geo.errors import IntakeError, refusal_to_write
from kyodo_geo.imports.reference import population_plan, town_plan
from kyodo_geo.imports.reference.dataset import DatasetKind
from kyodo_geo.imports.table_files import add_sheet
from kyodo_geo.tabular.small_tables import TableColumn, table_csv

WIDEST = 40
COLUMNS: dict[DatasetKind, tuple[TableColumn, ...]] = {
    DatasetKind.POPULATION: population_plan.COLUMNS,
    DatasetKind.TOWNS: town_plan.COLUMNS,
}
SUFFIXES = {
    DatasetKind.BOUNDARIES: (".geojson",),
    DatasetKind.POPULATION: (".csv", ".xlsx"),
    DatasetKind.TOWNS: (".csv", ".xlsx"),
}


def reference_file(
    edition: Edition, kind: DatasetKind, suffix: str, *, is_empty: bool = False
) -> bytes:
    """Write the present data of a kind as a file that changes nothing if it is handed in again.

    With `is_empty` only the header; boundaries are always given in full.
    """
    if kind is DatasetKind.BOUNDARIES:
        return edition.boundaries_geojson.encode()
    rows = () if is_empty else _rows(edition, kind)
    if suffix == ".csv":
        return table_csv(COLUMNS[kind], rows)
    return _workbook(edition, kind, rows)


def write_reference(
    edition: Edition, kind: DatasetKind, target: Path, *, is_empty: bool = False
) -> None:
    """Write `reference_file` to a path, in the format of its suffix.

    Raises IntakeError for another suffix or a place that cannot be written to.
    """
    suffix = target.suffix.lower()
    if suffix not in SUFFIXES[kind]:
        expected = f"名前の終わりは {' か '.join(SUFFIXES[kind])} です"
        raise IntakeError(str(target), "書き出す形式がわかりません", expected)
    with refusal_to_write(IntakeError, target):
        target.write_bytes(reference_file(edition, kind, suffix, is_empty=is_empty))


def _rows(edition: Edition, kind: DatasetKind) -> Iterable[Sequence[Any]]:
    if kind is DatasetKind.TOWNS:
        return [astuple(town) for town in edition.towns]
    return [
        (
            population_plan.LEVEL_LABELS[row.level],
            row.name,
            row.as_of.isoformat(),
            *astuple(row)[3:],
        )
        for row in edition.population
    ]


def _workbook(edition: Edition, kind: DatasetKind, rows: Iterable[Sequence[Any]]) -> bytes:
    content, columns = io.BytesIO(), COLUMNS[kind]
    labels = [column.label for column in columns]
    notes = [(column.label, column.definition) for column in columns]
    districts = [(d.district_id, d.name, d.region) for d in edition.districts]
    with xlsxwriter.Workbook(content, {"in_memory": True, "strings_to_urls": False}) as book:
        add_sheet(book, kind.label, [labels, *rows], WIDEST)
        add_sheet(book, "書き方", [("列", "書くこと"), *notes], WIDEST)
        add_sheet(book, "書き方（地区）", [("番号", "地区", "地域"), *districts], WIDEST)
    return content.getvalue()
