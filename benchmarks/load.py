"""Many sessions at once, each clicking every two seconds, from a process of their own."""

from __future__ import annotations

import asyncio
import json
import random
import subprocess
import sys
from dataclasses import asdict, dataclass
from statistics import quantiles

from benchmarks.data import ROOT
from benchmarks.report import Result
from benchmarks.serving import Server, serving_ours, serving_tutorial
from benchmarks.session import LABELS, OurSession, Session, TutorialSession

BETWEEN_CLICKS_S = 2.0
SLOWER_THAN_ONE = 3
FASTER_THAN_TUTORIAL = 20

DASHBOARDS: dict[str, tuple[type[Session], str]] = {
    "ours": (OurSession, "density"),
    "tutorial": (TutorialSession, ""),
}
"""How each dashboard is spoken to, and the name of its page."""


@dataclass(frozen=True)
class Load:
    """How many sessions, each with how many clicks."""

    sessions: int
    clicks: int


@dataclass(frozen=True)
class Waits:
    """Seconds from a click to the finished script: how many, the middle one, 95 of 100."""

    count: int
    p50_s: float
    p95_s: float

    def __str__(self) -> str:
        return f"{self.p50_s * 1000:,.0f} / {self.p95_s * 1000:,.0f} ms"


def measure(activities_count: int, one: Load, many: Load, tutorial: Load) -> list[Result]:
    """One and many sessions on ours, a few on the tutorial."""
    with serving_ours(activities_count) as server:
        alone = _waits(server, "ours", one)
        together = _waits(server, "ours", many)
    with serving_tutorial(activities_count) as server:
        theirs = _waits(server, "tutorial", tutorial)
    return [
        Result(
            f"{many.sessions} sessions at once (p50 / p95) against one",
            str(together),
            f"{alone} (one session)",
            together.p95_s / alone.p95_s,
            SLOWER_THAN_ONE,
        ),
        Result(
            f"{many.sessions} sessions against {tutorial.sessions} of the tutorial (p95)",
            str(together),
            f"{theirs} (tutorial)",
            theirs.p95_s / together.p95_s,
            FASTER_THAN_TUTORIAL,
            "× faster",
            at_least=True,
        ),
    ]


def _waits(server: Server, dashboard: str, load: Load) -> Waits:
    task = json.dumps({"address": server.address, "dashboard": dashboard, **asdict(load)})
    command = [sys.executable, "-m", "benchmarks.load", task]
    answer = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    waits_s = json.loads(answer.stdout)
    cuts = quantiles(waits_s, n=100, method="inclusive")
    return Waits(len(waits_s), cuts[49], cuts[94])


async def _simulate(address: str, dashboard: str, sessions: int, clicks: int) -> list[float]:
    kind, page_name = DASHBOARDS[dashboard]
    # The first session fills what all share (record, imports): nobody waits for that.
    first = await kind.open(address, page_name)
    await first.close()
    opened = [await kind.open(address, page_name) for _ in range(sessions)]
    waits = await asyncio.gather(
        *(_click(session, clicks, random.Random(seed)) for seed, session in enumerate(opened))
    )
    return [wait_s for of_session in waits for wait_s in of_session]


async def _click(session: Session, clicks: int, dice: random.Random) -> list[float]:
    """Seconds each click took; a click turns one option of a filter on or off."""
    waits_s = []
    await asyncio.sleep(dice.uniform(0, BETWEEN_CLICKS_S))
    for _ in range(clicks):
        name = dice.choice(tuple(LABELS))
        waits_s.append(await session.toggle(name, dice.choice(session.options(name))))
        await asyncio.sleep(BETWEEN_CLICKS_S)
    await session.close()
    return waits_s


if __name__ == "__main__":
    print(json.dumps(asyncio.run(_simulate(**json.loads(sys.argv[1])))))
