"""Load SQL statements from files, and read result rows by name (decisions 51, 52)."""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

import duckdb

Row = Any
"""Named tuple with one field per column of the query."""


@cache
def sql_text(package: str, name: str) -> str:
    """Return the text of `NAME.sql` in a package: a statement or a script."""
    return files(package).joinpath(f"{name}.sql").read_text("utf-8")


def fetch_rows(
    con: duckdb.DuckDBPyConnection,
    query: str,
    parameters: Mapping[str, Any] | Sequence[Any] | None = None,
) -> list[Row]:
    """Return all rows of a query as named tuples."""
    result = con.execute(query, parameters or {})
    row_type = _row_type(tuple(name for name, *_ in result.description))
    return [*map(row_type._make, result.fetchall())]


@cache
def _row_type(names: tuple[str, ...]) -> Any:
    # `rename`: a column without an alias, such as count(*), has no name that a field can have.
    return namedtuple("Row", names, rename=True)
