"""活動一覧: what was done."""

from kyodo_geo.measures.summary import summarise
from kyodo_geo.ui import activities, options, shell
from kyodo_geo.ui.exports import export_panel
from kyodo_geo.ui.parts import draw

with shell.page("activities") as view:
    rows = summarise(view.edition, view.filters).total.activities
    page = ("page", {"last": activities.pages_of(rows)})
    shell.top(view, *((options.offer(options.ORDER), page) if rows else ()))
    detail = activities.activity_detail(view.edition)
    shown = (
        detail,
        activities.activity_list(view.edition, view.filters) if rows else None,
        export_panel(view.filters),
    )
    draw(view.edition, "kg_activities", *(part for part in shown if part))
