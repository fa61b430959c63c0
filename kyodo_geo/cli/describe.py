"""Option and context manager of the commands that write a file with its description."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
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


@contextmanager
def describing(
    edition: Edition, filters: Filters, tables: Sequence[TableSchema], target: Path, force: bool
) -> Iterator[None]:
    """Write the descriptions of the file with `tables` that is written to `target` inside.

    Raises ExportError before anything is written if one of the files may not be replaced.
    """
    for path in (target, *descriptor_paths(target, tables)):
        refuse_to_replace(path, force)
    yield
    for path in write_descriptors(edition, filters, tables, target):
        typer.echo(f"項目の説明を書き出しました: {path}", err=True)
