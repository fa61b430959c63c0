"""Publish the shipped record as the first edition of a data folder."""

from __future__ import annotations

from kyodo_geo.editions import EditionStore, Publication
from kyodo_geo.editions.load import fill
from kyodo_geo.editions.migrations import needs_upgrade, upgrade
from kyodo_geo.settings import SHIPPED_DATA_DIR, Settings

AUTOMATIC = "Kyodo Geo（自動）"
"""Publisher of the edition that a start makes by itself."""


def publish_shipped(store: EditionStore, published_by: str, *, only_if_empty: bool = False) -> int:
    """Publish the record in `data/` as a new edition that replaces all content.

    Returns the edition's number. Raises SourceDataError if the files are invalid, and what
    `EditionStore.publish` raises.
    """
    # Imported here: every start calls for the first edition, but hardly one needs geopandas.
    from kyodo_geo.seed.shipped_record import read_record

    record = read_record(SHIPPED_DATA_DIR)
    publication = Publication(
        published_by=published_by,
        action="初期データ",
        description="同梱のデータ（data フォルダー）を読み込み",
        source_files=record.source_files,
        is_fictional=record.is_fictional,
    )
    return store.publish(lambda con: fill(con, record), publication, only_if_empty=only_if_empty)


def ensure_first_edition(settings: Settings) -> EditionStore:
    """Return the store of the data folder; publish the shipped record if it is empty.

    Upgrades editions of an earlier schema (decision 34). Raises like `publish_shipped`.
    """
    store = EditionStore(settings.editions_dir)
    # Of several processes that start at once, `only_if_empty` lets one publish.
    if not store.numbers():
        publish_shipped(store, AUTOMATIC, only_if_empty=True)
    elif needs_upgrade(store):
        upgrade(store)
    return store
