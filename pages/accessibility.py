"""アクセシビリティ方針: whether everybody can use these pages, and what stands in the way."""

from kyodo_geo.ui import accessibility, parts, shell
from kyodo_geo.ui.runtime import settings


def draw(view: shell.View) -> None:
    """Aim, test, exceptions, contact."""
    parts.draw(
        view.edition,
        "kg_accessibility",
        shell.head(view),
        *accessibility.policy(),
        *accessibility.tested(),
        *accessibility.criteria(),
        *accessibility.exceptions(),
        *accessibility.contact(settings()),
        shell.foot(view),
        holds_view=True,
    )


shell.show("accessibility", draw)
