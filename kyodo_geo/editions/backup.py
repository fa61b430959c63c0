"""Backups (控え): all editions of a folder in one ZIP, checked before anything is done with it.

The ZIP holds the edition files as they are, a copy of the proposals that lie beside them, and
`manifest.json`, which says number, date, size and SHA-256 of each.
"""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from kyodo_geo import __version__
from kyodo_geo.editions.edition import Edition
from kyodo_geo.editions.load import CONTENT_TABLES
from kyodo_geo.editions.migrations import upgrade_locked
from kyodo_geo.editions.sql import sql_text
from kyodo_geo.editions.store import EditionStore, OnStep, describe_numbers, sync
from kyodo_geo.errors import (
    ArchiveError,
    EditionError,
    refusal_to_write,
    system_error_text,
)
from kyodo_geo.japanese import JAPAN

MANIFEST = "manifest.json"
PROPOSALS_FILE = "proposals.sqlite"
"""Lies beside the folder of editions (see `kyodo_geo/proposals`)."""

LARGEST_MANIFEST = 20_000_000
"""Bytes; that of 99,999 editions is smaller."""

CHUNK = 1 << 20

COMPRESSION_LEVEL = 1
"""Higher levels take several times as long and save another tenth."""

Progress = Callable[[int, int], None]
"""Told bytes done and bytes to do."""


class ArchivedFile(BaseModel):
    """One file of a backup."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    file: str
    size: int = Field(gt=0)
    sha256: str = Field(pattern="^[0-9a-f]{64}$")


class ArchivedEdition(ArchivedFile):
    """One edition file of a backup."""

    number: int = Field(ge=1, le=99_999)
    published_at: datetime
    is_fictional: bool


class Manifest(BaseModel):
    """What a backup says of itself; editions are in ascending order.

    `proposals` is None where there were none, and in backups of earlier versions.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: Literal["kyodo-geo-backup"] = "kyodo-geo-backup"
    version: Literal[1] = 1
    created_at: datetime
    app_version: str
    editions: tuple[ArchivedEdition, ...] = Field(min_length=1)
    proposals: ArchivedFile | None = None

    @model_validator(mode="after")
    def _check_names(self) -> Manifest:
        # Files get their names from here: no other name, and none twice.
        numbers = [edition.number for edition in self.editions]
        if numbers != sorted(set(numbers)):
            raise ValueError("editions out of order")
        if any(edition.file != f"{edition.number:05}.duckdb" for edition in self.editions):
            raise ValueError("file names other than those of editions")
        if self.proposals is not None and self.proposals.file != PROPOSALS_FILE:
            raise ValueError("another file name than that of proposals")
        return self

    @property
    def numbers(self) -> tuple[int, ...]:
        """The numbers of the editions."""
        return tuple(edition.number for edition in self.editions)

    @property
    def files(self) -> tuple[ArchivedFile, ...]:
        """All files but the manifest."""
        return (*self.editions, *((self.proposals,) if self.proposals else ()))

    @property
    def size(self) -> int:
        """Bytes of all files."""
        return sum(file.size for file in self.files)


@dataclass(frozen=True)
class Restored:
    """What a restore did: the editions put in place, none where all were there already, and
    whether the proposals were."""

    manifest: Manifest
    numbers: tuple[int, ...]
    has_put_proposals: bool = False


class _Counter:
    """Counts bytes for `on_progress`."""

    def __init__(self, on_progress: Progress | None, total: int) -> None:
        self._tell = on_progress or (lambda done, total: None)
        self._done = 0
        self._total = total

    def add(self, count: int) -> None:
        self._done += count
        self._tell(self._done, self._total)


def back_up(
    store: EditionStore,
    target: Path,
    on_progress: Progress | None = None,
    on_step: OnStep | None = None,
) -> Manifest:
    """Write all editions to `target`, read it again and compare, then give it its name.

    No edition is published meanwhile. Raises EditionError for an edition that can't be
    read to its end, ArchiveError where there is no edition or `target` can't be written,
    StorageError for a lock that another process keeps.
    """
    step = on_step or (lambda name: None)
    numbers = store.numbers()
    if not numbers:
        raise ArchiveError(
            where=str(store.folder),
            found="控えを作る版がありません",
            next_step="データの置き場所を確かめてください",
        )
    with (
        store.locked(),
        refusal_to_write(ArchiveError, target, "控えを"),
        _draft_beside(target) as draft,
    ):
        numbers = store.numbers()
        copied = _copied_proposals(store, draft.with_name(PROPOSALS_FILE))
        paths = [*map(store.path, numbers), *copied]
        steps = _Counter(on_progress, 2 * sum(path.stat().st_size for path in paths))
        manifest = _write(store, numbers, copied, draft, steps)
        step("written")
        with _opened(draft) as archive:
            for file in manifest.files:
                _check_member(archive, file, None, steps)
        sync(draft)
        step("checked")
        draft.replace(target)
        sync(target.parent)
    return manifest


def restore(
    store: EditionStore,
    source: Path,
    on_progress: Progress | None = None,
    on_step: OnStep | None = None,
) -> Restored:
    """Put the editions of a backup in place: all of them or, if anything fails, none.

    For a folder without editions, or one that lacks a single one of the backup; where all
    are there already nothing is done. Proposals are put in place where there are none. Raises
    ArchiveError for a file that is no whole backup, for editions that are there with another
    content and for too little room; StorageError like a publication.
    """
    step = on_step or (lambda name: None)
    with _opened(source) as archive:
        manifest = _manifest_of(archive, source)
        with store.locked():
            store.sweep()
            missing = _missing(store, manifest)
            proposals = _missing_proposals(store, manifest)
            if not missing and not proposals:
                return Restored(manifest, ())
            _check_room(store, manifest)
            steps = _Counter(on_progress, manifest.size)
            try:
                if missing:
                    _gather(store, archive, manifest, steps, step)
                # Before the editions: where those are, nothing is missing any more.
                if proposals:
                    _put_proposals(store, archive, proposals, steps)
                if missing:
                    _put_in_place(store, missing, step)
            finally:
                store.sweep()
    return Restored(manifest, missing, proposals is not None)


# Writing


@contextmanager
def _draft_beside(target: Path) -> Iterator[Path]:
    with TemporaryDirectory(dir=target.parent, prefix=".kyodo-") as folder:
        yield Path(folder) / "backup.zip"


def _copied_proposals(store: EditionStore, target: Path) -> list[Path]:
    """A copy of the proposals as they are at one moment, checked; none where there are none."""
    source = store.folder.with_name(PROPOSALS_FILE)
    if not source.exists():
        return []
    try:
        with (
            closing(sqlite3.connect(source)) as con,
            closing(sqlite3.connect(target)) as copy,
        ):
            con.backup(copy)
            is_sound = copy.execute("PRAGMA quick_check").fetchall() == [("ok",)]
    except sqlite3.Error:
        is_sound = False
    if not is_sound:
        raise ArchiveError(
            where=f"提案のファイル {source.name}",
            found="読めません。壊れているか、提案のファイルではありません",
            expected="控えを作りませんでした",
            next_step="このファイルを別の場所に移し、前の控えがあれば戻してください",
        )
    return [target]


def _write(
    store: EditionStore, numbers: list[int], copied: list[Path], draft: Path, steps: _Counter
) -> Manifest:
    with zipfile.ZipFile(
        draft, "w", zipfile.ZIP_DEFLATED, compresslevel=COMPRESSION_LEVEL
    ) as archive:
        manifest = Manifest(
            created_at=datetime.now(JAPAN),
            app_version=__version__,
            editions=tuple(_added(archive, store.open(number), steps) for number in numbers),
            proposals=next((_added_file(archive, path, steps) for path in copied), None),
        )
        archive.writestr(MANIFEST, manifest.model_dump_json(indent=1))
    return manifest


def _added(archive: zipfile.ZipFile, edition: Edition, steps: _Counter) -> ArchivedEdition:
    """Add an edition's file once it has been read to its end."""
    for table in (*CONTENT_TABLES, "edition_log"):
        edition.rows(sql_text(__package__, "fingerprint"), {"table": table})
    return ArchivedEdition(
        **_added_file(archive, edition.path, steps).model_dump(),
        number=edition.info.number,
        published_at=edition.info.published_at,
        is_fictional=edition.info.is_fictional,
    )


def _added_file(archive: zipfile.ZipFile, path: Path, steps: _Counter) -> ArchivedFile:
    with path.open("rb") as file, archive.open(path.name, "w", force_zip64=True) as member:
        size, sha256 = _copy(file, member, steps)
    return ArchivedFile(file=path.name, size=size, sha256=sha256)


def _copy(source: IO[bytes], target: IO[bytes] | None, steps: _Counter) -> tuple[int, str]:
    """Size and SHA-256 of what is read to the end and, with `target`, written there."""
    digest, size = hashlib.sha256(), 0
    while chunk := source.read(CHUNK):
        digest.update(chunk)
        size += len(chunk)
        if target is not None:
            target.write(chunk)
        steps.add(len(chunk))
    return size, digest.hexdigest()


# Reading


@contextmanager
def _opened(source: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(source) as archive:
            yield archive
    except (zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise _no_backup(source, "壊れているか、Kyodo Geo の控えではありません") from error
    except OSError as error:
        raise _no_backup(source, f"読めません{system_error_text(error)}") from error


def _no_backup(source: Path, found: str) -> ArchiveError:
    return ArchiveError(
        where=f"控え {source.name}",
        found=found,
        expected="何も変えていません",
        next_step="`python -m kyodo_geo backup` で作った、別の控えを指定してください",
    )


def _manifest_of(archive: zipfile.ZipFile, source: Path) -> Manifest:
    """The manifest, once the archive holds just what it says."""
    members = archive.infolist()
    sizes = {member.filename: member.file_size for member in members}
    if not 0 < sizes.get(MANIFEST, 0) <= LARGEST_MANIFEST:
        raise _no_backup(source, f"目録 {MANIFEST} がないか、大きすぎます")
    if any(not _is_plain(member) for member in members):
        raise _no_backup(source, "暗号化か、知らない方法で圧縮されています")
    try:
        manifest = Manifest.model_validate_json(archive.read(MANIFEST))
    except ValidationError as error:
        raise _no_backup(source, f"目録 {MANIFEST} が、控えの目録として読めません") from error
    expected = {file.file: file.size for file in manifest.files}
    del sizes[MANIFEST]
    strange = [name for name in sizes if name not in expected]
    if strange or len(members) != len(sizes) + 1:
        named_one = f"（{strange[0][:60]}）" if strange else "（同じ名前のファイルが二つ）"
        raise _no_backup(source, f"目録にないファイルが入っています{named_one}")
    for name, size in expected.items():
        if sizes.get(name) != size:
            raise _no_backup(source, f"{name} がないか、大きさが目録と違います")
    return manifest


def _is_plain(member: zipfile.ZipInfo) -> bool:
    is_encrypted = member.flag_bits & 1
    return not is_encrypted and member.compress_type in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


def _check_member(
    archive: zipfile.ZipFile, wanted: ArchivedFile, target: Path | None, steps: _Counter
) -> None:
    """Compare a file of the archive with its manifest; with `target` write it there."""
    with archive.open(wanted.file) as member:
        if target is None:
            _, sha256 = _copy(member, None, steps)
        else:
            with target.open("wb") as file:
                _, sha256 = _copy(member, file, steps)
            sync(target)
    if sha256 != wanted.sha256:
        raise _no_backup(
            Path(str(archive.filename)), f"{wanted.file} の中身が目録と違います（SHA-256）"
        )


# Putting in place


def _missing(store: EditionStore, manifest: Manifest) -> tuple[int, ...]:
    """Editions of a backup that are not there. Raises ArchiveError where they can't be added."""
    present = store.numbers()
    differing = [
        edition.number
        for edition in manifest.editions
        if edition.number in present and _sha256(store.path(edition.number)) != edition.sha256
    ]
    missing = tuple(number for number in manifest.numbers if number not in present)
    if differing:
        raise _occupied(store, f"{describe_numbers(differing)}が、控えにある版と違います")
    if present and len(missing) > 1:
        raise _occupied(
            store,
            f"{describe_numbers(present)}があり、控えの{describe_numbers(missing)}がありません",
        )
    if strange := _strangers(store):
        raise _occupied(store, f"版ではないものがあります（{strange[0]}）")
    return missing


def _missing_proposals(store: EditionStore, manifest: Manifest) -> ArchivedFile | None:
    """The proposals of a backup if there are none here. Raises ArchiveError for others."""
    path = store.folder.with_name(PROPOSALS_FILE)
    if manifest.proposals is None or not path.exists():
        return manifest.proposals
    # Beside editions that are there, proposals have gone on since the backup.
    if not store.numbers() and _sha256(path) != manifest.proposals.sha256:
        raise _occupied(store, f"提案のファイル {path.name} が、控えと違います")
    return None


def _put_proposals(
    store: EditionStore, archive: zipfile.ZipFile, proposals: ArchivedFile, steps: _Counter
) -> None:
    draft = store.folder.with_name(f".{PROPOSALS_FILE}-restoring")
    try:
        _check_member(archive, proposals, draft, steps)
        draft.rename(store.folder.with_name(PROPOSALS_FILE))
        sync(store.folder.parent)
    finally:
        draft.unlink(missing_ok=True)


def _occupied(store: EditionStore, found: str) -> ArchiveError:
    return ArchiveError(
        where=str(store.folder),
        found=found,
        expected="いまの版を控えで置き換えることはしません。何も変えていません",
        next_step=(
            "このフォルダーを別の場所に移すか、--data-dir で版のない場所を指定して、"
            "もう一度実行してください"
        ),
    )


def _strangers(store: EditionStore) -> list[str]:
    """What would be in the way of another folder; `.lock` is what version 0.1.0 left."""
    if store.numbers():
        return []
    return sorted(path.name for path in store.folder.iterdir() if path.name != ".lock")


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _check_room(store: EditionStore, manifest: Manifest) -> None:
    free = shutil.disk_usage(store.folder).free
    if manifest.size > free:
        raise ArchiveError(
            where=str(store.folder),
            found=f"空き容量が足りません（残り{free / 1e6:,.0f} MB）",
            expected=f"控えを戻すには{manifest.size / 1e6:,.0f} MB が要ります",
            next_step="空きを増やすか、--data-dir で別の場所を指定してください",
        )


def _gather(
    store: EditionStore, archive: zipfile.ZipFile, manifest: Manifest, steps: _Counter, step: OnStep
) -> None:
    """Unpack into the staging folder and check that every file opens as its edition."""
    store.staging.mkdir()
    for edition in manifest.editions:
        _check_member(archive, edition, store.staging / edition.file, steps)
        step("unpacked")
    staged = EditionStore(store.staging)
    upgrade_locked(staged)
    for edition in manifest.editions:
        try:
            staged.open(edition.number)
        except EditionError as error:
            source = Path(str(archive.filename))
            raise _no_backup(source, f"{edition.file} が開けません（{error.found}）") from error
    sync(store.staging)
    step("checked")


def _put_in_place(store: EditionStore, missing: tuple[int, ...], step: OnStep) -> None:
    """One rename, so that a killed process leaves all or nothing."""
    if store.numbers():
        [number] = missing
        (store.staging / store.path(number).name).rename(store.path(number))
        sync(store.folder)
    else:
        (store.folder / ".lock").unlink(missing_ok=True)
        store.folder.rmdir()
        step("emptied")
        store.staging.rename(store.folder)
        sync(store.folder.parent)
    step("placed")
