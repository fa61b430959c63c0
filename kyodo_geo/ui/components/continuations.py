"""The chain an activity stands in, as a part: what it goes on from, what goes on from it."""

from __future__ import annotations

from collections.abc import Sequence

from kyodo_geo.japanese import fiscal_year_label
from kyodo_geo.measures.activities.continuations import Link as ChainLink
from kyodo_geo.model import Review
from kyodo_geo.ui.components import prose
from kyodo_geo.ui.components.parts import Content, Link, List, Part, Text


def chain(links: Sequence[ChainLink], activity_id: str, page: str) -> tuple[Part, ...]:
    """The chain under its heading; nothing for an activity that stands alone.

    Its links lead to `page`.
    """
    if not links:
        return ()
    ids = [link.activity_id for link in links]
    heading = prose.heading("つながる活動（続きのもと → 続き）")
    items = [_item(link, link.activity_id == activity_id, page) for link in links]
    return heading, List(items, "kg-chain", True, "活動のつながり", ids.index(activity_id))


def describe_next_step(next_step: str, is_settled: bool) -> str:
    """A next step with whether it has been taken."""
    return f"{next_step}（{'済んだ' if is_settled else 'まだ'}）" if next_step else ""


def _item(link: ChainLink, is_here: bool, page: str) -> Content:
    """One activity of the chain, and what it left to the next."""
    view = {"activity": [link.activity_id]}
    name: Part = Text(link.title, "strong") if is_here else Link(link.title, page, view)
    return [
        prose.small(fiscal_year_label(link.fiscal_year)),
        name,
        *_lesson_and_next_step(link.review),
    ]


def _lesson_and_next_step(review: Review | None) -> list[Part]:
    if review is None:
        return []
    next_step = describe_next_step(review.next_step, review.is_settled)
    pairs = (("教訓", review.lesson), ("次の一歩", next_step))
    return [Text([Text(name, "b"), f" {text}"]) for name, text in pairs if text]
