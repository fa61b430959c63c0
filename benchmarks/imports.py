"""Taking in a list of an office, all checks included, against pandas and DuckDB without any."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import duckdb
import pandas as pd

from benchmarks.data import CACHE, ROOT, open_edition
from benchmarks.exports import peak_mb
from benchmarks.report import Result
from kyodo_geo.auth.roles import official
from kyodo_geo.editions import EditionStore
from kyodo_geo.imports.activities import examine, publish
from kyodo_geo.seed.first_edition import publish_shipped

OVER_UNCHECKED = 6
MOST_MB = 700
ROW_OVER_FEWER = 1.3
"""What a row may cost in a file of ten times as many."""

# A list as an office keeps it: own names of columns, names of districts, units, some era years.
LIST = """
COPY (
    SELECT a.title AS 事業名, regexp_extract(a.summary, '。(.+)を行った', 1) AS 概要,
           CASE WHEN a.rowid % 10 = 0 AND a.fiscal_year > 2019
                THEN '令和' || (a.fiscal_year - 2018) || '年度'
                ELSE CAST(a.fiscal_year AS VARCHAR) END AS 年度,
           a.start_date AS 実施日, p.label AS 地区, form.label AS 形態, actors.labels AS 主体,
           field.label AS 分野, status.label AS 状況, a.participants_count || '人' AS 参加人数,
           a.city_cost_yen AS 事業費, array_to_string(a.organisations, ';') AS 団体名,
           a.note AS 備考, a.source AS 出典
    FROM activity AS a
    JOIN place AS p ON p.kind IN ('district', 'citywide')
     AND p.mask = a.district_mask & -a.district_mask
    LEFT JOIN code AS form ON form.kind = 'form' AND form.id <> 'unknown'
     AND form.bit = a.form_mask & -a.form_mask
    JOIN (SELECT m.actor_mask, string_agg(c.label, '、' ORDER BY c.ordinal) AS labels
          FROM (SELECT DISTINCT actor_mask FROM activity) AS m
          JOIN code AS c ON c.kind = 'actor' AND m.actor_mask & c.bit <> 0
          GROUP BY m.actor_mask) AS actors ON actors.actor_mask = a.actor_mask
    JOIN code AS field ON field.kind = 'field' AND field.id = a.field
    JOIN code AS status ON status.kind = 'status' AND status.id = a.status
    LIMIT {rows}
) TO '{target}' (HEADER)
"""


def measure(rows: int, repeats: int) -> list[Result]:
    """Time against pandas and DuckDB, peak memory, and what a row costs in a larger file."""
    for count in (rows, rows // 10):
        list_file(count)
    # In turns, so that what else the machine does meets all.
    turns = [[_in_own_process(way, rows) for way in WAYS] for _ in range(repeats)]
    fewer = [_in_own_process("ours", rows // 10) for _ in range(repeats)]
    ours, unchecked = zip(*turns, strict=True)
    our_s, unchecked_s, fewer_s = (
        median(run["seconds"] for run in runs) for runs in (ours, unchecked, fewer)
    )
    our_mb, unchecked_mb = (max(run["peak_mb"] for run in runs) for runs in (ours, unchecked))
    per_row, per_row_of_fewer = our_s / rows, fewer_s / (rows // 10)
    return [
        Result(
            f"a CSV of {rows:,} rows from bytes to a published edition",
            f"{our_s:.2f} s",
            f"{unchecked_s:.2f} s (pandas to DuckDB, unchecked)",
            our_s / unchecked_s,
            OVER_UNCHECKED,
        ),
        Result(
            "peak memory of that import",
            f"{our_mb:.0f} MB",
            f"{unchecked_mb:.0f} MB (pandas to DuckDB)",
            our_mb,
            MOST_MB,
            "MB",
        ),
        Result(
            f"a row of {rows:,} against one of {rows // 10:,}",
            f"{per_row * 1e6:.0f} µs",
            f"{per_row_of_fewer * 1e6:.0f} µs",
            per_row / per_row_of_fewer,
            ROW_OVER_FEWER,
        ),
    ]


def list_file(rows: int) -> Path:
    """A list of fictional activities as an office might keep it, made once."""
    target = CACHE / f"list-{rows}.csv"
    if not target.exists():
        draft = target.with_suffix(".draft")
        open_edition(2 * rows).cursor().execute(LIST.format(rows=rows, target=draft))
        draft.rename(target)
    return target


def _in_own_process(way: str, rows: int) -> dict[str, float]:
    # A process remembers its peak: each import gets one of its own.
    command = [sys.executable, "-m", "benchmarks.imports", way, str(rows)]
    answer = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    run: dict[str, float] = json.loads(answer.stdout)
    return run


def _ours(file: Path, folder: Path) -> float:
    store = EditionStore(folder / "editions")
    publish_shipped(store, "benchmark")
    edition = store.current()
    start = time.perf_counter()
    publish(store, examine(file.read_bytes(), file.name, edition), official("benchmark"))
    return time.perf_counter() - start


def _unchecked(file: Path, folder: Path) -> float:
    start = time.perf_counter()
    frame = pd.read_csv(file)
    with duckdb.connect(str(folder / "unchecked.duckdb")) as con:
        con.register("frame", frame)
        con.execute("CREATE TABLE activity AS SELECT * FROM frame")
    return time.perf_counter() - start


WAYS: dict[str, Callable[[Path, Path], float]] = {"ours": _ours, "unchecked": _unchecked}


def _import(way: str, rows: int) -> dict[str, float]:
    with TemporaryDirectory() as folder:
        seconds = WAYS[way](list_file(rows), Path(folder))
    return {"seconds": seconds, "peak_mb": peak_mb()}


if __name__ == "__main__":
    print(json.dumps(_import(sys.argv[1], int(sys.argv[2]))))
