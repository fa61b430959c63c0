"""協働の指針: what collaboration is, and how its form is chosen."""

from kyodo_geo.ui import guide, options, parts, shell
from kyodo_geo.ui.known_options import PLAIN


def draw(view: shell.View) -> None:
    """The chosen part of the guideline, with the ways to the others."""
    parts.draw(
        view.edition,
        "kg_top",
        shell.head(view),
        guide.contents(),
        options.row(options.offer(PLAIN)),
        holds_view=True,
    )
    shown = guide.shown_part(view.edition)
    parts.draw(view.edition, "kg_guide", *shown, holds_view=True)
    parts.draw(view.edition, "kg_end", guide.steps(), shell.foot(view))


shell.show("guide", draw)
