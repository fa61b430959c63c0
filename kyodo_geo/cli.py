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

from kyodo_geo.cli_shared import REFUSED, DataDir
from kyodo_geo.errors import KyodoError

COMMANDS = {
    "init": "cli_first.init",
    "info": "cli_figures.info",
    "export": "cli_export.export",
    "report": "cli_report.report",
    "editions": "cli_history.editions",
    "cube": "cli_cube.cube",
    "checks": "cli_guideline.checks",
    "promotion": "cli_guideline.promotion",
    "handout": "cli_handout.handout",
    "diff": "cli_history.diff",
    "undo": "cli_history.undo",
    "backup": "cli_history.backup",
    "restore": "cli_history.restore",
    "upgrade": "cli_history.upgrade",
    "delete": "cli_history.delete",
    "picture": "cli_picture.picture",
    "proposals": "cli_proposals.proposals",
    "approve": "cli_proposals.approve_proposal",
    "return": "cli_proposals.return_proposal",
    "import": "cli_import.import_file",
    "template": "cli_import.template",
    "import-reviews": "cli_reviews.import_reviews",
    "replace": "cli_reference.replace",
    "reference": "cli_reference.reference",
    "selfcheck": "cli_selfcheck.check_file",
    "serve": "cli_serve.serve",
    "demo": "cli_first.demo",
}
"""Where each command is. Only the one that is asked for is imported: all would take seconds."""


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
        alone.command(cmd_name)(getattr(import_module(f"kyodo_geo.{module}"), function))
        return get_command(alone)

    def invoke(self, ctx: Any) -> Any:
        """Run the command; KyodoError becomes exit code 1."""
        try:
            return super().invoke(ctx)
        except KyodoError as error:
            typer.echo(error.sentence_in_detail, err=True)
            raise typer.Exit(REFUSED) from error


app = typer.Typer(
    cls=Commands,
    help="花巻市27地区の協働を地図と表にする Kyodo Geo のコマンド",
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
