"""An edition opened for reading: immutable, thread-safe, with a cache of results."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache, cached_property, wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar, cast

import duckdb
from cachetools import LRUCache

from kyodo_geo.editions.sql import Row, fetch_rows, sql_text
from kyodo_geo.errors import EditionError
from kyodo_geo.japanese import JAPAN
from kyodo_geo.model import District, Population, Town

if TYPE_CHECKING:  # NumPy takes a while, and not every command needs it
    from numpy.typing import NDArray

FORMAT = "kyodo-geo"
SCHEMA_VERSION = 3
"""Version of `schema.sql`; `editions/migrations.py` upgrades earlier ones."""

CONNECTION_CONFIG: dict[str, str | bool | int | float | list[str]] = {
    # On a closed network no extension can be fetched: do not try, do not wait.
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
}

LEAST_FILE_SIZE = """
SELECT 3 * 4096 + block_size * used_blocks AS size FROM pragma_database_size()
WHERE database_name = current_database()
"""
"""Minimum size of a DuckDB file in bytes: three headers and the used blocks. `total_blocks`
will not do: free blocks at the end of the file may be cut off."""

CACHED_RESULTS = 512
"""Results cached per edition; a summary of 30 places takes about 20 kB."""

CACHED_LARGE_RESULTS = 16
"""The sets of a million activities take about 6 MB."""

_MACROS_LOCK = threading.Lock()

Result = TypeVar("Result")
Parameters = ParamSpec("Parameters")


@dataclass(frozen=True)
class EditionInfo:
    """Header of an edition file; `published_at` is Japanese time."""

    number: int
    published_at: datetime
    app_version: str
    is_fictional: bool

    @property
    def label(self) -> str:
        """Number and date, e.g. 第3版（2026-11-20）."""
        return f"第{self.number}版（{self.published_at:%Y-%m-%d}）"


@dataclass(frozen=True)
class Place:
    """場所: a district, 全市, 地区不明, a region or the total; `mask` selects its activities."""

    place_id: str
    kind: str
    label: str
    region: str
    mask: int


@dataclass(frozen=True)
class LogEntry:
    """A row of the edition log; `source_files` are NAME:SHA-256."""

    number: int
    published_at: datetime
    published_by: str
    action: str
    description: str
    source_files: list[str]
    activities_added: int
    activities_changed: int
    activities_removed: int

    @property
    def cells(self) -> tuple[str | int, ...]:
        """Cells of a table: when, who, action, description; activities added, changed, removed."""
        return (
            f"{self.published_at:%Y-%m-%d %H:%M}",
            self.published_by,
            self.action,
            self.description,
            self.activities_added,
            self.activities_changed,
            self.activities_removed,
        )


class Edition:
    """An open edition file. Raises EditionError if it cannot be read.

    One connection serves all threads, each query through a cursor of its own: sharing a
    cursor loses rows without an error. The connection closes with the last reference.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._connection = _connect(path)
        try:
            self.info = _read_info(self._connection, path)
            _create_macros(self._connection, "macros")
        except EditionError:
            # While any connection is open, DuckDB would go on with this file under its name.
            self._connection.close()
            raise
        self._has_listing_macros = False
        self._cache: LRUCache[Hashable, Any] = LRUCache(CACHED_RESULTS)
        self._large_cache: LRUCache[Hashable, Any] = LRUCache(CACHED_LARGE_RESULTS)
        self._cache_lock = threading.Lock()

    def rows(self, query: str, parameters: dict[str, Any] | None = None) -> list[Row]:
        """Return all rows of a query as named tuples (decision 52).

        Raises EditionError if the file turns out to be damaged.
        """
        with _damage_as_error(self.path):
            return fetch_rows(self._cursor_for(query), query, parameters)

    def row(self, query: str, parameters: dict[str, Any] | None = None) -> Row:
        """Return the only row of a query as a named tuple."""
        [row] = self.rows(query, parameters)
        return row

    def records(
        self, kind: type[Result], query: str, parameters: dict[str, Any] | None = None
    ) -> tuple[Result, ...]:
        """Return all rows of a query as instances of a class whose fields are its columns."""
        return tuple(kind(**row._asdict()) for row in self.rows(query, parameters))

    def columns(self, query: str, parameters: dict[str, Any]) -> dict[str, NDArray[Any]]:
        """Return the result of a query as one array per column; it must hold no NULL."""
        with _damage_as_error(self.path):
            found = self._cursor_for(query).execute(query, parameters).fetchnumpy()
        return cast("dict[str, NDArray[Any]]", found)

    def cursor(self) -> duckdb.DuckDBPyConnection:
        """Return a cursor for streaming long results, with all macros; for one thread only."""
        if not self._has_listing_macros:
            _create_macros(self._connection, "listing_macros")
            self._has_listing_macros = True
        return self._connection.cursor()

    def _cursor_for(self, query: str) -> duckdb.DuckDBPyConnection:
        is_listing = any(call in query for call in _listing_macro_calls())
        return self.cursor() if is_listing else self._connection.cursor()

    def cached(self, key: Hashable, produce: Callable[[], Result]) -> Result:
        """Return the result cached under `key`, else that of `produce()`.

        Results never expire, as editions are immutable. They are shared: treat as read-only.
        """
        return self._cached_in(self._cache, key, produce)

    def cached_large(self, key: Hashable, produce: Callable[[], Result]) -> Result:
        """Cache a result of megabytes: few are kept, and they evict no small ones."""
        return self._cached_in(self._large_cache, key, produce)

    def _cached_in(
        self, cache: LRUCache[Hashable, Any], key: Hashable, produce: Callable[[], Result]
    ) -> Result:
        with self._cache_lock:
            if key in cache:
                return cast(Result, cache[key])
        # Unlocked: two threads may both compute, but none waits for another's result.
        result = produce()
        with self._cache_lock:
            cache[key] = result
        return result

    @cached_property
    def districts(self) -> tuple[District, ...]:
        """Districts in ascending order of ids."""
        return self.records(District, "SELECT * FROM district ORDER BY district_id")

    @cached_property
    def district_by_id(self) -> dict[str, District]:
        """Districts by id."""
        return {district.district_id: district for district in self.districts}

    @cached_property
    def places(self) -> tuple[Place, ...]:
        """All places in display order: districts, 全市, 地区不明, regions, the total."""
        query = "SELECT place_id, kind, label, region, mask FROM place ORDER BY ordinal"
        return self.records(Place, query)

    @cached_property
    def place_by_id(self) -> dict[str, Place]:
        """Places by id."""
        return {place.place_id: place for place in self.places}

    @cached_property
    def towns(self) -> tuple[Town, ...]:
        """Towns with their districts."""
        return self.records(Town, "SELECT * FROM town")

    @cached_property
    def population(self) -> tuple[Population, ...]:
        """Population figures, newest first."""
        query = "SELECT * FROM population ORDER BY as_of DESC, level, name"
        return self.records(Population, query)

    @cached_property
    def sources(self) -> tuple[dict[str, Any], ...]:
        """Source cards as published."""
        return tuple(json.loads(row.card) for row in self.rows("SELECT card FROM source"))

    @cached_property
    def boundaries_geojson(self) -> str:
        """District boundaries as GeoJSON text (WGS84)."""
        return str(self.row("SELECT geojson FROM boundary").geojson)

    @cached_property
    def fiscal_years(self) -> tuple[int, ...]:
        """Fiscal years on record, ascending, without 年度不明."""
        return tuple(row.fiscal_year for row in self.rows(query_text("fiscal_years")))

    @cached_property
    def has_cube(self) -> bool:
        """Whether there is a cube (`activity_count`, decision 38)."""
        return self._holds_any("activity_count")

    @cached_property
    def holds_figures_only(self) -> bool:
        """Whether there is a cube without activities (件数だけの版, decision 39)."""
        return self.has_cube and not self._holds_any("activity")

    @cached_property
    def log(self) -> tuple[LogEntry, ...]:
        """Log up to this edition, newest first."""
        rows = self.rows("SELECT * FROM edition_log ORDER BY number DESC")
        return tuple(
            LogEntry(**row._asdict() | {"published_at": _japanese_time(row.published_at)})
            for row in rows
        )

    def _holds_any(self, table: str) -> bool:
        query = "SELECT EXISTS (FROM query_table($table)) AS holds_any"
        return bool(self.row(query, {"table": table}).holds_any)


def cached_per_edition(
    function: Callable[Concatenate[Edition, Parameters], Result],
) -> Callable[Concatenate[Edition, Parameters], Result]:
    """Keep the results of a function per edition and arguments (decorator for `Edition.cached`)."""

    @wraps(function)
    def cached(edition: Edition, /, *args: Parameters.args, **kwargs: Parameters.kwargs) -> Result:
        key = (function, args, *sorted(kwargs.items()))
        return edition.cached(key, lambda: function(edition, *args, **kwargs))

    return cached


def query_text(name: str) -> str:
    """Return the statement in `queries/NAME.sql` (decision 51)."""
    return sql_text(__package__, f"queries/{name}")


def _connect(path: Path) -> duckdb.DuckDBPyConnection:
    try:
        con = duckdb.connect(str(path), read_only=True, config=CONNECTION_CONFIG)
    except duckdb.Error as error:
        raise _unreadable(path) from error
    # The header of a truncated file can still be read: compare it with the size.
    with _damage_as_error(path):
        [least] = fetch_rows(con, LEAST_FILE_SIZE)
    if path.stat().st_size < least.size:
        raise _unreadable(path)
    return con


def _create_macros(con: duckdb.DuckDBPyConnection, script: str) -> None:
    # Connections of a process to one file share what is attached: the first one creates.
    with _MACROS_LOCK:
        con.execute("ATTACH IF NOT EXISTS ':memory:' AS kyodo (READ_WRITE)")
        con.execute(sql_text(__package__, script))


@cache
def _listing_macro_calls() -> list[str]:
    # Creating these macros takes longer than those of figures (decision 51): only where named.
    return re.findall(r"^CREATE .*(kyodo\.\w+\()", sql_text(__package__, "listing_macros"), re.M)


@contextmanager
def _damage_as_error(path: Path) -> Iterator[None]:
    """Raise EditionError in place of what DuckDB raises at a damaged block."""
    try:
        yield
    except duckdb.Error as error:
        # K009: a damaged block is noticed only by the query that reads it.
        if isinstance(error, duckdb.IOException) or "Corrupt database" in str(error):
            raise _unreadable(path) from error
        raise


def _unreadable(path: Path) -> EditionError:
    return EditionError(
        where=f"版のファイル {path.name}",
        found="読めません。壊れているか、Kyodo Geo の版のファイルではありません",
        next_step="このファイルを別の場所に移し、控えがあれば戻してください",
        detail=str(path),
    )


def _read_info(con: duckdb.DuckDBPyConnection, path: Path) -> EditionInfo:
    where = f"版のファイル {path.name}"
    row: Row = None
    with suppress(duckdb.CatalogException), _damage_as_error(path):
        row = next(iter(fetch_rows(con.cursor(), "SELECT * FROM edition")), None)
    if getattr(row, "format", None) != FORMAT:
        raise EditionError(
            where=where,
            found="Kyodo Geo の版のファイルではありません",
            next_step="このファイルを別の場所に移してください",
            detail=str(path),
        )
    if row.schema_version > SCHEMA_VERSION:
        raise EditionError(
            where=where,
            found=f"新しい Kyodo Geo（{row.app_version}）で作られた版です"
            f"（形式 {row.schema_version}）",
            expected=f"このプログラムが読めるのは形式 {SCHEMA_VERSION} までです",
            next_step="プログラムを新しくしてください",
        )
    if row.schema_version < SCHEMA_VERSION:
        raise EditionError(
            where=where,
            found=f"前の Kyodo Geo（{row.app_version}）の形式の版です（形式 {row.schema_version}）",
            next_step="`python -m kyodo_geo upgrade` で、内容はそのままで読めるようにしてください",
        )
    return EditionInfo(
        row.number, _japanese_time(row.published_at), row.app_version, row.is_fictional
    )


def _japanese_time(moment_utc: datetime) -> datetime:
    return moment_utc.replace(tzinfo=UTC).astimezone(JAPAN)
