"""Activities counted per place: the arrays that summaries and profiles share.

One query per period returns one row per combination of districts, actor types, forms and bands,
and is cached. Filters on those are applied in memory (decision 7); other filters (field, status,
keyword) query anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kyodo_geo.editions import Edition, cached_per_edition, query_text
from kyodo_geo.filters.conditions import query_parameters, rows_in_view
from kyodo_geo.model import Filters
from kyodo_geo.vocabulary import KYODO_SCOPES, ActorType, Certainty, Form, Scope, mask_of

Integers = NDArray[np.int64]


@dataclass(frozen=True)
class Counts:
    """Counts per place; an activity of several districts counts in each of its places.

    The first axis of each array is `edition.places`. Shapes: `together` (places, actor types,
    actor types), `forms` and `forms_stated` (places, forms), all others (places,).
    """

    activities: Integers
    kyodo: Integers
    participants_known: Integers
    participants: Integers
    year_unknown: Integers
    together: Integers
    forms: Integers
    forms_stated: Integers


@cached_per_edition
def count_places(edition: Edition, filters: Filters) -> Counts:
    """Count activities and participants of all places under `filters`, zero included."""
    sets = _sets(edition, filters)
    column = sets.columns
    # Decision 2: with stated forms only, implied ones count as unknown.
    stated = "_stated" if filters.certainty is Certainty.STATED else ""
    forms, scopes = column[f"form_mask{stated}"], column[f"scope_mask{stated}"]
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
    """Columns of `counts.sql` with the pairs of a row and a place that share a district.

    `row[n]` belongs to `place[n]`, an index into `edition.places`.
    """

    columns: Mapping[str, Integers]
    row: Integers
    place: Integers


def _sets(edition: Edition, filters: Filters) -> _Sets:
    """Return rows that hold all activities of a view, and maybe others of its period."""
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
    """Sums of the rows in view per place.

    Not by matrix multiplication: NumPy uses one thread per core for that, and where the cores
    are busy these wait for each other, at times for tenths of a second.
    """

    def __init__(self, edition: Edition, sets: _Sets, in_view: NDArray[np.bool_]) -> None:
        belongs = in_view[sets.row]
        self._row, self._place = sets.row[belongs], sets.place[belongs]
        self._activities = sets.columns["activities"][self._row]
        self._places_count = len(edition.places)

    def up(self, values: Integers) -> Integers:
        """Sum a column per place."""
        return _sums(self._place, values[self._row], self._places_count)

    def by_set(self, sets: Integers, bits: int) -> Integers:
        """Count activities per place and set (a mask of `bits` bits): (places, 2 ** bits)."""
        cells = (self._place << bits) + sets[self._row]
        return _sums(cells, self._activities, self._places_count << bits).reshape(-1, 1 << bits)


def _sums(cells: Integers, values: Integers, cells_count: int) -> Integers:
    # bincount sums floats; whole numbers below 2 ** 53 stay exact in them.
    return np.bincount(cells, values, cells_count).astype(np.int64)


def _bits(length: int) -> Integers:
    """Return which of `length` terms each set holds, 0 or 1: (2 ** length, length)."""
    return np.asarray(np.arange(1 << length)[:, None] >> np.arange(length) & 1, dtype=np.int64)
