"""The command line: the same functions as the pages, for scripts and the terminal.

Exit codes: 0 fine; 2 wrong use (an unknown option, district, form …); 1 refused, with a
sentence on stderr.
"""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

from kyodo_geo.city import city
from kyodo_geo.cli.options import REFUSED, DataDir
from kyodo_geo.errors import KyodoError

COMMANDS = {
    "init": "setup.init",
    "info": "info.info",
    "export": "export.export",
    "report": "pdf.report",
    "editions": "editions.editions",
    "cube": "cube.cube",
    "checks": "guideline.checks",
    "promotion": "guideline.promotion",
    "handout": "pdf.handout",
    "diff": "editions.diff",
    "undo": "editions.undo",
    "backup": "editions.backup",
    "restore": "editions.restore",
    "upgrade": "editions.upgrade",
    "delete": "editions.delete",
    "picture": "graphics.picture",
    "proposals": "proposals.proposals",
    "approve": "proposals.approve_proposal",
    "return": "proposals.return_proposal",
    "import": "import_activities.import_file",
    "template": "import_activities.template",
    "import-reviews": "import_reviews.import_reviews",
    "replace": "reference.replace",
    "reference": "reference.reference",
    "selfcheck": "machine_readability.check_file",
    "serve": "serve.serve",
    "demo": "setup.demo",
}
"""Where each command is. Only the one that is asked for is imported: all would take seconds."""


HELP = "協働を地図と表にする Kyodo Geo のコマンド"


class Commands(TyperGroup):
    """Commands whose refusals are a sentence on stderr, never a traceback."""

    def __init__(self, **attributes: Any) -> None:
        super().__init__(**attributes)
        self.commands = {name: TyperCommand(name) for name in COMMANDS}

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command of a name, None for one that is not there."""
        if cmd_name not in COMMANDS:
            return None
        module, _, function = COMMANDS[cmd_name].partition(".")
        alone = typer.Typer(add_completion=False, rich_markup_mode=None)
        alone.command(cmd_name)(getattr(import_module(f"kyodo_geo.cli.{module}"), function))
        return get_command(alone)

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help, which names the city."""
        self.help = f"{city().name}{city().district_count}地区の{HELP}"
        super().format_help(ctx, formatter)

    def main(self, *args: Any, **options: Any) -> Any:
        """Run the command line; KyodoError becomes exit code 1."""
        try:
            return super().main(*args, **options)
        except KyodoError as error:
            typer.echo(error.sentence_in_detail, err=True)
            sys.exit(REFUSED)


app = typer.Typer(
    cls=Commands,
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


def main() -> None:
    """Run the command line of this process."""
    for stream in (sys.stdout, sys.stderr):
        # A terminal that can't show a character gets a substitute, not a traceback.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    app(prog_name="python -m kyodo_geo")


@app.callback()
def _settings(ctx: typer.Context, data_dir: DataDir = None) -> None:
    ctx.obj = data_dir
