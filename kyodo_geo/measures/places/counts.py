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
from kyodo_geo.filters.conditions import query_parameters, rows_in_view
from kyodo_geo.model import Filters
from kyodo_geo.vocabulary import KYODO_SCOPES, ActorType, Certainty, Form, Scope, mask_of

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
    column = sets.columns
    stated_only = filters.certainty is Certainty.STATED
    forms = column["form_mask_stated" if stated_only else "form_mask"]
    scopes = column["scope_mask_stated" if stated_only else "scope_mask"]
    masks = {
        "districts": column["district_mask"],
        "regions": column["district_mask"],
        "forms": forms,
        "actors": column["actor_mask"],
        "scopes": scopes,
    }
    view = query_parameters(edition, filters)["view"]
    add = _Adder(edition, sets, rows_in_view(masks, view))
    by_actors = add.by_set(column["actor_mask"], len(ActorType))
    actor_bits, form_bits = _bits(len(ActorType)), _bits(len(Form))
    return Counts(
        activities=add.up(column["activities"]),
        kyodo=add.up(column["activities"] * (scopes & mask_of(KYODO_SCOPES) != 0)),
        participants_known=add.up(column["participants_known"]),
        participants=add.up(column["participants"]),
        year_unknown=add.up(column["year_unknown"]),
        together=np.tensordot(by_actors, actor_bits[:, :, None] * actor_bits[:, None, :], 1),
        forms=add.by_set(forms, len(Form)) @ form_bits,
        forms_stated=add.by_set(forms & column["form_mask_stated"], len(Form)) @ form_bits,
    )


@dataclass(frozen=True)
class _Sets:
    """The rows of `counts.sql` as columns, and which row belongs to which place.

    `row[n]` belongs to `place[n]` (the number of a place of the edition): each row is there
    once for every place it shares a district with.
    """

    columns: Mapping[str, Integers]
    row: Integers
    place: Integers


def _sets(edition: Edition, filters: Filters) -> _Sets:
    """Sets that hold all activities of a view, and maybe more."""
    if filters.fields or filters.status or filters.keyword:
        return _read_sets(edition, filters)
    whole = Filters(year_from=filters.year_from, year_to=filters.year_to, scopes=tuple(Scope))
    return edition.cached_large(("sets", whole), lambda: _read_sets(edition, whole))


def _read_sets(edition: Edition, filters: Filters) -> _Sets:
    columns = edition.columns(query_text("counts"), query_parameters(edition, filters))
    place_masks = np.array([place.mask for place in edition.places], dtype=np.int64)
    row, place = np.nonzero(columns["district_mask"][:, None] & place_masks[None, :] != 0)
    return _Sets(columns, row, place)


class _Adder:
    """Adds up the rows in view by place, each row in every place it belongs to.

    Not by multiplying matrices: NumPy uses a thread a core for that, and where the cores are
    busy these wait for each other, at times for tenths of a second.
    """

    def __init__(self, edition: Edition, sets: _Sets, in_view: NDArray[np.bool_]) -> None:
        belongs = in_view[sets.row]
        self._row, self._place = sets.row[belongs], sets.place[belongs]
        self._activities = sets.columns["activities"][self._row]
        self._places_count = len(edition.places)

    def up(self, values: Integers) -> Integers:
        """Sums of a column by place."""
        return _sums(self._place, values[self._row], self._places_count)

    def by_set(self, sets: Integers, bits: int) -> Integers:
        """Activities by place and by set (a mask of so many bits), every set a column."""
        cells = (self._place << bits) + sets[self._row]
        return _sums(cells, self._activities, self._places_count << bits).reshape(-1, 1 << bits)


def _sums(cells: Integers, values: Integers, cells_count: int) -> Integers:
    # NumPy adds up floats here, in which whole numbers stay exact.
    return np.bincount(cells, values, cells_count).astype(np.int64)


def _bits(length: int) -> Integers:
    """One row a set of so many terms, one column a term: 1 where the set holds it."""
    return np.asarray(np.arange(1 << length)[:, None] >> np.arange(length) & 1, dtype=np.int64)
