"""Filters as query parameters, checked against what the edition knows."""

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
    """The parameter `$view` of queries that start from a view (`editions/macros.sql`).

    Its fields are None where a view is not narrowed. `from_cube` says whether figures are added
    up from the cube, which holds no texts.

    Raises FilterError for a district or region the edition does not have, for a period that
    ends before it starts and for a keyword where there is no text to look into.
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
    view = {
        "year_from": year_from,
        "year_to": year_to,
        "districts": _district_mask(edition, filters.districts),
        "regions": _region_mask(edition, filters.regions),
        "forms": _mask(Form, filters.forms),
        "actors": _mask(ActorType, filters.actors),
        "scopes": _mask(Scope, scopes_in_view(filters)),
        "fields": _mask(Field, filters.fields),
        "statuses": _mask(Status, (filters.status,) if filters.status else ()),
        "stated_only": filters.certainty is Certainty.STATED,
        "keyword": words[0] if words else None,
        "more_keywords": words[1:],
        "unknown_form": Form.UNKNOWN.bit,
        "from_cube": edition.has_cube and not words,
    }
    return {"view": view}


def view_rows(edition: Edition, filters: Filters, name: str, **others: object) -> list[Row]:
    """Return the rows of `queries/NAME.sql` for a view; `others` are its other parameters."""
    return edition.rows(query_text(name), query_parameters(edition, filters) | others)


def rows_in_view(
    masks: Mapping[str, NDArray[np.int64]], wanted: Mapping[str, int | None]
) -> NDArray[np.bool_]:
    """Which rows in memory share a term with every mask that `wanted` narrows to.

    `masks` has one array per field of `$view`, by its name; the conditions are those of
    `is_narrowed_to` in `editions/macros.sql`.
    """
    rows = np.ones(len(next(iter(masks.values()))), dtype=np.bool_)
    for name, values in masks.items():
        mask = wanted[name]
        if mask is not None:
            rows &= values & mask != 0
    return rows


def scopes_in_view(filters: Filters) -> tuple[Scope, ...]:
    """The bands a view holds: the chosen ones, else 協働, with context if switched on."""
    if filters.scopes:
        return filters.scopes
    return KYODO_SCOPES + (CONTEXT_SCOPES if filters.with_context else ())


def holds_context(filters: Filters) -> bool:
    """Whether the view may hold activities that are not 協働."""
    return bool(set(scopes_in_view(filters)) & set(CONTEXT_SCOPES))


def region_names(edition: Edition) -> tuple[str, ...]:
    """The regions (地域) in the order of the districts."""
    return tuple(place.region for place in edition.places if place.kind == "region")


def _mask(vocabulary: type[Term], terms: Sequence[Term]) -> int | None:
    mask = mask_of(terms)
    return None if mask in (0, mask_of(vocabulary)) else mask


def _district_mask(edition: Edition, district_ids: Sequence[str]) -> int | None:
    if not district_ids:
        return None
    known = {p.place_id: p.mask for p in edition.places if p.kind not in ("region", "all")}
    return _place_mask("地区", district_ids, known)


def _region_mask(edition: Edition, regions: Sequence[str]) -> int | None:
    if not regions:
        return None
    known = {p.region: p.mask for p in edition.places if p.kind == "region"}
    return _place_mask("地域", regions, known)


def _place_mask(where: str, wanted: Sequence[str], known: dict[str, int]) -> int:
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
    return mask
