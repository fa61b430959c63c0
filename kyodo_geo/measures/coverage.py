"""How well each place is covered by records: few records are not few activities."""

from __future__ import annotations

from dataclasses import dataclass

from kyodo_geo.editions import Edition, Place, query_text
from kyodo_geo.measures.selection import query_parameters
from kyodo_geo.model import Filters
from kyodo_geo.vocabulary import Form


@dataclass(frozen=True)
class Coverage:
    """Records of one place: how many, from how many sources, over how many fiscal years."""

    place: Place
    activities: int
    years: int
    sources: int
    form_unknown: int
    participants_unknown: int
    first_year: int | None
    last_year: int | None


def coverage(edition: Edition, filters: Filters) -> tuple[Coverage, ...]:
    """Coverage of every place in display order, zero included."""
    return edition.cached(("coverage", filters), lambda: _coverage(edition, filters))


def _coverage(edition: Edition, filters: Filters) -> tuple[Coverage, ...]:
    parameters = query_parameters(edition, filters) | {"unknown_form": Form.UNKNOWN.bit}
    rows = edition.rows(query_text("coverage"), parameters)
    return tuple(Coverage(edition.place_by_id[row[0]], *row[1:]) for row in rows)
