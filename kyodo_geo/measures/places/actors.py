"""協働の主体: who takes part in each place, and who works with whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain

from kyodo_geo.editions import Edition
from kyodo_geo.filters.conditions import view_rows
from kyodo_geo.measures.places.counts import count_places
from kyodo_geo.model import Filters
from kyodo_geo.vocabulary import ActorType


@dataclass(frozen=True)
class ActorProfile:
    """Who takes part in one place.

    `together[a, b]` counts activities in which both take part, `together[a, a]` those
    with `a` at all; `activities` is the number of activities, each once.
    """

    place_id: str
    activities: int
    together: Mapping[tuple[ActorType, ActorType], int]

    def count(self, actor: ActorType) -> int:
        """Activities in which `actor` takes part."""
        return self.together[actor, actor]

    def share(self, actor: ActorType) -> float | None:
        """Share of the activities in which `actor` takes part, in percent; None without any.

        Shares add up to more than 100: an activity has several kinds of actor.
        """
        return self.count(actor) / self.activities * 100 if self.activities else None

    @property
    def kinds(self) -> int:
        """Number of kinds of actor that take part at all, 0 to 6."""
        return sum(self.count(actor) > 0 for actor in ActorType)


def actor_profiles(edition: Edition, filters: Filters) -> dict[str, ActorProfile]:
    """Profiles of every place by place id."""
    return edition.cached(("actors", filters), lambda: _actor_profiles(edition, filters))


def _actor_profiles(edition: Edition, filters: Filters) -> dict[str, ActorProfile]:
    counts = count_places(edition, filters)
    pairs = [(a, b) for a in ActorType for b in ActorType]
    rows = zip(edition.places, counts.activities.tolist(), counts.together.tolist(), strict=True)
    return {
        place.place_id: ActorProfile(
            place.place_id, activities, dict(zip(pairs, chain(*together), strict=True))
        )
        for place, activities, together in rows
    }


def organisations(
    edition: Edition, filters: Filters, place_id: str, limit: int = 1000
) -> tuple[tuple[str, int], ...]:
    """Organisations taking part in a place with the number of their activities.

    One row a name as the sources write it, most active first. The same organisation
    under two names counts as two.
    """
    key = ("organisations", filters, place_id, limit)
    return edition.cached(key, lambda: _organisations(edition, filters, place_id, limit))


def _organisations(
    edition: Edition, filters: Filters, place_id: str, limit: int
) -> tuple[tuple[str, int], ...]:
    mask = edition.place_by_id[place_id].mask
    rows = view_rows(edition, filters, "organisations", place_mask=mask, limit=limit)
    return tuple((row.organisation, row.activities) for row in rows)
