"""このデータについて: where it comes from, and how it is counted."""

from kyodo_geo.ui import shell
from kyodo_geo.ui.components import mount
from kyodo_geo.ui.pages import about
from kyodo_geo.ui.runtime import settings


def draw(view: shell.PageView) -> None:
    """Draw counting rules, coverage, sources, editions and contact."""
    mount.draw(
        view.edition,
        "kg_about",
        shell.head(view),
        *about.counting(),
        *about.district_coverage(view.edition),
        *about.sources(view.edition),
        *about.editions(view.edition),
        *about.contact(settings()),
        shell.foot(view),
        holds_view=True,
    )


shell.show("about", draw)
