"""What differs between two editions, and an earlier edition's content as a new one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import duckdb

from kyodo_geo.auth.roles import Person, Role, require
from kyodo_geo.editions.edition import CONNECTION_CONFIG, Edition, EditionInfo
from kyodo_geo.editions.load import CONTENT_TABLES
from kyodo_geo.editions.sql import fetch_rows, sql_text
from kyodo_geo.editions.store import (
    EditionStore,
    OnStep,
    Publication,
    refuse_another_edition,
)
from kyodo_geo.errors import EditionError
from kyodo_geo.japanese import count_label, fiscal_year_label

NOT_STATED = "記載なし"
UNDO = "元に戻す"

TABLE_LABELS = {
    "district": "地区",
    "boundary": "地区の境界",
    "town": "町・大字",
    "population": "人口",
    "city_action": "市の働きかけ",
    "source": "資料",
    "place": "集計の単位",
    "code": "用語",
    "scope_rule": "範囲の決め方",
    "activity_count": "活動の件数",
    "review": "ふりかえり",
    "rating": "ふりかえりの評価",
}
"""Every table of content but the activities, with what it is called."""


@dataclass(frozen=True)
class DiffColumn:
    """One column of `spelt_out.sql`: what people call it, how a value or none is written."""

    name: str
    label: str
    spell: Callable[[Any], str] = str
    missing: str = NOT_STATED

    def text(self, value: Any) -> str:
        """Return a value as it is written."""
        return self.missing if value in (None, "") else self.spell(value)


COLUMNS = (
    DiffColumn("id", "活動の番号"),
    DiffColumn("title", "名称"),
    DiffColumn("districts", "地区"),
    DiffColumn("fiscal_year", "年度", fiscal_year_label, fiscal_year_label(None)),
    DiffColumn("summary", "概要"),
    DiffColumn("start_date", "開始日"),
    DiffColumn("end_date", "終了日"),
    DiffColumn("forms_stated", "形態（明記）"),
    DiffColumn("forms_implied", "形態（推定）"),
    DiffColumn("actors", "主体"),
    DiffColumn("organisations", "団体名"),
    DiffColumn("scope_recorded", "資料に記された範囲"),
    DiffColumn("scopes", "範囲"),
    DiffColumn("field", "分野"),
    DiffColumn("status", "実施・予定"),
    DiffColumn("participants_count", "参加者数", lambda count: count_label(count, "人")),
    DiffColumn("city_cost_yen", "市の負担額", lambda amount: count_label(amount, "円")),
    DiffColumn("note", "備考"),
    DiffColumn("source", "出典"),
    DiffColumn("source_date", "資料の日付"),
    DiffColumn("point_lat", "緯度"),
    DiffColumn("point_lng", "経度"),
    DiffColumn("continues", "続きのもと"),
)
"""The columns of `spelt_out.sql` in the order in which they are shown."""

DERIVED = "プログラムが作る値"
"""What is said of an activity that reads the same but is stored differently."""


@dataclass(frozen=True)
class ActivityName:
    """An activity that only one of two editions has."""

    activity_id: str
    title: str
    districts: str
    fiscal_year: str


@dataclass(frozen=True)
class ValueChange:
    """One value of an activity before and after; 記載なし or 年度不明 where there is none."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class ChangedActivity:
    """An activity that two editions have with different values, and those values."""

    activity_id: str
    title: str
    changes: tuple[ValueChange, ...]


@dataclass(frozen=True)
class TableDifference:
    """Another table that differs: a changed row counts as one that went and one that came."""

    table: str
    label: str
    rows_added: int
    rows_removed: int


@dataclass(frozen=True)
class Difference:
    """What differs in edition `after` from edition `before`.

    `counts` has all activities by kind (added, changed, removed); the lists may hold fewer,
    the first ones by id. `tables` has those other tables that differ.
    """

    before: EditionInfo
    after: EditionInfo
    counts: dict[str, int]
    added: tuple[ActivityName, ...]
    changed: tuple[ChangedActivity, ...]
    removed: tuple[ActivityName, ...]
    tables: tuple[TableDifference, ...]

    @property
    def is_empty(self) -> bool:
        """Whether both editions hold the same."""
        return not any(self.counts.values()) and not self.tables

    @property
    def sentence(self) -> str:
        """What was changed in one sentence, and whether fiction came or went."""
        names = f"{self.before.label}から{self.after.label}へ"
        fiction = ""
        if self.before.is_fictional != self.after.is_fictional:
            kind = "架空データ" if self.after.is_fictional else "実際のデータ"
            fiction = f"第{self.after.number}版は{kind}です。"
        if self.is_empty:
            return f"{names}: 内容は同じです。{fiction}"
        kinds = {"added": "追加", "changed": "変更", "removed": "削除"}
        counts = "、".join(f"{label}{self.counts[kind]:,}件" for kind, label in kinds.items())
        tables = "・".join(table.label for table in self.tables)
        others = f"活動のほかに、{tables}も違います。" if tables else ""
        return f"{names}: 活動の{counts}。{others}{fiction}"


def compare(before: Edition, after: Edition, limit: int | None = None) -> Difference:
    """What differs in `after` from `before`; lists hold at most `limit` activities each.

    Raises EditionError for a file that can't be read any more.
    """
    with duckdb.connect(config=CONNECTION_CONFIG) as con:
        _attach(con, before, "was")
        _attach(con, after, "now")
        con.execute(sql_text(__package__, "differing_activities"))
        query = "SELECT kind, count(*) AS activities FROM difference GROUP BY kind"
        found = {row.kind: row.activities for row in fetch_rows(con, query)}
        return Difference(
            before=before.info,
            after=after.info,
            counts={kind: found.get(kind, 0) for kind in ("added", "changed", "removed")},
            added=tuple(_name(row) for row in _decoded_activities(con, "now", "added", limit)),
            changed=_changed(con, limit),
            removed=tuple(_name(row) for row in _decoded_activities(con, "was", "removed", limit)),
            tables=_differing_tables(con, _table_differences(before, after)),
        )


def undo(
    store: EditionStore,
    number: int,
    person: Person,
    on_step: OnStep | None = None,
    *,
    looked_at: int | None = None,
) -> int:
    """Publish the content of edition `number` as a new edition; returns the new number.

    `looked_at` is the edition it was compared with: with another one nothing is done. Raises
    AccessError for anyone but an official, EditionError for an edition that is not there and
    for one whose content is that of the newest, StaleError for another edition, and whatever
    `EditionStore.publish` raises.
    """
    require(person, Role.OFFICIAL, UNDO)
    restored = store.open(number)

    def change(con: duckdb.DuckDBPyConnection) -> None:
        if looked_at is not None:
            refuse_another_edition(con, looked_at, UNDO)
        _take_content(con, restored)

    publication = Publication(
        published_by=person.name,
        action=UNDO,
        description=f"第{number}版の内容に戻しました",
        source_files=restored.log[0].source_files,
        is_fictional=restored.info.is_fictional,
    )
    return store.publish(change, publication, on_step)


def fingerprint(con: duckdb.DuckDBPyConnection, table: str) -> tuple[int, int]:
    """Two numbers that are the same for tables with the same rows; reads all of the table."""
    [found] = fetch_rows(con, sql_text(__package__, "fingerprint"), {"table": table})
    return found.row_count, found.hash_sum


def _take_content(con: duckdb.DuckDBPyConnection, restored: Edition) -> None:
    """Make a draft hold what `restored` does, but for what it says of itself."""
    _attach(con, restored, "restored")
    differing = [
        table
        for table in CONTENT_TABLES
        if fingerprint(con, table) != fingerprint(con, f"restored.{table}")
    ]
    [own] = fetch_rows(con, "SELECT is_fictional FROM edition")
    if not differing and own.is_fictional == restored.info.is_fictional:
        raise EditionError(
            where=restored.info.label,
            found="いまの版と内容が同じため、戻すものがありません",
            next_step="`python -m kyodo_geo diff` で、版の違いを確かめてください",
        )
    for table in differing:
        con.execute(f"DELETE FROM {table}")
        con.execute(f"INSERT INTO {table} BY NAME SELECT * FROM restored.{table}")


def _attach(con: duckdb.DuckDBPyConnection, edition: Edition, name: str) -> None:
    con.execute(f"ATTACH $path AS {name} (READ_ONLY)", {"path": str(edition.path)})


def _decoded_activities(
    con: duckdb.DuckDBPyConnection, side: str, kind: str, limit: int | None
) -> list[dict[str, str]]:
    """Activities of one kind as texts by COLUMNS."""
    con.execute(f"USE {side}")
    query = sql_text(__package__, "spelt_out")
    return [
        {column.name: column.text(getattr(row, column.name)) for column in COLUMNS}
        for row in fetch_rows(con, query, {"kind": kind, "limit": limit})
    ]


def _name(texts: Mapping[str, str]) -> ActivityName:
    return ActivityName(texts["id"], texts["title"], texts["districts"], texts["fiscal_year"])


def _changed(con: duckdb.DuckDBPyConnection, limit: int | None) -> tuple[ChangedActivity, ...]:
    before = _decoded_activities(con, "was", "changed", limit)
    after = _decoded_activities(con, "now", "changed", limit)
    return tuple(
        ChangedActivity(new["id"], new["title"], _changes(old, new))
        for old, new in zip(before, after, strict=True)
    )


def _changes(old: Mapping[str, str], new: Mapping[str, str]) -> tuple[ValueChange, ...]:
    changes = tuple(
        ValueChange(column.label, old[column.name], new[column.name])
        for column in COLUMNS
        if old[column.name] != new[column.name]
    )
    return changes or (ValueChange(DERIVED, "前の値", "新しい値"),)


def _table_differences(before: Edition, after: Edition) -> list[str]:
    # Where there are activities the counts follow from them.
    if before.holds_figures_only or after.holds_figures_only:
        return list(TABLE_LABELS)
    return [table for table in TABLE_LABELS if table != "activity_count"]


def _differing_tables(
    con: duckdb.DuckDBPyConnection, tables: Sequence[str]
) -> tuple[TableDifference, ...]:
    found = []
    for table in tables:
        names = {"was": f"was.{table}", "now": f"now.{table}"}
        [rows] = fetch_rows(con, sql_text(__package__, "differing_rows"), names)
        if rows.rows_added or rows.rows_removed:
            label = TABLE_LABELS[table]
            found.append(TableDifference(table, label, rows.rows_added, rows.rows_removed))
    return tuple(found)
