"""What the commands share that write files and describe them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, TypeAlias

import typer

from kyodo_geo.cli.options import refuse_to_replace
from kyodo_geo.editions import Edition
from kyodo_geo.export.metadata.descriptors import descriptor_paths, write_descriptors
from kyodo_geo.export.schema.tables import TableSchema
from kyodo_geo.model import Filters

Describe: TypeAlias = Annotated[
    bool,
    typer.Option(
        "--describe",
        help="項目の説明（Data Package、CSVなら CSVW も）を、ファイルの隣に書き出す",
    ),
]


def refuse_to_replace_any(target: Path, tables: Sequence[TableSchema], force: bool) -> None:
    """The same for a file with `tables` and for what describes it."""
    for path in (target, *descriptor_paths(target, tables)):
        refuse_to_replace(path, force)


def describe(
    edition: Edition, filters: Filters, tables: Sequence[TableSchema], target: Path
) -> None:
    """Write what describes a file with `tables` beside it, and say so on stderr."""
    for path in write_descriptors(edition, filters, tables, target):
        typer.echo(f"項目の説明を書き出しました: {path}", err=True)
