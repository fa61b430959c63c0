"""Commands that print: sheets of districts (地区カルテ), hand-outs of chosen cases."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Annotated

import typer

from kyodo_geo.cli.filter_options import Texts, filters_given, with_filters
from kyodo_geo.cli.options import (
    DataDir,
    Force,
    WayBack,
    base_address,
    current_edition,
    progress,
    refuse_to_replace,
    refusing_wrong_use,
    settings_in_force,
)
from kyodo_geo.editions import Edition
from kyodo_geo.filters.query_string import FILTER_KEYS
from kyodo_geo.japanese import today
from kyodo_geo.model import District, Filters
from kyodo_geo.report import all_names, district_named, write_handout, write_sheet, write_sheets
from kyodo_geo.report import handout as made

PLACELESS_KEYS = tuple(key for key in FILTER_KEYS if key.key not in ("region", "district"))
"""The filters of a sheet, which is about one place and compares it with all."""


@functools.partial(with_filters, keys=PLACELESS_KEYS)
def report(
    ctx: typer.Context,
    *,
    texts: Texts,
    name: Annotated[
        str | None, typer.Option("--district", metavar="地区", help="地区（例: C03、花北）")
    ] = None,
    is_all: Annotated[
        bool, typer.Option("--all", help="すべての地区の地区カルテと、それをまとめたZIPを作る")
    ] = False,
    target: Annotated[
        Path, typer.Option("--out", help="書き出すファイル（--all では、入れるフォルダー）")
    ],
    address: WayBack = None,
    force: Force = False,
    data_dir: DataDir = None,
) -> None:
    """印刷用の地区カルテ（PDF）を作る。"""
    if (name is None) is not is_all:
        raise typer.BadParameter("--district か --all の、どちらか一つを指定してください")
    leads_to = base_address(settings_in_force(ctx, data_dir), address)
    edition = current_edition(ctx, data_dir)
    filters = filters_given(edition, texts)
    if name is not None:
        district = _district(edition, name)
        refuse_to_replace(target, force)
        write_sheet(edition, filters, district.district_id, target, leads_to)
        typer.echo(f"{district.full_name}の地区カルテを書き出しました: {target}")
        return
    for file in all_names(edition, filters):
        refuse_to_replace(target / file, force)
    bundle = _write_all_sheets(edition, filters, target, leads_to)
    typer.echo(f"{len(edition.districts)}地区の地区カルテを書き出しました: {target}")
    typer.echo(f"まとめたファイル: {bundle}")


def _district(edition: Edition, name: str) -> District:
    with refusing_wrong_use():
        return district_named(edition, name)


def _write_all_sheets(edition: Edition, filters: Filters, folder: Path, base_address: str) -> Path:
    with progress() as bar:
        task = bar.add_task("地区カルテを作っています", total=len(edition.districts))
        return write_sheets(
            edition,
            filters,
            folder,
            base_address,
            lambda done, total: bar.update(task, completed=done, total=total),
        )


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
    day = today()
    with refusing_wrong_use():
        pdf = made(edition, ids, title, settings=settings, base_address=leads_to, day=day)
    refuse_to_replace(target, force)
    write_handout(pdf, target)
    typer.echo(f"事例{len(ids)}件の配付資料を書き出しました: {target}")
