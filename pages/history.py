"""版の履歴: when, by whom and what was changed."""

from kyodo_geo.ui import shell
from kyodo_geo.ui.auth.visitor import person
from kyodo_geo.ui.components import mount
from kyodo_geo.ui.pages import history
from kyodo_geo.ui.runtime import store


def draw(view: shell.PageView) -> None:
    """Draw all editions, the differences between two of them, and the undo form."""
    who = person()
    history.draw_undo_result(view.edition)
    mount.draw(
        view.edition,
        "kg_history",
        shell.head(view),
        *history.editions(view.edition, store(), who),
        *history.differences(view.edition, store()),
        holds_view=True,
    )
    history.draw_undo_form(view.edition, who)
    mount.draw(view.edition, "kg_end", shell.foot(view))


shell.show("history", draw)
