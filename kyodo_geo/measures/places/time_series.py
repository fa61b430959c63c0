"""Change over the years: activities of a place by fiscal year and form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kyodo_geo.editions import Edition
from kyodo_geo.filters.conditions import view_rows
from kyodo_geo.model import Filters
from kyodo_geo.vocabulary import Form, terms_in


@dataclass(frozen=True)
class YearCount:
    """Activities of one fiscal year; None is 年度不明.

    `forms` is 延べ: an activity with several forms is in each. A year without any record
    has zero and an empty mapping.
    """

    fiscal_year: int | None
    activities: int
    forms: Mapping[Form, int]


Years = tuple[YearCount, ...]


def yearly(edition: Edition, filters: Filters, place_id: str) -> Years:
    """Every fiscal year from the city's first to its last under `filters`, those without a
    record included; 年度不明 at the end, if there is any. Empty where the city has none."""
    counts = edition.cached(("years", filters), lambda: _read(edition, filters))
    known = [year for year in counts.get("ALL", {}) if year]
    span = range(min(known), max(known) + 1) if known else ()
    here = counts.get(place_id, {})
    found = [here.get(year) or YearCount(year, 0, {}) for year in span]
    return (*found, here[0]) if 0 in here else tuple(found)


def _read(edition: Edition, filters: Filters) -> dict[str, dict[int, YearCount]]:
    counts: dict[str, dict[int, YearCount]] = {}
    for row in view_rows(edition, filters, "years"):
        year = row.fiscal_year
        of_place = counts.setdefault(row.place_id, {})
        before = of_place.get(year) or YearCount(year or None, 0, {})
        forms = dict(before.forms)
        for form in terms_in(Form, row.form_mask):
            forms[form] = forms.get(form, 0) + row.activities
        of_place[year] = YearCount(year or None, before.activities + row.activities, forms)
    return counts


def highest_bar(found: Years) -> int:
    """The 延べ count of the year that has most."""
    return max((sum(year.forms.values()) for year in found), default=0)
