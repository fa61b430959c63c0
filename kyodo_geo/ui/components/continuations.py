"""The chain an activity stands in, as a part: what it goes on from, what goes on from it."""

from __future__ import annotations

from typing import Any

from kyodo_geo.editions import Edition
from kyodo_geo.japanese import fiscal_year_label
from kyodo_geo.measures.activities.continuations import Link, chain_of
from kyodo_geo.ui.components import prose
from kyodo_geo.ui.components.mount import Part


def chain(edition: Edition, activity_id: str, page: str) -> tuple[Part, ...]:
    """The chain under its heading; nothing for an activity that stands alone.

    Its links lead to `page`.
    """
    links = chain_of(edition, activity_id)
    if not links:
        return ()
    items = [_item(link, link.activity_id == activity_id) for link in links]
    heading = prose.heading("つながる活動（続きのもと → 続き）")
    return heading, {"kind": "chain", "page": page, "items": items}


def describe_next_step(next_step: str, is_settled: bool) -> str:
    """A next step with whether it has been taken."""
    return f"{next_step}（{'済んだ' if is_settled else 'まだ'}）" if next_step else ""


def _item(link: Link, is_here: bool) -> dict[str, Any]:
    review = link.review
    left = []
    if review is not None:
        told = describe_next_step(review.next_step, review.is_settled)
        left = [pair for pair in (("教訓", review.lesson), ("次の一歩", told)) if pair[1]]
    return {
        "id": link.activity_id,
        "title": link.title,
        "year": fiscal_year_label(link.fiscal_year),
        "isHere": is_here,
        "left": left,
    }
