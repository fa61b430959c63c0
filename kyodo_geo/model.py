"""Domain model: frozen records of the product's nouns."""

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
"""Place id of 全市: activities of the whole city, never allocated to districts."""

CITYWIDE_LABEL = "全市"


@dataclass(frozen=True)
class District:
    """地区: a community district (コミュニティ地区)."""

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
        """Name followed by the district noun, e.g. 花北地区."""
        return f"{self.name}{city().district_noun}"


@dataclass(frozen=True)
class Town:
    """町・大字: a town, or part of one (by koaza), with its district.

    `lat`/`lng` are WGS84 degrees.
    """

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
    """Residents of a region (`level` "region") or a district ("district") on one day.

    `households` is None if it is not on record.
    """

    level: str
    name: str
    as_of: date
    population: int
    households: int | None
    source: str


@dataclass(frozen=True)
class CityAction:
    """市の働きかけ: a documented action of the city promoting collaboration.

    `fiscal_year` and `amount_yen` are None if they are not on record.
    """

    fiscal_year: int | None
    effort: str
    title: str
    summary: str
    amount_yen: int | None
    source: str


@dataclass(frozen=True)
class Activity:
    """活動: a recorded activity with its districts, forms and actors.

    `district_ids`: `CITYWIDE_ID` for the whole city, empty if unknown. `forms_stated` and
    `forms_implied` are disjoint; both empty: form unknown. `scope`: the band a source states,
    else None. `point_lat`/`point_lng`: WGS84 degrees, both or neither. `continues`: id of the
    preceding activity. None means "not on record", never zero.
    """

    activity_id: str
    title: str
    summary: str
    district_ids: tuple[str, ...]
    actors: tuple[ActorType, ...]
    fiscal_year: int | None = None
    start_date: date | None = None
    end_date: date | None = None
    # Decision 2: kept apart, because 明記のみ treats implied forms as unknown.
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
        """Return the recorded band, else the possible ones under `certainty`."""
        if self.scope is not None:
            return (self.scope,)
        implied = self.forms_implied if certainty is Certainty.WITH_IMPLIED else ()
        return possible_scopes(self.actors, self.forms_stated + implied)


@dataclass(frozen=True)
class Rating:
    """Rating of one principle, with a remark; `grade` None means 該当しない."""

    grade: Grade | None
    word: str = ""


@dataclass(frozen=True)
class Review:
    """ふりかえり: the review of one activity.

    `ratings` covers all seven principles (decision 28). `expected` are the effects hoped for,
    `seen` those observed. `is_settled`: the next step has been taken; never with an empty
    `next_step`.
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
    """Filters of a view, shared by pages, addresses and exports.

    Values of one field are joined by OR, fields by AND; empty tuples and None filter
    nothing. `year_from`/`year_to` are fiscal years, inclusive; either excludes activities of
    unknown year. Empty `scopes` means 協働 (A–C and undetermined), with `with_context` also
    市民の範囲 and 市の範囲.
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
        """Whether any field differs from its default."""
        return self != Filters()

    def but(self, **changes: Any) -> Filters:
        """Return a copy with some fields replaced."""
        return replace(self, **changes)


@dataclass(frozen=True)
class Record:
    """Validated content of a whole edition, ready to be published."""

    districts: tuple[District, ...]
    towns: tuple[Town, ...]
    population: tuple[Population, ...]
    activities: tuple[Activity, ...]
    city_actions: tuple[CityAction, ...]
    sources: tuple[dict[str, Any], ...]
    boundaries_geojson: str
    is_fictional: bool = False
    source_files: tuple[str, ...] = ()
