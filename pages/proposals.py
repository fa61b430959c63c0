"""提案: what councils propose, and what officials decide."""

from kyodo_geo.ui import shell
from kyodo_geo.ui.auth.visitor import person
from kyodo_geo.ui.components import mount
from kyodo_geo.ui.pages import proposals


def draw(view: shell.PageView) -> None:
    """Draw one proposal in full, and the list."""
    mount.draw(view.edition, "kg_top", shell.head(view))
    proposals.draw_page(view.edition, person())
    mount.draw(view.edition, "kg_end", shell.foot(view))


shell.show("proposals", draw)
