"""The cube: pre-aggregated counts of a large record, made at publication (decision 38)."""

from __future__ import annotations

import duckdb

from kyodo_geo.editions.sql import fetch_rows, sql_text
from kyodo_geo.errors import EditionError

CUBE_FROM = 1_000_000
"""Activities from which on a cube is made: it has half as many rows then. Of smaller records
nearly every activity is a combination of its own."""

SIZES = """
SELECT (SELECT count(*) FROM activity) AS activities,
       (SELECT coalesce(sum(activities), 0)::BIGINT FROM activity_count) AS counted
"""


def is_of_figures_only(con: duckdb.DuckDBPyConnection) -> bool:
    """Return whether a draft holds counts without the activities behind them (decision 39)."""
    [size] = fetch_rows(con, SIZES)
    return bool(size.counted > 0 and size.activities == 0)


def rebuild_cube(con: duckdb.DuckDBPyConnection, *, was_of_figures_only: bool = False) -> None:
    """Rebuild the cube of a draft from its activities; empty it below CUBE_FROM.

    A draft without activities keeps its counts. Raises EditionError if activities were added
    to an edition of figures alone.
    """
    [size] = fetch_rows(con, SIZES)
    # Decision 39: what the counts were made from is not there to be counted again.
    if was_of_figures_only and size.activities and size.counted not in (0, size.activities):
        raise EditionError(
            where="新しい版",
            found="件数だけの版に、活動を加えることはできません",
            next_step="もとの資料に加えて、`python -m kyodo_geo cube` で数え直してください",
        )
    if size.activities:
        con.execute("DELETE FROM activity_count")
    if size.activities >= CUBE_FROM:
        con.execute(sql_text(__package__, "count_activities"))
