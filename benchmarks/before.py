"""Start, a click and the command line against an earlier commit of this program, in turns."""

from __future__ import annotations

import io
import subprocess
import sys
import tarfile
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, Page

from benchmarks.data import ROOT
from benchmarks.filter_change import (
    HAS_POLYGONS,
    QUIET_MS,
    TIMEOUT_MS,
    probed_page,
    show_regions,
    toggle_region,
)
from benchmarks.report import Result
from benchmarks.serving import chromium, serving, wait_for

COMMIT = "7a285ab"
"""The last one before the modules stood in folders by stage."""

OVER_BEFORE = 1.05
REGIONS_COUNT = 4
COMMANDS = (("--help",), ("info",), ("export", "--format", "csv"))

Times = Mapping[str, float]
"""Seconds by what was measured; the same names, in the same order, for both programs."""


@dataclass(frozen=True)
class Program:
    """A checkout of the program, and a data folder that its own command `init` made."""

    folder: Path
    data_dir: Path

    def run(self, *arguments: str) -> None:
        """Run a command of it, as a process of its own."""
        command = [sys.executable, "-m", "kyodo_geo", "--data-dir", str(self.data_dir), *arguments]
        subprocess.run(command, cwd=self.folder, check=True, capture_output=True)


def measure(turns: int, commit: str) -> list[Result]:
    """Medians of both programs on the shipped record; the first turn is not counted.

    Raises CalledProcessError where git does not have the commit.
    """
    with TemporaryDirectory() as name, chromium() as browser, ExitStack() as opened:
        folder = Path(name)
        check_out(commit, folder / "before")
        programs = (Program(ROOT, folder / "now"), Program(folder / "before", folder / "then"))
        for program in programs:
            program.run("init")
        pages = {program: _open(program, browser, opened) for program in programs}
        times: dict[Program, list[Times]] = defaultdict(list)
        for turn in range(turns + 1):
            for program in in_turn(programs, turn):
                measured = _start(program, browser) | _clicks(pages[program]) | _commands(program)
                if turn:
                    times[program].append(measured)
        ours, earlier = (times[program] for program in programs)
    return results(ours, earlier, commit)


def check_out(commit: str, folder: Path) -> None:
    """Write the files of a commit into a new folder."""
    command = ["git", "archive", commit]
    archive = subprocess.run(command, cwd=ROOT, check=True, capture_output=True).stdout
    with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
        tar.extractall(folder, filter="data")


def in_turn(programs: Sequence[Program], turn: int) -> Sequence[Program]:
    """The programs, the other one first every other turn."""
    return programs[::-1] if turn % 2 else programs


def results(ours: Sequence[Times], earlier: Sequence[Times], commit: str) -> list[Result]:
    """The ratio of the medians, a line for each name."""
    return [
        Result(
            name,
            f"{our_s * 1000:.0f} ms",
            f"{earlier_s * 1000:.0f} ms ({commit})",
            our_s / earlier_s,
            OVER_BEFORE,
        )
        for name in ours[0]
        for our_s, earlier_s in [[median(turn[name] for turn in side) for side in (ours, earlier)]]
    ]


def _start(program: Program, browser: Browser) -> dict[str, float]:
    """From the command, on an empty data folder."""
    with TemporaryDirectory() as empty, probed_page(browser) as page:
        start = time.perf_counter()
        with serving(program.folder / "app.py", {"KYODO_DATA_DIR": empty}) as server:
            wait_for(f"{server.address}/kyodo/ready", server.process)
            ready_s = time.perf_counter() - start
            page.goto(f"{server.address}/density")
            page.wait_for_function(HAS_POLYGONS, timeout=TIMEOUT_MS)
            return {
                "start until /kyodo/ready answers": ready_s,
                "start until first polygons": time.perf_counter() - start,
            }


def _open(program: Program, browser: Browser, opened: ExitStack) -> Page:
    """The density page of a server that runs as long as `opened`, its regions to be chosen."""
    settings = {"KYODO_DATA_DIR": str(program.data_dir)}
    server = opened.enter_context(serving(program.folder / "app.py", settings))
    page = opened.enter_context(probed_page(browser))
    page.goto(f"{server.address}/density")
    page.wait_for_function(HAS_POLYGONS, timeout=TIMEOUT_MS)
    show_regions(page)
    return page


def _clicks(page: Page) -> dict[str, float]:
    """The middle one of a click on each region."""
    clicks = []
    for region in range(REGIONS_COUNT):
        page.wait_for_timeout(QUIET_MS)
        clicks.append(toggle_region(page, region, "picture", "sentence"))
    colours_ms, sentence_ms = (median(column) for column in zip(*clicks, strict=True))
    return {
        "click until new colours": colours_ms / 1000,
        "click until the sentence has changed": sentence_ms / 1000,
    }


def _commands(program: Program) -> dict[str, float]:
    times = {}
    for command in COMMANDS:
        target = ("--force", "--out", str(program.data_dir / "activities.csv"))
        start = time.perf_counter()
        program.run(*command, *(target if "export" in command else ()))
        times[f"command `{' '.join(command)}`"] = time.perf_counter() - start
    return times
