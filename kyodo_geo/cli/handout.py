"""The command that prints chosen cases."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from kyodo_geo.cli.options import (
    DataDir,
    Force,
    WayBack,
    base_address,
    current_edition,
    refuse_to_replace,
    refusing_wrong_use,
    settings_in_force,
)
from kyodo_geo.editions.edition import JAPAN
from kyodo_geo.report import handout as made
from kyodo_geo.report import write_handout


def handout(
    ctx: typer.Context,
    ids: Annotated[
        list[str], typer.Argument(metavar="番号...", help="活動の番号、載せる順（例: P0001 P0007）")
    ],
    *,
    target: Annotated[Path, typer.Option("--out", help="書き出すファイル")],
    title: Annotated[str, typer.Option(metavar="題", help="配付資料の題")] = "",
    address: WayBack = None,
    force: Force = False,
    data_dir: DataDir = None,
) -> None:
    """選んだ事例の配付資料（PDF）を作る。"""
    settings = settings_in_force(ctx, data_dir)
    leads_to = base_address(settings, address)
    edition = current_edition(ctx, data_dir)
    day = datetime.now(JAPAN).date()
    with refusing_wrong_use():
        pdf = made(edition, ids, title, settings=settings, base_address=leads_to, day=day)
    refuse_to_replace(target, force)
    write_handout(pdf, target)
    typer.echo(f"事例{len(ids)}件の配付資料を書き出しました: {target}")
