"""What counts a record kept as Parquet: DuckDB on this machine, or Apache Spark on many."""

from __future__ import annotations

import importlib.util
import os
import shutil
import warnings
from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

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
"""What `count_record.sql` reads; the years may stand in the names of folders."""

SPARK_CONFIG: dict[str, bool | float | int | str | None] = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.log.level": "OFF",
}


def count(source: Path, engine: str) -> pa.Table:
    """The rows of `count_record.sql` for all Parquet files below `source`.

    `engine` is one of ENGINES. Raises SourceDataError for a folder without such files, a column
    that is missing, a file that can't be read, and where Spark or Java are not installed.
    """
    parts = _parts(source)
    _refuse_missing_columns(source, parts[0])
    text = sql_text(__package__, "count_record")
    return ENGINES[engine](source, parts, text)


def _parts(source: Path) -> list[Path]:
    """The files of a record; names that start with a dot or a line are those of unfinished ones."""
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


def _with_duckdb(source: Path, parts: list[Path], text: str) -> pa.Table:
    try:
        with duckdb.connect(config=CONNECTION_CONFIG) as con:
            names = [str(part) for part in parts]
            con.read_parquet(names, hive_partitioning=True).create_view("record")
            return con.sql(text).to_arrow_table()
    except duckdb.Error as error:
        raise _unreadable(source, error) from error


def _with_spark(source: Path, parts: list[Path], text: str) -> pa.Table:
    _refuse_missing_programs()
    # Without a cluster Spark runs on this machine alone: no other host has to reach it.
    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    with warnings.catch_warnings():
        # Spark warns of pandas, which takes no part in this.
        warnings.simplefilter("ignore", FutureWarning)
        return _rows_of_spark(source, text)


def _rows_of_spark(source: Path, text: str) -> pa.Table:
    from pyspark.errors import PySparkException
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.appName("kyodo_geo cube").config(map=SPARK_CONFIG)
    try:
        with TemporaryDirectory(prefix="kyodo-cube-") as folder, builder.getOrCreate() as spark:
            spark.read.parquet(str(source)).createOrReplaceTempView("record")
            # Written by all its workers: handed over at once, some million rows get lost.
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
        raise SourceDataError(
            where="--engine spark",
            found="Java が入っていません",
            next_step="Java 17 以降（Debian では default-jre-headless）を入れてください。"
            f"{another}",
        )


def _unreadable(where: Path, error: Exception) -> SourceDataError:
    cause = str(error).strip().partition("\n")[0]
    return SourceDataError(
        where=str(where),
        found=f"読めないか、数えられません（{cause}）",
        next_step="ファイルが壊れていないか、列の値が正しいかを確かめてください",
    )


ENGINES: Mapping[str, Callable[[Path, list[Path], str], pa.Table]] = {
    "duckdb": _with_duckdb,
    "spark": _with_spark,
}
