"""Activities one by one: a page of the list, the latest of a place, a single one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from kyodo_geo.editions import Edition
from kyodo_geo.editions.sql import Row
from kyodo_geo.filters.conditions import view_rows
from kyodo_geo.measures.activities.recent_cache import NEWEST, newest_rows, sorted_rows
from kyodo_geo.model import Filters
from kyodo_geo.vocabulary import ActorType, Certainty, Field, Form, Scope, Status, terms_in

PLACE_KINDS_OF_ACTIVITIES = ("district", "citywide", "unknown")


@dataclass(frozen=True)
class ListedActivity:
    """One activity as shown; sets are spelt out in the guideline's order.

    `forms_implied` is empty where the view holds stated forms only.
    """

    activity_id: str
    title: str
    summary: str
    place_ids: tuple[str, ...]
    place_labels: tuple[str, ...]
    fiscal_year: int | None
    start_date: date | None
    end_date: date | None
    forms_stated: tuple[Form, ...]
    forms_implied: tuple[Form, ...]
    actors: tuple[ActorType, ...]
    organisations: tuple[str, ...]
    scopes: tuple[Scope, ...]
    field: Field
    status: Status
    participants_count: int | None
    city_cost_yen: int | None
    note: str
    source: str
    source_date: str
    point_lat: float | None
    point_lng: float | None
    continues: str | None


DETAIL_LABELS = ("概要", "参加者数", "団体", "明記された形態", "出典")
"""What a record may tell of its activity and often doesn't: くわしい順 counts these."""


class Order(Enum):
    """How a list is sorted (`editions/queries/activities_by_….sql`)."""

    NEWEST = (NEWEST, "新しい順")
    OLDEST = ("oldest", "古い順")
    TITLE = ("title", "名称順")
    PLACE = ("place", "地区順")
    PARTICIPANTS = ("participants", "参加者の多い順")
    DETAILED = ("detailed", "くわしい順")

    def __init__(self, order_id: str, label: str) -> None:
        self.order_id = order_id
        self.label = label


def list_activities(
    edition: Edition,
    filters: Filters,
    order: Order = Order.NEWEST,
    *,
    limit: int,
    offset: int = 0,
    place_id: str = "ALL",
) -> tuple[ListedActivity, ...]:
    """Activities of a place under `filters`, `limit` of them from `offset` on; kept."""
    key = ("activities", filters, order, limit, offset, place_id)
    return edition.cached(
        key, lambda: read_activities(edition, filters, order, limit, offset, place_id)
    )


def read_activities(
    edition: Edition,
    filters: Filters,
    order: Order,
    limit: int,
    offset: int,
    place_id: str = "ALL",
) -> tuple[ListedActivity, ...]:
    """The same read anew: pages of a thousand, asked for once each, are too large to be kept."""
    if order is Order.NEWEST:
        rows = newest_rows(edition, filters, place_id, limit, offset)
    else:
        rows = sorted_rows(edition, filters, order.order_id, place_id, limit, offset)
    return tuple(_listed(edition, filters, row) for row in rows)


def find_activity(edition: Edition, activity_id: str) -> ListedActivity | None:
    """One activity by its id, whatever the filters; None if there is none."""
    return find_activities(edition, (activity_id,)).get(activity_id)


def find_activities(edition: Edition, activity_ids: Sequence[str]) -> dict[str, ListedActivity]:
    """Activities by id, whatever the filters; those that aren't there are left out."""
    filters = Filters(scopes=tuple(Scope))
    rows = view_rows(edition, filters, "named_activities", ids=list(activity_ids))
    return {row.id: _listed(edition, filters, row) for row in rows}


def _listed(edition: Edition, filters: Filters, row: Row) -> ListedActivity:
    places = [
        place
        for place in edition.places
        if place.kind in PLACE_KINDS_OF_ACTIVITIES and place.mask & row.district_mask
    ]
    stated = _known(row.form_mask_stated)
    shows_implied = filters.certainty is Certainty.WITH_IMPLIED
    implied = tuple(f for f in _known(row.form_mask) if f not in stated) if shows_implied else ()
    return ListedActivity(
        activity_id=row.id,
        title=row.title,
        summary=row.summary,
        place_ids=tuple(place.place_id for place in places),
        place_labels=tuple(place.label for place in places),
        fiscal_year=row.fiscal_year,
        start_date=row.start_date,
        end_date=row.end_date,
        forms_stated=stated,
        forms_implied=implied,
        actors=terms_in(ActorType, row.actor_mask),
        organisations=tuple(row.organisations),
        scopes=terms_in(Scope, row.scope_mask),
        field=Field.of(row.field),
        status=Status.of(row.status),
        participants_count=row.participants_count,
        city_cost_yen=row.city_cost_yen,
        note=row.note,
        source=row.source,
        source_date=row.source_date,
        point_lat=row.point_lat,
        point_lng=row.point_lng,
        continues=row.continues,
    )


def _known(form_mask: int) -> tuple[Form, ...]:
    return tuple(f for f in terms_in(Form, form_mask) if f is not Form.UNKNOWN)
