"""The nouns of the product as frozen records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from kyodo_geo.city import city
from kyodo_geo.vocabulary import (
    ActorType,
    Certainty,
    Effect,
    Field,
    Form,
    Grade,
    Principle,
    Scope,
    Status,
    possible_scopes,
)

CITYWIDE_ID = "C00"
"""Place id of 全市: activities of the whole city, never spread over districts."""

CITYWIDE_LABEL = "全市"


@dataclass(frozen=True)
class District:
    """地区: one of the community districts (コミュニティ地区)."""

    district_id: str
    name: str
    name_kana: str
    region: str
    council_name: str = ""
    center_name: str = ""
    center_address: str = ""
    council_website: str = ""
    note: str = ""
    source: str = ""
    confidence: str = ""

    @property
    def full_name(self) -> str:
        """The name with the noun behind it, e.g. 花北地区."""
        return f"{self.name}{city().district_noun}"


@dataclass(frozen=True)
class Town:
    """町・大字: one row is a town (or a part of one, by koaza) and its district."""

    town: str
    koaza: str
    district_id: str
    lat: float
    lng: float
    confidence: str
    basis: str
    source: str


@dataclass(frozen=True)
class Population:
    """Residents of a region (`level` "region") or a district ("district") on one day."""

    level: str
    name: str
    as_of: date
    population: int
    households: int | None
    source: str


@dataclass(frozen=True)
class CityAction:
    """市の働きかけ: one documented action of the city that promotes collaboration."""

    fiscal_year: int | None
    effort: str
    title: str
    summary: str
    amount_yen: int | None
    source: str


@dataclass(frozen=True)
class Activity:
    """活動: one recorded activity, with all its districts, forms and actors.

    `district_ids` holds `CITYWIDE_ID` for activities of the whole city and is empty
    where the district is unknown. `forms_stated` and `forms_implied` are disjoint; both
    empty means the form is unknown. `scope` is the band a source names, else None.
    None always means "not on record", never zero. `point_lat`/`point_lng` say where it took
    place (WGS84), both or none; `continues` is the id of the activity it goes on from.
    """

    activity_id: str
    title: str
    summary: str
    district_ids: tuple[str, ...]
    actors: tuple[ActorType, ...]
    fiscal_year: int | None = None
    start_date: date | None = None
    end_date: date | None = None
    forms_stated: tuple[Form, ...] = ()
    forms_implied: tuple[Form, ...] = ()
    scope: Scope | None = None
    organisations: tuple[str, ...] = ()
    field: Field = Field.OTHER
    status: Status = Status.REPORTED
    participants_count: int | None = None
    city_cost_yen: int | None = None
    note: str = ""
    source: str = ""
    source_date: str = ""
    point_lat: float | None = None
    point_lng: float | None = None
    continues: str | None = None

    def scopes(self, certainty: Certainty = Certainty.WITH_IMPLIED) -> tuple[Scope, ...]:
        """The recorded band, else the possible ones under `certainty`."""
        if self.scope is not None:
            return (self.scope,)
        implied = self.forms_implied if certainty is Certainty.WITH_IMPLIED else ()
        return possible_scopes(self.actors, self.forms_stated + implied)


@dataclass(frozen=True)
class Rating:
    """How one principle was followed, and a word on it; `grade` is None where it does not
    apply (該当しない)."""

    grade: Grade | None
    word: str = ""


@dataclass(frozen=True)
class Review:
    """ふりかえり: what somebody thinks of an activity, looking back.

    `ratings` has all seven principles. `expected` are the effects that were hoped for, `seen`
    those that came. `is_settled` says that the next step has been taken; an empty `next_step`
    is never settled.
    """

    activity_id: str
    reviewed_on: date
    reviewed_by: str
    ratings: Mapping[Principle, Rating]
    expected: tuple[Effect, ...] = ()
    seen: tuple[Effect, ...] = ()
    lesson: str = ""
    next_step: str = ""
    is_settled: bool = False


@dataclass(frozen=True)
class Filters:
    """What a view is narrowed to; the same on every page, in the address and in exports.

    Empty tuples and None mean "not narrowed". Values of one field are alternatives,
    fields are joined by "and". `year_from`/`year_to` are fiscal years; where one is set,
    activities of unknown year are left out. Without `scopes` the view holds 協働 (A–C and
    undetermined), with `with_context` also 市民の範囲 and 市の範囲.
    """

    year_from: int | None = None
    year_to: int | None = None
    regions: tuple[str, ...] = ()
    districts: tuple[str, ...] = ()
    forms: tuple[Form, ...] = ()
    actors: tuple[ActorType, ...] = ()
    scopes: tuple[Scope, ...] = ()
    fields: tuple[Field, ...] = ()
    status: Status | None = None
    certainty: Certainty = Certainty.WITH_IMPLIED
    keyword: str = ""
    with_context: bool = False

    @property
    def is_narrowed(self) -> bool:
        """Whether anything differs from the unfiltered view."""
        return self != Filters()

    def but(self, **changes: Any) -> Filters:
        """The same filters with some fields changed."""
        return replace(self, **changes)


@dataclass(frozen=True)
class Record:
    """Everything one edition is made of, read and checked, ready to be published."""

    districts: tuple[District, ...]
    towns: tuple[Town, ...]
    population: tuple[Population, ...]
    activities: tuple[Activity, ...]
    city_actions: tuple[CityAction, ...]
    sources: tuple[dict[str, Any], ...]
    boundaries_geojson: str
    is_fictional: bool = False
    source_files: tuple[str, ...] = ()
