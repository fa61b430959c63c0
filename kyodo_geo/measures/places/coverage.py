"""How well each place is covered by records: few records are not few activities."""

from __future__ import annotations

from dataclasses import dataclass

from kyodo_geo.editions import Edition, Place, query_text
from kyodo_geo.filters.conditions import query_parameters
from kyodo_geo.measures.places.count_queries import figure_rows
from kyodo_geo.model import Filters
from kyodo_geo.vocabulary import Form


@dataclass(frozen=True)
class Coverage:
    """Records of one place: how many, from how many sources, over how many fiscal years.

    `sources` is None where an edition holds figures only.
    """

    place: Place
    activities: int
    years: int
    form_unknown: int
    participants_unknown: int
    first_year: int | None
    last_year: int | None
    sources: int | None


def coverage(edition: Edition, filters: Filters) -> tuple[Coverage, ...]:
    """Coverage of every place in display order, zero included."""
    return edition.cached(("coverage", filters), lambda: _coverage(edition, filters))


def _coverage(edition: Edition, filters: Filters) -> tuple[Coverage, ...]:
    rows = figure_rows(edition, filters, "coverage", unknown_form=Form.UNKNOWN.bit)
    sources = _sources(edition, filters)
    return tuple(
        Coverage(edition.place_by_id[row[0]], *(*row[1:], sources.get(row[0]))) for row in rows
    )


def _sources(edition: Edition, filters: Filters) -> dict[str, int]:
    if edition.holds_figures_only:
        return {}
    return dict(edition.rows(query_text("sources"), query_parameters(edition, filters)))
