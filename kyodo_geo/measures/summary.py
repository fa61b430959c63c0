"""Figures of every place under one set of filters: the base of all pages."""

from __future__ import annotations

from dataclasses import dataclass

from kyodo_geo.editions import Edition, Place, query_text
from kyodo_geo.measures.selection import query_parameters
from kyodo_geo.model import Filters
from kyodo_geo.vocabulary import KYODO_SCOPES, mask_of


@dataclass(frozen=True)
class PlaceSummary:
    """Figures of one place.

    `activities` counts each activity once in each place it belongs to; `kyodo` counts
    those of them that are 協働. `participants` is None where no activity states a
    number, `participants_known` says how many do. `actor_kinds` is 0 to 6.
    """

    place: Place
    activities: int
    kyodo: int
    participants_known: int
    participants: int | None
    actor_kinds: int
    actor_mask: int
    form_mask: int
    first_year: int | None
    last_year: int | None
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
    parameters = query_parameters(edition, filters) | {"kyodo_scopes": mask_of(KYODO_SCOPES)}
    places = edition.place_by_id
    rows = [
        PlaceSummary(places[row[0]], *row[1:])
        for row in edition.rows(query_text("summary"), parameters)
    ]
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
