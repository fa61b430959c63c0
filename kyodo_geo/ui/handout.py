"""The bar of what is chosen for a hand-out: which cases, in which order, under which title."""

from __future__ import annotations

from kyodo_geo.editions import Edition
from kyodo_geo.errors import FilterError
from kyodo_geo.measures.cases import where
from kyodo_geo.measures.picks import MOST_PICKS, TITLE_LENGTH, handout_title, picked
from kyodo_geo.text import fiscal_year_label
from kyodo_geo.ui import address
from kyodo_geo.ui.parts import Part


def bar(edition: Edition) -> Part:
    """What is chosen; what can't be is said, and taken out of the address."""
    chosen, errors = picked(edition, address.text_option("pick").split())
    title = address.text_option("title")
    try:
        handout_title(title)
    except FilterError as error:
        errors, title = (*errors, error), title[:TITLE_LENGTH]
    address.set_option("pick", " ".join(activity.activity_id for activity in chosen))
    address.set_option("title", title)
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
