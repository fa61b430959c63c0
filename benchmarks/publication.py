"""A viewer's clicks while an official takes a long list in, on the command line and on the page."""

from __future__ import annotations

import asyncio
import random
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks.data import ROOT, data_dir
from benchmarks.imports import list_file
from benchmarks.report import Result
from benchmarks.serving import OURS, chromium, serving
from benchmarks.session import LABELS, OurSession

OVER_USUAL = 1.5
BETWEEN_CLICKS_S = 0.1
USUAL_S = 8.0
WAIT_MS = 300_000


@dataclass
class Viewer:
    """Clicks until told to stop; `waits` has when each click began and what it took."""

    address: str
    waits: list[tuple[float, float]] = field(default_factory=list)
    stopped: threading.Event = field(default_factory=threading.Event)

    async def click(self) -> None:
        """Turn filters on and off, as in the measurement of many sessions."""
        dice = random.Random(0)
        session = await OurSession.open(self.address, "density")
        while not self.stopped.is_set():
            name = dice.choice(tuple(LABELS))
            began = time.perf_counter()
            self.waits.append(
                (began, await session.toggle(name, dice.choice(session.options(name))))
            )
            await asyncio.sleep(BETWEEN_CLICKS_S)
        await session.close()

    def median_s(self, since: float, until: float) -> float:
        """The middle wait of the clicks that began in a span of time."""
        return median(wait for began, wait in self.waits if since <= began < until)


def measure(activities_count: int, rows: int) -> list[Result]:
    """The middle wait during a publication against that before it."""
    return [
        _during("taken in by the command", activities_count, rows, _by_command),
        _during("published on the page", activities_count, rows, _by_page),
    ]


Publish = Callable[[str, Path, Path], float]
"""Takes a file in; returns when that began to be of interest."""


def _during(how: str, activities_count: int, rows: int, publish: Publish) -> Result:
    file = list_file(rows)
    with TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        shutil.copytree(data_dir(activities_count), data)
        environment = {"KYODO_DATA_DIR": str(data), "KYODO_LOCAL_OFFICIAL": "1"}
        with serving(OURS, environment) as server, _viewing(server.address) as viewer:
            time.sleep(1)  # the first clicks fill what all later ones share
            began = time.perf_counter()
            time.sleep(USUAL_S)
            usual_until = time.perf_counter()
            published_from = publish(server.address, data, file)
            until = time.perf_counter()
    usual_s = viewer.median_s(began, usual_until)
    meanwhile_s = viewer.median_s(published_from, until)
    return Result(
        f"clicks while {rows:,} rows are {how} ({until - published_from:.0f} s)",
        f"{meanwhile_s * 1000:.0f} ms",
        f"{usual_s * 1000:.0f} ms (usual)",
        meanwhile_s / usual_s,
        OVER_USUAL,
    )


@contextmanager
def _viewing(address: str) -> Iterator[Viewer]:
    viewer = Viewer(address)
    thread = threading.Thread(target=lambda: asyncio.run(viewer.click()))
    thread.start()
    try:
        yield viewer
    finally:
        viewer.stopped.set()
        thread.join()


def _by_command(address: str, data: Path, file: Path) -> float:
    began = time.perf_counter()
    command = [sys.executable, "-m", "kyodo_geo", "import", str(file), "--data-dir", str(data)]
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    return began


def _by_page(address: str, data: Path, file: Path) -> float:
    """Only the publication itself: the examination before it shares the processor for longer."""
    with chromium() as browser:
        page = browser.new_page()
        page.set_default_timeout(WAIT_MS)
        page.goto(f"{address}/import")
        page.locator("input[type=file]").set_input_files(file)
        button = page.get_by_role("button", name="公開する")
        button.wait_for()
        began = time.perf_counter()
        button.click()
        page.get_by_text("版を公開しました").wait_for()
    return began
