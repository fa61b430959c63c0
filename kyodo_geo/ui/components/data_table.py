"""Tables as parts (static/widgets/table.js draws them)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kyodo_geo.japanese import rounded
from kyodo_geo.measures.places.summary import PlaceSummary, Summary
from kyodo_geo.ui.components.parts import Column, Part, PlaceTable, Row, RowTable, View

CellValue = float | str | None


@dataclass(frozen=True)
class PlaceColumn:
    """Column of a table of places: heading, value per place (None: データなし), format."""

    label: str
    value: Callable[[PlaceSummary], CellValue]
    digits: int = 0
    help: str = ""
    bar: bool = False


def place_table(
    summary: Summary, columns: Sequence[PlaceColumn], caption: str, selected: str | None
) -> Part:
    """Build a table of all districts, then 全市, 地区不明 (if any), the regions and the city.

    Names and regions of the places are known to the page: rows hold the figures alone, in
    the order of `edition.places`, None for a place that is not shown.
    """
    # Scripts find rows by position: a hidden place keeps its own.
    hidden = None if summary.unknown.activities else summary.unknown
    heads = [
        Column(one.label, digits=one.digits, help=one.help, has_bar=one.bar) for one in columns
    ]
    rows = [
        None if row is hidden else [_cell(column, row) for column in columns]
        for row in summary.rows()
    ]
    return PlaceTable(caption, heads, rows, selected)


def row_table(
    caption: str,
    columns: Sequence[Column],
    rows: Iterable[tuple[str, Sequence[Any]]],
    *,
    picks: str = "",
    changes: Mapping[str, View] | None = None,
    selected: str | None = None,
    style: str = "",
) -> Part:
    """Build a table of any rows (id, cells)."""
    return RowTable(caption, columns, [Row(*row) for row in rows], picks, changes, selected, style)


def texts(*labels: str) -> list[Column]:
    """Build columns of texts for `row_table`."""
    return [Column(label, "text") for label in labels]


def numbers(*labels: str) -> list[Column]:
    """Build columns of whole numbers for `row_table`."""
    return [Column(label) for label in labels]


def _cell(column: PlaceColumn, row: PlaceSummary) -> CellValue:
    value = column.value(row)
    return rounded(value, column.digits) if isinstance(value, float) else value
