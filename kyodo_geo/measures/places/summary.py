"""Figures of every place under one set of filters: the base of all pages."""

from __future__ import annotations

from dataclasses import dataclass

from kyodo_geo.editions import Edition, Place
from kyodo_geo.measures.places.counts import count_places
from kyodo_geo.model import Filters


@dataclass(frozen=True)
class PlaceSummary:
    """Figures of one place.

    `activities` counts each activity once in each place it belongs to; `kyodo` counts
    those of them that are 協働. `participants_known` says how many state a number of
    participants; `participants` is their sum, zero where there is no activity at all and
    None where there are some but none states a number. `actor_kinds` is 0 to 6.
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
    """All places: the districts in order, 全市, 地区不明, the regions and the whole.

    `total.activities` is the 実件数: the sum over places can be larger, because an
    activity of several districts counts in each.
    """

    districts: tuple[PlaceSummary, ...]
    citywide: PlaceSummary
    unknown: PlaceSummary
    regions: tuple[PlaceSummary, ...]
    total: PlaceSummary

    def rows(self) -> tuple[PlaceSummary, ...]:
        """Every place in display order."""
        return (*self.districts, self.citywide, self.unknown, *self.regions, self.total)

    def of(self, place_id: str) -> PlaceSummary:
        """The figures of one place. Raises KeyError for an unknown id."""
        for row in self.rows():
            if row.place.place_id == place_id:
                return row
        raise KeyError(place_id)


def summarise(edition: Edition, filters: Filters) -> Summary:
    """Figures of every place under `filters`, zero included."""
    return edition.cached(("summary", filters), lambda: _summarise(edition, filters))


def _summarise(edition: Edition, filters: Filters) -> Summary:
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
    rows = [PlaceSummary(*row) for row in zip(edition.places, *columns, strict=True)]
    by_kind: dict[str, list[PlaceSummary]] = {}
    for row in rows:
        by_kind.setdefault(row.place.kind, []).append(row)
    return Summary(
        districts=tuple(by_kind["district"]),
        citywide=by_kind["citywide"][0],
        unknown=by_kind["unknown"][0],
        regions=tuple(by_kind["region"]),
        total=by_kind["all"][0],
    )
