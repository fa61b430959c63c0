"""Filters as query parameters, checked against the places of the edition."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kyodo_geo.editions import Edition, query_text
from kyodo_geo.editions.sql import Row
from kyodo_geo.errors import FilterError
from kyodo_geo.japanese import search_key
from kyodo_geo.model import Filters
from kyodo_geo.vocabulary import (
    CONTEXT_SCOPES,
    KYODO_SCOPES,
    ActorType,
    Certainty,
    Field,
    Form,
    Scope,
    Status,
    Term,
    mask_of,
)


def query_parameters(edition: Edition, filters: Filters) -> dict[str, Any]:
    """Return the parameter `$view` of queries that start from a view (`editions/macros.sql`).

    Fields are None where the view is not narrowed. `from_cube` says whether figures are summed
    from the cube. Raises FilterError for an unknown district or region, a period that ends
    before it starts, and a keyword where the edition holds figures only.
    """
    year_from, year_to = filters.year_from, filters.year_to
    if year_from is not None and year_to is not None and year_from > year_to:
        raise FilterError(
            where="年度",
            found=f"始まり（{year_from}年度）が終わり（{year_to}年度）より後です",
            next_step="年度を選び直してください",
        )
    words = search_key(filters.keyword).split()
    if words and edition.holds_figures_only:
        raise FilterError(
            where="キーワード",
            found="この版には件数だけがあり、ことばで探せる活動がありません",
            next_step="キーワードを消してください",
        )
    districts = {p.place_id: p.mask for p in edition.places if p.kind not in ("region", "all")}
    regions = {p.region: p.mask for p in edition.places if p.kind == "region"}
    view = {
        "year_from": year_from,
        "year_to": year_to,
        "districts": _place_mask("地区", filters.districts, districts),
        "regions": _place_mask("地域", filters.regions, regions),
        "forms": _mask(Form, filters.forms),
        "actors": _mask(ActorType, filters.actors),
        "scopes": _mask(Scope, scopes_in_view(filters)),
        "fields": _mask(Field, filters.fields),
        "statuses": _mask(Status, (filters.status,) if filters.status else ()),
        "stated_only": filters.certainty is Certainty.STATED,
        "keyword": words[0] if words else None,
        "more_keywords": words[1:],
        "unknown_form": Form.UNKNOWN.bit,
        # Decision 38: the cube holds no texts that a keyword could be looked for in.
        "from_cube": edition.has_cube and not words,
    }
    return {"view": view}


def view_rows(edition: Edition, filters: Filters, name: str, **others: object) -> list[Row]:
    """Return the rows of `queries/NAME.sql` for a view; `others` are its other parameters."""
    return edition.rows(query_text(name), query_parameters(edition, filters) | others)


def rows_in_view(
    masks: Mapping[str, NDArray[np.int64]], wanted: Mapping[str, int | None]
) -> NDArray[np.bool_]:
    """Select the rows in memory that share a term with each mask of `wanted`: shape (rows,).

    `masks` has one array per narrowed field of `$view`, by its name; None in `wanted` narrows
    nothing.
    """
    # Decision 14: the conditions of `is_narrowed_to` in editions/macros.sql, a second time.
    rows = np.ones(len(next(iter(masks.values()))), dtype=np.bool_)
    for name, values in masks.items():
        mask = wanted[name]
        if mask is not None:
            rows &= values & mask != 0
    return rows


def scopes_in_view(filters: Filters) -> tuple[Scope, ...]:
    """Return the bands of a view: the chosen ones, else 協働, with context if switched on."""
    if filters.scopes:
        return filters.scopes
    return KYODO_SCOPES + (CONTEXT_SCOPES if filters.with_context else ())


def holds_context(filters: Filters) -> bool:
    """Return whether a view may hold activities that are not 協働."""
    return bool(set(scopes_in_view(filters)) & set(CONTEXT_SCOPES))


def region_names(edition: Edition) -> tuple[str, ...]:
    """Return the regions (地域) in the order of the districts."""
    return tuple(place.region for place in edition.places if place.kind == "region")


def _mask(vocabulary: type[Term], terms: Sequence[Term]) -> int | None:
    mask = mask_of(terms)
    return None if mask in (0, mask_of(vocabulary)) else mask


def _place_mask(where: str, wanted: Sequence[str], known: Mapping[str, int]) -> int | None:
    unknown = [value for value in wanted if value not in known]
    if unknown:
        raise FilterError(
            where=where,
            found=f"「{'」「'.join(unknown)}」という{where}はありません",
            expected=f"使えるのは {'、'.join(known)} です",
        )
    mask = 0
    for value in wanted:
        mask |= known[value]
    return mask or None
