"""What differs between editions is said exactly, and undone as a new edition."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import pytest
from builders import activity
from hypothesis import given, settings
from hypothesis import strategies as st

from kyodo_geo.auth.roles import official
from kyodo_geo.editions import Edition, EditionStore, Publication
from kyodo_geo.editions.diff import (
    COLUMNS,
    DERIVED,
    NOT_STATED,
    TABLE_LABELS,
    ActivityName,
    ChangedActivity,
    TableDifference,
    ValueChange,
    compare,
    undo,
)
from kyodo_geo.editions.load import CONTENT_TABLES, fill, incoming_rows, insert_activities
from kyodo_geo.editions.store import describe_numbers
from kyodo_geo.errors import EditionError
from kyodo_geo.japanese import count_label, fiscal_year_label
from kyodo_geo.measures.places.edition_impact import Figures, compare_editions, effect_texts
from kyodo_geo.model import CityAction, Record
from kyodo_geo.seed.shipped_record import read_record
from kyodo_geo.settings import PROJECT_DIR, SHIPPED_DATA_DIR
from kyodo_geo.vocabulary import ActorType, Field, Form, Scope, Status

STEPS_BEFORE_PUBLISHED = ("locked", "copied", "changed", "committed", "closed", "synced")
SUBPROCESS = {
    "cwd": PROJECT_DIR,
    "env": os.environ | {"PYTHONPATH": str(PROJECT_DIR)},
    "text": True,
}


@pytest.fixture
def tiny_store(tmp_path: Path) -> EditionStore:
    """A store without any edition."""
    return EditionStore(tmp_path / "tiny")


def publish_record(store: EditionStore, record: Record, **publication: Any) -> int:
    said = Publication("test", "test", "test", **publication)
    return store.publish(lambda con: fill(con, record), said)


def content(edition: Edition) -> dict[str, list[tuple[Any, ...]]]:
    """All that an edition holds but what it says of itself."""
    return {table: edition.rows(f"SELECT * FROM {table} ORDER BY ALL") for table in CONTENT_TABLES}


def keeper(*arguments: object) -> subprocess.Popen[str]:
    """A process of keeper.py that is told to start."""
    command = [sys.executable, "tests/keeper.py", *map(str, arguments)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    process = subprocess.Popen(command, **pipes, **SUBPROCESS)
    assert process.stdin is not None and process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    process.stdin.write("\n")
    process.stdin.flush()
    return process


def finished(process: subprocess.Popen[str]) -> int:
    process.communicate(timeout=60)
    return process.returncode


# Comparing


def test_every_kind_of_difference_is_spelt_out(tiny_store: EditionStore, record: Record) -> None:
    kept, gone = activity(1), activity(2, title="なくなる", district_ids=("C00",))
    was = activity(3, forms_stated=(Form.SUBSIDY,), participants_count=1200, note="古い")
    now = replace(
        was,
        title="新しい名前",
        summary="概要",
        district_ids=("C01", "C03"),
        actors=(ActorType.LOCAL_GROUP, ActorType.SCHOOL, ActorType.CITY),
        fiscal_year=None,
        forms_stated=(Form.CO_HOSTING,),
        forms_implied=(Form.COMMISSION, Form.AGREEMENT),
        scope=Scope.B,
        organisations=("花巻の会", "石鳥谷の会"),
        field=Field.SPORTS,
        status=Status.PLANNED,
        participants_count=None,
        city_cost_yen=2_500_000,
        note="",
        source="https://example.jp/",
        source_date="2026-11",
        point_lat=39.403,
        point_lng=141.113,
        continues="T0004",
    )
    new = activity(4, title="増える", district_ids=(), fiscal_year=2019)
    publish_record(tiny_store, replace(record, activities=(kept, gone, was)))
    publish_record(tiny_store, replace(record, activities=(kept, now, new)))

    found = compare(tiny_store.open(1), tiny_store.open(2))

    assert found.counts == {"added": 1, "changed": 1, "removed": 1}
    year = "平成31/令和元年度(2019年度)"
    assert found.added == (ActivityName("T0004", "増える", "地区不明", year),)
    assert found.removed == (ActivityName("T0002", "なくなる", "全市", fiscal_year_label(2020)),)
    changes = (
        ValueChange("名称", "活動3", "新しい名前"),
        ValueChange("地区", "花巻中央", "花巻中央、花北"),
        ValueChange("年度", fiscal_year_label(2020), "年度不明"),
        ValueChange("概要", NOT_STATED, "概要"),
        ValueChange("形態（明記）", "補助・助成", "共催"),
        ValueChange("形態（推定）", NOT_STATED, "事業協力・協定、委託"),
        ValueChange("主体", "個人、市", "地域団体、学校、市"),
        ValueChange("団体名", NOT_STATED, "花巻の会、石鳥谷の会"),
        ValueChange("資料に記された範囲", NOT_STATED, Scope.B.label),
        ValueChange("範囲", Scope.A.label, Scope.B.label),
        ValueChange("分野", "その他", "スポーツ"),
        ValueChange("実施・予定", "実施", "予定"),
        ValueChange("参加者数", "1,200人", NOT_STATED),
        ValueChange("市の負担額", NOT_STATED, "2,500,000円"),
        ValueChange("備考", "古い", NOT_STATED),
        ValueChange("出典", NOT_STATED, "https://example.jp/"),
        ValueChange("資料の日付", NOT_STATED, "2026-11"),
        ValueChange("緯度", NOT_STATED, "39.403"),
        ValueChange("経度", NOT_STATED, "141.113"),
        ValueChange("続きのもと", NOT_STATED, "T0004"),
    )
    assert found.changed == (ChangedActivity("T0003", "新しい名前", changes),)
    assert found.tables == ()
    assert {change.label for change in changes} | {"活動の番号", "開始日", "終了日"} == {
        column.label for column in COLUMNS
    }


def test_dates_and_an_unknown_form_are_spelt_out(own_store: EditionStore, record: Record) -> None:
    dated = next(a for a in record.activities if a.start_date)
    formless = next(a for a in record.activities if not a.forms_stated + a.forms_implied)

    def change(con: duckdb.DuckDBPyConnection) -> None:
        con.execute(
            "UPDATE activity SET start_date = NULL, end_date = DATE '2026-11-03' WHERE id = ?",
            [dated.activity_id],
        )
        con.execute(
            "UPDATE activity SET form_mask = ?, form_mask_stated = ? WHERE id = ?",
            [Form.SUBSIDY.bit, Form.UNKNOWN.bit, formless.activity_id],
        )

    own_store.publish(change, Publication("test", "test", "test"))
    found = compare(own_store.open(1), own_store.open(2)).changed

    old_end = NOT_STATED if dated.end_date is None else str(dated.end_date)
    assert {one.activity_id: one.changes for one in found} == {
        dated.activity_id: (
            ValueChange("開始日", str(dated.start_date), NOT_STATED),
            ValueChange("終了日", old_end, "2026-11-03"),
        ),
        formless.activity_id: (ValueChange("形態（推定）", NOT_STATED, "補助・助成"),),
    }


def test_what_reads_the_same_but_is_stored_differently_is_said(own_store: EditionStore) -> None:
    rework = "UPDATE activity SET search_text = 'other' WHERE id = 'P0003'"
    own_store.publish(lambda con: con.execute(rework), Publication("test", "test", "test"))
    [found] = compare(own_store.open(1), own_store.open(2)).changed
    assert found.activity_id == "P0003"
    assert [change.label for change in found.changes] == [DERIVED]


def test_the_same_content_is_no_difference(own_store: EditionStore) -> None:
    def reorder(con: duckdb.DuckDBPyConnection) -> None:
        con.execute("CREATE TEMP TABLE copied AS FROM activity ORDER BY title")
        con.execute("DELETE FROM activity")
        con.execute("INSERT INTO activity FROM copied")
        con.execute("DROP TABLE copied")

    own_store.publish(reorder, Publication("test", "test", "test"))
    comparison = compare_editions(own_store, 1, 2)
    assert comparison.difference.is_empty
    assert comparison.effects == ()
    assert "第1版" in comparison.difference.sentence
    assert "内容は同じです" in comparison.difference.sentence


def test_other_tables_that_differ_are_counted(tiny_store: EditionStore, record: Record) -> None:
    renamed = replace(record.districts[2], name="花の北")
    other = replace(
        record,
        districts=(*record.districts[:2], renamed, *record.districts[3:]),
        boundaries_geojson=record.boundaries_geojson + " ",
        towns=record.towns[3:],
        population=(*record.population, replace(record.population[0], population=1)),
        city_actions=(
            *record.city_actions[1:],
            CityAction(2026, "staff", "研修", "", None, ""),
            CityAction(2026, "staff", "研修", "", None, ""),
        ),
        sources=record.sources[:-1],
    )
    publish_record(tiny_store, record)
    publish_record(tiny_store, other)

    found = compare(tiny_store.open(1), tiny_store.open(2))

    assert found.tables == (
        TableDifference("district", "地区", 1, 1),
        TableDifference("boundary", "地区の境界", 1, 1),
        TableDifference("town", "町・大字", 0, 3),
        TableDifference("population", "人口", 1, 0),
        TableDifference("city_action", "市の働きかけ", 2, 1),
        TableDifference("source", "資料", 0, 1),
        TableDifference("place", "集計の単位", 1, 1),
    )
    assert not found.is_empty
    assert "地区・地区の境界・町・大字・人口" in found.sentence
    assert set(TABLE_LABELS) == set(CONTENT_TABLES) - {"activity"}


def test_lists_end_at_the_limit_and_counts_do_not(own_store: EditionStore) -> None:
    own_store.publish(
        lambda con: con.execute("UPDATE activity SET note = 'x' || id WHERE id < 'P0101'"),
        Publication("test", "test", "test"),
    )
    found = compare(own_store.open(1), own_store.open(2), limit=7)
    assert found.counts["changed"] == 100
    assert [one.activity_id for one in found.changed] == [f"P{n:04}" for n in range(1, 8)]


def test_fiction_that_comes_or_goes_is_said(own_store: EditionStore) -> None:
    own_store.publish(lambda con: None, Publication("test", "test", "test", is_fictional=True))
    assert "第2版は架空データです" in compare(own_store.open(1), own_store.open(2)).sentence
    assert "第1版は実際のデータです" in compare(own_store.open(2), own_store.open(1)).sentence


def test_effect_on_the_figures_by_hand(tiny_store: EditionStore, record: Record) -> None:
    """One activity leaves C01 for C02 and C03, one of the citizens alone comes to 全市."""
    kept = activity(1, district_ids=("C05",), participants_count=7)
    moves = activity(2, participants_count=100)
    alone = activity(3, district_ids=("C00",), actors=(ActorType.INDIVIDUAL,))
    silent = activity(4, district_ids=())
    before = (kept, moves, silent)
    after = (kept, replace(moves, district_ids=("C02", "C03")), alone)
    publish_record(tiny_store, replace(record, activities=before))
    publish_record(tiny_store, replace(record, activities=after))

    effects = compare_editions(tiny_store, 1, 2).effects

    none, one, hundred = Figures(0, 0, 0), Figures(1, 1, None), Figures(1, 1, 100)
    assert [(e.place.place_id, e.before, e.after) for e in effects] == [
        ("C01", hundred, none),
        ("C02", none, hundred),
        ("C03", none, hundred),
        ("C00", none, Figures(1, 0, 0)),
        ("C99", one, none),
        ("ALL", Figures(3, 3, 107), Figures(3, 2, 107)),
    ]
    assert effect_texts(effects[0]) == ("1 → 0（-1）", "1 → 0（-1）", "100 → 0（-100）")
    assert effect_texts(effects[4]) == ("1 → 0（-1）", "1 → 0（-1）", "データなし → 0")
    assert effect_texts(effects[5]) == ("3", "3 → 2（-1）", "107")


@cache
def shipped() -> Record:
    """The shipped record; as a fixture hypothesis would write it out."""
    return read_record(SHIPPED_DATA_DIR)


@dataclass(frozen=True)
class Changes:
    """A set of changes by the number of an activity; what happens to it is by its part."""

    removed: frozenset[int]
    titles: dict[int, str]
    participants: dict[int, int | None]
    years: dict[int, int | None]
    added: int


PLACES = st.integers(0, 347)
CHANGES = st.builds(
    Changes,
    removed=st.frozensets(PLACES, max_size=5),
    titles=st.dictionaries(PLACES, st.text("花巻 '\"\\;%", min_size=1, max_size=9), max_size=5),
    participants=st.dictionaries(PLACES, st.none() | st.integers(0, 9999), max_size=5),
    years=st.dictionaries(PLACES, st.none() | st.integers(1990, 2030), max_size=5),
    added=st.integers(0, 4),
)


@settings(max_examples=10, deadline=None)
@given(changes=CHANGES)
def test_the_difference_is_exactly_what_was_changed(store: EditionStore, changes: Changes) -> None:
    record = shipped()
    rows = record.activities

    def change(con: duckdb.DuckDBPyConnection) -> None:
        for column, values in (
            ("title", changes.titles),
            ("participants_count", changes.participants),
            ("fiscal_year", changes.years),
        ):
            for n, value in values.items():
                update = f"UPDATE activity SET {column} = ? WHERE id = ?"
                con.execute(update, [value, rows[n].activity_id])
        for n in changes.removed:
            con.execute("DELETE FROM activity WHERE id = ?", [rows[n].activity_id])
        new = [activity(n) for n in range(1, changes.added + 1)]
        insert_activities(con, incoming_rows(new, record.districts))

    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(store.folder, Path(folder) / "editions")
        own = EditionStore(Path(folder) / "editions")
        own.publish(change, Publication("test", "test", "test"))
        found = compare(own.open(1), own.open(2))
        log = own.open(2).log[0]

    expected = {
        rows[n].activity_id: changed
        for n in range(len(rows))
        if n not in changes.removed and (changed := expected_changes(record, changes, n))
    }
    assert {one.activity_id: one.changes for one in found.changed} == expected
    assert [one.activity_id for one in found.removed] == sorted(
        rows[n].activity_id for n in changes.removed
    )
    assert [one.activity_id for one in found.added] == [
        f"T{n:04}" for n in range(1, changes.added + 1)
    ]
    assert tuple(found.counts.values()) == (
        log.activities_added,
        log.activities_changed,
        log.activities_removed,
    )


def expected_changes(record: Record, changes: Changes, n: int) -> tuple[ValueChange, ...]:
    was = record.activities[n]
    title = changes.titles.get(n, was.title)
    year = changes.years.get(n, was.fiscal_year)
    count = changes.participants.get(n, was.participants_count)
    found = (
        ValueChange("名称", was.title, title),
        ValueChange("年度", year_text(was.fiscal_year), year_text(year)),
        ValueChange("参加者数", people(was.participants_count), people(count)),
    )
    return tuple(one for one in found if one.before != one.after)


def year_text(year: int | None) -> str:
    return fiscal_year_label(year)


def people(count: int | None) -> str:
    return NOT_STATED if count is None else count_label(count, "人")


# Undoing


def changed_twice(store: EditionStore) -> None:
    """Edition 2 changes activities, edition 3 the districts and the fiction."""

    def change_activities(con: duckdb.DuckDBPyConnection) -> None:
        con.execute("DELETE FROM activity WHERE id < 'P0011'")
        con.execute("UPDATE activity SET note = '直した' WHERE id BETWEEN 'P0100' AND 'P0104'")
        con.execute("INSERT INTO activity SELECT * REPLACE ('N1' AS id) FROM activity LIMIT 1")

    def change_the_rest(con: duckdb.DuckDBPyConnection) -> None:
        con.execute("UPDATE district SET name = '別の名前' WHERE district_id = 'C01'")
        con.execute("DELETE FROM town WHERE district_id = 'C01'")

    store.publish(change_activities, Publication("花巻 花子", "訂正", "訂正", ["a.csv:ab"]))
    store.publish(change_the_rest, Publication("test", "test", "test", is_fictional=True))


def test_undo_is_a_new_edition_with_the_old_content(own_store: EditionStore) -> None:
    changed_twice(own_store)
    assert undo(own_store, 1, official("石鳥谷 太郎")) == 4
    edition = own_store.current()
    assert content(edition) == content(own_store.open(1))
    assert edition.rows("SELECT id FROM activity") == own_store.open(1).rows(
        "SELECT id FROM activity"
    )
    entry = edition.log[0]
    assert (entry.published_by, entry.action) == ("石鳥谷 太郎", "元に戻す")
    assert entry.description == "第1版の内容に戻しました"
    assert entry.source_files == own_store.open(1).log[0].source_files
    counts = (entry.activities_added, entry.activities_changed, entry.activities_removed)
    assert counts == (10, 5, 1)
    assert [one.number for one in edition.log] == [4, 3, 2, 1]
    assert not edition.info.is_fictional


def test_undo_takes_fiction_from_the_edition_restored(own_store: EditionStore) -> None:
    changed_twice(own_store)
    undo(own_store, 2, official("test"))
    assert not own_store.current().info.is_fictional
    undo(own_store, 3, official("test"))
    assert own_store.current().info.is_fictional


def test_fiction_alone_can_be_undone(own_store: EditionStore) -> None:
    own_store.publish(lambda con: None, Publication("test", "test", "test", is_fictional=True))
    assert undo(own_store, 1, official("test")) == 3
    assert not own_store.current().info.is_fictional


def test_undo_of_what_is_there_is_refused(own_store: EditionStore) -> None:
    changed_twice(own_store)
    undo(own_store, 2, official("test"))
    for number in (2, 4):
        with pytest.raises(
            EditionError, match=rf"第{number}版.*内容が同じため、戻すものがありません"
        ):
            undo(own_store, number, official("test"))
    assert own_store.numbers() == [1, 2, 3, 4]


def test_undo_of_an_unknown_edition_names_the_ones_there_are(own_store: EditionStore) -> None:
    changed_twice(own_store)
    own_store.path(2).unlink()
    with pytest.raises(EditionError, match="第2版: 見つかりません。あるのは第1版、第3版です"):
        undo(own_store, 2, official("test"))


def test_editions_are_named_in_runs() -> None:
    assert describe_numbers([1, 2, 3, 5, 8, 9]) == "第1版〜第3版、第5版、第8版〜第9版"


@pytest.mark.parametrize("step", [*STEPS_BEFORE_PUBLISHED, "published"])
def test_undo_killed_at_a_step(own_store: EditionStore, step: str) -> None:
    changed_twice(own_store)
    expected = [1, 2, 3, 4] if step == "published" else [1, 2, 3]
    assert finished(keeper("undo", own_store.folder, 2, step)) == -signal.SIGKILL
    assert own_store.numbers() == expected
    undo(own_store, 1, official("after"))
    assert content(own_store.current()) == content(own_store.open(1))
    assert list(own_store.folder.glob(".draft*")) == []


def test_undo_killed_at_any_moment(own_store: EditionStore) -> None:
    changed_twice(own_store)
    moments = random.Random(1)
    target, other = 2, 1
    for _ in range(6):
        process = keeper("undo", own_store.folder, target)
        time.sleep(moments.uniform(0, 0.25))
        process.kill()
        finished(process)
        newest = own_store.current()
        if newest.log[0].action == "元に戻す":
            restored = int(newest.log[0].description[1])
            assert content(newest) == content(own_store.open(restored))
            target, other = other, target
    # On a slow machine none of them got as far as an edition.
    goal = 1 if own_store.current().info.number == 3 else 3
    undo(own_store, goal, official("after"))
    assert content(own_store.current()) == content(own_store.open(goal))
