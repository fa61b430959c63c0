"""Command that counts a record too large for one machine (decision 39)."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kyodo_geo.aggregation.engines import ENGINES, count
from kyodo_geo.aggregation.publish_counts import activities_in, mask_counts, publish_counts
from kyodo_geo.cli.options import DataDir, operator
from kyodo_geo.seed.first_edition import ensure_first_edition
from kyodo_geo.settings import read_settings


def cube(
    *,
    source: Annotated[
        Path, typer.Option("--source", metavar="フォルダー", help="活動の表（Parquet）のある場所")
    ],
    engine: Annotated[
        str, typer.Option("--engine", metavar="エンジン", help="、".join(ENGINES))
    ] = "duckdb",
    is_published: Annotated[
        bool, typer.Option("--publish", help="数えるだけでなく、件数だけの版として公開する")
    ] = False,
    data_dir: DataDir = None,
) -> None:
    """1台に収まらない記録（Parquet）を数えて、件数だけの版にする。"""
    if engine not in ENGINES:
        raise typer.BadParameter(f"使えるのは {'、'.join(ENGINES)} です", param_hint="--engine")
    store = ensure_first_edition(read_settings(data_dir))
    edition = store.current()
    rows = mask_counts(count(source, engine), edition)
    typer.echo(f"活動{activities_in(rows):,}件を、{rows.num_rows:,}通りの組み合わせに数えました。")
    if not is_published:
        typer.echo("版は作っていません。作るには --publish をつけてください。")
        return
    number = publish_counts(store, edition, rows, source.resolve().name, operator())
    typer.echo(
        f"第{number}版を公開しました。件数だけの版です。活動の一つ一つとふりかえりは、"
        "前の版に残っています。"
    )
