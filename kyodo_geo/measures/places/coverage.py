"""How well each place is covered by records: few records are not few activities."""

from __future__ import annotations

from dataclasses import dataclass

from kyodo_geo.editions import Edition, Place
from kyodo_geo.filters.conditions import view_rows
from kyodo_geo.model import Filters


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
    sources = _sources(edition, filters)
    return tuple(
        Coverage(
            edition.place_by_id[row.place_id],
            row.activities,
            row.years,
            row.form_unknown,
            row.participants_unknown,
            row.first_year,
            row.last_year,
            sources.get(row.place_id),
        )
        for row in view_rows(edition, filters, "coverage")
    )


def _sources(edition: Edition, filters: Filters) -> dict[str, int]:
    if edition.holds_figures_only:
        return {}
    return {row.place_id: row.sources for row in view_rows(edition, filters, "sources")}
