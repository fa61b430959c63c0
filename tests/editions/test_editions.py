"""Editions: published whole or not at all, served on whatever happens to the files."""

from __future__ import annotations

import errno
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta, tzinfo
from itertools import product
from pathlib import Path

import duckdb
import pytest
from builders import activity
from publisher import publish

from kyodo_geo.editions import Edition, EditionStore, Publication, query_text
from kyodo_geo.editions.edition import SCHEMA_VERSION, _listing_macro_calls
from kyodo_geo.editions.load import fill, incoming_rows, insert_activities
from kyodo_geo.errors import REASONS, EditionError, StorageError
from kyodo_geo.filters.conditions import query_parameters
from kyodo_geo.japanese import JAPAN
from kyodo_geo.measures.places.summary import summarise
from kyodo_geo.model import Filters, Record
from kyodo_geo.seed.first_edition import ensure_first_edition, publish_shipped
from kyodo_geo.settings import PROJECT_DIR, Settings
from kyodo_geo.vocabulary import (
    KNOWN_FORMS,
    ActorType,
    Scope,
    mask_of,
    possible_scopes,
    terms_in,
)

STEPS = ("locked", "copied", "changed", "committed", "closed", "synced", "published")
SHIPPED = 348
SUBPROCESS = {
    "cwd": PROJECT_DIR,
    "env": os.environ | {"PYTHONPATH": str(PROJECT_DIR)},
    "text": True,
}


def started(*arguments: object) -> subprocess.Popen[str]:
    """A publishing process that has loaded everything and waits for `go`."""
    command = [sys.executable, "tests/publisher.py", *map(str, arguments)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    process = subprocess.Popen(command, **pipes, **SUBPROCESS)
    assert process.stdout is not None and process.stdout.readline() == "ready\n"
    return process


def go(process: subprocess.Popen[str]) -> None:
    assert process.stdin is not None
    process.stdin.write("\n")
    process.stdin.flush()


def finished(process: subprocess.Popen[str]) -> int:
    process.communicate(timeout=60)
    return process.returncode


def assert_whole(edition: Edition) -> None:
    """Each edition adds one activity and one row of log, or has neither."""
    number = edition.info.number
    assert edition.rows("SELECT count(DISTINCT id) FROM activity") == [(SHIPPED + number - 1,)]
    assert [entry.number for entry in edition.log] == list(range(number, 0, -1))
    assert len(edition.districts) == 27


def leftovers(store: EditionStore) -> list[str]:
    return [path.name for path in store.folder.glob(".draft*")]


# Publishing


def test_first_edition_holds_the_shipped_record(edition: Edition, record: Record) -> None:
    assert edition.info.number == 1
    assert not edition.info.is_fictional
    assert edition.districts == record.districts
    assert edition.towns == record.towns
    assert set(edition.population) == set(record.population)
    assert edition.sources == record.sources
    assert edition.boundaries_geojson == record.boundaries_geojson
    [entry] = edition.log
    assert (entry.activities_added, entry.activities_changed) == (SHIPPED, 0)
    assert tuple(entry.source_files) == record.source_files


def test_log_counts_what_was_added_changed_and_removed(own_store: EditionStore) -> None:
    def change(con: duckdb.DuckDBPyConnection) -> None:
        con.execute("DELETE FROM activity WHERE id IN ('P0001', 'P0002')")
        con.execute("UPDATE activity SET note = '直した' WHERE id = 'P0003'")
        con.execute("INSERT INTO activity SELECT * REPLACE ('N1' AS id) FROM activity LIMIT 1")

    own_store.publish(change, Publication("花巻 花子", "訂正", "3件"))
    entry = own_store.current().log[0]
    assert (entry.number, entry.published_by, entry.action) == (2, "花巻 花子", "訂正")
    counts = (entry.activities_added, entry.activities_changed, entry.activities_removed)
    assert counts == (1, 1, 2)


def test_publishing_the_shipped_record_again_changes_nothing(own_store: EditionStore) -> None:
    assert publish_shipped(own_store, "test") == 2
    edition = own_store.current()
    entry = edition.log[0]
    assert (entry.activities_added, entry.activities_changed, entry.activities_removed) == (0, 0, 0)
    assert edition.rows("SELECT count(*) FROM place") == [(27 + 2 + 4 + 1,)]


def test_newer_edition_is_picked_up_and_the_older_still_answers(own_store: EditionStore) -> None:
    older = own_store.current()
    before = summarise(older, Filters()).total.activities
    EditionStore(own_store.folder).publish(
        lambda con: con.execute("DELETE FROM activity"), Publication("test", "test", "empty")
    )
    newer = own_store.current()
    assert (older.info.number, newer.info.number) == (1, 2)
    assert summarise(newer, Filters()).total.activities == 0
    assert summarise(older, Filters(keyword="花巻")).total.activities > 0
    assert older.rows("SELECT count(*) FROM activity") == [(SHIPPED,)]
    assert before == summarise(own_store.open(1), Filters()).total.activities


def test_dates_of_an_edition_are_japanese(edition: Edition) -> None:
    offset = edition.info.published_at.utcoffset()
    assert offset is not None and offset.total_seconds() == 9 * 3600
    assert abs(edition.log[0].published_at.timestamp() - time.time()) < 3600
    late = replace(edition.info, published_at=datetime(2026, 11, 25, 23, 30, tzinfo=JAPAN))
    assert late.label == "第1版（2026-11-25）"


@pytest.mark.parametrize("declared", [None, True])
def test_changed_fiction_stays_fiction(own_store: EditionStore, declared: bool | None) -> None:
    def nothing(con: duckdb.DuckDBPyConnection) -> None: ...

    own_store.publish(nothing, Publication("test", "test", "test", is_fictional=True))
    own_store.publish(nothing, Publication("test", "test", "test", is_fictional=declared))
    assert own_store.current().info.is_fictional


def test_refused_edition_is_not_published(own_store: EditionStore) -> None:
    def twice(con: duckdb.DuckDBPyConnection) -> None:
        con.execute("INSERT INTO activity SELECT * FROM activity WHERE id = 'P0001'")

    with pytest.raises(
        EditionError, match=r"活動の番号が重なっています（1件）.*いまの版はそのまま"
    ):
        own_store.publish(twice, Publication("test", "test", "test"))
    with pytest.raises(ZeroDivisionError):
        own_store.publish(lambda con: 1 / 0, Publication("test", "test", "test"))  # type: ignore[arg-type, return-value]
    assert own_store.numbers() == [1]
    assert leftovers(own_store) == []


def test_activities_keep_their_sets(record: Record, own_store: EditionStore) -> None:
    joint = activity(district_ids=("C01", "C27"), forms_stated=(KNOWN_FORMS[0],))
    rows = incoming_rows([joint, activity(2, district_ids=())], record.districts)
    own_store.publish(lambda con: insert_activities(con, rows), Publication("test", "t", "t"))
    edition = own_store.current()
    spelt_out = "SELECT district_id FROM activity_district WHERE activity_id = ? ORDER BY 1"
    assert edition.cursor().execute(spelt_out, ["T0001"]).fetchall() == [("C01",), ("C27",)]
    assert edition.cursor().execute(spelt_out, ["T0002"]).fetchall() == [("C99",)]
    assert edition.rows(
        "SELECT form, certainty FROM activity_form WHERE activity_id = 'T0001'"
    ) == [("co_hosting", "stated")]


def test_scope_rule_is_the_vocabulary_s(edition: Edition) -> None:
    rules = {
        (actors, forms): terms_in(Scope, scopes)
        for actors, forms, scopes in edition.rows("SELECT * FROM scope_rule")
    }
    masks = product(range(1 << len(ActorType)), range(1 << len(KNOWN_FORMS)))
    expected = {
        (actors, forms): possible_scopes(
            terms_in(ActorType, actors), [f for f in KNOWN_FORMS if forms & f.bit]
        )
        for actors, forms in masks
    }
    assert rules == expected
    assert mask_of(KNOWN_FORMS) == (1 << len(KNOWN_FORMS)) - 1


# Readers and writers side by side


def test_readers_get_equal_results_while_another_process_publishes(own_store: EditionStore) -> None:
    first = own_store.current()
    query = query_text("counts")
    parameters = query_parameters(first, Filters())
    expected = sorted(first.rows(query, parameters))
    writer = started(own_store.folder, "w", 5)

    def read(_: int) -> int:
        assert sorted(first.rows(query, parameters)) == expected
        assert_whole(edition := own_store.current())
        return edition.info.number

    with ThreadPoolExecutor(8) as threads:
        go(writer)
        seen = set(threads.map(read, range(400)))
    assert finished(writer) == 0
    assert seen <= {1, 2, 3, 4, 5, 6}
    assert own_store.current().info.number == 6
    assert own_store.problems == ()


def test_two_processes_publish_in_sequence(own_store: EditionStore) -> None:
    writers = [started(own_store.folder, name, 3) for name in ("a", "b")]
    for writer in writers:
        go(writer)
    assert [finished(writer) for writer in writers] == [0, 0]
    assert own_store.numbers() == [1, 2, 3, 4, 5, 6, 7]
    edition = own_store.current()
    assert_whole(edition)
    added = edition.rows("SELECT id FROM activity WHERE id NOT LIKE 'P%' ORDER BY id")
    assert [name for (name,) in added] == ["a-1", "a-2", "a-3", "b-1", "b-2", "b-3"]


FIRST_START = """
import sys
from kyodo_geo.seed.first_edition import ensure_first_edition
from kyodo_geo.settings import read_settings
sys.stdin.readline()
print(ensure_first_edition(read_settings()).current().info.number)
"""


def test_two_processes_that_start_at_once_make_one_first_edition(tmp_path: Path) -> None:
    environment = SUBPROCESS | {"env": SUBPROCESS["env"] | {"KYODO_DATA_DIR": str(tmp_path)}}
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    command = [sys.executable, "-c", FIRST_START]
    starting = [subprocess.Popen(command, **pipes, **environment) for _ in range(2)]
    assert [process.communicate("\n", timeout=60)[0] for process in starting] == ["1\n", "1\n"]
    assert EditionStore(tmp_path / "editions").numbers() == [1]


def test_first_edition_is_made_once_even_if_both_saw_none(tmp_path: Path) -> None:
    meeting = threading.Barrier(2)

    def publish_first(_: int) -> int:
        meeting.wait()
        return publish_shipped(EditionStore(tmp_path), "test", only_if_empty=True)

    with ThreadPoolExecutor(2) as threads:
        assert list(threads.map(publish_first, range(2))) == [1, 1]
    assert EditionStore(tmp_path).numbers() == [1]


def test_first_edition_is_left_alone_where_there_is_one(own_store: EditionStore) -> None:
    again = ensure_first_edition(Settings(data_dir=own_store.folder.parent))
    assert again.numbers() == [1]


# Killed at any moment


@pytest.mark.parametrize("step", STEPS)
def test_killed_at_a_step(own_store: EditionStore, step: str) -> None:
    writer = started(own_store.folder, "killed", 1, step)
    go(writer)
    assert finished(writer) == -signal.SIGKILL
    assert own_store.current().info.number == (2 if step == "published" else 1)
    assert_whole(own_store.current())
    publish(own_store, "after")
    assert_whole(own_store.current())
    assert leftovers(own_store) == []


def test_killed_at_any_moment(own_store: EditionStore) -> None:
    moments = random.Random(1)
    for _ in range(6):
        writer = started(own_store.folder, f"killed-{moments.random()}", 50)
        go(writer)
        time.sleep(moments.uniform(0, 0.6))
        writer.kill()
        finished(writer)
        edition = own_store.current()
        assert_whole(edition)
        assert edition.info.number == own_store.numbers()[-1]
    last = own_store.current().info.number
    assert publish(own_store, "after") == last + 1
    assert_whole(own_store.current())
    assert leftovers(own_store) == []


def test_what_a_dead_writer_left_is_swept(own_store: EditionStore) -> None:
    (own_store.folder / ".draft-00002.duckdb").write_bytes(b"half")
    (own_store.folder / ".draft-00002.duckdb.wal").write_bytes(b"half")
    spilt = own_store.folder / ".draft-00002.duckdb.tmp"
    spilt.mkdir()
    (spilt / "duckdb_temp_storage-0.tmp").write_bytes(b"half")
    publish(own_store, "after")
    assert leftovers(own_store) == []
    assert_whole(own_store.current())


# Files that are not what they should be


def cut_short(content: bytes) -> bytes:
    return content[: len(content) // 2]


def head_alone(content: bytes) -> bytes:
    return content[:12288]


def noise(content: bytes) -> bytes:
    return random.Random(1).randbytes(len(content))


def empty(content: bytes) -> bytes:
    return b""


DAMAGES = (cut_short, head_alone, noise, empty)


@pytest.mark.parametrize("damage", DAMAGES)
def test_older_edition_is_served_in_place_of_a_damaged_one(
    own_store: EditionStore, damage: Callable[[bytes], bytes]
) -> None:
    publish(own_store, "whole")
    newest = own_store.path(2)
    content = newest.read_bytes()
    newest.write_bytes(damage(content))

    assert own_store.current().info.number == 1
    [problem] = own_store.problems
    assert "版のファイル 00002.duckdb: 読めません。壊れているか" in problem.sentence
    assert "控えがあれば戻してください" in problem.sentence

    newest.write_bytes(content)
    os.utime(newest, (1, 1))
    assert own_store.current().info.number == 2
    assert own_store.problems == ()


def test_problem_is_gone_with_the_file(own_store: EditionStore) -> None:
    own_store.path(2).write_bytes(b"")
    assert own_store.current().info.number == 1
    assert len(own_store.problems) == 1
    own_store.path(2).unlink()
    assert own_store.current().info.number == 1
    assert own_store.problems == ()


def test_new_edition_builds_on_the_newest_that_can_be_read(own_store: EditionStore) -> None:
    own_store.path(2).write_bytes(b"damaged")
    assert publish(own_store, "third") == 3
    assert own_store.current().rows("SELECT count(*) FROM activity") == [(SHIPPED + 1,)]
    assert [entry.number for entry in own_store.current().log] == [3, 1]


def test_only_damaged_editions_are_refused(own_store: EditionStore) -> None:
    own_store.path(1).write_bytes(b"")
    with pytest.raises(EditionError, match=r"00001\.duckdb: 読めません"):
        own_store.current()
    with pytest.raises(EditionError, match=r"00001\.duckdb: 読めません"):
        publish(own_store, "none")
    with pytest.raises(EditionError, match=r"00001\.duckdb: 読めません"):
        ensure_first_edition(Settings(data_dir=own_store.folder.parent)).current()
    assert own_store.numbers() == [1]


def test_damage_met_in_a_query_is_told(own_store: EditionStore) -> None:
    path = own_store.path(1)
    content = bytearray(path.read_bytes())
    content[12288 + 262144 + 5000 : 12288 + 262144 + 5200] = bytes(200)
    path.write_bytes(content)
    edition = own_store.current()
    tables = ("activity", "boundary", "town", "district", "source")
    with pytest.raises(EditionError, match="読めません。壊れているか"):
        for table in tables:
            edition.rows(f"SELECT * FROM {table}")


@pytest.mark.parametrize(
    "statement", ["CREATE TABLE other (n INT)", "CREATE TABLE edition AS SELECT 'other', 1"]
)
def test_foreign_file_is_passed_over(own_store: EditionStore, statement: str) -> None:
    with duckdb.connect(str(own_store.path(2))) as foreign:
        foreign.execute(statement)
    assert own_store.current().info.number == 1
    assert "Kyodo Geo の版のファイルではありません" in own_store.problems[0].sentence


def test_edition_of_a_newer_program_is_passed_over(own_store: EditionStore) -> None:
    shutil.copy(own_store.path(1), own_store.path(2))
    with duckdb.connect(str(own_store.path(2))) as newer:
        newer.execute("UPDATE edition SET schema_version = 99, app_version = '9.0'")
    assert own_store.current().info.number == 1
    sentence = own_store.problems[0].sentence
    assert "新しい Kyodo Geo（9.0）で作られた版です（形式 99）" in sentence
    assert f"形式 {SCHEMA_VERSION} まで" in sentence


def test_edition_under_a_wrong_number_is_passed_over(own_store: EditionStore) -> None:
    shutil.copy(own_store.path(1), own_store.path(9))
    assert own_store.current().info.number == 1
    assert "00009.duckdb: 中身は第1版です" in own_store.problems[0].sentence
    assert publish(own_store, "after") == 10
    assert own_store.current().info.number == 10


def test_missing_folder_and_missing_edition_say_what_to_do(tmp_path: Path) -> None:
    store = EditionStore(tmp_path / "nothing")
    assert store.numbers() == []
    with pytest.raises(EditionError, match=r"版のファイルがまだありません。.*init"):
        store.current()
    with pytest.raises(EditionError, match=r"第7版: 見つかりません。.*editions"):
        store.open(7)


def test_edition_whose_file_has_gone_is_served_on(own_store: EditionStore) -> None:
    served = own_store.current()
    shutil.rmtree(own_store.folder)
    assert own_store.current() is served
    assert_whole(served)


def test_the_edition_before_stands_in_for_one_whose_file_has_gone(own_store: EditionStore) -> None:
    publish(own_store, "gone")
    own_store.current()
    own_store.path(2).unlink()
    assert own_store.current().info.number == 1
    assert [problem.sentence for problem in own_store.problems] == [
        "第2版: ファイルがなくなりました。控えがあれば戻してください。"
    ]
    assert publish(own_store, "again") == 2
    assert_whole(own_store.current())
    assert own_store.problems == ()


@pytest.mark.parametrize("hours", [-24 * 365 * 30, 24 * 365 * 30])
def test_numbers_not_clocks_say_which_edition_is_the_newest(
    own_store: EditionStore, monkeypatch: pytest.MonkeyPatch, hours: int
) -> None:
    class MovedClock(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:
            return datetime.now(tz) + timedelta(hours=hours)

    own_store.current()
    with monkeypatch.context() as moved:
        moved.setattr("kyodo_geo.editions.store.datetime", MovedClock)
        publish(own_store, "moved")
    publish(own_store, "mended")
    for store in (own_store, EditionStore(own_store.folder)):
        assert store.current().info.number == 3
        assert_whole(store.current())


# Disks that don't take it


def test_file_in_place_of_the_folder(tmp_path: Path, record: Record) -> None:
    (tmp_path / "file").write_text("")
    store = EditionStore(tmp_path / "file" / "editions")
    expected = "書き込めないか、読めません.*空き容量.*KYODO_DATA_DIR"
    with pytest.raises(StorageError, match=expected):
        store.numbers()
    with pytest.raises(StorageError, match=expected):
        store.publish(lambda con: fill(con, record), Publication("test", "test", "test"))


@pytest.mark.parametrize("code", [errno.EROFS, errno.ENOSPC, errno.EACCES])
@pytest.mark.parametrize("call", ["shutil.copyfile", "os.fsync", "pathlib.Path.rename"])
def test_read_only_or_full_disk(
    own_store: EditionStore, monkeypatch: pytest.MonkeyPatch, call: str, code: int
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(call, refuse)
    with pytest.raises(StorageError, match=REASONS[code]):
        publish(own_store, "refused")
    monkeypatch.undo()
    assert own_store.numbers() == [1]
    assert leftovers(own_store) == []
    assert_whole(own_store.current())


@pytest.mark.parametrize("room", [1_000, 100_000, 1_000_000, 3_000_000])
def test_disk_that_fills_up(own_store: EditionStore, room: int) -> None:
    """A limit on the size of files makes real writes fail, whoever makes them."""

    def limit() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))

    command = [sys.executable, "-m", "kyodo_geo", "init"]
    folder = own_store.folder.parent / "full"
    # K034: compiled files would be cut short, too, and stay so.
    changes = {"KYODO_DATA_DIR": str(folder), "PYTHONDONTWRITEBYTECODE": "1"}
    environment = SUBPROCESS | {"env": SUBPROCESS["env"] | changes}
    done = subprocess.run(command, capture_output=True, preexec_fn=limit, **environment)
    assert done.returncode == 1
    assert "空き容量があり、書き込みが許された場所が要ります" in done.stderr
    assert "Traceback" not in done.stderr
    assert EditionStore(folder / "editions").numbers() == []
    assert leftovers(EditionStore(folder / "editions")) == []


def test_writer_that_does_not_end(own_store: EditionStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kyodo_geo.editions.store.LOCK_TIMEOUT_S", 0.1)

    def publish_inside(con: duckdb.DuckDBPyConnection) -> None:
        with ThreadPoolExecutor(1) as other:
            other.submit(publish, EditionStore(own_store.folder), "second").result()

    with pytest.raises(StorageError, match="ほかの更新が終わらないため、書き込めませんでした"):
        own_store.publish(publish_inside, Publication("test", "test", "test"))
    assert own_store.numbers() == [1]


def test_macros_of_lists_are_created_when_a_query_names_one(edition: Edition) -> None:
    assert set(_listing_macro_calls()) == {
        *("kyodo.exported(", "kyodo.is_over(", "kyodo.ended(", "kyodo.checked(")
    }
    opened = Edition(edition.path)
    summarise(opened, Filters())
    assert not opened._has_listing_macros
    is_over = "SELECT kyodo.is_over('reported', NULL, 2020, NULL, $this_year) AS found"
    assert opened.row(is_over, {"this_year": 2021}).found
    assert opened._has_listing_macros
