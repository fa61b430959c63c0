"""A fictional edition of any size on the real districts, for load tests and training."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import duckdb

from kyodo_geo.editions import EditionStore, Publication
from kyodo_geo.editions.load import fill_reference, insert_incoming
from kyodo_geo.editions.sql import sql_text
from kyodo_geo.editions.store import OnStep
from kyodo_geo.errors import EditionError
from kyodo_geo.model import Record
from kyodo_geo.seed.shipped_record import ACTIVITIES, read_record
from kyodo_geo.settings import SHIPPED_DATA_DIR

FICTIONAL = "架空データ"
MEMORY_LIMIT = "2GB"
"""Sorting ten million activities takes more than this: the rest goes to the disk."""

CARD: dict[str, Any] = {
    "id": "demo",
    "title": f"{FICTIONAL}（訓練・負荷試験用）",
    "files": [],
    "publisher": "Kyodo Geo",
    "address": "なし（この製品のデータ）",
    "licence": "CC BY 4.0",
    "retrieved": "なし",
    "caveat": "活動・団体・人数は機械的に作り、実在しません。地区・境界・人口は実際の値です。",
}


def publish_demo(
    store: EditionStore, activities_count: int, on_step: OnStep | None = None, *, seed: int = 1
) -> int:
    """Publish a first edition of fictional activities; returns its number.

    The same count and seed give the same activities. Districts, boundaries, population
    and the city's actions are those of the shipped record. Raises EditionError where the
    folder has editions already, so that fiction never follows on real data, and whatever
    `EditionStore.publish` raises.
    """
    if store.numbers():
        raise EditionError(
            where=str(store.folder),
            found="ここにはもう版があります",
            expected=f"{FICTIONAL}は、版のない場所にだけ作れます",
            next_step="別のフォルダーを指定してください",
        )
    record = _without_activities(read_record(SHIPPED_DATA_DIR))
    publication = Publication(
        published_by="Kyodo Geo",
        action=FICTIONAL,
        description=f"{FICTIONAL} {activities_count:,}件を作成（種 {seed}）",
        is_fictional=True,
    )

    def change(con: duckdb.DuckDBPyConnection) -> None:
        fill_reference(con, record)
        _insert_activities(con, activities_count, seed)

    return store.publish(change, publication, on_step, only_if_empty=True)


def _without_activities(record: Record) -> Record:
    cards = (card for card in record.sources if ACTIVITIES not in card["files"])
    return replace(record, activities=(), sources=(CARD, *cards), is_fictional=True)


def _insert_activities(con: duckdb.DuckDBPyConnection, activities_count: int, seed: int) -> None:
    con.execute(f"SET memory_limit = '{MEMORY_LIMIT}'")
    con.execute("CREATE TEMP TABLE demo (activities BIGINT, seed BIGINT)")
    con.execute("INSERT INTO demo VALUES (?, ?)", [activities_count, seed])
    con.execute(sql_text(__package__, "demo"))
    insert_incoming(con)
