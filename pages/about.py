"""このデータについて: where it comes from, and how it is counted."""

from kyodo_geo.ui import about, shell
from kyodo_geo.ui.parts import draw
from kyodo_geo.ui.runtime import settings

with shell.page("about") as view:
    draw(
        view.edition,
        "kg_about",
        shell.head(view),
        *about.counting(),
        *about.district_coverage(view.edition),
        *about.sources(view.edition),
        *about.editions(view.edition),
        *about.contact(settings()),
    )
