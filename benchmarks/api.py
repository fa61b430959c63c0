"""The API beside Datasette: the same record, the same questions, the same client, one run."""

from __future__ import annotations

import asyncio
import itertools
import json
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

import httpx2

from benchmarks.data import CACHE, ROOT, open_edition
from benchmarks.report import Result
from benchmarks.serving import START_TIMEOUT_S, serving_ours, wait_for
from kyodo_geo.export.schema.columns import ACTIVITY_COLUMNS, names
from kyodo_geo.export.writers.activity_batches import activity_batches
from kyodo_geo.model import Filters

CONNECTIONS = 8
YEARS = range(2006, 2026)
ROWS = 100
FASTER_AT_FIGURES = 3
FASTER_AT_ROWS = 1

# What the density page counts, for the districts alone.
DENSITY = """
SELECT district_id, count(*) AS activities, sum(is_kyodo) AS kyodo,
       sum(participants_count) AS participants, count(participants_count) AS participants_known
FROM activity_district JOIN activity USING (activity_id)
WHERE fiscal_year >= :year_from GROUP BY district_id
"""


def measure(activities_count: int, seconds: float) -> list[Result]:
    """Requests per second for the figures of the map and for a page of rows."""
    ours_paths = {
        "density": [f"/api/v1/measures/density.json?year_from={year}" for year in YEARS],
        "rows": [f"/api/v1/activities.json?year_from={year}&limit={ROWS}" for year in YEARS],
    }
    rows = {"_size": ROWS, "_sort_desc": "fiscal_year", "_shape": "objects"}
    their_paths = {
        "density": [f"/kyodo/density.json?year_from={year}&_shape=objects" for year in YEARS],
        "rows": [
            f"/kyodo/activity.json?{urlencode({'fiscal_year__gte': year, **rows})}"
            for year in YEARS
        ],
    }
    with serving_ours(activities_count) as server:
        ours = {name: _rate(server.address, of, seconds) for name, of in ours_paths.items()}
    with _datasette(activities_count) as address:
        theirs = {name: _rate(address, of, seconds) for name, of in their_paths.items()}
    return [
        _result(f"API: figures of {activities_count:,} by district", "density", ours, theirs),
        _result(f"API: {ROWS} of {activities_count:,} activities", "rows", ours, theirs),
    ]


def _result(what: str, name: str, ours: dict[str, float], theirs: dict[str, float]) -> Result:
    limit = FASTER_AT_FIGURES if name == "density" else FASTER_AT_ROWS
    return Result(
        f"{what}, {CONNECTIONS} clients, {len(YEARS)} filters",
        f"{ours[name]:,.0f} a second",
        f"{theirs[name]:,.0f} a second (Datasette)",
        ours[name] / theirs[name],
        limit,
        "× as many",
        at_least=True,
    )


def _rate(address: str, paths: Sequence[str], seconds: float) -> float:
    task = json.dumps({"address": address, "paths": list(paths), "seconds": seconds})
    command = [sys.executable, "-m", "benchmarks.api", task]
    answer = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    return float(answer.stdout)


async def _ask(address: str, paths: list[str], seconds: float) -> float:
    """Answers a second, after every path was asked once: both sides keep what they can."""
    answered = 0
    headers = {"Accept-Encoding": "identity"}
    async with httpx2.AsyncClient(base_url=address, headers=headers, timeout=120) as client:
        for path in paths:
            (await client.get(path)).raise_for_status()
        start = time.perf_counter()
        following = itertools.cycle(paths)

        async def connection() -> None:
            nonlocal answered
            while time.perf_counter() < start + seconds:
                (await client.get(next(following))).raise_for_status()
                answered += 1

        await asyncio.gather(*(connection() for _ in range(CONNECTIONS)))
        return answered / (time.perf_counter() - start)


@contextmanager
def _datasette(activities_count: int) -> Iterator[str]:
    """Datasette on the same activities, in the mode it calls fastest (immutable)."""
    database = _database(activities_count)
    metadata = database.with_suffix(".json")
    queries = {"density": {"sql": DENSITY}}
    metadata.write_text(json.dumps({"databases": {"kyodo": {"queries": queries}}}), "utf-8")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = ["-i", str(database), "-m", str(metadata), "-p", str(port)]
    # Facets that nobody asked for would cost it most of its time.
    limits = ["--setting", "sql_time_limit_ms", "60000", "--setting", "suggest_facets", "off"]
    process = subprocess.Popen(
        [sys.executable, "-m", "datasette", "serve", *options, *limits],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_for(f"http://127.0.0.1:{port}/-/versions.json", process)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(START_TIMEOUT_S)


def _database(activities_count: int) -> Path:
    """The exported activities as SQLite, indexed by year and district; made once."""
    target = CACHE / f"datasette-{activities_count}" / "kyodo.db"
    if target.exists():
        return target
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_suffix(".draft")
    draft.unlink(missing_ok=True)
    columns = names(ACTIVITY_COLUMNS)
    with sqlite3.connect(draft) as con:
        con.execute(f"CREATE TABLE activity ({', '.join(columns)}, PRIMARY KEY (activity_id))")
        con.execute("CREATE TABLE activity_district (activity_id, district_id)")
        for batch in activity_batches(open_edition(activities_count), Filters()):
            rows = list(zip(*batch.to_pydict().values(), strict=True))
            marks = ", ".join("?" for _ in columns)
            con.executemany(f"INSERT INTO activity VALUES ({marks})", [*map(_texts, rows)])
            con.executemany("INSERT INTO activity_district VALUES (?, ?)", _districts(rows))
        con.execute("CREATE INDEX activity_year ON activity (fiscal_year)")
        con.execute("CREATE INDEX of_district ON activity_district (district_id, activity_id)")
    con.close()
    draft.rename(target)
    return target


def _texts(row: Sequence[object]) -> list[object]:
    return [value if isinstance(value, int | float | None) else str(value) for value in row]


def _districts(rows: Sequence[Sequence[object]]) -> Iterator[tuple[object, str]]:
    columns = names(ACTIVITY_COLUMNS)
    key, districts = columns.index("activity_id"), columns.index("district_ids")
    for row in rows:
        for district_id in str(row[districts]).split(";"):
            if district_id not in ("", "C00"):
                yield row[key], district_id


if __name__ == "__main__":
    print(asyncio.run(_ask(**json.loads(sys.argv[1]))))
