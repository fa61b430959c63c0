"""A change of district on its own page against a filter change on the density page."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable

import psutil

from benchmarks.report import Result
from benchmarks.serving import Server, serving_ours
from benchmarks.session import LABELS, DistrictSession, OurSession

OVER_FILTER_CHANGE = 4
WARM_UP = 5
DISTRICTS = [f"C{number:02}" for number in range(1, 28)]


def measure(activities_count: int, changes: int) -> list[Result]:
    """Processor time of the server for each, one session, one change after the other."""
    with serving_ours(activities_count) as server:
        of_filter_s, of_district_s = asyncio.run(_measure(server, changes))
    return [
        Result(
            f"change of district (server's processor time), {activities_count:,} activities",
            f"{of_district_s * 1000:.0f} ms",
            f"{of_filter_s * 1000:.0f} ms (filter change)",
            of_district_s / of_filter_s,
            OVER_FILTER_CHANGE,
        )
    ]


async def _measure(server: Server, changes: int) -> tuple[float, float]:
    dice = random.Random(0)
    density = await OurSession.open(server.address, "density")
    district = await DistrictSession.open(server.address, "district")

    async def filter_change() -> None:
        name = dice.choice(tuple(LABELS))
        await density.toggle(name, dice.choice(density.options(name)))

    # In a round, not at random: none of them is there from a time before.
    districts = iter(DISTRICTS)

    async def district_change() -> None:
        await district.go_to(next(districts))

    times_s = [
        await _cost_s(server, changes, change) for change in (filter_change, district_change)
    ]
    await density.close()
    await district.close()
    return times_s[0], times_s[1]


async def _cost_s(server: Server, changes: int, change: Callable[[], Awaitable[None]]) -> float:
    """Processor seconds of the server for one change."""
    for _ in range(WARM_UP):
        await change()
    process = psutil.Process(server.process.pid)
    before = process.cpu_times()
    for _ in range(changes):
        await change()
    after = process.cpu_times()
    return (after.user + after.system - before.user - before.system) / changes
