"""Tables of all places below the maps, as data for static/panel.js."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from kyodo_geo.editions import Edition
from kyodo_geo.measures.summary import PlaceSummary, Summary
from kyodo_geo.ui.components import panel
from kyodo_geo.ui.mapview import select_from_panel, selected_district


@dataclass(frozen=True)
class Column:
    """One column: heading, value of a place (None: データなし), how it is written."""

    label: str
    value: Callable[[PlaceSummary], float | str | None]
    digits: int = 0
    help: str = ""
    bar: bool = False
    kind: str = "number"

    def card(self) -> dict[str, Any]:
        """The column as the script takes it; what is not set is left out."""
        card = {"label": self.label, "kind": self.kind, "digits": self.digits, "help": self.help}
        return {k: v for k, v in (card | {"bar": self.bar}).items() if v}


def place_table(
    edition: Edition, summary: Summary, columns: Sequence[Column], label: str, key: str
) -> None:
    """Draw all districts, then 全市, 地区不明 (if any), the regions and the whole."""
    name = Column("地区", lambda row: row.place.label, kind="text")
    region = Column("地域", lambda row: row.place.region, kind="text")
    all_columns = (name, region, *columns)
    others = [summary.citywide, *summary.regions, summary.total]
    if summary.unknown.activities:
        others.insert(1, summary.unknown)
    panel(
        "table",
        {
            "label": label,
            "columns": [column.card() for column in all_columns],
            "rows": [_row(row, all_columns, pick=True) for row in summary.districts],
            "footer": [_row(row, all_columns, pick=False) for row in others],
            "selected": selected_district(edition),
        },
        key=key,
        on_pick=select_from_panel,
    )


def _row(row: PlaceSummary, columns: Sequence[Column], *, pick: bool) -> dict[str, Any]:
    cells = [column.value(row) for column in columns]
    rounded = [
        round(value, column.digits) if isinstance(value, float) else value
        for value, column in zip(cells, columns, strict=True)
    ]
    return {"id": row.place.place_id, "cells": rounded, "pick": pick}
