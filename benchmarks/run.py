"""`python -m benchmarks.run [--quick] [--only NAME]`: measure, print a table, keep it."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import dataclass

from benchmarks import (
    api,
    district,
    exports,
    filter_change,
    imports,
    load,
    publication,
    queries,
    report,
    sheets,
    start,
)
from benchmarks.load import Load


@dataclass(frozen=True)
class Size:
    """How much is measured."""

    activities: int
    more_activities: int
    imported: int
    changes: int
    repeats: int
    one: Load
    many: Load
    tutorial: Load


FULL = Size(1_000_000, 10_000_000, 100_000, 14, 5, Load(1, 40), Load(50, 20), Load(10, 10))
QUICK = Size(10_000, 100_000, 10_000, 4, 1, Load(1, 5), Load(5, 5), Load(2, 3))


def sections(size: Size) -> dict[str, Callable[[], list[report.Result]]]:
    """The measurements by name."""
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
        "sheets": lambda: sheets.measure(size.repeats),
        "start": lambda: start.measure(size.repeats),
    }


def main() -> None:
    """Measure what is asked for; a full run also replaces docs/performance.md."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="small: does it run at all?")
    parser.add_argument("--only", choices=sections(QUICK), help="one section")
    options = parser.parse_args()
    results: list[report.Result] = []
    for name, measure in sections(QUICK if options.quick else FULL).items():
        if options.only in (None, name):
            print(f"measuring: {name} …", flush=True)
            results += measure()
    print(report.table(results))
    if not options.quick and not options.only:
        report.keep(results)


if __name__ == "__main__":
    main()
