"""Summary of all places under one set of filters, and their coverage by records."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from kyodo_geo.editions import Edition, Place, cached_per_edition
from kyodo_geo.filters.conditions import view_rows
from kyodo_geo.measures.places.counts import count_places
from kyodo_geo.model import Filters


@dataclass(frozen=True)
class PlaceSummary:
    """Figures of one place.

    `activities` counts an activity in each of its places, `kyodo` those that are 協働,
    `participants_known` those that state a number of participants. `participants` is the sum
    of these numbers: zero without activities, None where no activity states a number.
    `actor_kinds` is 0 to 6.
    """

    place: Place
    activities: int
    kyodo: int
    participants_known: int
    participants: int | None
    actor_kinds: int
    year_unknown: int


@dataclass(frozen=True)
class Summary:
    """Figures of all places: districts in order, 全市, 地区不明, regions, total.

    `total.activities` is the 実件数; the sum over places can be larger, because an activity of
    several districts counts in each.
    """

    districts: tuple[PlaceSummary, ...]
    citywide: PlaceSummary
    unknown: PlaceSummary
    regions: tuple[PlaceSummary, ...]
    total: PlaceSummary

    def rows(self) -> tuple[PlaceSummary, ...]:
        """Return all places in display order."""
        return (*self.districts, self.citywide, self.unknown, *self.regions, self.total)

    def of(self, place_id: str) -> PlaceSummary:
        """Return the figures of one place. Raises KeyError for an unknown id."""
        return {row.place.place_id: row for row in self.rows()}[place_id]


@cached_per_edition
def summarise(edition: Edition, filters: Filters) -> Summary:
    """Summarise all places under `filters`, zero included."""
    counts = count_places(edition, filters)
    is_unknown = (counts.activities > 0) & (counts.participants_known == 0)
    columns = (
        counts.activities.tolist(),
        counts.kyodo.tolist(),
        counts.participants_known.tolist(),
        [
            None if unknown else total
            for unknown, total in zip(is_unknown, counts.participants.tolist(), strict=True)
        ],
        (counts.together.diagonal(axis1=1, axis2=2) > 0).sum(axis=1).tolist(),
        counts.year_unknown.tolist(),
    )
    by_kind: dict[str, list[PlaceSummary]] = defaultdict(list)
    for place, *figures in zip(edition.places, *columns, strict=True):
        by_kind[place.kind].append(PlaceSummary(place, *figures))
    return Summary(
        districts=tuple(by_kind["district"]),
        citywide=by_kind["citywide"][0],
        unknown=by_kind["unknown"][0],
        regions=tuple(by_kind["region"]),
        total=by_kind["all"][0],
    )


def activities_in(edition: Edition, filters: Filters) -> int:
    """Count the activities of a view (実件数)."""
    return summarise(edition, filters).total.activities


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
    """Return the coverage of all places in display order, zero included.

    Few records are not few activities.
    """
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
