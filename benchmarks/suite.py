"""The tests that survive from an earlier commit, timed there and here; and journeys, ten times."""

from __future__ import annotations

import ast
import os
import re
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import survivors
from benchmarks.before import check_out
from benchmarks.data import ROOT
from benchmarks.report import Result

OF_BEFORE = 0.55
COMMAND = re.compile(r"^test:.*\n\t\S+python -m pytest(.*)$", re.MULTILINE)
EXPORTED = re.compile(r"^export (\w+)\s*:?=[ \t]*(.*)$", re.MULTILINE)
PASSED_AND_RERUN = re.compile(r"(\d+) passed|(\d+) rerun")
ASSERTING_CALLS = {"expect", "raises"}


@dataclass(frozen=True)
class Suite:
    """The tests of a checkout, run as its Makefile runs them."""

    folder: Path

    def run(self, *options: str, also: Mapping[str, str] | None = None) -> str:
        """Run them, and return what pytest prints. Raises CalledProcessError where one fails."""
        makefile = (self.folder / "Makefile").read_text("utf-8")
        [own] = COMMAND.findall(makefile)
        command = [sys.executable, "-m", "pytest", *shlex.split(own), *options]
        environment = {**os.environ, **dict(EXPORTED.findall(makefile)), **(also or {})}
        done = subprocess.run(
            command, cwd=self.folder, env=environment, check=True, capture_output=True, text=True
        )
        return done.stdout

    def assertions_count(self) -> int:
        """How often the tests assert, expect or want an error, counted in their source."""
        files = (self.folder / "tests").rglob("*.py")
        trees = [ast.parse(file.read_text("utf-8")) for file in files]
        return sum(_asserts(node) for tree in trees for node in ast.walk(tree))


def _asserts(node: ast.AST) -> bool:
    if not isinstance(node, ast.Call):
        return isinstance(node, ast.Assert)
    name = getattr(node.func, "id", None) or getattr(node.func, "attr", None)
    return name in ASSERTING_CALLS


def measure(commit: str) -> list[Result]:
    """The time of the tests that stand in both, each by the command of its own Makefile."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        check_out(commit, folder / "before")
        before, now = Suite(folder / "before"), Suite(ROOT)
        both = _names(before) & _names(now)
        plugin = folder / "plugin"
        plugin.mkdir()
        shutil.copy(survivors.__file__, plugin)
        (folder / "both").write_text("\n".join(sorted(both)), "utf-8")
        also = {"PYTHONPATH": str(plugin), survivors.LISTED: str(folder / "both")}
        before_s, now_s = (_seconds(suite, also) for suite in (before, now))
    asserted = (now.assertions_count(), before.assertions_count())
    return [
        Result(
            f"{len(both):,} tests that survive",
            f"{now_s:.0f} s",
            f"{before_s:.0f} s ({commit})",
            now_s / before_s,
            OF_BEFORE,
        ),
        Result(
            "assertions in the tests",
            *(f"{asserted[0]:,}", f"{asserted[1]:,} ({commit})"),
            asserted[0] / asserted[1],
            1,
            at_least=True,
        ),
    ]


def measure_journeys(runs: int) -> list[Result]:
    """How many journeys had to be walked once more in several runs of all of them."""
    counted = [PASSED_AND_RERUN.findall(Suite(ROOT).run("-m", "browser")) for _ in range(runs)]
    walked, again = (
        sum(int(found[side] or 0) for run in counted for found in run) for side in range(2)
    )
    return [Result(f"journeys rerun in {runs} runs", str(again), f"of {walked:,}", again, 0, "")]


def _names(suite: Suite) -> set[str]:
    lines = suite.run("-n", "0", "--collect-only").splitlines()
    return {survivors.name_of(line) for line in lines if "::" in line}


def _seconds(suite: Suite, also: Mapping[str, str]) -> float:
    start = time.perf_counter()
    suite.run("-p", "survivors", also=also)
    return time.perf_counter() - start
