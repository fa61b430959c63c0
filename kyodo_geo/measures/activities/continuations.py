"""Chains of activities: which one goes on from which (続きのもと), and what was learnt between."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kyodo_geo.editions import Edition, query_text
from kyodo_geo.measures.activities.reviews import all_reviews
from kyodo_geo.model import Review

MOST_LINKS = 30
"""Links of a chain that are followed in either direction."""

NAMES = "SELECT id, title, fiscal_year FROM activity WHERE list_contains($ids, id)"


@dataclass(frozen=True)
class Link:
    """One activity of a chain; `review` is None where nobody has looked back on it."""

    activity_id: str
    title: str
    fiscal_year: int | None
    review: Review | None


def chain_of(edition: Edition, activity_id: str) -> tuple[Link, ...]:
    """The chain an activity stands in, from the first one on; empty where it stands alone.

    Several may go on from one. A circle, which no check lets in, is gone through once.
    """
    before, after = edition.cached("continuations", lambda: _continuations(edition))
    earlier: list[str] = []
    known = {activity_id}
    here = before.get(activity_id)
    while here is not None and here not in known and len(earlier) < MOST_LINKS:
        known.add(here)
        earlier.insert(0, here)
        here = before.get(here)
    ids = [*earlier, activity_id, *_later(activity_id, after, known)]
    return _links(edition, ids) if len(ids) > 1 else ()


def _later(activity_id: str, after: Mapping[str, list[str]], known: set[str]) -> list[str]:
    found: list[str] = []
    waiting = [activity_id]
    while waiting and len(found) < MOST_LINKS:
        new = [one for one in after.get(waiting.pop(0), ()) if one not in known]
        known.update(new)
        found.extend(new)
        waiting.extend(new)
    return found[:MOST_LINKS]


def _continuations(edition: Edition) -> tuple[dict[str, str], dict[str, list[str]]]:
    before = {row.id: row.continues for row in edition.rows(query_text("continuations"))}
    after: dict[str, list[str]] = defaultdict(list)
    for activity_id, earlier in before.items():
        after[earlier].append(activity_id)
    return before, dict(after)


def _links(edition: Edition, ids: Sequence[str]) -> tuple[Link, ...]:
    reviews = all_reviews(edition)
    rows = edition.rows(NAMES, {"ids": list(ids)})
    links = {row.id: Link(row.id, row.title, row.fiscal_year, reviews.get(row.id)) for row in rows}
    return tuple(links[id_] for id_ in ids if id_ in links)
