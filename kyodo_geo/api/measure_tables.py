"""The figures of every place, as the maps show them: which columns belong to which map."""

from __future__ import annotations

from typing import Any

from kyodo_geo.editions import Edition
from kyodo_geo.export.schema.columns import PLACE_COLUMNS, Column
from kyodo_geo.export.writers.geojson import place_cells
from kyodo_geo.measures.places.density import MEASURES, measure_places
from kyodo_geo.model import Filters

OF_EACH = ("place_id", "kind", "name", "region", "activities")
RATES = ("per_10km2", "per_1000")
OF_DENSITY = (
    *("area_km2", "kyodo", *RATES, "per_1000_basis"),
    *("participants", "participants_known", "actor_kinds"),
)

MEASURE_COLUMNS: dict[str, tuple[Column, ...]] = {
    "density": tuple(c for c in PLACE_COLUMNS if c.name in (*OF_EACH, *OF_DENSITY)),
    "forms": tuple(c for c in PLACE_COLUMNS if c.name in OF_EACH or c.name.startswith("form_")),
    "actors": tuple(
        c
        for c in PLACE_COLUMNS
        if c.name in (*OF_EACH, "actor_kinds") or c.name.startswith("actor_")
    ),
}
"""Columns of the three tables, in the order of the export's districts.csv."""


def measure_cells(edition: Edition, filters: Filters, measure: str) -> list[tuple[Any, ...]]:
    """One row a place in the order of MEASURE_COLUMNS; None: no data. Rounded to 4 places."""
    chosen = [PLACE_COLUMNS.index(column) for column in MEASURE_COLUMNS[measure]]
    return [tuple(row[n] for n in chosen) for row in place_cells(edition, filters)]


def denominators(edition: Edition, filters: Filters) -> dict[str, str]:
    """What rates are divided by, in words, by the name of the column."""
    return {name: measure_places(edition, filters, MEASURES[name]).denominator for name in RATES}
