"""Counting a record kept as Parquet: DuckDB beside Apache Spark, by the same SQL text."""

from __future__ import annotations

import importlib.util
import shutil
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import pyarrow as pa

from benchmarks.data import open_edition
from benchmarks.report import Result
from kyodo_geo.aggregation.engines import count
from kyodo_geo.export.writers.activity_batches import activity_batches
from kyodo_geo.model import Filters
from kyodo_geo.vocabulary import Scope

OVER_SPARK = 1.0
"""On one machine; Spark is for records that one machine can't hold."""


def measure(activities_count: int) -> list[Result]:
    """Seconds of both for the activities of an edition; nothing where Spark is not installed.

    Raises AssertionError where they do not count the same.
    """
    if importlib.util.find_spec("pyspark") is None or shutil.which("java") is None:
        print("skipped: pyspark (deploy/requirements-spark.txt) or Java is not installed")
        return []
    with TemporaryDirectory() as folder:
        source = Path(folder) / "record"
        _write(activities_count, source)
        (by_duckdb, duckdb_s), (by_spark, spark_s) = (
            _timed(source, engine) for engine in ("duckdb", "spark")
        )
    if by_duckdb != by_spark:
        raise AssertionError("DuckDB and Spark do not count the same")
    return [
        Result(
            f"counting {activities_count:,} activities in Parquet ({by_duckdb.num_rows:,} groups)",
            f"{duckdb_s:.1f} s",
            f"{spark_s:.1f} s (Spark on this machine, its start included)",
            duckdb_s / spark_s,
            OVER_SPARK,
        )
    ]


def _timed(source: Path, engine: str) -> tuple[pa.Table, float]:
    start = time.perf_counter()
    groups = count(source, engine)
    seconds = time.perf_counter() - start
    order = [(name, "ascending") for name in groups.schema.names]
    types = pa.schema([(name, _comparable(groups.schema.field(name).type)) for name, _ in order])
    return groups.sort_by(order).cast(types), seconds


def _comparable(kind: pa.DataType) -> pa.DataType:
    return pa.int64() if pa.types.is_integer(kind) else pa.string()


def _write(activities_count: int, source: Path) -> None:
    """The activities as our own export spells them out, a folder a fiscal year."""
    batches = activity_batches(open_edition(activities_count), Filters(scopes=tuple(Scope)))
    with duckdb.connect() as con:
        con.register("exported", batches)
        con.execute(
            "COPY (SELECT *, '' AS scope_recorded FROM exported) "
            f"TO '{source}' (FORMAT parquet, PARTITION_BY (fiscal_year))"
        )
