"""記録を直す: an activity is written, changed or removed by hand, or that is proposed."""

from kyodo_geo.ui import entries, parts, shell
from kyodo_geo.ui.people import person


def draw(view: shell.View) -> None:
    """The form, then what it would change."""
    who = person()
    parts.draw(view.edition, "kg_top", shell.head(view), entries.introduction(who))
    entries.draw_page(view.edition, who)
    parts.draw(view.edition, "kg_end", shell.foot(view))


shell.show("edit", draw)
