"""Export of half the record as CSV against DuckDB's own COPY, and in CP932; peak memory."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from string import Template
from tempfile import TemporaryDirectory

import psutil

from benchmarks.data import ROOT, data_dir, open_edition
from benchmarks.report import Result
from kyodo_geo.editions import Edition
from kyodo_geo.export import export_view
from kyodo_geo.model import Filters
from kyodo_geo.vocabulary import KYODO_SCOPES, Form, mask_of

OVER_COPY = 1.5
OVER_UTF8 = 4
MOST_MB = 500
HALF = Filters(year_from=2019, with_context=True)
"""About half of the fictional activities."""

COPY = ROOT / "benchmarks" / "copy.sql"


def measure(activities_count: int, repeats: int) -> list[Result]:
    """Time against COPY of the same columns with a BOM, peak memory, and time in CP932."""
    data_dir(activities_count)
    # In turns, so that what else the machine does meets all.
    turns = [[_in_own_process(way, activities_count) for way in WAYS] for _ in range(repeats)]
    ours, cp932, copy = zip(*turns, strict=True)
    our_s, cp932_s, copy_s = (
        median(run["seconds"] for run in runs) for runs in (ours, cp932, copy)
    )
    our_mb, copy_mb = (max(run["peak_mb"] for run in runs) for runs in (ours, copy))
    return [
        Result(
            f"export of {ours[0]['rows']:,} of {activities_count:,} rows as CSV with BOM",
            f"{our_s:.2f} s",
            f"{copy_s:.2f} s (COPY)",
            our_s / copy_s,
            OVER_COPY,
        ),
        Result(
            "peak memory of that export",
            f"{our_mb:.0f} MB",
            f"{copy_mb:.0f} MB (COPY)",
            our_mb,
            MOST_MB,
            "MB",
        ),
        Result(
            "the same rows in CP932",
            f"{cp932_s:.2f} s",
            f"{our_s:.2f} s (UTF-8)",
            cp932_s / our_s,
            OVER_UTF8,
        ),
    ]


def _in_own_process(way: str, activities_count: int) -> dict[str, float]:
    # A process remembers its peak: each export gets one of its own.
    command = [sys.executable, "-m", "benchmarks.exports", way, str(activities_count)]
    answer = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    run: dict[str, float] = json.loads(answer.stdout)
    return run


def _ours(edition: Edition, target: Path) -> int:
    return export_view(edition, HALF, "csv", target).rows


def _cp932(edition: Edition, target: Path) -> int:
    return export_view(edition, HALF, "csv-cp932", target).rows


def _copy(edition: Edition, target: Path) -> int:
    query = Template(COPY.read_text("utf-8")).substitute(
        year_from=HALF.year_from,
        edition=edition.info.number,
        kyodo_scopes=mask_of(KYODO_SCOPES),
        unknown_form=Form.UNKNOWN.bit,
    )
    return int(edition.row(f"COPY ({query}) TO '{target}' (HEADER)").Count)


WAYS: dict[str, Callable[[Edition, Path], int]] = {
    "ours": _ours,
    "cp932": _cp932,
    "copy": _copy,
}


def _export(way: str, activities_count: int) -> dict[str, float]:
    edition = open_edition(activities_count)
    with TemporaryDirectory() as folder:
        start = time.perf_counter()
        rows = WAYS[way](edition, Path(folder) / "activities.csv")
        seconds = time.perf_counter() - start
    return {"rows": rows, "seconds": seconds, "peak_mb": peak_mb()}


def peak_mb() -> float:
    """Most megabytes this process has held."""
    memory = psutil.Process().memory_info()
    if hasattr(memory, "peak_wset"):  # Windows
        return memory.peak_wset / 1e6
    # Linux carries the peak of `getrusage` over from the process that started this one.
    status = Path("/proc/self/status")
    if status.exists():
        return int(status.read_text("utf-8").split("VmHWM:")[1].split()[0]) * 1024 / 1e6
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6  # macOS, in bytes


if __name__ == "__main__":
    print(json.dumps(_export(sys.argv[1], int(sys.argv[2]))))
