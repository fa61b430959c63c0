"""協働の指針: what collaboration is, and how its form is chosen."""

from kyodo_geo.ui import shell
from kyodo_geo.ui.components import mount, option_bar
from kyodo_geo.ui.pages import guide
from kyodo_geo.ui.state.page_options import PLAIN


def draw(view: shell.PageView) -> None:
    """Draw the chosen part of the guideline, with links to the others."""
    mount.draw(
        view.edition,
        "kg_top",
        shell.head(view),
        guide.contents(),
        option_bar.row(option_bar.option_item(PLAIN)),
        holds_view=True,
    )
    mount.draw(view.edition, "kg_guide", *guide.part_content(view.edition), holds_view=True)
    mount.draw(view.edition, "kg_end", guide.steps(), shell.foot(view))


shell.show("guide", draw)
