"""Activities counted by place: what summaries and profiles share.

The table is looked at once for a period. What comes back is small and kept: one row for each
combination of districts, actor types, forms and bands. Filters on those are applied to these
rows, so that most clicks need no query. Rarer filters (field, status, keyword) ask anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kyodo_geo.editions import Edition, query_text
from kyodo_geo.measures.selection import query_parameters
from kyodo_geo.model import Filters
from kyodo_geo.vocabulary import (
    KYODO_SCOPES,
    ActorType,
    Certainty,
    Form,
    Scope,
    mask_of,
)

Integers = NDArray[np.int64]


@dataclass(frozen=True)
class Counts:
    """Numbers of activities, an activity of several districts in each of its places.

    The first axis of every array is `edition.places`. `together` has two more, the actor
    types that take part together; `forms` and `forms_stated` have the forms.
    """

    activities: Integers
    kyodo: Integers
    participants_known: Integers
    participants: Integers
    year_unknown: Integers
    together: Integers
    forms: Integers
    forms_stated: Integers


def count_places(edition: Edition, filters: Filters) -> Counts:
    """The counts of every place under `filters`, zero included."""
    return edition.cached(("counts", filters), lambda: _count_places(edition, filters))


def _count_places(edition: Edition, filters: Filters) -> Counts:
    sets = _sets(edition, filters)
    stated_only = filters.certainty is Certainty.STATED
    forms = sets.columns["form_mask_stated" if stated_only else "form_mask"]
    scopes = sets.columns["scope_mask_stated" if stated_only else "scope_mask"]
    rows = _rows_in_view(edition, filters, sets, forms, scopes)
    column = {name: values[rows] for name, values in sets.columns.items()}
    forms, scopes, activities = forms[rows], scopes[rows], column["activities"]
    add = _Adder(sets.is_in_place, sets.row_to_mask[rows])
    by_actors = add.by_set(column["actor_mask"], activities, len(ActorType))
    stated = add.by_set(forms & column["form_mask_stated"], activities, len(Form))
    actor_bits, form_bits = _bits(len(ActorType)), _bits(len(Form))
    return Counts(
        activities=add.up(activities),
        kyodo=add.up(activities * (scopes & mask_of(KYODO_SCOPES) != 0)),
        participants_known=add.up(column["participants_known"]),
        participants=add.up(column["participants"]),
        year_unknown=add.up(column["year_unknown"]),
        together=np.einsum("ps,sa,sb->pab", by_actors, actor_bits, actor_bits, optimize=True),
        forms=add.by_set(forms, activities, len(Form)) @ form_bits,
        forms_stated=stated @ form_bits,
    )


@dataclass(frozen=True)
class _Sets:
    """The rows of `counts.sql` as columns, and in which places their districts lie.

    `is_in_place` has one row a place and one column a set of districts; `row_to_mask` is
    the number of that column.
    """

    columns: Mapping[str, Integers]
    row_to_mask: Integers
    is_in_place: NDArray[np.float64]


def _sets(edition: Edition, filters: Filters) -> _Sets:
    """Sets that hold all activities of a view, and maybe more."""
    if filters.fields or filters.status or filters.keyword:
        return _read_sets(edition, filters)
    whole = Filters(year_from=filters.year_from, year_to=filters.year_to, scopes=tuple(Scope))
    return edition.cached_large(("sets", whole), lambda: _read_sets(edition, whole))


def _read_sets(edition: Edition, filters: Filters) -> _Sets:
    columns = edition.columns(query_text("counts"), query_parameters(edition, filters))
    masks, row_to_mask = np.unique(columns["district_mask"], return_inverse=True)
    place_masks = np.array([place.mask for place in edition.places], dtype=np.int64)
    # As floats, because only they are multiplied fast; whole numbers stay exact in them.
    is_in_place = (place_masks[:, None] & masks[None, :] != 0).astype(np.float64)
    return _Sets(columns, row_to_mask, is_in_place)


def _rows_in_view(
    edition: Edition, filters: Filters, sets: _Sets, forms: Integers, scopes: Integers
) -> NDArray[np.bool_]:
    wanted = query_parameters(edition, filters)
    districts, actors = sets.columns["district_mask"], sets.columns["actor_mask"]
    conditions = (
        (districts, wanted["districts"]),
        (districts, wanted["regions"]),
        (forms, wanted["forms"]),
        (actors, wanted["actors"]),
        (scopes, wanted["scopes"]),
    )
    rows = np.ones(len(districts), dtype=np.bool_)
    for masks, mask in conditions:
        if mask is not None:
            rows &= masks & mask != 0
    return rows


class _Adder:
    """Adds up rows by place, each row in all places that share a district with it."""

    def __init__(self, is_in_place: NDArray[np.float64], row_to_mask: Integers) -> None:
        self._is_in_place = is_in_place
        self._row_to_mask = row_to_mask

    def up(self, values: Integers) -> Integers:
        """Sums by place."""
        return self.by_set(np.zeros_like(values), values, 0)[:, 0]

    def by_set(self, sets: Integers, values: Integers, bits: int) -> Integers:
        """Sums by place and by the set (a mask of so many bits), every set a column."""
        masks_count, sets_count = self._is_in_place.shape[1], 1 << bits
        cells = self._row_to_mask * sets_count + sets
        by_mask = np.bincount(cells, values, masks_count * sets_count)
        added = self._is_in_place @ by_mask.reshape(masks_count, sets_count)
        return np.asarray(added, dtype=np.int64)


def _bits(length: int) -> Integers:
    """One row a set of so many terms, one column a term: 1 where the set holds it."""
    return np.asarray(np.arange(1 << length)[:, None] >> np.arange(length) & 1, dtype=np.int64)
