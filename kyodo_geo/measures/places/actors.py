"""協働の主体: activities per place and actor type, pairs of actor types, organisations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain

from kyodo_geo.editions import Edition, cached_per_edition
from kyodo_geo.filters.conditions import view_rows
from kyodo_geo.measures.places.counts import count_places
from kyodo_geo.model import Filters
from kyodo_geo.vocabulary import ActorType

MOST_ORGANISATIONS = 1000


@dataclass(frozen=True)
class ActorProfile:
    """Activities of one place by actor type.

    `together[a, b]` counts activities in which both take part, `together[a, a]` those
    with `a` at all; `activities` counts each activity once (実件数).
    """

    activities: int
    together: Mapping[tuple[ActorType, ActorType], int]

    def count(self, actor: ActorType) -> int:
        """Count the activities in which `actor` takes part."""
        return self.together[actor, actor]

    def share(self, actor: ActorType) -> float | None:
        """Return the share of activities with `actor`, in percent; None without activities.

        Shares add up to more than 100: an activity has several actor types.
        """
        return self.count(actor) / self.activities * 100 if self.activities else None

    @property
    def kinds(self) -> int:
        """Number of actor types that take part at all, 0 to 6."""
        return sum(self.count(actor) > 0 for actor in ActorType)


@cached_per_edition
def actor_profiles(edition: Edition, filters: Filters) -> dict[str, ActorProfile]:
    """Return the actor profiles of all places by place id, places without activities included."""
    counts = count_places(edition, filters)
    pairs = [(a, b) for a in ActorType for b in ActorType]
    rows = zip(edition.places, counts.activities.tolist(), counts.together.tolist(), strict=True)
    return {
        place.place_id: ActorProfile(activities, dict(zip(pairs, chain(*together), strict=True)))
        for place, activities, together in rows
    }


@cached_per_edition
def organisations(edition: Edition, filters: Filters, place_id: str) -> tuple[tuple[str, int], ...]:
    """Count activities per organisation of a place, the MOST_ORGANISATIONS most active first.

    Names are as the sources write them: one organisation under two names counts as two.
    """
    # The cube holds no organisations, so that these are counted anew per view (K029).
    mask = edition.place_by_id[place_id].mask
    rows = view_rows(edition, filters, "organisations", place_mask=mask, limit=MOST_ORGANISATIONS)
    return tuple((row.organisation, row.activities) for row in rows)
