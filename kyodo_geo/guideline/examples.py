"""Example activities of a form or a band, those nearest to a district first."""

from __future__ import annotations

from collections.abc import Iterator

from kyodo_geo.editions import Edition
from kyodo_geo.measures.activities.listing import ListedActivity, list_activities
from kyodo_geo.measures.places.district_shapes import anchor_distances_m, district_neighbours
from kyodo_geo.model import Filters
from kyodo_geo.vocabulary import Certainty, Status

EXAMPLES_COUNT = 3


def examples(
    edition: Edition, filters: Filters, district_id: str | None = None
) -> tuple[ListedActivity, ...]:
    """Return up to EXAMPLES_COUNT activities of a view, those that took place before planned ones.

    Order: the district, its neighbours, its region, all others; within each, stated forms before
    implied ones, then the nearer, then the newer. Without a district: stated first, then newest.
    """
    found: dict[str, ListedActivity] = {}
    for narrowed in (filters.but(status=Status.REPORTED), filters):
        for activity in _candidates_in_order(edition, narrowed, district_id):
            found.setdefault(activity.activity_id, activity)
            if len(found) == EXAMPLES_COUNT:
                return tuple(found.values())
    return tuple(found.values())


def _candidates_in_order(
    edition: Edition, filters: Filters, district_id: str | None
) -> Iterator[ListedActivity]:
    steps = [*(_distance_steps(edition, district_id) if district_id else ()), ("ALL",)]
    # Without its implied form an activity would pass for one of citizens alone.
    certainties = tuple(Certainty)[::-1] if filters.forms else (Certainty.WITH_IMPLIED,)
    for place_ids in steps:
        for certainty in certainties:
            view = filters.but(certainty=certainty)
            for place_id in place_ids:
                yield from list_activities(edition, view, limit=EXAMPLES_COUNT, place_id=place_id)


def _distance_steps(edition: Edition, district_id: str) -> Iterator[tuple[str, ...]]:
    """Yield the ids of the district, its neighbours, its region and all, each nearest first."""
    distances_m = anchor_distances_m(edition, district_id)
    near = district_neighbours(edition)[district_id]
    region = edition.district_by_id[district_id].region
    around = [d.district_id for d in edition.districts if d.region == region]
    everywhere = [d.district_id for d in edition.districts]
    seen: set[str] = set()
    for step in ([district_id], near, around, everywhere):
        yield tuple(sorted((id_ for id_ in step if id_ not in seen), key=distances_m.__getitem__))
        seen |= set(step)
