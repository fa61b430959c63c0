"""Command that writes a map or chart of a page to an image file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kyodo_geo.cli.filter_options import Texts, filters_given, with_filters
from kyodo_geo.cli.options import (
    DataDir,
    Force,
    base_address,
    current_edition,
    refuse_to_replace,
    refusing_wrong_use,
)
from kyodo_geo.graphics import GRAPHICS, GraphicContext, render_graphic
from kyodo_geo.graphics.image_options import choices_from
from kyodo_geo.japanese import today
from kyodo_geo.report.files import write_whole
from kyodo_geo.settings import read_settings


@with_filters
def picture(
    name: Annotated[str, typer.Argument(metavar="図", help="図の名前: " + "、".join(GRAPHICS))],
    *,
    texts: Texts,
    chosen: Annotated[
        list[str] | None,
        typer.Option(
            "--choice",
            metavar="名前=値",
            help="ページで選ぶもの、アドレスと同じ書き方（例: measure=per_1000）。繰り返せます",
        ),
    ] = None,
    target: Annotated[Path, typer.Option("--out", help="書き出すファイル（.svg か .png）")],
    address: Annotated[
        str | None,
        typer.Option(
            "--address",
            metavar="アドレス",
            help="図に書くダッシュボードのアドレス（はじめの値は KYODO_PUBLIC_ADDRESS）",
        ),
    ] = None,
    force: Force = False,
    data_dir: DataDir = None,
) -> None:
    """ページの地図や図を画像（SVG、PNG）にする。"""
    settings = read_settings(data_dir)
    is_known = address is not None or settings.has_public_address
    leads_to = base_address(settings, address) if is_known else ""
    edition = current_edition(data_dir)
    filters = filters_given(edition, texts)
    with refusing_wrong_use():
        choices = choices_from(chosen or ())
        view = GraphicContext(edition, filters, today(), choices, leads_to)
        content = render_graphic(name, target.suffix.removeprefix(".").lower(), view)
    refuse_to_replace(target, force)
    write_whole(content, target)
    typer.echo(f"図を書き出しました: {target}")
