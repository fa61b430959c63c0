"""Command that exports the activities of a view to a file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kyodo_geo.cli.describe import Describe, describing
from kyodo_geo.cli.filter_options import Texts, filters_given, with_filters
from kyodo_geo.cli.options import DataDir, Force, current_edition
from kyodo_geo.export import FORMATS, export_view
from kyodo_geo.export.schema.tables import TABLES_IN
from kyodo_geo.measures.places.description import describe_view


@with_filters
def export(
    *,
    texts: Texts,
    format_id: Annotated[str, typer.Option("--format", help="形式: " + "、".join(FORMATS))] = "csv",
    target: Annotated[Path, typer.Option("--out", help="書き出すファイル")],
    is_described: Describe = False,
    force: Force = False,
    data_dir: DataDir = None,
) -> None:
    """絞り込んだ活動をファイルに書き出す。

    ZIP には、項目の説明が初めから入っている。
    """
    if format_id not in FORMATS:
        raise typer.BadParameter(f"使えるのは {'、'.join(FORMATS)} です", param_hint="--format")
    edition = current_edition(data_dir)
    filters = filters_given(edition, texts)
    # Decision 47: on disk a description refers to its file by name, so it lies beside it.
    tables = TABLES_IN[format_id] if is_described else ()
    with describing(edition, filters, tables, target, force):
        report = export_view(edition, filters, format_id, target)
    typer.echo(describe_view(edition, filters))
    typer.echo(f"活動{report.rows:,}件を書き出しました: {target}")
    if not report.rows:
        typer.echo("条件に合う活動がないため、活動の行はありません。")
    if report.replaced_cells:
        typer.echo(
            f"この形式で表せない文字があり、{report.replaced_cells:,}個のセルで置き換えました。"
        )
