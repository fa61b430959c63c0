"""The newest activities of a place, nearly always from memory.

Every click shows some. DuckDB takes longer to plan that query than the counts beside it take,
and mostly they are among the newest of the whole city, which are few enough to be kept.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kyodo_geo.editions import Edition, query_text
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
"""What rows in memory are narrowed by, and the column that holds it."""

ASKED_OF_DUCKDB = ("year_from", "year_to", "fields", "statuses", "keyword")


@dataclass(frozen=True)
class _RecentRows:
    """Rows of activities, newest first, and their masks by MASKS."""

    rows: Sequence[Row]
    masks: Mapping[str, NDArray[np.int64]]
    is_whole_record: bool


def sorted_rows(
    edition: Edition, filters: Filters, sort: str, place_id: str, limit: int, offset: int
) -> Sequence[Row]:
    """Rows of `activities_by_SORT.sql` of a place, `limit` of them from `offset` on."""
    page = {"place_mask": edition.place_by_id[place_id].mask, "limit": limit, "offset": offset}
    if sort == NEWEST and _is_stored_newest_first(edition):
        return view_rows(edition, filters, "stored_activities", **page)
    return view_rows(edition, filters, f"activities_by_{sort}", **page)


def newest_rows(
    edition: Edition, filters: Filters, place_id: str, limit: int, offset: int
) -> Sequence[Row]:
    """Rows of `activities_by_….sql` of a place, newest first, `limit` of them from `offset` on."""
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


def _is_stored_newest_first(edition: Edition) -> bool:
    # DuckDB keeps the order of a table, and without a sort it stops reading when a page is full.
    # Not every edition is stored like that: older ones are not, nor where rows were added.
    def produce() -> bool:
        return bool(edition.row(query_text("is_stored_newest_first")).is_newest_first)

    return edition.cached("newest first", produce)
