"""Editions of an earlier format, brought to the present one without a change of content."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb

from kyodo_geo.editions.aggregate import count_anew
from kyodo_geo.editions.edition import CONNECTION_CONFIG, SCHEMA_VERSION
from kyodo_geo.editions.sql import fetch_rows, sql_text
from kyodo_geo.editions.store import EditionStore, OnStep, sync


def needs_upgrade(store: EditionStore) -> bool:
    """Whether the newest edition is of an earlier format; the others are upgraded before it."""
    numbers = store.numbers()
    return bool(numbers) and _is_earlier(store.path(numbers[-1]))


def upgrade(store: EditionStore, on_step: OnStep | None = None) -> tuple[int, ...]:
    """Bring all editions of an earlier format to the present one; returns their numbers.

    Oldest first, each replaced by one rename: killed at any moment it leaves whole files, and
    the next call goes on. What is no edition of ours is left alone. Raises StorageError like
    a publication; `on_step` is told "upgraded" after each.
    """
    with store.locked():
        store.sweep()
        return upgrade_locked(store, on_step)


def upgrade_locked(store: EditionStore, on_step: OnStep | None = None) -> tuple[int, ...]:
    """The same for the holder of the lock."""
    step = on_step or (lambda name: None)
    earlier = tuple(number for number in store.numbers() if _is_earlier(store.path(number)))
    for number in earlier:
        _upgrade(store.path(number))
        step("upgraded")
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
        count_anew(con)
        con.execute("COMMIT")
        con.execute("CHECKPOINT")
    sync(draft)
    draft.replace(path)
