"""Thousands of clicks while editions are published: errors, stale figures, memory, open files."""

from __future__ import annotations

import asyncio
import json
import random
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from benchmarks.report import Result
from benchmarks.serving import OURS, Server, serving
from benchmarks.session import LABELS, OurSession, fetch
from kyodo_geo.editions import EditionStore, Publication
from kyodo_geo.seed.first_edition import publish_shipped
from kyodo_geo.vocabulary import KYODO_SCOPES, mask_of

SESSIONS = 10
PAGES = ("density", "forms", "actors", "district", "activities")
BETWEEN_PUBLICATIONS_S = 1.0
WARM_UP_SHARE = 0.4
"""The clicks that fill what is kept between clicks; memory is flat from then on."""

MEMORY_OVER_WARM = 1.1
EDITIONS_OPEN = 3
"""The newest one, and those that pages drawn at this moment or just before still hold."""

PLACE = ("C03", 2)
"""A district whose figure is watched, and where it stands in a picture."""

ONE_MORE = f"""
INSERT INTO activity
SELECT a.* REPLACE (? AS id)
FROM activity AS a JOIN place AS p ON p.place_id = '{PLACE[0]}' AND a.district_mask = p.mask
WHERE a.scope_mask & {mask_of(KYODO_SCOPES)} <> 0
ORDER BY a.id LIMIT 1
"""


@dataclass
class Seen:
    """What went wrong and what was used up in a soak."""

    clicks: int = 0
    errors: list[str] = field(default_factory=list)
    stale: int = 0
    published: int = 1
    done: bool = False
    warm_mb: float = 0.0
    end_mb: float = 0.0
    editions_open: int = 0
    deleted_open: int = 0


def measure(clicks: int) -> list[Result]:
    """So many clicks in ten sessions on five pages, an edition published every second."""
    with TemporaryDirectory() as folder:
        store = EditionStore(Path(folder) / "editions")
        publish_shipped(store, "benchmark")
        with serving(OURS, {"KYODO_DATA_DIR": folder}) as server:
            seen = asyncio.run(_soak(server, store, clicks))
    for error in seen.errors[:5]:
        print(error)
    doing = f"{seen.clicks:,} clicks while {seen.published - 1:,} editions are published"
    return [
        Result(f"{doing}: errors", str(len(seen.errors)), "", len(seen.errors), 0, "errors"),
        Result("figures of an earlier edition then", str(seen.stale), "", seen.stale, 0, "figures"),
        Result(
            "memory at the end",
            f"{seen.end_mb:.0f} MB",
            f"{seen.warm_mb:.0f} MB (after {WARM_UP_SHARE:.0%} of the clicks)",
            seen.end_mb / seen.warm_mb,
            MEMORY_OVER_WARM,
        ),
        Result(
            "editions held open at the end",
            str(seen.editions_open),
            f"{seen.published:,} (published)",
            seen.editions_open,
            EDITIONS_OPEN,
            "files",
        ),
        Result(
            "deleted files held open", str(seen.deleted_open), "", seen.deleted_open, 0, "files"
        ),
    ]


async def _soak(server: Server, store: EditionStore, clicks: int) -> Seen:
    seen = Seen()
    sessions = [
        await OurSession.open(server.address, PAGES[number % len(PAGES)])
        for number in range(SESSIONS)
    ]
    publishing = asyncio.create_task(_publish(server, store, seen))
    clicking = [
        _click(session, seen, clicks // SESSIONS, random.Random(number))
        for number, session in enumerate(sessions)
    ]
    watching = asyncio.create_task(_note_warm_memory(server, seen, clicks))
    await asyncio.gather(*clicking)
    seen.done = True
    await asyncio.gather(publishing, watching)
    # Everybody looks once more, so that nobody holds what was there before.
    await asyncio.gather(*(_click(session, seen, 1, random.Random(0)) for session in sessions))
    seen.end_mb = server.memory_mb()
    seen.editions_open, seen.deleted_open = _open_files(server)
    await asyncio.gather(*(session.close() for session in sessions))
    return seen


async def _click(session: OurSession, seen: Seen, count: int, dice: random.Random) -> None:
    for _ in range(count):
        newest = seen.published
        name = dice.choice(tuple(LABELS))
        try:
            await session.toggle(name, dice.choice(session.options(name)))
        except Exception as error:
            seen.errors.append(f"{session.page_name}: {error}")
            return
        seen.clicks += 1
        seen.stale += session.edition < newest


async def _publish(server: Server, store: EditionStore, seen: Seen) -> None:
    """Add an activity to the district at each edition; the picture has to follow at once."""
    first = await _figure(server)
    while not seen.done:
        number = await asyncio.to_thread(_publish_one, store, seen.published + 1)
        seen.published = number
        try:
            seen.stale += await _figure(server) != first + number - 1
        except Exception as error:
            seen.errors.append(str(error))
        await asyncio.sleep(BETWEEN_PUBLICATIONS_S)


def _publish_one(store: EditionStore, number: int) -> int:
    def change(con: duckdb.DuckDBPyConnection) -> None:
        con.execute(ONE_MORE, [f"S{number:05}"])

    return store.publish(change, Publication("benchmark", "soak", f"{number}"))


async def _figure(server: Server) -> int:
    picture = json.loads(await fetch(server.address, "/kyodo/picture/density"))
    return int(picture["districts"][PLACE[1]][1])


async def _note_warm_memory(server: Server, seen: Seen, clicks: int) -> None:
    while not seen.done and seen.clicks < clicks * WARM_UP_SHARE:
        await asyncio.sleep(0.1)
    seen.warm_mb = server.memory_mb()


def _open_files(server: Server) -> tuple[int, int]:
    """Editions that the server holds open, and files that are deleted already."""
    names = []
    for entry in Path(f"/proc/{server.process.pid}/fd").iterdir():
        try:
            names.append(str(entry.readlink()))
        except OSError:  # closed meanwhile
            continue
    deleted = [name for name in names if name.endswith(" (deleted)")]
    editions = {name for name in names if name.endswith(".duckdb")}
    return len(editions), len(deleted)
