"""One edition, open for reading: immutable, safe for many threads, with a result cache."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

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
"""Editions of an earlier one are brought to it by `editions/migrations.py`."""

CONNECTION_CONFIG: dict[str, str | bool | int | float | list[str]] = {
    # No extension can be had on a closed network: don't try, don't wait.
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
}

LEAST_FILE_SIZE = """
SELECT 3 * 4096 + block_size * used_blocks AS size FROM pragma_database_size()
WHERE database_name = current_database()
"""
"""Bytes a DuckDB file has at least: three headers, then blocks of one size. Free blocks at
its end are counted in `total_blocks`, but they may be cut off."""

CACHED_RESULTS = 512
"""Results kept per edition; a summary of 30 places takes about 20 kB."""

CACHED_LARGE_RESULTS = 16
"""The sets of a million activities take about 6 MB."""

_MACROS_LOCK = threading.Lock()

Result = TypeVar("Result")


@dataclass(frozen=True)
class EditionInfo:
    """What an edition file says of itself; `published_at` is Japanese time."""

    number: int
    published_at: datetime
    app_version: str
    is_fictional: bool

    @property
    def label(self) -> str:
        """Number and date as shown: 第3版（2026-11-20）."""
        return f"第{self.number}版（{self.published_at:%Y-%m-%d}）"


@dataclass(frozen=True)
class Place:
    """What figures are given for: a district, 全市, 地区不明, a region or the whole."""

    place_id: str
    kind: str
    label: str
    region: str
    mask: int


@dataclass(frozen=True)
class LogEntry:
    """One row of the edition log: who made which edition, when, how and from what."""

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
        """As tables show it: when, who, how, why; activities added, changed, removed."""
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
    """An open edition file.

    One connection serves all threads, each query through a cursor of its own: sharing
    a cursor loses rows without an error. The connection closes with the last reference.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._connection = _connect(path)
        try:
            self.info = _read_info(self._connection, path)
            _create_macros(self._connection)
        except EditionError:
            # While any connection is open, DuckDB would go on with this file under its name.
            self._connection.close()
            raise
        self._cache: LRUCache[Hashable, Any] = LRUCache(CACHED_RESULTS)
        self._large_cache: LRUCache[Hashable, Any] = LRUCache(CACHED_LARGE_RESULTS)
        self._cache_lock = threading.Lock()

    def rows(self, query: str, parameters: dict[str, Any] | None = None) -> list[Row]:
        """Return all rows of a query, read by the names of its columns."""
        with _damage_told(self.path):
            return fetch_rows(self.cursor(), query, parameters)

    def row(self, query: str, parameters: dict[str, Any] | None = None) -> Row:
        """Return the one row of a query, read by the names of its columns."""
        [row] = self.rows(query, parameters)
        return row

    def records(
        self, kind: type[Result], query: str, parameters: dict[str, Any] | None = None
    ) -> tuple[Result, ...]:
        """Return all rows of a query as instances of a class with its columns as fields."""
        return tuple(kind(**row._asdict()) for row in self.rows(query, parameters))

    def columns(self, query: str, parameters: dict[str, Any]) -> dict[str, NDArray[Any]]:
        """The result of a query text as one array a column; it must hold no NULL."""
        with _damage_told(self.path):
            found = self.cursor().execute(query, parameters).fetchnumpy()
        return cast("dict[str, NDArray[Any]]", found)

    def cursor(self) -> duckdb.DuckDBPyConnection:
        """A cursor for streaming long results; the caller keeps it to one thread."""
        return self._connection.cursor()

    def cached(self, key: Hashable, produce: Callable[[], Result]) -> Result:
        """The result kept under `key`, else `produce()`; editions never change.

        Callers treat the result as read-only: it is shared between sessions.
        """
        return self._kept(self._cache, key, produce)

    def cached_large(self, key: Hashable, produce: Callable[[], Result]) -> Result:
        """The same for results of megabytes: few are kept, and they push out no small ones."""
        return self._kept(self._large_cache, key, produce)

    def _kept(
        self, cache: LRUCache[Hashable, Any], key: Hashable, produce: Callable[[], Result]
    ) -> Result:
        with self._cache_lock:
            if key in cache:
                return cast(Result, cache[key])
        result = produce()
        with self._cache_lock:
            cache[key] = result
        return result

    @cached_property
    def districts(self) -> tuple[District, ...]:
        """The districts in the order of their ids."""
        return self.records(District, "SELECT * FROM district ORDER BY district_id")

    @cached_property
    def district_by_id(self) -> dict[str, District]:
        """Districts by id."""
        return {district.district_id: district for district in self.districts}

    @cached_property
    def places(self) -> tuple[Place, ...]:
        """All places in display order: districts, 全市, 地区不明, regions, the whole."""
        query = "SELECT place_id, kind, label, region, mask FROM place ORDER BY ordinal"
        return self.records(Place, query)

    @cached_property
    def place_by_id(self) -> dict[str, Place]:
        """Places by id."""
        return {place.place_id: place for place in self.places}

    @cached_property
    def towns(self) -> tuple[Town, ...]:
        """Towns with their district."""
        return self.records(Town, "SELECT * FROM town")

    @cached_property
    def population(self) -> tuple[Population, ...]:
        """Population figures, newest first."""
        query = "SELECT * FROM population ORDER BY as_of DESC, level, name"
        return self.records(Population, query)

    @cached_property
    def sources(self) -> tuple[dict[str, Any], ...]:
        """Source cards as they were handed in."""
        return tuple(json.loads(row.card) for row in self.rows("SELECT card FROM source"))

    @cached_property
    def boundaries_geojson(self) -> str:
        """The boundary file as text (GeoJSON, WGS84)."""
        return str(self.row("SELECT geojson FROM boundary").geojson)

    @cached_property
    def fiscal_years(self) -> tuple[int, ...]:
        """Fiscal years on record, ascending; activities without a year have none."""
        return tuple(row.fiscal_year for row in self.rows(query_text("fiscal_years")))

    @cached_property
    def has_cube(self) -> bool:
        """Whether activities have been counted beforehand (`activity_count`)."""
        return self._holds_any("activity_count")

    @cached_property
    def holds_figures_only(self) -> bool:
        """Whether there are counts alone, and no activity that they were made from."""
        return self.has_cube and not self._holds_any("activity")

    @cached_property
    def log(self) -> tuple[LogEntry, ...]:
        """The history up to this edition, newest first."""
        rows = self.rows("SELECT * FROM edition_log ORDER BY number DESC")
        return tuple(
            LogEntry(**row._asdict() | {"published_at": _japanese_time(row.published_at)})
            for row in rows
        )

    def _holds_any(self, table: str) -> bool:
        query = "SELECT EXISTS (FROM query_table($table)) AS holds_any"
        return bool(self.row(query, {"table": table}).holds_any)


def query_text(name: str) -> str:
    """Return the statement in `queries/NAME.sql`; it starts from tables or from macros.sql."""
    return sql_text(__package__, f"queries/{name}")


def _connect(path: Path) -> duckdb.DuckDBPyConnection:
    try:
        con = duckdb.connect(str(path), read_only=True, config=CONNECTION_CONFIG)
    except duckdb.Error as error:
        raise _unreadable(path) from error
    # The head of a file cut short can still be read: compare what it says with the size.
    with _damage_told(path):
        [least] = fetch_rows(con, LEAST_FILE_SIZE)
    if path.stat().st_size < least.size:
        raise _unreadable(path)
    return con


def _create_macros(con: duckdb.DuckDBPyConnection) -> None:
    # All connections of a process to one file share what is attached: whoever is first creates.
    with _MACROS_LOCK:
        con.execute("ATTACH IF NOT EXISTS ':memory:' AS kyodo (READ_WRITE)")
        con.execute(sql_text(__package__, "macros"))


@contextmanager
def _damage_told(path: Path) -> Iterator[None]:
    """Turn what DuckDB raises when it meets a damaged block into a sentence."""
    try:
        yield
    except duckdb.Error as error:
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
    with suppress(duckdb.CatalogException), _damage_told(path):
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
