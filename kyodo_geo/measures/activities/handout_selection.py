"""Selection of cases for a hand-out (配付資料), and its title."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from kyodo_geo.city import city
from kyodo_geo.editions import Edition
from kyodo_geo.errors import FilterError
from kyodo_geo.filters.query_string import printable_excerpt
from kyodo_geo.measures.activities.listing import ListedActivity, find_activities

MOST_PICKS = 24
TITLE_LENGTH = 60

WHERE = "配付資料"
PLAIN_TITLE = f"{city().title}の事例"

Picked = tuple[tuple[ListedActivity, ...], tuple[FilterError, ...]]


def selected_activities(edition: Edition, ids: Sequence[str]) -> Picked:
    """Return the chosen activities in their order, with an error per id that was not followed.

    Repeated ids count once; unknown ones and those beyond MOST_PICKS are left out. Never raises.
    """
    times = Counter(ids)
    asked = tuple(times)[:MOST_PICKS]
    found = find_activities(edition, asked) if asked else {}
    errors = [_unknown(edition, id_) for id_ in asked if id_ not in found]
    if twice := [printable_excerpt(id_) for id_ in asked if times[id_] > 1]:
        said = f"{'、'.join(twice)} が2回以上選ばれています"
        errors.append(FilterError(WHERE, said, "同じ事例は1回だけ載せられます"))
    if len(times) > MOST_PICKS:
        said = f"{len(times):,}件が選ばれています"
        errors.append(FilterError(WHERE, said, f"載せられるのは{MOST_PICKS}件までです"))
    return tuple(found[id_] for id_ in asked if id_ in found), tuple(errors)


def handout_title(text: str) -> str:
    """Return the given title on one line, or PLAIN_TITLE. Raises FilterError if it is too long."""
    title = " ".join(text.split())
    if len(title) > TITLE_LENGTH:
        found = f"長すぎます（{len(title):,}文字）"
        raise FilterError(f"{WHERE}の題", found, f"{TITLE_LENGTH}文字までです")
    return title or PLAIN_TITLE


def _unknown(edition: Edition, activity_id: str) -> FilterError:
    found = f"「{printable_excerpt(activity_id)}」は、{edition.info.label}の記録にありません"
    return FilterError(WHERE, found, next_step="番号を確かめてください")
