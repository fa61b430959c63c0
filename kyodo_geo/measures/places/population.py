"""Residents of every place on one day: what rates by population are divided by."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from kyodo_geo.editions import Edition
from kyodo_geo.model import Population


@dataclass(frozen=True)
class Residents:
    """Residents by place id, all on the same day.

    Those of districts are there only where all of them are known (`of_districts`).
    """

    by_place: Mapping[str, int]
    of_districts: bool
    as_of: date | None


def residents(edition: Edition) -> Residents:
    """The newest day on which all districts are known, else the newest of all regions.

    Regions and the whole are those of the same day: as they are on record, else the sum of
    their districts. Empty where no day is complete.
    """
    names = {district.name: district.district_id for district in edition.districts}
    regions = {district.region for district in edition.districts}
    rows = edition.population
    for level, members in (("district", names), ("region", regions)):
        days = complete_days(rows, level, members)
        if days:
            day = max(days)
            of_districts = level == "district"
            return Residents(_by_place(edition, day, of_districts=of_districts), of_districts, day)
    return Residents({}, of_districts=False, as_of=None)


def complete_days(
    rows: Iterable[Population], level: str, names: Collection[str]
) -> frozenset[date]:
    """The days on which every place of a level is known."""
    known: dict[date, set[str]] = defaultdict(set)
    for row in rows:
        if row.level == level:
            known[row.as_of].add(row.name)
    return frozenset(day for day, found in known.items() if found >= set(names))


def _by_place(edition: Edition, day: date, *, of_districts: bool) -> dict[str, int]:
    on_day = {
        (row.level, row.name): row.population for row in edition.population if row.as_of == day
    }
    by_place = {}
    if of_districts:
        by_place = {d.district_id: on_day["district", d.name] for d in edition.districts}
    for place in edition.places:
        if place.kind == "region":
            members = [d.district_id for d in edition.districts if d.region == place.region]
            summed = sum(by_place[member] for member in members) if of_districts else 0
            by_place[place.place_id] = on_day.get(("region", place.region), summed)
    of_regions = [by_place[p.place_id] for p in edition.places if p.kind == "region"]
    whole = next(place.place_id for place in edition.places if place.kind == "all")
    return by_place | {whole: sum(of_regions)}
