"""Backups: whole and checked, or refused; restored all at once or not at all."""

from __future__ import annotations

import hashlib
import json
import random
import shutil
import signal
import threading
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from publisher import publish

from kyodo_geo.editions import EditionStore
from kyodo_geo.editions.backup import MANIFEST, back_up, restore
from kyodo_geo.errors import ArchiveError, EditionError, StorageError
from kyodo_geo.seed.first_edition import ensure_first_edition
from kyodo_geo.settings import Settings
from tests.editions.test_diff import finished, keeper

NUMBERS = [1, 2, 3]


@pytest.fixture(scope="module")
def full_store(store: EditionStore, tmp_path_factory: pytest.TempPathFactory) -> EditionStore:
    """A store of three editions; not to be written to."""
    folder = tmp_path_factory.mktemp("full") / "editions"
    shutil.copytree(store.folder, folder)
    full = EditionStore(folder)
    for name in ("second", "third"):
        publish(full, name)
    return full


@pytest.fixture(scope="module")
def backup(full_store: EditionStore) -> Path:
    """A backup of the three editions."""
    target = full_store.folder.parent / "backup.zip"
    back_up(full_store, target)
    return target


@pytest.fixture
def empty_store(tmp_path: Path) -> EditionStore:
    """A store in a folder that is not there yet."""
    return EditionStore(tmp_path / "data" / "editions")


def files_of(store: EditionStore) -> dict[str, str]:
    """Every file of the folder with its hash."""
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(store.folder.iterdir())
    }


def assert_nothing_restored(store: EditionStore) -> None:
    assert not store.folder.exists() or list(store.folder.iterdir()) == []
    assert not store.staging.exists()


# Writing


def test_backup_holds_every_edition_and_says_so(full_store: EditionStore, backup: Path) -> None:
    with zipfile.ZipFile(backup) as archive:
        told = json.loads(archive.read(MANIFEST))
        hashes = {
            name: hashlib.sha256(archive.read(name)).hexdigest()
            for name in archive.namelist()
            if name != MANIFEST
        }
    assert hashes == files_of(full_store)
    assert [one["number"] for one in told["editions"]] == NUMBERS
    for one in told["editions"]:
        edition = full_store.open(one["number"])
        assert one["sha256"] == hashes[one["file"]]
        assert one["size"] == edition.path.stat().st_size
        assert one["published_at"] == edition.info.published_at.isoformat()
    assert backup.stat().st_size < sum(one["size"] for one in told["editions"]) / 2


def test_progress_goes_up_to_the_whole(full_store: EditionStore, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    back_up(full_store, tmp_path / "b.zip", lambda done, total: told.append((done, total)))
    assert told == sorted(told)
    assert told[-1][0] == told[-1][1] > 0


def test_nothing_is_published_during_a_backup(
    full_store: EditionStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kyodo_geo.editions.store.LOCK_TIMEOUT_S", 0.1)
    refused: list[str] = []

    def publish_meanwhile(step: str) -> None:
        with pytest.raises(StorageError, match="ほかの更新が終わらない"):
            publish(EditionStore(full_store.folder), "meanwhile")
        refused.append(step)

    back_up(full_store, tmp_path / "b.zip", on_step=publish_meanwhile)
    assert refused == ["written", "checked"]
    assert full_store.numbers() == NUMBERS


def test_backup_of_nothing_is_refused(empty_store: EditionStore, tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="控えを作る版がありません"):
        back_up(empty_store, tmp_path / "b.zip")
    assert not (tmp_path / "b.zip").exists()


def test_backup_that_cannot_be_written_is_refused(full_store: EditionStore, tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="控えを書き込めませんでした"):
        back_up(full_store, tmp_path / "no folder" / "b.zip")


def test_damage_inside_an_edition_is_met_before_it_is_kept(
    full_store: EditionStore, tmp_path: Path
) -> None:
    shutil.copytree(full_store.folder, tmp_path / "editions")
    own = EditionStore(tmp_path / "editions")
    content = bytearray(own.path(1).read_bytes())
    content[12288 + 262144 + 5000 : 12288 + 262144 + 5200] = bytes(200)
    own.path(1).write_bytes(content)
    target = tmp_path / "b.zip"
    target.write_bytes(b"the one before")
    with pytest.raises(EditionError, match=r"00001\.duckdb: 読めません"):
        back_up(own, target)
    assert target.read_bytes() == b"the one before"


@pytest.mark.parametrize("step", ["written", "checked"])
def test_backup_killed_at_a_step_leaves_the_one_before(
    full_store: EditionStore, tmp_path: Path, step: str
) -> None:
    target = tmp_path / "b.zip"
    target.write_bytes(b"the one before")
    assert finished(keeper("back_up", full_store.folder, target, step)) == -signal.SIGKILL
    assert target.read_bytes() == b"the one before"
    assert len(back_up(full_store, target).editions) == 3


def test_a_new_backup_takes_the_name_at_once(full_store: EditionStore, tmp_path: Path) -> None:
    target = tmp_path / "b.zip"
    target.write_bytes(b"the one before")
    with target.open("rb") as before:
        back_up(full_store, target)
        assert before.read() == b"the one before"


# Restoring


def test_restored_folder_is_the_same_and_serves(
    full_store: EditionStore, backup: Path, empty_store: EditionStore
) -> None:
    assert restore(empty_store, backup).numbers == (1, 2, 3)
    assert files_of(empty_store) == files_of(full_store)
    served = ensure_first_edition(Settings(data_dir=empty_store.folder.parent))
    assert served.current().info.number == 3
    assert publish(served, "after") == 4
    assert not empty_store.staging.exists()


def test_restoring_again_does_nothing(backup: Path, empty_store: EditionStore) -> None:
    restore(empty_store, backup)
    before = files_of(empty_store)
    assert restore(empty_store, backup).numbers == ()
    publish(empty_store, "after")
    assert restore(empty_store, backup).numbers == ()
    assert before.items() < files_of(empty_store).items()


@pytest.mark.parametrize("number", NUMBERS)
def test_one_missing_edition_is_put_back(
    full_store: EditionStore, backup: Path, empty_store: EditionStore, number: int
) -> None:
    restore(empty_store, backup)
    empty_store.path(number).unlink()
    assert restore(empty_store, backup).numbers == (number,)
    assert files_of(empty_store) == files_of(full_store)
    assert not empty_store.staging.exists()


def test_lock_of_version_0_1_is_not_in_the_way(backup: Path, empty_store: EditionStore) -> None:
    empty_store.folder.mkdir(parents=True)
    (empty_store.folder / ".lock").touch()
    (empty_store.folder / ".draft-00001.duckdb").write_bytes(b"half")
    assert restore(empty_store, backup).numbers == (1, 2, 3)


def test_readers_see_nothing_or_all(backup: Path, empty_store: EditionStore) -> None:
    seen: set[tuple[int, ...]] = set()
    is_done = threading.Event()

    def read() -> None:
        while not is_done.is_set():
            seen.add(tuple(empty_store.numbers()))

    reader = threading.Thread(target=read)
    reader.start()
    restore(empty_store, backup, on_step=lambda _: time.sleep(0.02))
    is_done.set()
    reader.join()
    assert () in seen
    assert seen <= {(), (1, 2, 3)}


@pytest.mark.parametrize("step", ["unpacked", "checked", "emptied", "placed"])
def test_restore_killed_at_a_step(backup: Path, empty_store: EditionStore, step: str) -> None:
    assert finished(keeper("restore", empty_store.folder, backup, step)) == -signal.SIGKILL
    assert empty_store.numbers() == (NUMBERS if step == "placed" else [])
    assert restore(empty_store, backup).numbers == (() if step == "placed" else (1, 2, 3))
    assert empty_store.current().info.number == 3
    assert not empty_store.staging.exists()


def test_restore_killed_at_any_moment(backup: Path, empty_store: EditionStore) -> None:
    moments = random.Random(1)
    for _ in range(6):
        process = keeper("restore", empty_store.folder, backup)
        time.sleep(moments.uniform(0, 0.15))
        process.kill()
        finished(process)
        assert empty_store.numbers() in ([], NUMBERS)
        shutil.rmtree(empty_store.folder, ignore_errors=True)
    assert restore(empty_store, backup).numbers == (1, 2, 3)


def test_publication_after_a_killed_restore_starts_clean(
    backup: Path, empty_store: EditionStore
) -> None:
    finished(keeper("restore", empty_store.folder, backup, "checked"))
    assert empty_store.staging.exists()
    ensure_first_edition(Settings(data_dir=empty_store.folder.parent))
    assert empty_store.numbers() == [1]
    assert not empty_store.staging.exists()


# What is there already


@pytest.mark.parametrize(
    ("prepare", "found"),
    [
        (lambda s: publish(s, "other"), "第3版が、控えにある版と違います"),
        (lambda s: s.path(2).unlink(), "第1版があり、控えの第2版〜第3版がありません"),
    ],
)
def test_editions_that_are_there_are_never_replaced(
    backup: Path,
    full_store: EditionStore,
    empty_store: EditionStore,
    prepare: Callable[[EditionStore], object],
    found: str,
) -> None:
    empty_store.folder.mkdir(parents=True)
    for number in (1, 2):
        shutil.copy(full_store.path(number), empty_store.path(number))
    prepare(empty_store)
    before = files_of(empty_store)
    with pytest.raises(ArchiveError, match=f"{found}.*何も変えていません.*--data-dir"):
        restore(empty_store, backup)
    assert files_of(empty_store) == before


def test_damaged_edition_is_not_written_over(backup: Path, empty_store: EditionStore) -> None:
    restore(empty_store, backup)
    empty_store.path(3).write_bytes(b"damaged")
    with pytest.raises(ArchiveError, match="第3版が、控えにある版と違います"):
        restore(empty_store, backup)
    assert empty_store.path(3).read_bytes() == b"damaged"


def test_files_of_others_are_left_alone(backup: Path, empty_store: EditionStore) -> None:
    empty_store.folder.mkdir(parents=True)
    (empty_store.folder / "memo.txt").write_text("大切")
    with pytest.raises(ArchiveError, match=r"版ではないものがあります（memo\.txt）"):
        restore(empty_store, backup)
    assert files_of(empty_store).keys() == {"memo.txt"}


def test_too_little_room_is_said(
    backup: Path, empty_store: EditionStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda _: SimpleNamespace(free=2_000_000))
    with pytest.raises(ArchiveError, match=r"空き容量が足りません（残り2 MB）.*が要ります"):
        restore(empty_store, backup)
    assert_nothing_restored(empty_store)


# Files that are no whole backup


def flipped(content: bytes) -> bytes:
    middle = len(content) // 2
    return content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]


@pytest.mark.parametrize(
    "damage",
    [
        lambda content: content[: len(content) // 2],
        lambda content: random.Random(1).randbytes(len(content)),
        lambda content: b"",
        flipped,
    ],
    ids=["cut short", "noise", "empty", "one bit"],
)
def test_damaged_archive_is_refused(
    backup: Path, empty_store: EditionStore, tmp_path: Path, damage: Callable[[bytes], bytes]
) -> None:
    damaged = tmp_path / "damaged.zip"
    damaged.write_bytes(damage(backup.read_bytes()))
    with pytest.raises(ArchiveError, match=r"控え damaged\.zip: .*何も変えていません"):
        restore(empty_store, damaged)
    assert_nothing_restored(empty_store)


def test_missing_archive_is_said(empty_store: EditionStore, tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match=r"控え none\.zip: 読めません"):
        restore(empty_store, tmp_path / "none.zip")


Members = list[tuple[str, bytes]]
Tamper = Callable[[Members, dict[str, Any]], object]


def tampered(backup: Path, target: Path, tamper: Tamper, method: int = 8) -> Path:
    """The backup with its members and its manifest changed by `tamper`."""
    with zipfile.ZipFile(backup) as archive:
        members = [(name, archive.read(name)) for name in archive.namelist() if name != MANIFEST]
        manifest = json.loads(archive.read(MANIFEST))
    tamper(members, manifest)
    with zipfile.ZipFile(target, "w", method, compresslevel=1) as archive:
        for name, content in members:
            archive.writestr(name, content)
        if manifest:
            archive.writestr(MANIFEST, json.dumps(manifest))
    return target


def swap(members: Members, manifest: dict[str, Any], content: bytes) -> None:
    """Another content for edition 1, with a manifest that agrees."""
    members[0] = (members[0][0], content)
    digest = hashlib.sha256(content).hexdigest()
    manifest["editions"][0] |= {"sha256": digest, "size": len(content)}


def rename(members: Members, manifest: dict[str, Any], name: str) -> None:
    members[0] = (name, members[0][1])
    manifest["editions"][0]["file"] = name


TAMPERINGS: dict[str, tuple[Tamper, str]] = {
    "other content": (
        lambda m, t: m.__setitem__(1, (m[1][0], flipped(m[1][1]))),
        r"00002\.duckdb の中身が目録と違います（SHA-256）",
    ),
    "other hash": (
        lambda m, t: t["editions"][2].update(sha256="0" * 64),
        r"00003\.duckdb の中身が目録と違います（SHA-256）",
    ),
    "out of the folder": (
        lambda m, t: m.append(("../evil.duckdb", b"x")),
        r"目録にないファイルが入っています（\.\./evil\.duckdb）",
    ),
    "absolute": (lambda m, t: m.append(("/tmp/evil", b"x")), "目録にないファイル.*/tmp/evil"),
    "out of the folder, in the manifest too": (
        lambda m, t: rename(m, t, "../00001.duckdb"),
        "目録として読めません",
    ),
    "below the folder, in the manifest too": (
        lambda m, t: rename(m, t, "a/00001.duckdb"),
        "目録として読めません",
    ),
    "one member more": (lambda m, t: m.append(("00004.duckdb", m[0][1])), "目録にないファイル"),
    "one member less": (lambda m, t: m.pop(), r"00003\.duckdb がないか、大きさが目録と違います"),
    "too large": (
        lambda m, t: m.__setitem__(0, (m[0][0], m[0][1] + bytes(10_000_000))),
        r"00001\.duckdb がないか、大きさが目録と違います",
    ),
    "no edition": (lambda m, t: swap(m, t, b"text"), r"00001\.duckdb が開けません"),
    "another edition": (
        lambda m, t: swap(m, t, m[1][1]),
        r"00001\.duckdb が開けません（中身は第2版です",
    ),
    "no manifest": (lambda m, t: t.clear(), "目録 manifest.json がない"),
    "another program's": (lambda m, t: t.update(format="other"), "目録として読めません"),
    "newer": (lambda m, t: t.update(version=2), "目録として読めません"),
    "number twice": (
        lambda m, t: t["editions"].append(t["editions"][2]),
        "目録として読めません",
    ),
    "no editions": (lambda m, t: t.update(editions=[]), "目録として読めません"),
}


@pytest.mark.parametrize("name", TAMPERINGS)
def test_tampered_archive_is_refused(
    backup: Path, empty_store: EditionStore, tmp_path: Path, name: str
) -> None:
    tamper, sentence = TAMPERINGS[name]
    archive = tampered(backup, tmp_path / "tampered.zip", tamper)
    with pytest.raises(ArchiveError, match=sentence):
        restore(empty_store, archive)
    assert_nothing_restored(empty_store)
    assert {path.name for path in tmp_path.iterdir()} <= {"data", "tampered.zip"}


def test_untampered_archive_is_taken(
    backup: Path, empty_store: EditionStore, tmp_path: Path
) -> None:
    archive = tampered(backup, tmp_path / "same.zip", lambda m, t: None, zipfile.ZIP_STORED)
    assert restore(empty_store, archive).numbers == (1, 2, 3)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_member_twice_is_refused(backup: Path, empty_store: EditionStore, tmp_path: Path) -> None:
    archive = tampered(backup, tmp_path / "twice.zip", lambda m, t: m.append(m[0]))
    with pytest.raises(ArchiveError, match="同じ名前のファイルが二つ"):
        restore(empty_store, archive)
    assert_nothing_restored(empty_store)


def test_other_compression_is_refused(
    backup: Path, empty_store: EditionStore, tmp_path: Path
) -> None:
    archive = tampered(backup, tmp_path / "lzma.zip", lambda m, t: None, zipfile.ZIP_LZMA)
    with pytest.raises(ArchiveError, match="知らない方法で圧縮されています"):
        restore(empty_store, archive)


def test_huge_manifest_is_refused(
    backup: Path, empty_store: EditionStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kyodo_geo.editions.backup.LARGEST_MANIFEST", 100)
    with pytest.raises(ArchiveError, match="大きすぎます"):
        restore(empty_store, backup)
    assert_nothing_restored(empty_store)
