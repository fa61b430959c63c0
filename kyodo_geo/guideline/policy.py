"""推進方針: texts on the city's efforts and the wishes to citizens, beside the record."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from kyodo_geo.editions import Edition
from kyodo_geo.errors import SourceDataError
from kyodo_geo.filters.query_string import narrowed_to
from kyodo_geo.measures.activities.listing import ListedActivity, list_activities
from kyodo_geo.measures.places.actors import actor_profiles
from kyodo_geo.model import District, Filters
from kyodo_geo.settings import SHIPPED_DATA_DIR
from kyodo_geo.vocabulary import CITIZEN_SIDE, ActorType, AnyTerm, Effort

POLICY_FILE = "promotion.yml"

LATEST_COUNT = 3


@dataclass(frozen=True)
class Wish:
    """Aim and promises of one effort or actor type in our words, with the guideline's chapter."""

    chapter: str
    aim: str
    promises: tuple[str, ...]


@dataclass(frozen=True)
class Policy:
    """推進方針: the three efforts of the city and the five actor types of the citizens' side."""

    city: Mapping[Effort, Wish]
    citizens: Mapping[ActorType, Wish]


@cache
def shipped_policy() -> Policy:
    """Return the shipped texts."""
    return read_policy(SHIPPED_DATA_DIR / POLICY_FILE)


def read_policy(path: Path) -> Policy:
    """Read the texts of a file. Raises SourceDataError if one is missing or unreadable."""
    try:
        content = yaml.safe_load(path.read_text("utf-8"))
        return Policy(_wishes(content["city"], Effort), _wishes(content["citizens"], CITIZEN_SIDE))
    except (OSError, yaml.YAMLError, KeyError, TypeError) as error:
        found = f"推進方針の文章が読めません（{error}）"
        next_step = "data の中のファイルを元に戻してください"
        raise SourceDataError(path.name, found, next_step=next_step) from error


def _wishes(content: Mapping[str, Any], terms: Iterable[AnyTerm]) -> dict[AnyTerm, Wish]:
    return {
        term: Wish(item["chapter"], item["aim"], tuple(item["promises"]))
        for term, item in ((term, content[str(term)]) for term in terms)
    }


@dataclass(frozen=True)
class Hope:
    """Actor type with its wish, its activities in a view and where it is missing.

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
