"""The shipped record as an edition: the first one of every data folder."""

from __future__ import annotations

from kyodo_geo.editions import EditionStore, Publication
from kyodo_geo.editions.load import fill
from kyodo_geo.editions.migrations import needs_upgrade, upgrade
from kyodo_geo.editions.store import OnStep
from kyodo_geo.settings import SHIPPED_DATA_DIR, Settings

AUTOMATIC = "Kyodo Geo（自動）"
"""Who publishes an edition that nobody asked for by name."""


def publish_shipped(
    store: EditionStore,
    published_by: str,
    on_step: OnStep | None = None,
    *,
    only_if_empty: bool = False,
) -> int:
    """Publish the record in `data/` as a new edition, in place of all that was there.

    Returns the edition's number. Raises SourceDataError for files that don't hold what
    they should and whatever `EditionStore.publish` raises.
    """
    # Every start looks for the first edition, hardly one has to make it and needs geopandas.
    from kyodo_geo.seed.shipped_record import read_record

    record = read_record(SHIPPED_DATA_DIR)
    publication = Publication(
        published_by=published_by,
        action="初期データ",
        description="同梱のデータ（data フォルダー）を読み込み",
        source_files=record.source_files,
        is_fictional=record.is_fictional,
    )
    return store.publish(
        lambda con: fill(con, record), publication, on_step, only_if_empty=only_if_empty
    )


def ensure_first_edition(settings: Settings) -> EditionStore:
    """The store of the data folder, with the shipped record as its first edition.

    Of several processes that start at once, one makes it. Editions that an earlier version of
    the program left are upgraded. Raises like `publish_shipped`.
    """
    store = EditionStore(settings.editions_dir)
    if not store.numbers():
        publish_shipped(store, AUTOMATIC, only_if_empty=True)
    elif needs_upgrade(store):
        upgrade(store)
    return store
