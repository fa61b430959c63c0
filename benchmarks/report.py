"""The table: printed, and kept in docs/performance.md and benchmarks/results.json."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path

import psutil

from benchmarks.data import ROOT

PAGE = ROOT / "docs" / "performance.md"
STORED = ROOT / "benchmarks" / "results.json"
EXPLANATION = ROOT / "benchmarks" / "explanation.md"
NAMED_VERSIONS = ("streamlit", "streamlit-folium", "duckdb", "pandas", "pyarrow", "playwright")
HEADER = ("what", "ours", "alternative", "value", "target", "met")


@dataclass(frozen=True)
class Result:
    """One line: `value` is held against `limit`, from below unless `at_least`."""

    name: str
    ours: str
    alternative: str
    value: float
    limit: float
    unit: str = "×"
    at_least: bool = False

    @property
    def is_met(self) -> bool:
        """Whether the target is kept."""
        return self.value >= self.limit if self.at_least else self.value <= self.limit

    def cells(self) -> tuple[str, ...]:
        """The line as texts, in the order of HEADER."""
        target = f"{'≥' if self.at_least else '≤'} {self.limit:g} {self.unit}"
        value = f"{self.value:.3g} {self.unit}" if self.value < 1000 else f"{self.value:,.0f}"
        return self.name, self.ours, self.alternative, value, target, "yes" if self.is_met else "no"


def table(results: Sequence[Result]) -> str:
    """The results as a Markdown table."""
    rows = ["| " + " | ".join(cells) + " |" for cells in (HEADER, *(r.cells() for r in results))]
    return "\n".join([rows[0], "|---|--:|--:|--:|--:|---|", *rows[1:]])


def keep(results: Sequence[Result]) -> None:
    """Replace docs/performance.md and results.json by this run."""
    stored = {
        "date": str(date.today()),
        "machine": _machine(),
        "versions": _versions(),
        "results": [{**asdict(r), "is_met": r.is_met} for r in results],
    }
    STORED.write_text(json.dumps(stored, ensure_ascii=False, indent=1) + "\n", "utf-8")
    PAGE.write_text(_page(results), "utf-8")


def _page(results: Sequence[Result]) -> str:
    missed = [r.name for r in results if not r.is_met]
    verdict = "Every target is met." if not missed else f"Missed: {'; '.join(missed)}."
    versions = ", ".join(f"{name} {number}" for name, number in _versions().items())
    return (
        "# Performance\n\n"
        f"One run of `make bench`, {date.today()}: {_machine()}; {versions}.\n\n"
        f"{table(results)}\n\n{verdict}\n\n"
        f"{EXPLANATION.read_text('utf-8')}"
    )


def _machine() -> str:
    memory_gb = psutil.virtual_memory().total / 1e9
    return f"{_processor()}, {os.cpu_count()} cores, {memory_gb:.0f} GB, {platform.system()}"


def _processor() -> str:
    described = Path("/proc/cpuinfo")
    lines = described.read_text("utf-8").splitlines() if described.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or platform.machine()


def _versions() -> dict[str, str]:
    return {"Python": platform.python_version()} | {name: version(name) for name in NAMED_VERSIONS}
