"""このデータについて: where it comes from, and how it is counted."""

from kyodo_geo.ui import about, shell
from kyodo_geo.ui.runtime import settings

with shell.page("about") as edition:
    about.counting()
    about.district_coverage(edition)
    about.sources(edition)
    about.editions(edition)
    about.contact(settings())
