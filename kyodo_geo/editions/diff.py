"""Compare two editions, and restore an earlier one's content as a new edition."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import duckdb

from kyodo_geo.auth.roles import Person, Role, require
from kyodo_geo.editions.edition import CONNECTION_CONFIG, Edition, EditionInfo
from kyodo_geo.editions.load import CONTENT_TABLES
from kyodo_geo.editions.sql import fetch_rows, sql_text
from kyodo_geo.editions.store import EditionStore, OnStep, Publication, refuse_another_edition
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
"""Labels of all content tables except `activity`."""


@dataclass(frozen=True)
class DiffColumn:
    """A column of `spelt_out.sql`: label, formatter, and text of a missing value."""

    name: str
    label: str
    spell: Callable[[Any], str] = str
    missing: str = NOT_STATED

    def text(self, value: Any) -> str:
        """Format a value; None and empty texts become `missing`."""
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
"""Columns of `spelt_out.sql` in display order."""

DERIVED = "プログラムが作る値"
"""Label of a difference in derived columns alone, e.g. after a change of places."""


@dataclass(frozen=True)
class ActivityName:
    """An activity present in only one of two editions."""

    activity_id: str
    title: str
    districts: str
    fiscal_year: str


@dataclass(frozen=True)
class ValueChange:
    """A changed value of an activity; 記載なし or 年度不明 if missing."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class ChangedActivity:
    """An activity with different values in two editions."""

    activity_id: str
    title: str
    changes: tuple[ValueChange, ...]


@dataclass(frozen=True)
class TableDifference:
    """A differing table other than `activity`; a changed row counts as removed and added."""

    table: str
    label: str
    rows_added: int
    rows_removed: int


@dataclass(frozen=True)
class Difference:
    """Differences of edition `after` from edition `before`.

    `counts` has all activities per kind (added, changed, removed); the lists may be limited,
    in order of the ids. `tables` holds the other tables that differ.
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
        """Whether both editions have the same content."""
        return not any(self.counts.values()) and not self.tables

    @property
    def sentence(self) -> str:
        """Summary in one sentence, with a change between fictional and real data."""
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
    """Compare two editions by row hashes; lists hold at most `limit` activities (None: all).

    Raises EditionError if a file cannot be read any more.
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
            added=tuple(map(_activity_name, _decoded_activities(con, "now", "added", limit))),
            changed=_read_changed(con, limit),
            removed=tuple(map(_activity_name, _decoded_activities(con, "was", "removed", limit))),
            tables=_differing_tables(con, before, after),
        )


def undo(
    store: EditionStore,
    number: int,
    person: Person,
    on_step: OnStep | None = None,
    *,
    looked_at: int | None = None,
) -> int:
    """Publish the content of edition `number` as a new edition; return the new number.

    `looked_at` is the edition it was compared with. Raises AccessError for anyone but an
    official, EditionError if the edition is missing or equals the newest, StaleError if the
    current edition is not `looked_at`, and what `EditionStore.publish` raises.
    """
    require(person, Role.OFFICIAL, UNDO)
    restored = store.open(number)

    def change(con: duckdb.DuckDBPyConnection) -> None:
        if looked_at is not None:
            refuse_another_edition(con, looked_at, UNDO)
        _copy_content(con, restored)

    publication = Publication(
        published_by=person.name,
        action=UNDO,
        description=f"第{number}版の内容に戻しました",
        source_files=restored.log[0].source_files,
        is_fictional=restored.info.is_fictional,
    )
    return store.publish(change, publication, on_step)


def fingerprint(con: duckdb.DuckDBPyConnection, table: str) -> tuple[int, int]:
    """Return row count and order-independent hash of a table, for comparison."""
    [found] = fetch_rows(con, sql_text(__package__, "fingerprint"), {"table": table})
    return found.row_count, found.hash_sum


def _copy_content(con: duckdb.DuckDBPyConnection, restored: Edition) -> None:
    """Replace the content tables of a draft by those of `restored`; the log stays."""
    _attach(con, restored, "restored")
    differing = [
        table
        for table in CONTENT_TABLES
        if fingerprint(con, table) != fingerprint(con, f"restored.{table}")
    ]
    [own] = fetch_rows(con, "SELECT is_fictional FROM edition")
    # Fictional and real data differ even where all rows are equal.
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
    """Return activities of one kind as texts by name of COLUMNS."""
    con.execute(f"USE {side}")
    query = sql_text(__package__, "spelt_out")
    return [
        {column.name: column.text(getattr(row, column.name)) for column in COLUMNS}
        for row in fetch_rows(con, query, {"kind": kind, "limit": limit})
    ]


def _activity_name(texts: Mapping[str, str]) -> ActivityName:
    return ActivityName(texts["id"], texts["title"], texts["districts"], texts["fiscal_year"])


def _read_changed(con: duckdb.DuckDBPyConnection, limit: int | None) -> tuple[ChangedActivity, ...]:
    before = _decoded_activities(con, "was", "changed", limit)
    after = _decoded_activities(con, "now", "changed", limit)
    # Both sides are in the order of the ids.
    return tuple(
        ChangedActivity(new["id"], new["title"], _value_changes(old, new))
        for old, new in zip(before, after, strict=True)
    )


def _value_changes(old: Mapping[str, str], new: Mapping[str, str]) -> tuple[ValueChange, ...]:
    changes = tuple(
        ValueChange(column.label, old[column.name], new[column.name])
        for column in COLUMNS
        if old[column.name] != new[column.name]
    )
    return changes or (ValueChange(DERIVED, "前の値", "新しい値"),)


def _differing_tables(
    con: duckdb.DuckDBPyConnection, before: Edition, after: Edition
) -> tuple[TableDifference, ...]:
    found, query = [], sql_text(__package__, "differing_rows")
    has_counts_alone = before.holds_figures_only or after.holds_figures_only
    for table, label in TABLE_LABELS.items():
        # Where there are activities the cube follows from them (decision 38).
        if table != "activity_count" or has_counts_alone:
            [rows] = fetch_rows(con, query, {"was": f"was.{table}", "now": f"now.{table}"})
            if rows.rows_added or rows.rows_removed:
                found.append(TableDifference(table, label, rows.rows_added, rows.rows_removed))
    return tuple(found)
