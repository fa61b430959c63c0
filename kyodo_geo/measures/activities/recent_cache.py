"""Cache of the newest activities, from which most short lists are answered (decision 14).

DuckDB takes longer to plan such a query than the counts of the page take, and mostly the rows are
among the newest of the whole city, which are few enough to be kept.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kyodo_geo.editions import Edition, cached_per_edition, query_text
from kyodo_geo.editions.sql import Row
from kyodo_geo.filters.conditions import query_parameters, rows_in_view, view_rows
from kyodo_geo.model import Filters
from kyodo_geo.vocabulary import Certainty, Scope

NEWEST = "newest"
NEWEST_KEPT = 1000
"""They take about 2 MB."""

MASKS = {
    "place": "district_mask",
    "districts": "district_mask",
    "regions": "district_mask",
    "forms": "form_mask",
    "actors": "actor_mask",
    "scopes": "scope_mask",
}
"""Fields of `$view` that rows in memory are narrowed by, with their column."""

ASKED_OF_DUCKDB = ("year_from", "year_to", "fields", "statuses", "keyword")


@dataclass(frozen=True)
class _RecentRows:
    """Rows of activities, newest first, with their masks by field (see MASKS)."""

    rows: Sequence[Row]
    masks: Mapping[str, NDArray[np.int64]]
    is_whole_record: bool


def sorted_rows(
    edition: Edition, filters: Filters, sort: str, place_id: str, limit: int, offset: int
) -> Sequence[Row]:
    """Return rows of `activities_by_SORT.sql` for a place, `limit` of them from `offset` on."""
    page = {"place_mask": edition.place_by_id[place_id].mask, "limit": limit, "offset": offset}
    if sort == NEWEST and _is_stored_newest_first(edition):
        return view_rows(edition, filters, "stored_activities", **page)
    return view_rows(edition, filters, f"activities_by_{sort}", **page)


def newest_rows(
    edition: Edition, filters: Filters, place_id: str, limit: int, offset: int
) -> Sequence[Row]:
    """Return rows like `sorted_rows`, newest first, from memory where they suffice."""
    view = query_parameters(edition, filters)["view"]
    if all(view[name] is None for name in ASKED_OF_DUCKDB):
        kept = _recent_rows(edition, filters.certainty)
        wanted = view | {"place": edition.place_by_id[place_id].mask}
        found = np.flatnonzero(rows_in_view(kept.masks, wanted))
        if len(found) >= offset + limit or kept.is_whole_record:
            return [kept.rows[number] for number in found[offset : offset + limit]]
    return sorted_rows(edition, filters, NEWEST, place_id, limit, offset)


def _recent_rows(edition: Edition, certainty: Certainty) -> _RecentRows:
    return edition.cached_large(
        ("newest", certainty), lambda: _read_recent_rows(edition, certainty)
    )


def _read_recent_rows(edition: Edition, certainty: Certainty) -> _RecentRows:
    everything = Filters(scopes=tuple(Scope), certainty=certainty)
    rows = sorted_rows(edition, everything, NEWEST, "ALL", NEWEST_KEPT, 0)
    masks = {
        name: np.array([getattr(row, column) for row in rows], dtype=np.int64)
        for name, column in MASKS.items()
    }
    return _RecentRows(rows, masks, is_whole_record=len(rows) < NEWEST_KEPT)


@cached_per_edition
def _is_stored_newest_first(edition: Edition) -> bool:
    # Decision 9: without a sort DuckDB stops reading when a page is full. Older editions are not
    # stored in this order, nor are those to which rows were added.
    return bool(edition.row(query_text("is_stored_newest_first")).is_newest_first)
