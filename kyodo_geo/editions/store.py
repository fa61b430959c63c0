"""The folder of editions: publish a new one atomically, serve the newest.

A publication writes a hidden file, checks it, syncs it and renames it into place under
its number. Until that last step readers see nothing; after it they see all of it.
"""

from __future__ import annotations

import os
import re
import shutil
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from kyodo_geo import __version__
from kyodo_geo.editions.aggregate import count_anew, is_of_figures_only
from kyodo_geo.editions.edition import CONNECTION_CONFIG, FORMAT, SCHEMA_VERSION, Edition
from kyodo_geo.editions.sql import fetch_rows, sql_text
from kyodo_geo.errors import (
    EditionError,
    KyodoError,
    StaleError,
    StorageError,
    system_error_text,
)

EDITION_NAME = re.compile(r"(\d{5})\.duckdb")
LOCK_TIMEOUT_S = 60.0
DATA_FOLDER = "データの置き場所"

SNAPSHOT = "CREATE TEMP TABLE activity_before AS SELECT id, hash(a) AS row_hash FROM activity AS a"

DraftWriter = Callable[[duckdb.DuckDBPyConnection], None]
OnStep = Callable[[str], None]

STORAGE_FAILURES = (
    OSError,
    duckdb.IOException,
    duckdb.TransactionException,  # a commit that can't be written
    duckdb.FatalException,  # a checkpoint that can't be written
    duckdb.OutOfMemoryException,  # also: no room for what doesn't fit into memory
)


@dataclass(frozen=True)
class Publication:
    """What is to be said of a new edition in its log.

    `is_fictional` None keeps what the edition before it was: changing fictional data does
    not make it real.
    """

    published_by: str
    action: str
    description: str
    source_files: Sequence[str] = ()
    is_fictional: bool | None = None


class EditionStore:
    """All editions of one data folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._current: Edition | None = None
        self._unreadable: dict[tuple[int, int], EditionError] = {}
        self._gone: tuple[EditionError, ...] = ()
        self._lock = threading.Lock()

    def numbers(self) -> list[int]:
        """Numbers of the published editions, ascending; empty for a missing folder."""
        try:
            names = [entry.name for entry in os.scandir(self.folder)]
        except FileNotFoundError:
            return []
        except OSError as error:
            raise _storage_error(self.folder, error) from error
        return sorted(int(m[1]) for name in names if (m := EDITION_NAME.fullmatch(name)))

    def path(self, number: int) -> Path:
        """Where edition `number` lies or would lie."""
        return self.folder / f"{number:05}.duckdb"

    def open(self, number: int) -> Edition:
        """Open one edition. Raises EditionError if it is missing or can't be read."""
        if not self.path(number).exists():
            raise EditionError(
                where=f"第{number}版",
                found="見つかりません",
                expected=f"あるのは{describe_numbers(self.numbers())}です"
                if self.numbers()
                else "",
                next_step="`python -m kyodo_geo editions` で、ある版を確かめてください",
            )
        edition = Edition(self.path(number))
        if edition.info.number != number:
            raise EditionError(
                where=f"版のファイル {edition.path.name}",
                found=f"中身は第{edition.info.number}版です。ファイル名が変わっています",
                next_step="元の名前に戻すか、別の場所に移してください",
            )
        return edition

    def current(self) -> Edition:
        """The newest edition that can be opened; looks for a newer one at each call.

        Editions that can't be opened are passed over and named in `problems`; one whose
        file has gone is served on until another is there, and then named there too. Raises
        EditionError if there is none at all.
        """
        current = self._current
        newest = self._newest_readable(self.numbers())
        if current is not None and newest in (current.info.number, None):
            return current
        with self._lock:
            # Look again: while this thread waited, another may have opened a newer one.
            while (number := self._newest_readable(self.numbers())) is not None:
                if self._current is not None and self._current.info.number == number:
                    return self._current
                self._try_open(number)
            raise self._nothing_to_open()

    @property
    def problems(self) -> tuple[EditionError, ...]:
        """Why newer editions than the one served are not."""
        unreadable = self._unreadable.items()
        damaged = [error for stamp, error in unreadable if stamp == self._stamp(stamp[0])]
        return (*damaged, *self._gone)

    def publish(
        self,
        change: DraftWriter,
        publication: Publication,
        on_step: OnStep | None = None,
        *,
        only_if_empty: bool = False,
    ) -> int:
        """Publish the current edition plus `change` as a new one; returns its number.

        One writer at a time. If anything fails nothing is published and the half-made
        file is removed. With `only_if_empty` nothing is done where there are editions
        already (also if another process was faster); the newest number is returned.
        Raises StorageError (lock, full or read-only disk), EditionError (a check failed,
        or no edition to build on can be read) or what `change` raises. `on_step` is told
        each step's name.
        """
        step = on_step or (lambda name: None)
        with self.locked():
            step("locked")
            numbers = self.numbers()
            if only_if_empty and numbers:
                return numbers[-1]
            return self._publish_locked(numbers, change, publication, step)

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Keep other writers out; the folder is made if it is missing.

        Raises StorageError for a lock that another process keeps, and in place of what a
        full or read-only disk raises inside.
        """
        # Here: commands that read do not wait for what only writing needs.
        from filelock import FileLock, Timeout

        # The lock lies beside the folder, because a restore puts another folder in its place.
        lock = self.folder.with_name(f".{self.folder.name}.lock")
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with FileLock(lock, timeout=LOCK_TIMEOUT_S):
                yield
        except Timeout as error:
            raise StorageError(
                where=DATA_FOLDER,
                found="ほかの更新が終わらないため、書き込めませんでした",
                next_step="しばらく待って、もう一度実行してください",
                detail=str(lock),
            ) from error
        except STORAGE_FAILURES as error:
            raise _storage_error(self.folder, error) from error

    @property
    def staging(self) -> Path:
        """Where a restore gathers editions before they are put in place together."""
        return self.folder.with_name(f".{self.folder.name}-restoring")

    def _publish_locked(
        self, numbers: list[int], change: DraftWriter, publication: Publication, step: OnStep
    ) -> int:
        self.sweep()
        number = numbers[-1] + 1 if numbers else 1
        draft = self.folder / f".draft-{number:05}.duckdb"
        try:
            if numbers:
                # Not the newest file but the newest that can be read.
                shutil.copyfile(self.current().path, draft)
            step("copied")
            _write_draft(draft, number, change, publication, is_first=not numbers, step=step)
            sync(draft)
            step("synced")
            draft.rename(self.path(number))
            step("published")
            sync(self.folder)
        finally:
            self.sweep()
        return number

    def sweep(self) -> None:
        """Remove what a dead writer left; only for the holder of the lock."""
        if self.staging.exists():
            shutil.rmtree(self.staging)
        for leftover in self.folder.glob(".draft-*"):
            if leftover.is_dir():  # what did not fit into the dead writer's memory
                shutil.rmtree(leftover)
            else:
                leftover.unlink()

    def _newest_readable(self, numbers: list[int]) -> int | None:
        readable = (n for n in reversed(numbers) if self._stamp(n) not in self._unreadable)
        return next(readable, None)

    def _stamp(self, number: int) -> tuple[int, int]:
        # With the time of change, so that a mended file is tried again.
        try:
            return number, self.path(number).stat().st_mtime_ns
        except OSError:
            return number, 0

    def _try_open(self, number: int) -> None:
        stamp = self._stamp(number)
        try:
            opened = self.open(number)
        except EditionError as error:
            self._unreadable[stamp] = error
        else:
            before = self._current.info.number if self._current else number
            has_gone = before > number and not self.path(before).exists()
            self._gone = (_has_gone(before),) if has_gone else ()
            self._current = opened
            self._unreadable = {k: v for k, v in self._unreadable.items() if k[0] > number}

    def _nothing_to_open(self) -> EditionError:
        if self._unreadable:
            return self._unreadable[max(self._unreadable)]
        return EditionError(
            where=DATA_FOLDER,
            found="版のファイルがまだありません",
            next_step="`python -m kyodo_geo init` を実行してください",
            detail=str(self.folder),
        )


def _has_gone(number: int) -> EditionError:
    return EditionError(
        where=f"第{number}版",
        found="ファイルがなくなりました",
        next_step="控えがあれば戻してください",
    )


def _write_draft(
    draft: Path,
    number: int,
    change: DraftWriter,
    publication: Publication,
    *,
    is_first: bool,
    step: OnStep,
) -> None:
    con = duckdb.connect(str(draft), config=CONNECTION_CONFIG)
    try:
        con.execute("BEGIN")
        if is_first:
            con.execute(sql_text(__package__, "schema"))
        con.execute(SNAPSHOT)
        was_of_figures_only = is_of_figures_only(con)
        change(con)
        count_anew(con, was_of_figures_only=was_of_figures_only)
        step("changed")
        _write_log(con, number, publication)
        _check(con)
        con.execute("COMMIT")
        step("committed")
        con.execute("CHECKPOINT")
    finally:
        con.close()
    step("closed")


def _write_log(con: duckdb.DuckDBPyConnection, number: int, publication: Publication) -> None:
    now = datetime.now(UTC).replace(tzinfo=None)
    [counts] = fetch_rows(con, sql_text(__package__, "count_changes"))
    con.execute("DROP TABLE activity_before")
    before = fetch_rows(con, "DELETE FROM edition RETURNING is_fictional")
    is_fictional = publication.is_fictional
    if is_fictional is None:
        is_fictional = any(row.is_fictional for row in before)
    con.execute(
        "INSERT INTO edition VALUES (?, ?, ?, ?, ?, ?)",
        [FORMAT, SCHEMA_VERSION, number, now, __version__, is_fictional],
    )
    con.execute(
        "INSERT INTO edition_log VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            number,
            now,
            publication.published_by,
            publication.action,
            publication.description,
            list(publication.source_files),
            counts.activities_added,
            counts.activities_changed,
            counts.activities_removed,
        ],
    )


def _check(con: duckdb.DuckDBPyConnection) -> None:
    broken = fetch_rows(con, sql_text(__package__, "checks"))
    if broken:
        found = "、".join(f"{rule.problem}（{rule.rows}件）" for rule in broken)
        raise EditionError(
            where="新しい版",
            found=found,
            next_step="公開を取りやめました。いまの版はそのままです",
        )


def refuse_another_edition(con: duckdb.DuckDBPyConnection, number: int, where: str) -> None:
    """Raise StaleError unless a draft is built on edition `number`; for use in a `Change`."""
    # Here the lock is held: what is in the draft is what will be built on.
    [edition] = fetch_rows(con, "SELECT number FROM edition")
    if edition.number != number:
        raise StaleError(
            where=where,
            found=f"調べたあと（第{number}版）に、新しい版ができました",
            next_step="何も変えていません。もう一度確かめてください",
        )


def describe_numbers(numbers: Sequence[int]) -> str:
    """Editions in words, in ascending order: 第1版〜第3版、第5版."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return "、".join(
        f"第{run[0]}版" if len(run) == 1 else f"第{run[0]}版〜第{run[-1]}版" for run in runs
    )


def sync(path: Path) -> None:
    """Have a file or folder written to the disk before going on."""
    if path.is_dir() and os.name != "posix":  # folders can't be synced there
        return
    descriptor = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _storage_error(folder: Path, error: Exception) -> KyodoError:
    return StorageError(
        where=DATA_FOLDER,
        found=f"書き込めないか、読めません{system_error_text(error)}",
        expected="空き容量があり、書き込みが許された場所が要ります",
        next_step="場所を変えるには、環境変数 KYODO_DATA_DIR を設定してください",
        detail=f"{folder}: {error}",
    )
