"""アクセシビリティ方針: whether everybody can use these pages, and what stands in the way."""

from kyodo_geo.ui import shell
from kyodo_geo.ui.components import mount
from kyodo_geo.ui.pages import accessibility
from kyodo_geo.ui.runtime import settings


def draw(view: shell.PageView) -> None:
    """Draw aim, tests, results per criterion, exceptions and contact."""
    mount.draw(
        view.edition,
        "kg_accessibility",
        shell.head(view),
        *accessibility.policy(),
        *accessibility.test_report(),
        *accessibility.criteria(),
        *accessibility.exceptions(),
        *accessibility.contact(settings()),
        shell.foot(view),
        holds_view=True,
    )


shell.show("accessibility", draw)
