"""Wishes of the guideline to the citizens' side, beside the activities on record."""

from __future__ import annotations

from dataclasses import dataclass

from kyodo_geo.editions import Edition
from kyodo_geo.filters.query_string import narrowed_to
from kyodo_geo.guideline.policy import Wish, shipped_policy
from kyodo_geo.measures.activities.listing import ListedActivity, list_activities
from kyodo_geo.measures.places.actors import actor_profiles
from kyodo_geo.model import District, Filters
from kyodo_geo.vocabulary import CITIZEN_SIDE, ActorType

LATEST_COUNT = 3


@dataclass(frozen=True)
class Hope:
    """One actor type with its wish, its activities in a view and where it is missing.

    `absent` are the districts of the view without an activity of this actor type; `silent`
    counts those of them without any activity.
    """

    actor: ActorType
    wish: Wish
    activities: int
    latest: tuple[ListedActivity, ...]
    absent: tuple[District, ...]
    silent: int
    is_everywhere_absent: bool


def hopes(edition: Edition, filters: Filters) -> tuple[Hope, ...]:
    """Return the chosen actor types of the citizens' side, or all where none is chosen.

    Empty where the view is narrowed to the city.
    """
    districts = tuple(
        district
        for district in edition.districts
        if (not filters.districts or district.district_id in filters.districts)
        and (not filters.regions or district.region in filters.regions)
    )
    chosen = filters.actors or CITIZEN_SIDE
    return tuple(
        _hope(edition, filters, actor, districts) for actor in CITIZEN_SIDE if actor in chosen
    )


def _hope(
    edition: Edition, filters: Filters, actor: ActorType, districts: tuple[District, ...]
) -> Hope:
    profiles = actor_profiles(edition, filters)
    absent = tuple(d for d in districts if not profiles[d.district_id].count(actor))
    return Hope(
        actor,
        shipped_policy().citizens[actor],
        profiles["ALL"].count(actor),
        list_activities(edition, narrowed_to(filters, actor), limit=LATEST_COUNT),
        absent,
        sum(not profiles[d.district_id].activities for d in absent),
        len(absent) == len(districts),
    )
