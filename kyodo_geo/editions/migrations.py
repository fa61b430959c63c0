"""Upgrade edition files of an earlier schema; their content stays (decision 34)."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb

from kyodo_geo.editions.aggregate import rebuild_cube
from kyodo_geo.editions.edition import CONNECTION_CONFIG, SCHEMA_VERSION
from kyodo_geo.editions.sql import fetch_rows, sql_text
from kyodo_geo.editions.store import EditionStore, sync


def needs_upgrade(store: EditionStore) -> bool:
    """Return whether there are editions of an earlier schema."""
    # The newest tells for all: they are upgraded oldest first.
    numbers = store.numbers()
    return bool(numbers) and _is_earlier(store.path(numbers[-1]))


def upgrade(store: EditionStore) -> tuple[int, ...]:
    """Upgrade all editions of an earlier schema; return their numbers.

    Oldest first, each by one rename, so that an interrupted upgrade can be resumed. Foreign
    files are left alone. Raises StorageError like a publication.
    """
    with store.locked():
        store.sweep()
        return upgrade_locked(store)


def upgrade_locked(store: EditionStore) -> tuple[int, ...]:
    """Upgrade like `upgrade`; the caller holds the lock."""
    earlier = tuple(number for number in store.numbers() if _is_earlier(store.path(number)))
    for number in earlier:
        _upgrade(store.path(number))
    sync(store.folder)
    return earlier


def _is_earlier(path: Path) -> bool:
    try:
        with duckdb.connect(str(path), read_only=True, config=CONNECTION_CONFIG) as con:
            rows = fetch_rows(con, "SELECT schema_version FROM edition")
    except duckdb.Error:
        return False  # opening it will say what is wrong
    return any(row.schema_version < SCHEMA_VERSION for row in rows)


def _upgrade(path: Path) -> None:
    draft = path.with_name(f".draft-{path.name}")
    shutil.copyfile(path, draft)
    with duckdb.connect(str(draft), config=CONNECTION_CONFIG) as con:
        [edition] = fetch_rows(con, "SELECT schema_version FROM edition")
        con.execute("BEGIN")
        for earlier in range(edition.schema_version, SCHEMA_VERSION):
            con.execute(sql_text(__package__, f"upgrade_{earlier}"))
        rebuild_cube(con)
        con.execute("COMMIT")
        con.execute("CHECKPOINT")
    sync(draft)
    draft.replace(path)
