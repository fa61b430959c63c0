"""オープンデータ: addresses for other programs, and how to read them there."""

from kyodo_geo.api.application import NAMED
from kyodo_geo.ui import shell
from kyodo_geo.ui.components import mount, prose
from kyodo_geo.ui.pages import api


def draw(view: shell.PageView) -> None:
    """Draw the addresses under the filters of the view, recipes and parameters."""
    shell.top(view, notes=(prose.paragraph(api.INTRODUCTION),))
    mount.draw(
        view.edition,
        "kg_api",
        *api.address_tables(NAMED),
        *api.recipes(),
        *api.parameters(),
        shell.foot(view),
    )


shell.show("api", draw)
