"""Series: activities of several years that go on from each other or share a name (decision 30)."""

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
"""Least number of fiscal years on record of a series."""

MOST_OCCASIONS = 1000
"""Newest activities of a place that are searched (K031: more slow the first look down)."""

IN_BRACKETS = re.compile(r"[(\[【〔<].*?[)\]】〕>]")
OCCASION = re.compile(
    r"第?\s*[0-9]+\s*回目?"
    r"|(令和|平成|昭和|[rhs])?\s*([0-9]+|元)\s*年(度|目)?"
    r"|(?<![0-9])(19|20)[0-9]{2}(?![0-9])"
)
"""Numbers and years of an occasion in the form of `search_key`: 第47回, 2017年, 令和6年度.

Stricter than the series of `measures/activities/activity_similarity.py`: any other number may
belong to a name."""

SHORTEST_NAME = 3
"""Least length of a name without its occasion; shorter ones tell nothing."""


@dataclass(frozen=True)
class Occasion:
    """Activity of a series; masks of forms have the bit of `unknown` where none is known."""

    activity_id: str
    title: str
    fiscal_year: int | None
    form_mask: int
    form_mask_stated: int
    continues: str | None
    is_reviewed: bool


@dataclass(frozen=True)
class Series:
    """Occasions over at least LEAST_YEARS fiscal years, oldest first, unknown years before all."""

    occasions: tuple[Occasion, ...]

    @property
    def name(self) -> str:
        """Title of the newest occasion."""
        return self.occasions[-1].title

    @property
    def years(self) -> tuple[int, ...]:
        """Fiscal years on record, ascending."""
        known = {one.fiscal_year for one in self.occasions if one.fiscal_year is not None}
        return tuple(sorted(known))

    def is_always(self, form: Form) -> bool:
        """Return whether all occasions have this form and no other."""
        return all(occasion.form_mask == form.bit for occasion in self.occasions)

    def is_stated(self, form: Form) -> bool:
        """Return whether the sources of all occasions state the form."""
        return all(occasion.form_mask_stated & form.bit for occasion in self.occasions)

    @property
    def is_reviewed(self) -> bool:
        """Whether any occasion has a review."""
        return any(occasion.is_reviewed for occasion in self.occasions)


def recurring_series(edition: Edition, filters: Filters, place_id: str) -> tuple[Series, ...]:
    """Find the series of a place under `filters`, those of most years first."""
    mask = edition.place_by_id[place_id].mask
    rows = view_rows(edition, filters, "occasions", place_mask=mask, limit=MOST_OCCASIONS)
    return find_series(Occasion(**row._asdict()) for row in reversed(rows))


def find_series(occasions: Iterable[Occasion]) -> tuple[Series, ...]:
    """Group occasions, oldest first, by name and by what they go on from; most years first."""
    by_id = {occasion.activity_id: occasion for occasion in occasions}
    groups: dict[str, list[Occasion]] = defaultdict(list)
    for occasion in by_id.values():
        groups[_name_key(_first_of(occasion, by_id))].append(occasion)
    found = [Series(tuple(group)) for group in groups.values()]
    lasting = [series for series in found if len(series.years) >= LEAST_YEARS]
    return tuple(sorted(lasting, key=lambda series: -len(series.years)))


def _first_of(occasion: Occasion, by_id: Mapping[str, Occasion]) -> Occasion:
    """Return the first occasion of a chain; of a circle, any."""
    seen = {occasion.activity_id}
    while occasion.continues and occasion.continues in by_id and occasion.continues not in seen:
        occasion = by_id[occasion.continues]
        seen.add(occasion.activity_id)
    return occasion


def _name_key(occasion: Occasion) -> str:
    """Return the name without numbers and years, or the id where too little is left of it."""
    name = OCCASION.sub("", IN_BRACKETS.sub("", search_key(occasion.title)))
    key = "".join(name.split())
    return key if len(key) >= SHORTEST_NAME else occasion.activity_id
