"""Activities one by one: a page of the list, the latest of a place, a single one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from kyodo_geo.editions import Edition, query_text
from kyodo_geo.filters.conditions import query_parameters
from kyodo_geo.measures.activities.recent_cache import (
    NEWEST_FIRST,
    ActivityRow,
    newest_rows,
    page_parameters,
)
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

MOST_DETAILED_FIRST = f"""
    (summary <> '')::INT + (participants_count IS NOT NULL)::INT + (len(organisations) > 0)::INT
    + (form_mask_stated <> {Form.UNKNOWN.bit})::INT + (source <> '')::INT DESC, {NEWEST_FIRST}
"""


class Order(Enum):
    """How a list is sorted: label and SQL, from here alone."""

    NEWEST = ("newest", "新しい順", NEWEST_FIRST)
    OLDEST = ("oldest", "古い順", "fiscal_year NULLS LAST, start_date NULLS LAST, position")
    TITLE = ("title", "名称順", "title, position")
    PLACE = ("place", "地区順", "district_mask, fiscal_year DESC NULLS LAST, position")
    PARTICIPANTS = (
        "participants",
        "参加者の多い順",
        "participants_count DESC NULLS LAST, position",
    )
    DETAILED = ("detailed", "くわしい順", MOST_DETAILED_FIRST)

    def __init__(self, order_id: str, label: str, sql: str) -> None:
        self.order_id = order_id
        self.label = label
        self.sql = sql


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
    rows: Sequence[ActivityRow]
    if order is Order.NEWEST:
        rows = newest_rows(edition, filters, place_id, limit, offset)
    else:
        query = query_text("activities").replace("ORDER BY id", f"ORDER BY {order.sql}")
        rows = edition.rows(query, page_parameters(edition, filters, place_id, limit, offset))
    return tuple(_listed(edition, filters, row) for row in rows)


def find_activity(edition: Edition, activity_id: str) -> ListedActivity | None:
    """One activity by its id, whatever the filters; None if there is none."""
    return find_activities(edition, (activity_id,)).get(activity_id)


def find_activities(edition: Edition, activity_ids: Sequence[str]) -> dict[str, ListedActivity]:
    """Activities by id, whatever the filters; those that aren't there are left out."""
    filters = Filters(scopes=tuple(Scope))
    parameters = query_parameters(edition, filters) | {"ids": list(activity_ids)}
    rows = edition.rows(query_text("named_activities"), parameters)
    return {row[0]: _listed(edition, filters, row) for row in rows}


def _listed(edition: Edition, filters: Filters, row: ActivityRow) -> ListedActivity:
    (activity_id, title, summary, district_mask, year, start, end, form_mask) = row[:8]
    (stated_mask, actor_mask, organisations, scope_mask, field, status) = row[8:14]
    places = [
        place
        for place in edition.places
        if place.kind in PLACE_KINDS_OF_ACTIVITIES and place.mask & district_mask
    ]
    stated = _known(stated_mask)
    shows_implied = filters.certainty is Certainty.WITH_IMPLIED
    implied = tuple(f for f in _known(form_mask) if f not in stated) if shows_implied else ()
    return ListedActivity(
        activity_id,
        title,
        summary,
        tuple(place.place_id for place in places),
        tuple(place.label for place in places),
        year,
        start,
        end,
        stated,
        implied,
        terms_in(ActorType, actor_mask),
        tuple(organisations),
        terms_in(Scope, scope_mask),
        Field.of(field),
        Status.of(status),
        *row[14:],
    )


def _known(form_mask: int) -> tuple[Form, ...]:
    return tuple(f for f in terms_in(Form, form_mask) if f is not Form.UNKNOWN)
