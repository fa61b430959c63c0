"""One to two hundred people at once on mixed pages; memory of a session, and over an hour."""

from __future__ import annotations

import asyncio
import json
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory

from benchmarks.data import ROOT, data_dir
from benchmarks.load import Waits
from benchmarks.report import Result
from benchmarks.serving import OURS, Server, serving
from benchmarks.session import LABELS, OurSession
from kyodo_geo.editions import EditionStore
from kyodo_geo.seed.first_edition import publish_shipped

PAGES = ("density", "forms", "actors", "district", "activities")
SLOWER_THAN_ONE = 4
MB_A_SESSION = 1.5
HOUR_OVER_START = 1.15
SHIPPED = 0
"""Stands for the shipped record among numbers of fictional activities."""


@dataclass(frozen=True)
class Crowd:
    """So many people, each with so many clicks and so long between two of them.

    One alone goes from page to page, each open in a tab of its own; of several everybody has one.
    """

    people: int
    clicks: int
    between_s: float


def measure(activities_count: int, one: Crowd, crowds: tuple[Crowd, ...]) -> list[Result]:
    """The crowds on the shipped record and on fictional activities, against one alone."""
    return [
        result for size in (SHIPPED, activities_count) for result in _of_record(size, one, crowds)
    ]


def measure_hour(clicks: int) -> list[Result]:
    """Memory of a server with one session after an hour's clicks against after ten minutes'."""
    with _record(SHIPPED) as folder, serving(OURS, {"KYODO_DATA_DIR": str(folder)}) as server:
        early_mb, late_mb = asyncio.run(_hour(server, clicks))
    return [
        Result(
            f"memory after an hour of one person ({clicks:,} clicks)",
            f"{late_mb:.0f} MB",
            f"{early_mb:.0f} MB (after {clicks // 6:,} clicks)",
            late_mb / early_mb,
            HOUR_OVER_START,
        )
    ]


def _of_record(size: int, one: Crowd, crowds: tuple[Crowd, ...]) -> Iterator[Result]:
    record = f"{size:,} activities" if size else "the shipped record"
    with _record(size) as folder, serving(OURS, {"KYODO_DATA_DIR": str(folder)}) as server:
        alone, few_mb = _run(server, one)
        for crowd in crowds:
            together, most_mb = _run(server, crowd)
            yield Result(
                f"{crowd.people} people on mixed pages, a click every {crowd.between_s:g} s each, "
                f"{record}",
                str(together),
                f"{alone} (one)",
                together.p95_s / alone.p95_s,
                SLOWER_THAN_ONE,
            )
    sessions = crowds[-1].people
    yield Result(
        f"memory of a session ({sessions} open), {record}",
        f"{most_mb:.0f} MB",
        f"{few_mb:.0f} MB ({len(PAGES)} open)",
        (most_mb - few_mb) / (sessions - len(PAGES)),
        MB_A_SESSION,
        "MB each",
    )


@contextmanager
def _record(size: int) -> Iterator[Path]:
    if size:
        yield data_dir(size)
        return
    with TemporaryDirectory() as folder:
        publish_shipped(EditionStore(Path(folder) / "editions"), "benchmark")
        yield Path(folder)


def _run(server: Server, crowd: Crowd) -> tuple[Waits, float]:
    """What a crowd waits, and the most megabytes that the server holds meanwhile."""
    task = json.dumps({"address": server.address, **asdict(crowd)})
    command = [sys.executable, "-m", "benchmarks.crowd", task]
    most_mb = 0.0
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        while process.poll() is None:
            most_mb = max(most_mb, server.memory_mb())
            time.sleep(0.2)
        assert process.stdout is not None
        waits_s = json.loads(process.stdout.read())  # none if the process failed
    cuts = quantiles(waits_s, n=100, method="inclusive")
    return Waits(len(waits_s), cuts[49], cuts[94]), most_mb


async def _simulate(address: str, people: int, clicks: int, between_s: float) -> list[float]:
    # What all share (record, imports) is there before: nobody waits for that.
    for page in PAGES:
        await (await OurSession.open(address, page)).close()
    pages = [PAGES[number % len(PAGES)] for number in range(max(people, len(PAGES)))]
    sessions = [await OurSession.open(address, page) for page in pages]
    walks = [
        _click(session, clicks, between_s, random.Random(number))
        for number, session in enumerate(sessions)
    ]
    waits = [await walk for walk in walks] if people == 1 else await asyncio.gather(*walks)
    for session in sessions:
        await session.close()
    return [wait_s for of_session in waits for wait_s in of_session]


async def _click(
    session: OurSession, clicks: int, between_s: float, dice: random.Random
) -> list[float]:
    waits_s = []
    for _ in range(clicks):
        await asyncio.sleep(between_s * dice.uniform(0.5, 1.5))
        name = dice.choice(tuple(LABELS))
        waits_s.append(await session.toggle(name, dice.choice(session.options(name))))
    return waits_s


async def _hour(server: Server, clicks: int) -> tuple[float, float]:
    session = await OurSession.open(server.address, "density")
    await _click(session, clicks // 6, 0, dice := random.Random(0))
    early_mb = server.memory_mb()
    await _click(session, clicks - clicks // 6, 0, dice)
    late_mb = server.memory_mb()
    await session.close()
    return early_mb, late_mb


if __name__ == "__main__":
    print(json.dumps(asyncio.run(_simulate(**json.loads(sys.argv[1])))))
