"""ふりかえり: what was learnt, and what the next collaboration takes from it."""

from kyodo_geo.graphics.guideline_charts import REVIEWS_SOURCE
from kyodo_geo.ui import shell
from kyodo_geo.ui.auth.visitor import person
from kyodo_geo.ui.components import mount
from kyodo_geo.ui.pages import review, review_overview
from kyodo_geo.ui.state import view_state


def draw(view: shell.PageView) -> None:
    """Draw the review of the activity in the address, else the overview of the view's reviews."""
    edition, who = view.edition, person()
    activity_id = view_state.text_option("activity")
    if activity_id:
        mount.draw(edition, "kg_top", shell.head(view), holds_view=True)
        review.draw_one(edition, who, activity_id)
        mount.draw(edition, "kg_end", shell.foot(view))
        return
    shell.top(view, notes=review.draft_list(edition, who))
    mount.draw(edition, "kg_reviews", *review_overview.overview(edition, view.filters, who))
    shell.end(view, review_overview.notes(edition))


def picture(view: shell.PageView) -> None:
    """Draw the ratings of the principles alone, for embedding."""
    shell.embedded_top(view)
    mount.draw(view.edition, "kg_reviews", *review_overview.principles(view.edition, view.filters))
    shell.embedded_end(view, source=REVIEWS_SOURCE)


shell.show("review", draw, picture)
