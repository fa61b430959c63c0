"""Coverage of each place by records: few records are not few activities."""

from __future__ import annotations

from dataclasses import dataclass

from kyodo_geo.editions import Edition, Place, cached_per_edition
from kyodo_geo.filters.conditions import view_rows
from kyodo_geo.model import Filters


@dataclass(frozen=True)
class Coverage:
    """Records of one place; `years` and `sources` count distinct ones.

    `first_year` and `last_year` are None without a known fiscal year, `sources` is None where
    the edition holds figures only.
    """

    place: Place
    activities: int
    years: int
    form_unknown: int
    participants_unknown: int
    first_year: int | None
    last_year: int | None
    sources: int | None


@cached_per_edition
def coverage(edition: Edition, filters: Filters) -> tuple[Coverage, ...]:
    """Return the coverage of all places in display order, zero included."""
    # Decision 39: an edition of figures alone has no activities whose sources could be counted.
    rows = [] if edition.holds_figures_only else view_rows(edition, filters, "sources")
    sources = {row.place_id: row.sources for row in rows}
    return tuple(
        Coverage(
            **row._asdict()
            | {"place": edition.place_by_id[row.place], "sources": sources.get(row.place)}
        )
        for row in view_rows(edition, filters, "coverage")
    )
