"""Time series: activities of a place per fiscal year and form."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from kyodo_geo.editions import Edition, cached_per_edition
from kyodo_geo.filters.conditions import view_rows
from kyodo_geo.model import Filters
from kyodo_geo.vocabulary import Form, terms_in


@dataclass(frozen=True)
class YearCount:
    """Activities of one fiscal year; None is 年度不明.

    `forms` is 延べ: an activity counts in each of its forms. Years without activities have
    zero and an empty mapping.
    """

    fiscal_year: int | None
    activities: int
    forms: Mapping[Form, int]


Years = tuple[YearCount, ...]


def yearly(edition: Edition, filters: Filters, place_id: str) -> Years:
    """Count activities per fiscal year, from the city's first to its last under `filters`.

    Years without activities are included, 年度不明 comes last if there are any. Empty where
    the city has no activities.
    """
    counts = _year_counts(edition, filters)
    known = [year for year in counts.get("ALL", {}) if year]
    span = range(min(known), max(known) + 1) if known else ()
    here = counts.get(place_id, {})
    found = [here.get(year) or YearCount(year, 0, {}) for year in span]
    return (*found, here[0]) if 0 in here else tuple(found)


@cached_per_edition
def _year_counts(edition: Edition, filters: Filters) -> dict[str, dict[int, YearCount]]:
    """Return counts by place id and fiscal year; 0 is 年度不明."""
    activities: dict[str, Counter[int]] = defaultdict(Counter)
    forms: dict[tuple[str, int], Counter[Form]] = defaultdict(Counter)
    for row in view_rows(edition, filters, "years"):
        activities[row.place_id][row.fiscal_year] += row.activities
        of_row = dict.fromkeys(terms_in(Form, row.form_mask), row.activities)
        forms[row.place_id, row.fiscal_year].update(of_row)
    return {
        place_id: {
            year: YearCount(year or None, n, forms[place_id, year]) for year, n in by_year.items()
        }
        for place_id, by_year in activities.items()
    }


def highest_bar(found: Years) -> int:
    """Return the largest 延べ count of a year; 0 without years."""
    return max((sum(year.forms.values()) for year in found), default=0)
