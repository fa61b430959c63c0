"""`python -m benchmarks.run [--quick] [--only NAME]`: measure, print a table, keep it."""

from __future__ import annotations

import argparse
import json
import platform
from collections.abc import Callable
from datetime import date
from pathlib import Path

import duckdb
import streamlit

from benchmarks import browser, exports, queries
from benchmarks.setting import ROOT, Result

TABLE = ROOT / "docs" / "performance.md"
STORED = Path(__file__).parent / "results.json"


def sections(quick: bool) -> dict[str, Callable[[], list[Result]]]:
    """The measurements by name."""
    size = 10_000 if quick else 1_000_000
    return {
        "queries": lambda: queries.measure(size, 0 if quick else 10_000_000),
        "exports": lambda: exports.measure(size),
        "start": browser.measure_start,
        "change": lambda: browser.measure_change(size),
    }


def main() -> None:
    """Measure what is asked for; a full run also writes docs/performance.md."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--only", choices=sections(True))
    options = parser.parse_args()
    results: list[Result] = []
    for name, measure in sections(options.quick).items():
        if options.only in (None, name):
            results += measure()
            print(_table(results[-2:]), flush=True)
    if not options.quick and not options.only:
        _keep(results)


def _table(results: list[Result]) -> str:
    lines = [
        "| what | ours | against | ratio or value | at most | met |",
        "|---|---|---|--:|--:|---|",
    ]
    lines += [
        f"| {r.name} | {r.ours} | {r.alternative} | {r.ratio:.2f} | {r.target:.3g} |"
        f" {'yes' if r.is_met else '**no**'} |"
        for r in results
    ]
    return "\n".join(lines)


def _keep(results: list[Result]) -> None:
    stored = [{**vars(r), "is_met": r.is_met} for r in results]
    STORED.write_text(json.dumps(stored, ensure_ascii=False, indent=1) + "\n", "utf-8")
    versions = f"Python {platform.python_version()}, streamlit {streamlit.__version__}, "
    versions += f"duckdb {duckdb.__version__}"
    TABLE.write_text(
        f"# Performance\n\nOne run of `make bench` on two cores, {date.today()}: {versions}, "
        "headless Chromium. Fictional activities. Times are medians with 10-30 % noise; the "
        "ratios are what to rely on.\n\n"
        f"{_table(results)}\n\n"
        "Not measured yet: many sessions at once, and the tutorial way beside ours.\n",
        "utf-8",
    )


if __name__ == "__main__":
    main()
