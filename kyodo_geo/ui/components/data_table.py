"""Tables as parts (static/widgets/table.js draws them)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from kyodo_geo.japanese import rounded
from kyodo_geo.measures.places.summary import PlaceSummary, Summary
from kyodo_geo.ui.components.mount import Part

CellValue = float | str | None


@dataclass(frozen=True)
class PlaceColumn:
    """One column: heading, value of a place (None: データなし), how it is written."""

    label: str
    value: Callable[[PlaceSummary], CellValue]
    digits: int = 0
    help: str = ""
    bar: bool = False

    def card(self) -> dict[str, Any]:
        """The column as the script takes it; what is not set is left out."""
        card = {"label": self.label, "digits": self.digits, "help": self.help, "bar": self.bar}
        return {name: value for name, value in card.items() if value}


def place_table(
    summary: Summary, columns: Sequence[PlaceColumn], caption: str, selected: str | None
) -> Part:
    """All districts, then 全市, 地区不明 (if any), the regions and the whole.

    Names and regions of the places are known to the page: rows hold the figures alone, in
    the order of `edition.places`, null for a place that is not shown.
    """
    hidden = None if summary.unknown.activities else summary.unknown
    return {
        "kind": "placeTable",
        "caption": caption,
        "columns": [column.card() for column in columns],
        "rows": [
            None if row is hidden else [_cell(column, row) for column in columns]
            for row in summary.rows()
        ],
        "selected": selected,
    }


def row_table(
    caption: str,
    columns: Sequence[dict[str, Any]],
    rows: Iterable[tuple[str, Sequence[Any]]],
    *,
    picks: str = "",
    selected: str | None = None,
    style: str = "",
) -> Part:
    """Rows of their own (id, cells); a click on the first cell sets `picks` to the row's id."""
    return {
        "kind": "rowTable",
        "caption": caption,
        "columns": columns,
        "rows": [{"id": row_id, "cells": cells} for row_id, cells in rows],
        "picks": picks,
        "selected": selected,
        "style": style,
    }


def texts(*labels: str) -> list[dict[str, Any]]:
    """Columns of texts for `row_table`."""
    return [{"label": label, "kind": "text"} for label in labels]


def numbers(*labels: str) -> list[dict[str, Any]]:
    """Columns of whole numbers for `row_table`."""
    return [{"label": label} for label in labels]


def _cell(column: PlaceColumn, row: PlaceSummary) -> CellValue:
    value = column.value(row)
    return rounded(value, column.digits) if isinstance(value, float) else value
