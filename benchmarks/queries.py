"""The density query against bare SQL, and its growth with the record."""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable
from statistics import median
from typing import TypeVar

from benchmarks.data import open_edition
from benchmarks.report import Result
from kyodo_geo.editions import Edition
from kyodo_geo.filters.conditions import query_parameters
from kyodo_geo.measures.places.summary import Summary, summarise
from kyodo_geo.model import Filters
from kyodo_geo.vocabulary import (
    KYODO_SCOPES,
    ActorType,
    Certainty,
    Field,
    Form,
    Scope,
    Status,
    mask_of,
)

Produced = TypeVar("Produced")

OVER_BARE_SQL = 1.3
OVER_TEN_TIMES_LESS = 12
ALL_FILTERS = Filters(
    year_from=2010,
    year_to=2022,
    regions=("花巻", "東和"),
    districts=("C01", "C02", "C03", "C04", "C05", "C22", "C23"),
    forms=(Form.SUBSIDY, Form.COMMITTEE, Form.CO_HOSTING),
    actors=(ActorType.LOCAL_GROUP, ActorType.CIVIC_GROUP),
    scopes=(Scope.A, Scope.B),
    fields=(Field.CULTURE, Field.TOURISM, Field.WELFARE),
    status=Status.REPORTED,
    certainty=Certainty.STATED,
    keyword="架空",
)

# What one would write by hand for this one question: figures of every place, all values in
# the text, nothing that could be switched.
BARE = """
WITH grouped AS (
    SELECT district_mask, count(*) AS activities,
           count(*) FILTER (scope_mask_stated & {kyodo_scopes} <> 0) AS kyodo,
           count(participants_count) AS participants_known,
           sum(participants_count) AS participants,
           bit_or(actor_mask) AS actor_mask
    FROM activity
    WHERE fiscal_year BETWEEN 2010 AND 2022
      AND district_mask & {districts} <> 0 AND district_mask & {regions} <> 0
      AND form_mask_stated & {forms} <> 0 AND actor_mask & {actors} <> 0
      AND scope_mask_stated & {scopes} <> 0
      AND field_mask & {fields} <> 0 AND status_mask & {statuses} <> 0
      AND contains(search_text, '架空')
    GROUP BY district_mask
)
SELECT p.place_id, coalesce(sum(g.activities), 0)::BIGINT, coalesce(sum(g.kyodo), 0)::BIGINT,
       coalesce(sum(g.participants_known), 0)::BIGINT,
       CASE WHEN count(g.activities) = 0 THEN 0 ELSE sum(g.participants) END::BIGINT,
       coalesce(bit_count(bit_or(g.actor_mask)), 0)::BIGINT
FROM place AS p
LEFT JOIN grouped AS g ON g.district_mask & p.mask <> 0
GROUP BY p.place_id
ORDER BY any_value(p.ordinal)
"""


def measure(activities_count: int, more_activities: int, repeats: int) -> list[Result]:
    """The query on `activities_count` against bare SQL, and on `more_activities`."""
    edition, larger = _uncached(activities_count), _uncached(more_activities)
    figures = [
        (row.place.place_id, row.activities, row.kyodo, row.participants_known, row.participants)
        for row in _ours(edition).rows()
    ]
    if figures != [row[:5] for row in _bare(edition)]:
        raise AssertionError("ours and the bare SQL do not mean the same")
    ours, bare = _compare_ms(lambda: _ours(edition), lambda: _bare(edition), repeats)
    small, large = _compare_ms(lambda: _ours(edition), lambda: _ours(larger), repeats)
    return [
        Result(
            f"density query, all filters, {activities_count:,} activities",
            f"{ours:.1f} ms",
            f"{bare:.1f} ms (bare SQL)",
            ours / bare,
            OVER_BARE_SQL,
        ),
        Result(
            f"the same on {more_activities:,} activities",
            f"{large:.1f} ms",
            f"{small:.1f} ms ({activities_count:,})",
            large / small,
            OVER_TEN_TIMES_LESS,
        ),
    ]


class Uncached(Edition):
    """An edition that works everything out anew."""

    def cached(self, key: Hashable, produce: Callable[[], Produced]) -> Produced:
        """What `produce` gives, each time."""
        return produce()

    cached_large = cached


def _uncached(activities_count: int) -> Uncached:
    return Uncached(open_edition(activities_count).path)


def _ours(edition: Uncached) -> Summary:
    return summarise(edition, ALL_FILTERS)


def _bare(edition: Edition) -> list[tuple[object, ...]]:
    masks = query_parameters(edition, ALL_FILTERS)["view"] | {"kyodo_scopes": mask_of(KYODO_SCOPES)}
    return edition.cursor().execute(BARE.format(**masks)).fetchall()


def _compare_ms(
    one: Callable[[], object], other: Callable[[], object], repeats: int
) -> tuple[float, float]:
    """Medians of two calls in turns, so that what else the machine does meets both."""
    times_ms: dict[Callable[[], object], list[float]] = {one: [], other: []}
    for _ in range(repeats):
        for call, taken in times_ms.items():
            start = time.perf_counter()
            call()
            taken.append((time.perf_counter() - start) * 1000)
    return median(times_ms[one]), median(times_ms[other])
