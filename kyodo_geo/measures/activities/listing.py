"""Lists of activities: pages in several orders, single activities, positions in a list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from enum import Enum

import numpy as np
from numpy.typing import NDArray

from kyodo_geo.editions import Edition, Place, cached_per_edition, query_text
from kyodo_geo.editions.sql import Row
from kyodo_geo.filters.conditions import query_parameters, view_rows
from kyodo_geo.measures.activities.recent_cache import NEWEST, newest_rows, sorted_rows
from kyodo_geo.model import Filters
from kyodo_geo.vocabulary import ActorType, Certainty, Field, Form, Scope, Status, terms_in

ROW_OF_ID = "SELECT rowid AS position FROM activity WHERE id = $id"
ID_OF_ROW = "SELECT id FROM activity WHERE rowid = $position"


@dataclass(frozen=True)
class ListedActivity:
    """Activity of a list; terms are in the guideline's order.

    `forms_implied` is empty where the view holds stated forms only. `point_lat`/`point_lng` are
    WGS84 degrees, None without a point.
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

    @property
    def known_forms(self) -> tuple[Form, ...]:
        """Stated forms, then implied ones; empty where none is known."""
        return self.forms_stated + self.forms_implied


FIELDS = frozenset(field.name for field in fields(ListedActivity))

DETAIL_LABELS = ("概要", "参加者数", "団体", "明記された形態", "出典")
"""Details that a record may lack: くわしい順 counts these."""


class Order(Enum):
    """Order of a list, one statement each (`editions/queries/activities_by_….sql`)."""

    # Decision 51: with a CASE as leading key in one statement, DuckDB would skip no blocks.

    NEWEST = (NEWEST, "新しい順")
    OLDEST = ("oldest", "古い順")
    TITLE = ("title", "名称順")
    PLACE = ("place", "地区順")
    PARTICIPANTS = ("participants", "参加者の多い順")
    DETAILED = ("detailed", "くわしい順")

    def __init__(self, order_id: str, label: str) -> None:
        self.order_id = order_id
        self.label = label


@cached_per_edition
def list_activities(
    edition: Edition,
    filters: Filters,
    order: Order = Order.NEWEST,
    *,
    limit: int,
    offset: int = 0,
    place_id: str = "ALL",
) -> tuple[ListedActivity, ...]:
    """Return activities of a place under `filters`, `limit` of them from `offset` on; cached."""
    return read_activities(edition, filters, order, limit, offset, place_id)


def read_activities(
    edition: Edition, filters: Filters, order: Order, limit: int, offset: int, place_id: str = "ALL"
) -> tuple[ListedActivity, ...]:
    """Return a page of activities like `list_activities`, without caching it."""
    # For the API: pages of a thousand, asked for once each, are too large to be kept.
    if order is Order.NEWEST:
        rows = newest_rows(edition, filters, place_id, limit, offset)
    else:
        rows = sorted_rows(edition, filters, order.order_id, place_id, limit, offset)
    return tuple(_build_activity(edition, filters, row) for row in rows)


def find_activity(edition: Edition, activity_id: str) -> ListedActivity | None:
    """Find an activity by its id, whatever the filters; None for an unknown id."""
    return find_activities(edition, (activity_id,)).get(activity_id)


def find_activities(edition: Edition, activity_ids: Sequence[str]) -> dict[str, ListedActivity]:
    """Find activities by their ids, whatever the filters; unknown ids are missing."""
    filters = Filters(scopes=tuple(Scope))
    rows = view_rows(edition, filters, "named_activities", ids=list(activity_ids))
    return {row.id: _build_activity(edition, filters, row) for row in rows}


def places_of(edition: Edition, district_mask: int) -> tuple[Place, ...]:
    """Return the districts, 全市 and 地区不明 in a mask, in display order."""
    kinds = ("district", "citywide", "unknown")
    return tuple(p for p in edition.places if p.kind in kinds and p.mask & district_mask)


def place_labels(edition: Edition, district_mask: int) -> tuple[str, ...]:
    """Return the labels of the places in a mask (see `places_of`)."""
    return tuple(place.label for place in places_of(edition, district_mask))


def _build_activity(edition: Edition, filters: Filters, row: Row) -> ListedActivity:
    stated = _known(row.form_mask_stated)
    shows_implied = filters.certainty is Certainty.WITH_IMPLIED
    implied = tuple(f for f in _known(row.form_mask) if f not in stated) if shows_implied else ()
    as_stored = {name: value for name, value in row._asdict().items() if name in FIELDS}
    return ListedActivity(
        **as_stored
        | {
            "activity_id": row.id,
            "place_ids": tuple(p.place_id for p in places_of(edition, row.district_mask)),
            "place_labels": place_labels(edition, row.district_mask),
            "forms_stated": stated,
            "forms_implied": implied,
            "actors": terms_in(ActorType, row.actor_mask),
            "organisations": tuple(row.organisations),
            "scopes": terms_in(Scope, row.scope_mask),
            "field": Field.of(row.field),
            "status": Status.of(row.status),
        }
    )


def _known(form_mask: int) -> tuple[Form, ...]:
    return tuple(f for f in terms_in(Form, form_mask) if f is not Form.UNKNOWN)


@dataclass(frozen=True)
class ListPosition:
    """Position of an activity in a list, from 1, with the ids beside it; None at an end."""

    number: int
    total: int
    before: str | None
    after: str | None


def list_position(
    edition: Edition, filters: Filters, order: Order, activity_id: str
) -> ListPosition | None:
    """Find the position of an activity in a list; None where the view does not hold it."""
    rows = _ordered_rows(edition, filters, order)
    own = [row.position for row in edition.rows(ROW_OF_ID, {"id": activity_id})]
    found = np.flatnonzero(np.isin(rows, own))
    if not len(found):
        return None
    place = int(found.min())
    before = _id_of(edition, rows[place - 1]) if place else None
    after = _id_of(edition, rows[place + 1]) if place + 1 < len(rows) else None
    return ListPosition(place + 1, len(rows), before, after)


def _ordered_rows(edition: Edition, filters: Filters, order: Order) -> NDArray[np.int32]:
    """Return the row numbers of a view in the order of its list."""

    # Kept, so that the view is sorted once and not at each step from case to case.
    def produce() -> NDArray[np.int32]:
        parameters = query_parameters(edition, filters) | {"sort": order.order_id}
        return edition.columns(query_text("ordered"), parameters)["position"].astype(np.int32)

    return edition.cached_large(("ordered", filters, order), produce)


def _id_of(edition: Edition, row: np.int32) -> str:
    return str(edition.row(ID_OF_ROW, {"position": int(row)}).id)
