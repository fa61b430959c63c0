"""The printed sheet against Chromium printing the district's page; all of them; their memory."""

from __future__ import annotations

import json
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser

from benchmarks.data import ROOT
from benchmarks.exports import peak_mb
from benchmarks.filter_change import TIMEOUT_MS
from benchmarks.report import Result
from benchmarks.serving import OURS, chromium, serving
from kyodo_geo.cli.app import app

OVER_CHROMIUM = 0.33
OVER_ONE = 15
MOST_MB = 600

DISTRICT = "C01"
"""The one with most records."""

DRAWN = "[data-file=sheet]"
"""Drawn near the end of the page's script."""


def measure(repeats: int) -> list[Result]:
    """One sheet, all sheets and their memory, on the shipped record."""
    with TemporaryDirectory() as folder:
        _command("init", "--data-dir", folder)
        served, printed, print_alone = _from_the_server(folder, repeats)
        one, every = zip(*[_by_command(folder) for _ in range(repeats)], strict=True)
        memory_mb = _peak_of_all(folder)
    one_s, all_s = median(one), median(every)
    return [
        Result(
            "one sheet from the server against Chromium printing the open page",
            f"{served * 1000:.0f} ms",
            f"{print_alone * 1000:.0f} ms ({printed * 1000:,.0f} ms with opening it)",
            served / print_alone,
            OVER_CHROMIUM,
        ),
        Result(
            "`report --all` (27 sheets and a ZIP) against `report --district`",
            f"{all_s:.2f} s",
            f"{one_s:.2f} s",
            all_s / one_s,
            OVER_ONE,
        ),
        Result(
            "peak memory of `report --all`", f"{memory_mb:.0f} MB", "", memory_mb, MOST_MB, "MB"
        ),
    ]


def _from_the_server(folder: str, repeats: int) -> tuple[float, float, float]:
    """Seconds of a sheet, of a page opened and printed, and of its printing alone, in turns.

    The server has made both before, and the browser is started already.
    """
    with serving(OURS, {"KYODO_DATA_DIR": folder}) as server, chromium() as browser:
        turns = [
            (_sheet(server.address), *_printed_page(browser, server.address))
            for _ in range(repeats + 1)
        ]
    served, printed, print_alone = (median(column) for column in zip(*turns[1:], strict=True))
    return served, printed, print_alone


def _sheet(address: str) -> float:
    start = time.perf_counter()
    with urllib.request.urlopen(f"{address}/kyodo/sheet/{DISTRICT}") as answer:
        assert answer.read().startswith(b"%PDF")
    return time.perf_counter() - start


def _printed_page(browser: Browser, address: str) -> tuple[float, float]:
    context = browser.new_context()
    page = context.new_page()
    start = time.perf_counter()
    page.goto(f"{address}/district?district={DISTRICT}")
    page.wait_for_selector(DRAWN, timeout=TIMEOUT_MS)
    drawn = time.perf_counter()
    assert page.pdf(format="A4").startswith(b"%PDF")
    end = time.perf_counter()
    context.close()
    return end - start, end - drawn


def _by_command(folder: str) -> tuple[float, float]:
    """Seconds of the command for one district and for all, as processes of their own."""
    with TemporaryDirectory() as out:
        one = _seconds(
            lambda: _command(
                *("report", "--district", DISTRICT, "--out", f"{out}/one.pdf"),
                *("--data-dir", folder),
            )
        )
        every = _seconds(
            lambda: _command("report", "--all", "--out", f"{out}/all", "--data-dir", folder)
        )
        assert len(list(Path(out, "all").iterdir())) == 28
    return one, every


def _seconds(work: Callable[[], None]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _command(*arguments: str) -> None:
    command = [sys.executable, "-m", "kyodo_geo", *arguments]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)


def _peak_of_all(folder: str) -> float:
    # The peak is read by the process itself, after the command.
    command = [sys.executable, "-m", "benchmarks.sheets", folder]
    answer = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    return float(json.loads(answer.stdout.splitlines()[-1]))


def _write_all(folder: str) -> None:
    with TemporaryDirectory() as out:
        arguments = ["report", "--all", "--out", f"{out}/all", "--data-dir", folder]
        app(arguments, standalone_mode=False)


if __name__ == "__main__":
    _write_all(sys.argv[1])
    print(json.dumps(peak_mb()))
