"""版の履歴: when, by whom and what was changed."""

from kyodo_geo.ui import history, parts, shell
from kyodo_geo.ui.runtime import store


def draw(view: shell.View) -> None:
    """All editions, and what differs between two of them."""
    parts.draw(
        view.edition,
        "kg_history",
        shell.head(view),
        *history.editions(view.edition, store()),
        *history.differences(view.edition, store()),
        shell.foot(view),
        holds_view=True,
    )


shell.show("history", draw)
