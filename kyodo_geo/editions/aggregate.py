"""The cube: the activities of a large record, counted when it is published."""

from __future__ import annotations

import duckdb

from kyodo_geo.editions.sql import fetch_rows, sql_text
from kyodo_geo.errors import EditionError

CUBE_FROM = 1_000_000
"""Activities from which on the cube pays: it has half as many rows then, and hardly grows any
more. Below that it has nearly as many rows as there are activities."""

SIZES = """
SELECT (SELECT count(*) FROM activity) AS activities,
       (SELECT coalesce(sum(activities), 0)::BIGINT FROM activity_count) AS counted
"""


def is_of_figures_only(con: duckdb.DuckDBPyConnection) -> bool:
    """Whether a draft holds counts, and no activity that they were made from."""
    [size] = fetch_rows(con, SIZES)
    return bool(size.counted > 0 and size.activities == 0)


def count_anew(con: duckdb.DuckDBPyConnection, *, was_of_figures_only: bool = False) -> None:
    """Make the cube of a draft that of its activities, or empty where they are few.

    A draft without activities keeps its counts. Raises EditionError where activities were
    added to counts alone: what those were made from is not there to be counted again.
    """
    [size] = fetch_rows(con, SIZES)
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
