"""SQL of the package: statements in files of their own, result rows that are read by name."""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

import duckdb

Row = Any
"""A named tuple with one field per column of its query, under the column's name."""


@cache
def sql_text(package: str, name: str) -> str:
    """Return the statement (or, for tables and macros, the script) in `NAME.sql` of a package."""
    return files(package).joinpath(f"{name}.sql").read_text("utf-8")


def fetch_rows(
    con: duckdb.DuckDBPyConnection,
    query: str,
    parameters: Mapping[str, Any] | Sequence[Any] | None = None,
) -> list[Row]:
    """Return all rows of a query, read by the names of its columns."""
    result = con.execute(query, parameters or {})
    row_type = _row_type(tuple(name for name, *_ in result.description))
    return [*map(row_type._make, result.fetchall())]


@cache
def _row_type(names: tuple[str, ...]) -> Any:
    return namedtuple("Row", names, rename=True)
