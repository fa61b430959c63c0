"""推進方針: how the city keeps its promises, and what citizens do."""

from kyodo_geo.graphics.guideline_charts import ACTIONS_SOURCE
from kyodo_geo.graphics.image_options import EFFORT
from kyodo_geo.ui import shell
from kyodo_geo.ui.components import mount, option_bar
from kyodo_geo.ui.pages import promotion


def draw(view: shell.PageView) -> None:
    """The city's efforts, the actor types of the citizens' side, the city's actions, files."""
    shell.top(view, option_bar.option_item(EFFORT))
    mount.draw(view.edition, "kg_city", *promotion.efforts(view.edition, view.filters))
    mount.draw(view.edition, "kg_citizens", *promotion.citizens(view.edition, view.filters))
    mount.draw(view.edition, "kg_actions", *promotion.actions(view.edition, view.filters))
    shell.end(view, promotion.notes())


def picture(view: shell.PageView) -> None:
    """The years of the city's actions alone, as they are embedded elsewhere."""
    shell.embedded_top(view)
    mount.draw(view.edition, "kg_city", *promotion.actions_by_year(view.edition, view.filters))
    shell.embedded_end(view, source=ACTIONS_SOURCE)


shell.show("promotion", draw, picture)
