"""Export of a filtered half of the record as CSV against DuckDB's own COPY; memory."""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.setting import Result, data_dir, open_edition
from kyodo_geo.editions import query_text
from kyodo_geo.export import export_view
from kyodo_geo.measures.selection import query_parameters
from kyodo_geo.model import Filters
from kyodo_geo.vocabulary import KYODO_SCOPES, Form, mask_of

HALF = Filters(year_from=2014, with_context=True)
PEAK_MB = 500


def measure(activities_count: int) -> list[Result]:
    """Time against COPY of the same columns, and the peak memory of a process of its own."""
    data_dir(activities_count)
    command = [sys.executable, "-m", "benchmarks.exports", str(activities_count)]
    rows, ours, copy, peak = (
        float(value) for value in subprocess.check_output(command, text=True).split()
    )
    name = f"export of {rows:,.0f} rows as CSV: ours / DuckDB COPY"
    return [
        Result(name, f"{ours:.2f} s", f"{copy:.2f} s", ours / copy, 1.5),
        Result("peak memory of that export (MB)", f"{peak:.0f} MB", f"{PEAK_MB} MB", peak, PEAK_MB),
    ]


def _run(activities_count: int) -> None:
    edition = open_edition(activities_count)
    with TemporaryDirectory() as folder:
        start = time.perf_counter()
        report = export_view(edition, HALF, "csv", Path(folder) / "ours.csv")
        ours = time.perf_counter() - start
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        parameters = query_parameters(edition, HALF) | {
            "edition": 1,
            "kyodo_scopes": mask_of(KYODO_SCOPES),
            "unknown_form": Form.UNKNOWN.bit,
        }
        query = query_text("activities_export")
        start = time.perf_counter()
        target = Path(folder) / "copy.csv"
        edition.rows(f"COPY ({query}) TO '{target}' (HEADER)", parameters)
        copy = time.perf_counter() - start
    print(report.rows, ours, copy, peak)


if __name__ == "__main__":
    _run(int(sys.argv[1]))
