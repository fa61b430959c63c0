"""A small SQLite file of the data folder: opened for each call, made with its first row."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kyodo_geo.errors import KyodoError, StorageError

BUSY_TIMEOUT_S = 20.0
DAMAGED = (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT)
BUSY = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


@dataclass(frozen=True)
class SqliteFile:
    """One file: where it is, what people call it, its tables (SQL) and their version.

    `refusal` is the error that says that the file is damaged or made by a newer program.
    """

    path: Path
    label: str
    schema: str
    version: int
    refusal: type[KyodoError]

    def rows(self, query: str, parameters: Mapping[str, Any]) -> list[Any]:
        """Rows of a query, which may use some of the parameters; none without a file.

        Raises `refusal` for a file that can't be used, StorageError like `writing`.
        """
        if not self.path.exists():
            return []
        with self._connected() as con:
            if not _version(con):
                return []
            return con.execute(query, parameters).fetchall()

    @contextmanager
    def writing(self, *, creates: bool = False) -> Iterator[sqlite3.Connection]:
        """A transaction that no other writer can come into; undone if anything is raised.

        Raises StorageError for a file that others keep busy and for a full or read-only disk.
        """
        with self._connected("rwc" if creates else "rw") as con:
            con.execute("BEGIN IMMEDIATE")
            try:
                if creates and not _version(con):
                    self._make_tables(con)
                yield con
                con.execute("COMMIT")
            finally:
                if con.in_transaction:
                    con.execute("ROLLBACK")

    @contextmanager
    def _connected(self, mode: str = "rw") -> Iterator[sqlite3.Connection]:
        # Not read-only even to read: what a writer that was killed left has to be taken back.
        address = f"{self.path.absolute().as_uri()}?mode={mode}"
        try:
            with closing(
                sqlite3.connect(address, BUSY_TIMEOUT_S, isolation_level=None, uri=True)
            ) as con:
                con.row_factory = sqlite3.Row
                self._refuse_newer(con)
                yield con
        except sqlite3.Error as error:
            raise self._refused(error) from error

    def _make_tables(self, con: sqlite3.Connection) -> None:
        # One by one: a script would end the transaction.
        statement = ""
        for line in self.schema.splitlines(keepends=True):
            statement += line
            if sqlite3.complete_statement(statement):
                con.execute(statement)
                statement = ""
        con.execute(f"PRAGMA user_version = {self.version}")

    def _refuse_newer(self, con: sqlite3.Connection) -> None:
        if _version(con) > self.version:
            raise self.refusal(
                where=f"{self.label} {self.path.name}",
                found="新しい Kyodo Geo で作られています",
                next_step="プログラムを新しくしてください",
            )

    def _refused(self, error: sqlite3.Error) -> KyodoError:
        """What SQLite refuses, as an error of ours."""
        where = f"{self.label} {self.path.name}"
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # without what says it more closely
        if code in BUSY:
            return StorageError(
                where=where,
                found="ほかの更新が終わらないため、書き込めませんでした",
                next_step="しばらく待って、もう一度行ってください",
            )
        if code in DAMAGED:
            return self.refusal(
                where=where,
                found=f"読めません。壊れているか、{self.label}ではありません",
                next_step="このファイルを別の場所に移し、控えがあれば戻してください",
                detail=str(self.path),
            )
        return StorageError(
            where=where,
            found=f"書き込めないか、読めません（{error}）",
            expected="空き容量があり、書き込みが許された場所が要ります",
            next_step="システムの担当者に知らせてください",
            detail=str(self.path),
        )


def _version(con: sqlite3.Connection) -> int:
    [version] = con.execute("PRAGMA user_version").fetchone()
    return int(version)
