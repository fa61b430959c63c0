"""記録の点検: what the guideline would ask about the record."""

from dataclasses import replace

from kyodo_geo.guideline.checks import with_all_bands
from kyodo_geo.ui import shell
from kyodo_geo.ui.components import mount, option_bar
from kyodo_geo.ui.pages import checks
from kyodo_geo.ui.state.page_options import CHECK


def draw(view: shell.PageView) -> None:
    """Draw all checks over the view, the activities of the chosen one, and files."""
    # Decision 31: with one side missing on record, an activity passes for no 協働.
    view = replace(view, filters=with_all_bands(view.filters))
    shell.top(view, option_bar.option_item(CHECK))
    mount.draw(view.edition, "kg_checks", *checks.overview(view.edition, view.filters))
    # Its pages follow the view of the session.
    mount.draw(view.edition, "kg_checked", *checks.chosen(view.edition, view.filters))
    mount.draw(view.edition, "kg_end", checks.notes(), shell.foot(view))


shell.show("checks", draw)
