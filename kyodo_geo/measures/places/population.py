"""Residents per place on one day: the denominator of rates by population."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from kyodo_geo.editions import Edition
from kyodo_geo.model import Population


@dataclass(frozen=True)
class Residents:
    """Residents by place id on the day `as_of`; empty and None where no day is complete.

    Districts are included only where all of them are known (`of_districts`).
    """

    by_place: Mapping[str, int]
    of_districts: bool
    as_of: date | None


def residents(edition: Edition) -> Residents:
    """Return residents on the newest day with all districts, else with all regions.

    Regions are as recorded for that day, else the sum of their districts; the total is the sum
    of the regions.
    """
    names = {district.name: district.district_id for district in edition.districts}
    regions = {district.region for district in edition.districts}
    rows = edition.population
    for level, members in (("district", names), ("region", regions)):
        if days := complete_days(rows, level, members):
            day, of_districts = max(days), level == "district"
            return Residents(_by_place(edition, day, of_districts=of_districts), of_districts, day)
    return Residents({}, of_districts=False, as_of=None)


def complete_days(
    rows: Iterable[Population], level: str, names: Collection[str]
) -> frozenset[date]:
    """Return the days for which all `names` of a level ("district", "region") are known."""
    known: dict[date, set[str]] = defaultdict(set)
    for row in rows:
        if row.level == level:
            known[row.as_of].add(row.name)
    return frozenset(day for day, found in known.items() if found >= set(names))


def _by_place(edition: Edition, day: date, *, of_districts: bool) -> dict[str, int]:
    on_day = {
        (row.level, row.name): row.population for row in edition.population if row.as_of == day
    }
    districts = edition.districts if of_districts else ()
    by_place = {d.district_id: on_day["district", d.name] for d in districts}
    for place in edition.places:
        if place.kind == "region":
            summed = sum(by_place[d.district_id] for d in districts if d.region == place.region)
            by_place[place.place_id] = on_day.get(("region", place.region), summed)
    of_regions = [by_place[p.place_id] for p in edition.places if p.kind == "region"]
    whole = next(place.place_id for place in edition.places if place.kind == "all")
    return by_place | {whole: sum(of_regions)}
