"""The density query against bare SQL, and its growth with the record."""

from __future__ import annotations

import time
from collections.abc import Callable
from statistics import median

from benchmarks.setting import Result, open_edition
from kyodo_geo.editions import Edition, query_text
from kyodo_geo.measures.selection import query_parameters
from kyodo_geo.model import Filters
from kyodo_geo.vocabulary import KYODO_SCOPES, ActorType, Field, Form, Scope, Status, mask_of

REPEATS = 25
ALL_FILTERS = Filters(
    year_from=2010,
    year_to=2022,
    regions=("花巻", "東和"),
    forms=(Form.SUBSIDY, Form.COMMITTEE, Form.CO_HOSTING),
    actors=(ActorType.LOCAL_GROUP, ActorType.CIVIC_GROUP),
    scopes=(Scope.A, Scope.B),
    fields=(Field.CULTURE, Field.TOURISM, Field.WELFARE),
    status=Status.REPORTED,
)
BARE = """
SELECT district_mask, count(*), count(participants_count), sum(participants_count),
       bit_or(actor_mask), bit_or(form_mask), min(fiscal_year), max(fiscal_year)
FROM activity
WHERE fiscal_year BETWEEN 2010 AND 2022 AND district_mask & {regions} <> 0
  AND form_mask & {forms} <> 0 AND actor_mask & {actors} <> 0 AND scope_mask & {scopes} <> 0
  AND field_mask & {fields} <> 0 AND status_mask & {statuses} <> 0
GROUP BY district_mask
"""


def measure(small: int, large: int) -> list[Result]:
    """The query on `small` activities against bare SQL, and on `large` against `small`."""
    edition = open_edition(small)
    ours, bare = _ours(edition), _bare(edition)
    results = [
        Result(
            f"density query, all filters, {small:,} activities: ours / bare SQL",
            f"{ours:.1f} ms",
            f"{bare:.1f} ms",
            ours / bare,
            1.3,
        )
    ]
    if large:
        more = _ours(open_edition(large))
        name = f"density query, all filters: {large:,} / {small:,} activities"
        results.append(Result(name, f"{more:.1f} ms", f"{ours:.1f} ms", more / ours, 12))
    return results


def _ours(edition: Edition) -> float:
    parameters = query_parameters(edition, ALL_FILTERS) | {"kyodo_scopes": mask_of(KYODO_SCOPES)}
    query = query_text("summary")
    return _median_ms(lambda: edition.rows(query, parameters))


def _bare(edition: Edition) -> float:
    query = BARE.format(**query_parameters(edition, ALL_FILTERS))
    return _median_ms(lambda: edition.rows(query))


def _median_ms(call: Callable[[], object]) -> float:
    times = []
    for _ in range(REPEATS):
        start = time.perf_counter()
        call()
        times.append((time.perf_counter() - start) * 1000)
    return median(times)
