"""Where an activity stands in the list of a view, and which ones stand beside it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kyodo_geo.editions import Edition, query_text
from kyodo_geo.filters.conditions import query_parameters
from kyodo_geo.measures.activities.listing import Order
from kyodo_geo.model import Filters

ROW_OF_ID = "SELECT rowid AS position FROM activity WHERE id = $id"
ID_OF_ROW = "SELECT id FROM activity WHERE rowid = $position"


@dataclass(frozen=True)
class ListPosition:
    """The place of an activity, from 1, among `total`; ids of its neighbours, None at an end."""

    number: int
    total: int
    before: str | None
    after: str | None


def list_position(
    edition: Edition, filters: Filters, order: Order, activity_id: str
) -> ListPosition | None:
    """Where an activity stands in a list; None where the view doesn't hold it."""
    rows = _ordered(edition, filters, order)
    own = [row.position for row in edition.rows(ROW_OF_ID, {"id": activity_id})]
    found = np.flatnonzero(np.isin(rows, own))
    if not len(found):
        return None
    place = int(found.min())
    before = _id_of(edition, rows[place - 1]) if place else None
    after = _id_of(edition, rows[place + 1]) if place + 1 < len(rows) else None
    return ListPosition(place + 1, len(rows), before, after)


def _ordered(edition: Edition, filters: Filters, order: Order) -> NDArray[np.int32]:
    """The rows of a view in the order of the list: sorted once, not at each step through it."""

    def produce() -> NDArray[np.int32]:
        parameters = query_parameters(edition, filters) | {"sort": order.order_id}
        return edition.columns(query_text("ordered"), parameters)["position"].astype(np.int32)

    return edition.cached_large(("ordered", filters, order), produce)


def _id_of(edition: Edition, row: np.int32) -> str:
    return str(edition.row(ID_OF_ROW, {"position": int(row)}).id)
