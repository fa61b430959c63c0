"""The newest activities of a place, nearly always from memory.

Every click shows some. DuckDB takes longer to plan that query than the counts beside it take,
and mostly they are among the newest of the whole city, which are few enough to be kept.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kyodo_geo.editions import Edition, query_text
from kyodo_geo.filters.conditions import query_parameters, rows_in_view
from kyodo_geo.model import Filters
from kyodo_geo.vocabulary import Certainty, Scope

NEWEST_KEPT = 1000
"""They take about 2 MB."""

NEWEST_FIRST = "fiscal_year DESC NULLS LAST, start_date DESC NULLS LAST, position"

# True where no row is newer than the one before it, missing years and dates being the oldest.
IS_STORED_NEWEST_FIRST = """
WITH dated AS (
    SELECT (coalesce(fiscal_year, 0), coalesce(start_date, DATE '-infinity')) AS moment
    FROM activity
)
SELECT bool_and(moment <= before) FROM (SELECT moment, lag(moment) OVER () AS before FROM dated)
"""

DISTRICT_MASK, FORM_MASK, ACTOR_MASK, SCOPE_MASK = 3, 7, 9, 11
"""Where the masks stand in a row of `activities.sql`."""

MASKS = {
    "place_mask": DISTRICT_MASK,
    "districts": DISTRICT_MASK,
    "regions": DISTRICT_MASK,
    "forms": FORM_MASK,
    "actors": ACTOR_MASK,
    "scopes": SCOPE_MASK,
}
"""The parameters by which rows in memory are narrowed."""

ASKED_OF_DUCKDB = ("year_from", "year_to", "fields", "statuses", "keyword")

ActivityRow = Sequence[Any]


@dataclass(frozen=True)
class _Kept:
    """Rows of `activities.sql`, newest first, and their masks by parameter."""

    rows: Sequence[ActivityRow]
    masks: Mapping[str, NDArray[np.int64]]
    is_whole_record: bool


def page_parameters(
    edition: Edition, filters: Filters, place_id: str, limit: int, offset: int = 0
) -> dict[str, Any]:
    """What `activities.sql` binds."""
    mask = edition.place_by_id[place_id].mask
    page = {"place_mask": mask, "limit": limit, "offset": offset}
    return query_parameters(edition, filters) | page


def newest_rows(
    edition: Edition, filters: Filters, place_id: str, limit: int, offset: int
) -> Sequence[ActivityRow]:
    """Rows of `activities.sql` of a place, newest first, `limit` of them from `offset` on."""
    parameters = page_parameters(edition, filters, place_id, limit, offset)
    if all(parameters[name] is None for name in ASKED_OF_DUCKDB):
        kept = _kept(edition, filters.certainty)
        found = np.flatnonzero(rows_in_view(kept.masks, parameters))
        if len(found) >= offset + limit or kept.is_whole_record:
            return [kept.rows[number] for number in found[offset : offset + limit]]
    return _read(edition, parameters)


def _kept(edition: Edition, certainty: Certainty) -> _Kept:
    return edition.cached_large(("newest", certainty), lambda: _read_kept(edition, certainty))


def _read_kept(edition: Edition, certainty: Certainty) -> _Kept:
    everything = Filters(scopes=tuple(Scope), certainty=certainty)
    rows = _read(edition, page_parameters(edition, everything, "ALL", NEWEST_KEPT))
    masks = {
        name: np.array([row[position] for row in rows], dtype=np.int64)
        for name, position in MASKS.items()
    }
    return _Kept(rows, masks, is_whole_record=len(rows) < NEWEST_KEPT)


def _read(edition: Edition, parameters: dict[str, Any]) -> Sequence[ActivityRow]:
    # DuckDB keeps the order of a table, and without a sort it stops reading when a page is full.
    # Not every edition is stored like that: older ones are not, nor where rows were added.
    is_sorted = edition.cached("newest first", lambda: edition.rows(IS_STORED_NEWEST_FIRST)[0][0])
    order = "" if is_sorted else f"ORDER BY {NEWEST_FIRST}"
    return edition.rows(query_text("activities").replace("ORDER BY id", order), parameters)
