"""記録を直す: an activity is written, changed or removed by hand, or that is proposed."""

from kyodo_geo.ui import shell
from kyodo_geo.ui.auth.visitor import person
from kyodo_geo.ui.components import mount
from kyodo_geo.ui.pages import edit


def draw(view: shell.PageView) -> None:
    """Draw the form, then what it would change."""
    who = person()
    mount.draw(view.edition, "kg_top", shell.head(view), edit.introduction(who))
    edit.draw_page(view.edition, who)
    mount.draw(view.edition, "kg_end", shell.foot(view))


shell.show("edit", draw)
