"""Commands that create a data folder: with the shipped record, or with fictional data."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kyodo_geo.cli.options import DataDir, edition_store, user_name
from kyodo_geo.editions import EditionStore
from kyodo_geo.errors import StorageError
from kyodo_geo.seed.demo import publish_demo
from kyodo_geo.seed.first_edition import publish_shipped
from kyodo_geo.settings import read_settings

MOST_ACTIVITIES = 10_000_000


def init(*, data_dir: DataDir = None) -> None:
    """同梱のデータから最初の版を作る。"""
    store = edition_store(data_dir)
    if numbers := store.numbers():
        typer.echo(f"版はもうあります（最新は第{numbers[-1]}版）。何もしませんでした。")
        return
    publish_shipped(store, user_name(), only_if_empty=True)
    edition = store.current()
    activities = edition.log[-1].activities_added
    typer.echo(f"{edition.info.label}を作りました（活動{activities:,}件）。場所: {edition.path}")


def demo(
    *,
    activities: Annotated[int, typer.Option(help="活動の数", min=1, max=MOST_ACTIVITIES)],
    out: Annotated[Path, typer.Option(help="新しいデータの置き場所")],
    seed: Annotated[int, typer.Option(help="同じ値なら、同じデータになります")] = 1,
) -> None:
    """訓練や負荷試験のための架空データを作る。"""
    store = EditionStore(read_settings(out).editions_dir)
    try:
        publish_demo(store, activities, seed=seed)
    except StorageError as error:
        # The advice of the store, KYODO_DATA_DIR, does not apply to this command.
        advice = "--out に別の場所を指定してください"
        raise StorageError("--out", error.found, error.expected, advice, error.detail) from error
    typer.echo(f"架空データ{activities:,}件の版を作りました。場所: {store.current().path}")
    typer.echo(f"見るには: python -m kyodo_geo serve --data-dir {out}")
