"""`python -m benchmarks.run [--quick] [--only NAME]`: measure, print a table, keep it."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import dataclass

from benchmarks import (
    api,
    before,
    crowd,
    district,
    engines,
    exports,
    filter_change,
    growth,
    imports,
    load,
    publication,
    queries,
    report,
    sheets,
    soak,
    start,
    suite,
)
from benchmarks.crowd import Crowd
from benchmarks.load import Load


@dataclass(frozen=True)
class Size:
    """How much is measured."""

    activities: int
    more_activities: int
    imported: int
    changes: int
    repeats: int
    turns: int
    one: Load
    many: Load
    tutorial: Load
    person: Crowd
    crowds: tuple[Crowd, ...]
    hour_clicks: int
    soak_clicks: int


FULL = Size(
    *(1_000_000, 10_000_000, 100_000, 14, 5, 10, Load(1, 40), Load(50, 20), Load(10, 10)),
    # Two hundred click as often together as fifty do.
    *(Crowd(1, 8, 0.2), (Crowd(10, 8, 2), Crowd(50, 6, 2), Crowd(200, 3, 8)), 720, 5_000),
)
QUICK = Size(
    *(10_000, 100_000, 10_000, 4, 1, 2, Load(1, 5), Load(5, 5), Load(2, 3)),
    *(Crowd(1, 2, 0.1), (Crowd(7, 2, 0.2),), 60, 100),
)


def sections(
    size: Size, commit: str = before.COMMIT
) -> dict[str, Callable[[], list[report.Result]]]:
    """The measurements by name; `commit` is the one that `before` and `tests` compare with."""
    return {
        "change": lambda: filter_change.measure(size.activities, size.changes),
        "district": lambda: district.measure(size.activities, size.changes),
        "load": lambda: load.measure(size.activities, size.one, size.many, size.tutorial),
        "queries": lambda: queries.measure(
            size.activities, size.more_activities, 10 * size.repeats
        ),
        "exports": lambda: exports.measure(size.activities, size.repeats),
        "imports": lambda: imports.measure(size.imported, size.repeats),
        "publication": lambda: publication.measure(size.imported, size.imported),
        "api": lambda: api.measure(size.imported, 2.0 * size.repeats),
        "crowd": lambda: crowd.measure(size.activities, size.person, size.crowds),
        "hour": lambda: crowd.measure_hour(size.hour_clicks),
        "growth": lambda: growth.measure(
            size.activities // 100, size.activities, size.more_activities, 2 * size.repeats
        ),
        "soak": lambda: soak.measure(size.soak_clicks),
        "engines": lambda: engines.measure(size.activities),
        "sheets": lambda: sheets.measure(size.repeats),
        "start": lambda: start.measure(size.repeats),
        "before": lambda: before.measure(size.turns, commit),
        "tests": lambda: suite.measure(commit),
        "journeys": lambda: suite.measure_journeys(size.turns),
    }


def main() -> None:
    """Measure what is asked for; a full run also replaces docs/performance.md."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="small: does it run at all?")
    parser.add_argument("--only", choices=sections(QUICK), help="one section")
    parser.add_argument(
        "--commit", default=before.COMMIT, help="what `before` and `tests` compare with"
    )
    options = parser.parse_args()
    size = QUICK if options.quick else FULL
    results: list[report.Result] = []
    for name, measure in sections(size, options.commit).items():
        if options.only in (None, name):
            print(f"measuring: {name} …", flush=True)
            results += measure()
    print(report.table(results))
    if not options.quick and not options.only:
        report.keep(results)


if __name__ == "__main__":
    main()
