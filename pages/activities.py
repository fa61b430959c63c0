"""活動一覧: what was done."""

from kyodo_geo.measures.places.summary import summarise
from kyodo_geo.ui import shell
from kyodo_geo.ui.components import activity_detail, mount, option_bar
from kyodo_geo.ui.pages import activities
from kyodo_geo.ui.state.page_options import ORDER


def draw(view: shell.PageView) -> None:
    """One activity in full, the list, files."""
    rows = summarise(view.edition, view.filters).total.activities
    page = option_bar.page_item(activity_detail.pages_of(rows))
    shell.top(view, *((option_bar.option_item(ORDER), page) if rows else ()))
    shown = (
        activity_detail.activity_detail(view.edition),
        activities.activity_list(view.edition, view.filters) if rows else None,
    )
    below = (*(part for part in shown if part), *activity_detail.additions())
    mount.draw(view.edition, "kg_activities", *below)
    shell.end(view)


shell.show("activities", draw)
