"""Activities held over several years: occasions that go on from each other or have one name."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kyodo_geo.editions import Edition
from kyodo_geo.filters.conditions import view_rows
from kyodo_geo.japanese import search_key
from kyodo_geo.model import Filters
from kyodo_geo.vocabulary import Form

LEAST_YEARS = 3
"""Fewer fiscal years on record make no habit."""

MOST_OCCASIONS = 1000
"""Activities of a place, the newest, that are looked through."""

IN_BRACKETS = re.compile(r"[(\[【〔<].*?[)\]】〕>]")
OCCASION = re.compile(
    r"第?\s*[0-9]+\s*回目?"
    r"|(令和|平成|昭和|[rhs])?\s*([0-9]+|元)\s*年(度|目)?"
    r"|(?<![0-9])(19|20)[0-9]{2}(?![0-9])"
)
"""What tells one occasion from another, as `search_key` leaves it: 第47回, 2017年, 令和6年度.

Stricter than the series of `measures/activities/activity_similarity.py`: any other number may
belong to a name."""

SHORTEST_NAME = 3
"""Letters a name needs to tell something once the occasion is taken off it."""


@dataclass(frozen=True)
class Occasion:
    """One activity as the record has it; the masks are of forms (`unknown` where none is known)."""

    activity_id: str
    title: str
    fiscal_year: int | None
    form_mask: int
    form_mask_stated: int
    continues: str | None
    is_reviewed: bool


@dataclass(frozen=True)
class Series:
    """Occasions of one activity, oldest first, over at least LEAST_YEARS fiscal years.

    Those of unknown year come before all others.
    """

    occasions: tuple[Occasion, ...]

    @property
    def name(self) -> str:
        """What the newest occasion is called."""
        return self.occasions[-1].title

    @property
    def years(self) -> tuple[int, ...]:
        """The fiscal years on record, ascending."""
        known = {one.fiscal_year for one in self.occasions if one.fiscal_year is not None}
        return tuple(sorted(known))

    def is_always(self, form: Form) -> bool:
        """Whether every occasion is on record in this form alone."""
        return all(occasion.form_mask == form.bit for occasion in self.occasions)

    def is_stated(self, form: Form) -> bool:
        """Whether the sources of all occasions name the form."""
        return all(occasion.form_mask_stated & form.bit for occasion in self.occasions)

    @property
    def is_reviewed(self) -> bool:
        """Whether anybody has looked back on any of them."""
        return any(occasion.is_reviewed for occasion in self.occasions)


def recurring(edition: Edition, filters: Filters, place_id: str) -> tuple[Series, ...]:
    """What a place has held over several years, most years first."""
    mask = edition.place_by_id[place_id].mask
    rows = view_rows(edition, filters, "occasions", place_mask=mask, limit=MOST_OCCASIONS)
    return find_series(Occasion(**row._asdict()) for row in reversed(rows))


def find_series(occasions: Iterable[Occasion]) -> tuple[Series, ...]:
    """Occasions, oldest first, put together by name and by what they go on from."""
    by_id = {occasion.activity_id: occasion for occasion in occasions}
    groups: dict[str, list[Occasion]] = defaultdict(list)
    for occasion in by_id.values():
        groups[_name_key(_first_of(occasion, by_id))].append(occasion)
    found = [Series(tuple(group)) for group in groups.values()]
    lasting = [series for series in found if len(series.years) >= LEAST_YEARS]
    return tuple(sorted(lasting, key=lambda series: -len(series.years)))


def _first_of(occasion: Occasion, by_id: Mapping[str, Occasion]) -> Occasion:
    """The first occasion of the chain that one stands in; of a circle, any."""
    seen = {occasion.activity_id}
    while occasion.continues and occasion.continues in by_id and occasion.continues not in seen:
        occasion = by_id[occasion.continues]
        seen.add(occasion.activity_id)
    return occasion


def _name_key(occasion: Occasion) -> str:
    """The name without what tells one occasion from another; the id where too little is left."""
    name = OCCASION.sub("", IN_BRACKETS.sub("", search_key(occasion.title)))
    key = "".join(name.split())
    return key if len(key) >= SHORTEST_NAME else occasion.activity_id
