"""The bar of what is chosen for a hand-out: which cases, in which order, under which title."""

from __future__ import annotations

from kyodo_geo.editions import Edition
from kyodo_geo.errors import FilterError
from kyodo_geo.japanese import fiscal_year_label
from kyodo_geo.measures.activities.case_study import where
from kyodo_geo.measures.activities.handout_selection import (
    MOST_PICKS,
    TITLE_LENGTH,
    handout_title,
    picked,
)
from kyodo_geo.ui.components.mount import Part
from kyodo_geo.ui.state import view_state


def bar(edition: Edition) -> Part:
    """What is chosen; what can't be is said, and taken out of the address."""
    chosen, errors = picked(edition, view_state.text_option("pick").split())
    title = view_state.text_option("title")
    try:
        handout_title(title)
    except FilterError as error:
        errors, title = (*errors, error), title[:TITLE_LENGTH]
    view_state.set_option("pick", " ".join(activity.activity_id for activity in chosen))
    view_state.set_option("title", title)
    return {
        "kind": "handout",
        "items": [
            {
                "id": activity.activity_id,
                "title": activity.title,
                "line": f"{where(edition, activity)}　{fiscal_year_label(activity.fiscal_year)}",
            }
            for activity in chosen
        ],
        "title": title,
        "problems": [error.sentence for error in errors],
        "most": MOST_PICKS,
        "longest": TITLE_LENGTH,
    }
