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
    """One column: heading, value of a place (None: データなし), how it is written."""

    label: str
    value: Callable[[PlaceSummary], CellValue]
    digits: int = 0
    help: str = ""
    bar: bool = False


def place_table(
    summary: Summary, columns: Sequence[PlaceColumn], caption: str, selected: str | None
) -> Part:
    """All districts, then 全市, 地区不明 (if any), the regions and the whole.

    Names and regions of the places are known to the page: rows hold the figures alone, in
    the order of `edition.places`, None for a place that is not shown.
    """
    hidden = None if summary.unknown.activities else summary.unknown
    return PlaceTable(
        caption,
        [Column(one.label, digits=one.digits, help=one.help, has_bar=one.bar) for one in columns],
        [
            None if row is hidden else [_cell(column, row) for column in columns]
            for row in summary.rows()
        ],
        selected,
    )


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
    """Rows of their own (id, cells)."""
    return RowTable(caption, columns, [Row(*row) for row in rows], picks, changes, selected, style)


def texts(*labels: str) -> list[Column]:
    """Columns of texts for `row_table`."""
    return [Column(label, "text") for label in labels]


def numbers(*labels: str) -> list[Column]:
    """Columns of whole numbers for `row_table`."""
    return [Column(label) for label in labels]


def _cell(column: PlaceColumn, row: PlaceSummary) -> CellValue:
    value = column.value(row)
    return rounded(value, column.digits) if isinstance(value, float) else value
