"""What the modules of the command line share: options, tables, progress, who runs it."""

from __future__ import annotations

import getpass
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

from kyodo_geo.editions import Edition, EditionStore
from kyodo_geo.errors import ExportError, FilterError, system_error_text
from kyodo_geo.settings import ADDRESS_PATTERN, Settings, read_settings

if TYPE_CHECKING:
    from rich.progress import Progress

REFUSED, WRONG_USE = 1, 2

DataDir: TypeAlias = Annotated[
    Path | None,
    typer.Option(
        "--data-dir",
        help="データの置き場所（環境変数 KYODO_DATA_DIR でも指定できます）",
        show_default=False,
    ),
]
AsJson: TypeAlias = Annotated[bool, typer.Option("--json", help="JSONで出力する")]
Force: TypeAlias = Annotated[bool, typer.Option("--force", help="すでにあるファイルを置き換える")]
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
    """End the command with a sentence where a choice inside cannot be used."""
    try:
        yield
    except FilterError as error:
        typer.echo(error.sentence, err=True)
        raise typer.Exit(WRONG_USE) from error


def settings_in_force(ctx: typer.Context, data_dir: Path | None) -> Settings:
    """The settings, with the data folder named before or after the command."""
    return read_settings(data_dir or ctx.obj)


def current_edition(ctx: typer.Context, data_dir: Path | None) -> Edition:
    """The newest edition; newer ones that can't be read are named on stderr."""
    store = EditionStore(settings_in_force(ctx, data_dir).editions_dir)
    edition = store.current()
    for problem in store.problems:
        typer.echo(f"{problem.sentence}{edition.info.label}を使います。", err=True)
    return edition


def base_address(settings: Settings, address: str | None) -> str:
    """What the QR codes lead to: the address given, else the deployment's."""
    if address is None:
        return settings.public_address
    if not re.match(ADDRESS_PATTERN, address):
        raise typer.BadParameter(
            "http:// か https:// で始まるアドレスを指定してください", param_hint="--address"
        )
    return address


def refuse_to_replace(target: Path, force: bool) -> None:
    """Raise ExportError for what is not to be written over."""
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


def progress() -> Progress:
    """A bar on stderr for long work; silent where stderr is no terminal."""
    from rich.console import Console
    from rich.progress import Progress

    console = Console(stderr=True)
    return Progress(console=console, transient=True, disable=not console.is_terminal)


def print_table(columns: Sequence[str], rows: Iterable[Sequence[str | float]]) -> None:
    """A table on stdout; columns of numbers stand to the right, with commas."""
    # Here: Rich takes a twentieth of a second that most commands do not need.
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
    """Who runs this process."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # an account without a name, as in some containers
        return "（不明）"
