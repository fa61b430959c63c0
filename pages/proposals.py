"""提案: what councils propose, and what officials decide."""

from kyodo_geo.ui import parts, proposals, shell
from kyodo_geo.ui.people import person


def draw(view: shell.View) -> None:
    """One proposal in full, and the list."""
    parts.draw(view.edition, "kg_top", shell.head(view))
    proposals.draw_page(view.edition, person())
    parts.draw(view.edition, "kg_end", shell.foot(view))


shell.show("proposals", draw)
