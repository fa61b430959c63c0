"""記録の点検: what the guideline would ask about the record."""

from dataclasses import replace

from kyodo_geo.guideline.checks import with_all_bands
from kyodo_geo.ui import checks, options, parts, shell
from kyodo_geo.ui.known_options import CHECK


def draw(view: shell.View) -> None:
    """All checks over the view, the activities of the chosen one, files."""
    view = replace(view, filters=with_all_bands(view.filters))
    shell.top(view, options.offer(CHECK))
    parts.draw(view.edition, "kg_checks", *checks.overview(view.edition, view.filters))
    # Its pages follow the view of the session.
    found = checks.chosen(view.edition, view.filters)
    parts.draw(view.edition, "kg_checked", *found)
    parts.draw(view.edition, "kg_end", checks.notes(), shell.foot(view))


shell.show("checks", draw)
