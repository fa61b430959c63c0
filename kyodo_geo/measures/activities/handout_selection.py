"""The cases chosen for a hand-out (配付資料), and the title somebody gives it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from kyodo_geo.city import city
from kyodo_geo.editions import Edition
from kyodo_geo.errors import FilterError
from kyodo_geo.measures.activities.listing import ListedActivity, find_activities

MOST_PICKS = 24
TITLE_LENGTH = 60
SHOWN_LENGTH = 40
"""As much of a wrong number as a message repeats."""

WHERE = "配付資料"
PLAIN_TITLE = f"{city().title}の事例"

Picked = tuple[tuple[ListedActivity, ...], tuple[FilterError, ...]]


def selected_activities(edition: Edition, ids: Sequence[str]) -> Picked:
    """The chosen activities in their order, and what could not be followed.

    What is there twice counts once, unknown ones are left out, and so is what goes beyond
    MOST_PICKS; each is said in a sentence. Never raises.
    """
    times = Counter(ids)
    asked = tuple(times)[:MOST_PICKS]
    found = find_activities(edition, asked) if asked else {}
    errors = [_unknown(edition, id_) for id_ in asked if id_ not in found]
    if twice := [_excerpt(id_) for id_ in asked if times[id_] > 1]:
        said = f"{'、'.join(twice)} が2回以上選ばれています"
        errors.append(FilterError(WHERE, said, "同じ事例は1回だけ載せられます"))
    if len(times) > MOST_PICKS:
        said = f"{len(times):,}件が選ばれています"
        errors.append(FilterError(WHERE, said, f"載せられるのは{MOST_PICKS}件までです"))
    return tuple(found[id_] for id_ in asked if id_ in found), tuple(errors)


def handout_title(text: str) -> str:
    """The title of a hand-out: what was given, on one line, else a plain one.

    Raises FilterError for a title that is too long.
    """
    title = " ".join(text.split())
    if len(title) > TITLE_LENGTH:
        found = f"長すぎます（{len(title):,}文字）"
        raise FilterError(f"{WHERE}の題", found, f"{TITLE_LENGTH}文字までです")
    return title or PLAIN_TITLE


def _unknown(edition: Edition, activity_id: str) -> FilterError:
    found = f"「{_excerpt(activity_id)}」は、{edition.info.label}の記録にありません"
    return FilterError(WHERE, found, next_step="番号を確かめてください")


def _excerpt(text: str) -> str:
    start = text if len(text) <= SHOWN_LENGTH else text[:SHOWN_LENGTH] + "…"
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in start)
