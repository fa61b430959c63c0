"""What can stand in an exported column, as the edition has it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

from kyodo_geo.editions import Edition
from kyodo_geo.export.schema.columns import Column

OF_ACTIVITIES = ("district", "citywide")

PLACES: Mapping[str, Callable[[Edition], list[str]]] = {
    "place": lambda edition: [place.place_id for place in edition.places],
    "district": lambda edition: [p.place_id for p in edition.places if p.kind in OF_ACTIVITIES],
    "district_label": lambda edition: [p.label for p in edition.places if p.kind in OF_ACTIVITIES],
    "region": lambda edition: [p.region for p in edition.places if p.kind == "region"],
}


def choices(edition: Edition, column: Column) -> tuple[str, ...]:
    """All values a column can have (each of several, where it has several); empty: any."""
    if column.values or not column.codes:
        return column.values
    if column.codes in PLACES:
        return tuple(PLACES[column.codes](edition))
    kind, _, what = column.codes.partition("_")
    query = "SELECT id, label FROM code WHERE kind = $kind ORDER BY ordinal"
    return tuple(
        row.label if what == "label" else row.id for row in edition.rows(query, {"kind": kind})
    )


def one_of(values: Iterable[str]) -> str:
    """A regular expression for one of some texts, in what all dialects of them share."""
    return "|".join(re.escape(value).replace("\\ ", " ") for value in values)
