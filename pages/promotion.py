"""推進方針: how the city keeps its promises, and what citizens do."""

from kyodo_geo.pictures.guideline import ACTIONS_SOURCE
from kyodo_geo.pictures.options import EFFORT
from kyodo_geo.ui import options, parts, promotion, shell


def draw(view: shell.View) -> None:
    """The city's efforts, the actor types of the citizens' side, the city's actions, files."""
    shell.top(view, options.offer(EFFORT))
    parts.draw(view.edition, "kg_city", *promotion.city(view.edition, view.filters))
    parts.draw(view.edition, "kg_citizens", *promotion.citizens(view.edition, view.filters))
    parts.draw(view.edition, "kg_actions", *promotion.actions(view.edition, view.filters))
    shell.end(view, promotion.notes())


def picture(view: shell.View) -> None:
    """The years of the city's actions alone, as they are embedded elsewhere."""
    shell.embedded_top(view)
    parts.draw(view.edition, "kg_city", *promotion.charts(view.edition, view.filters))
    shell.embedded_end(view, source=ACTIONS_SOURCE)


shell.show("promotion", draw, picture)
