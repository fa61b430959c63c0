"""Options shared by the commands, and their output: tables, JSON, progress bars."""

from __future__ import annotations

import getpass
import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Annotated, Any, TypeAlias

import typer

from kyodo_geo.auth.roles import Person, official
from kyodo_geo.editions import Edition, EditionStore
from kyodo_geo.errors import ExportError, FilterError, system_error_text
from kyodo_geo.settings import ADDRESS_PATTERN, Settings, read_settings

REFUSED, WRONG_USE = 1, 2


def _inherited_data_dir(ctx: typer.Context, data_dir: Path | None) -> Path | None:
    """Return the folder named after the command, else the one named before it."""
    return data_dir or ctx.obj


DataDir: TypeAlias = Annotated[
    Path | None,
    typer.Option(
        "--data-dir",
        help="データの置き場所（環境変数 KYODO_DATA_DIR でも指定できます）",
        show_default=False,
        callback=_inherited_data_dir,
    ),
]
AsJson: TypeAlias = Annotated[bool, typer.Option("--json", help="JSONで出力する")]
Force: TypeAlias = Annotated[bool, typer.Option("--force", help="すでにあるファイルを置き換える")]
DryRun: TypeAlias = Annotated[bool, typer.Option("--dry-run", help="調べるだけで、版を作らない")]
By: TypeAlias = Annotated[
    str | None, typer.Option("--by", metavar="名前", help="版の履歴に残す、公開した人の名前")
]
WayBack: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--address",
        metavar="アドレス",
        help="QRコードで開くダッシュボードのアドレス（はじめの値は KYODO_PUBLIC_ADDRESS）",
    ),
]


@contextmanager
def refusing_wrong_use() -> Iterator[None]:
    """End the command with exit code 2 and a sentence on a FilterError."""
    try:
        yield
    except FilterError as error:
        typer.echo(error.sentence, err=True)
        raise typer.Exit(WRONG_USE) from error


def edition_store(data_dir: Path | None) -> EditionStore:
    """Return the store of editions in a data folder; None: the folder of the settings."""
    return EditionStore(read_settings(data_dir).editions_dir)


def current_edition(data_dir: Path | None) -> Edition:
    """Return the newest readable edition; name newer unreadable ones on stderr."""
    store = edition_store(data_dir)
    edition = store.current()
    for problem in store.problems:
        typer.echo(f"{problem.sentence}{edition.info.label}を使います。", err=True)
    return edition


def base_address(settings: Settings, address: str | None) -> str:
    """Return the address that QR codes lead to: the one given, else the deployment's."""
    if address is None:
        return settings.public_address
    if not re.match(ADDRESS_PATTERN, address):
        raise typer.BadParameter(
            "http:// か https:// で始まるアドレスを指定してください", param_hint="--address"
        )
    return address


def refuse_to_replace(target: Path, force: bool) -> None:
    """Raise ExportError if `target` is no file, or a file and not `force`."""
    try:
        is_there, is_file = target.exists(), target.is_file()
    except OSError as error:  # a name too long, a folder that may not be looked into
        raise ExportError(str(target), f"書き込めません{system_error_text(error)}") from error
    if is_there and not is_file:  # a device or a folder: renaming would put it out of action
        raise ExportError(str(target), "ファイルではないため、置き換えられません")
    if is_file and not force:
        raise ExportError(
            where=str(target),
            found="同じ名前のファイルがもうあります",
            next_step="別の名前にするか、--force をつけて置き換えてください",
        )


@contextmanager
def progress(text: str, total: float | None = None) -> Iterator[Callable[..., None]]:
    """Show a bar on stderr (nothing where it is no terminal); yield the function that updates it.

    `total` is None while the amount of work is unknown.
    """
    # Here: Rich takes a twentieth of a second that most commands do not need.
    from rich.console import Console
    from rich.progress import Progress

    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as bar:
        yield partial(bar.update, bar.add_task(text, total=total))


def print_json(values: Any) -> None:
    """Print plain values as JSON; what JSON does not know, such as dates, as text."""
    typer.echo(json.dumps(values, ensure_ascii=False, indent=2, default=str))


def print_table(columns: Sequence[str], rows: Iterable[Sequence[str | float]]) -> None:
    """Print a table; columns of numbers are right-aligned, with thousands separators."""
    from rich.console import Console
    from rich.table import Table

    rows = list(rows)
    table = Table(box=None, pad_edge=False)
    for name, cells in zip(columns, zip(*rows, strict=True), strict=True):
        is_number = all(isinstance(cell, int | float) for cell in cells)
        table.add_column(name, justify="right" if is_number else "left", overflow="fold")
    for row in rows:
        table.add_row(*map(_cell, row))
    Console(highlight=False, markup=False, emoji=False).print(table)


def _cell(value: str | float) -> str:
    if isinstance(value, float):
        return f"{value:,.2f}"
    return f"{value:,}" if isinstance(value, int) else value


def user_name() -> str:
    """Return the login name of whoever runs this process."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # an account without a name, as in some containers
        return "（不明）"


def operator(name: str | None = None) -> Person:
    """Return whoever runs the command as an official, under `name` if it is given."""
    # Decision 20: who runs commands can reach the files anyway.
    return official(name or user_name())
