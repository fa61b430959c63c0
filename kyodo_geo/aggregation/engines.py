"""Engines that count a record kept as Parquet: DuckDB (one machine) or Apache Spark (many)."""

from __future__ import annotations

import importlib.util
import os
import shutil
import warnings
from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from kyodo_geo.editions.edition import CONNECTION_CONFIG
from kyodo_geo.editions.sql import sql_text
from kyodo_geo.errors import SourceDataError

COLUMNS = (
    *("fiscal_year", "district_ids", "forms_stated", "forms_implied", "actors"),
    *("scope_recorded", "field", "status", "participants_count"),
)
"""Columns that `count_record.sql` reads; may be Hive partitions (`fiscal_year=2024/`)."""

SPARK_CONFIG: dict[str, Any] = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.log.level": "OFF",
}


def count(source: Path, engine: str) -> pa.Table:
    """Run `count_record.sql` over all Parquet files below `source`.

    `engine` is a key of ENGINES. Raises SourceDataError if there are no such files, a column is
    missing, a file is unreadable, or Spark or Java is not installed.
    """
    parts = _parts(source)
    _refuse_missing_columns(source, parts[0])
    # Decision 39: one text for both engines, so that they cannot count differently.
    return ENGINES[engine](source, parts, sql_text(__package__, "count_record"))


def _parts(source: Path) -> list[Path]:
    """List the Parquet files of a record."""
    # Spark and Hadoop mark unfinished files by a leading dot or underscore.
    found = [path.relative_to(source) for path in sorted(source.rglob("*.parquet"))]
    parts = [source / path for path in found if not any(p[0] in "._" for p in path.parts)]
    if not parts:
        raise SourceDataError(
            where=str(source),
            found="Parquet のファイル（.parquet）がありません",
            next_step="活動の表を Parquet で入れたフォルダーを指定してください",
        )
    return parts


def _refuse_missing_columns(source: Path, part: Path) -> None:
    try:
        names = set(pq.read_schema(part).names)
    except (OSError, pa.ArrowException) as error:
        raise _unreadable(part, error) from error
    folders = {name.partition("=")[0] for name in part.relative_to(source).parts[:-1]}
    if missing := [name for name in COLUMNS if name not in names | folders]:
        raise SourceDataError(
            where=str(part),
            found=f"{'、'.join(missing)} という列がありません",
            expected=f"要る列は {'、'.join(COLUMNS)} です",
        )


def _count_with_duckdb(source: Path, parts: list[Path], text: str) -> pa.Table:
    try:
        with duckdb.connect(config=CONNECTION_CONFIG) as con:
            names = [str(part) for part in parts]
            con.read_parquet(names, hive_partitioning=True).create_view("record")
            return con.sql(text).to_arrow_table()
    except duckdb.Error as error:
        raise _unreadable(source, error) from error


def _count_with_spark(source: Path, parts: list[Path], text: str) -> pa.Table:
    _refuse_missing_programs()
    # Without a cluster Spark runs on this machine alone: no other host has to reach it.
    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    # Spark warns of pandas, which takes no part in this.
    with warnings.catch_warnings(action="ignore", category=FutureWarning):
        return _run_spark(source, text)


def _run_spark(source: Path, text: str) -> pa.Table:
    from pyspark.errors import PySparkException
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.appName("kyodo_geo cube").config(map=SPARK_CONFIG)
    try:
        with TemporaryDirectory(prefix="kyodo-cube-") as folder, builder.getOrCreate() as spark:
            spark.read.parquet(str(source)).createOrReplaceTempView("record")
            # Written by the workers: collected at once, some million rows get lost.
            counted = Path(folder) / "counted"
            spark.sql(text).write.parquet(str(counted))
            return pq.read_table(counted)
    except PySparkException as error:
        raise _unreadable(source, error) from error


def _refuse_missing_programs() -> None:
    another = "または --engine duckdb を使ってください"
    if importlib.util.find_spec("pyspark") is None:
        raise SourceDataError(
            where="--engine spark",
            found="Apache Spark（pyspark）が入っていません",
            next_step=f"`pip install -r deploy/requirements-spark.txt` で入れてください。{another}",
        )
    if shutil.which("java") is None and not os.environ.get("JAVA_HOME"):
        next_step = f"Java 17 以降（Debian では default-jre-headless）を入れてください。{another}"
        raise SourceDataError("--engine spark", "Java が入っていません", next_step=next_step)


def _unreadable(where: Path, error: Exception) -> SourceDataError:
    cause = str(error).strip().partition("\n")[0]
    return SourceDataError(
        where=str(where),
        found=f"読めないか、数えられません（{cause}）",
        next_step="ファイルが壊れていないか、列の値が正しいかを確かめてください",
    )


ENGINES: Mapping[str, Callable[[Path, list[Path], str], pa.Table]] = {
    "duckdb": _count_with_duckdb,
    "spark": _count_with_spark,
}
