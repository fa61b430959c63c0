"""One activity with all that stands beside it: its chain, its review, findings of the checks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kyodo_geo.editions import Edition
from kyodo_geo.guideline.checks import Check, checks_of
from kyodo_geo.measures.activities.continuations import Link, chain_of
from kyodo_geo.measures.activities.listing import ListedActivity, find_activity
from kyodo_geo.measures.activities.reviews import all_reviews
from kyodo_geo.model import Review


@dataclass(frozen=True)
class ActivityCase:
    """What the detail of an activity shows, whatever the filters.

    `chain` is empty where the activity stands alone, `review` None where nobody has looked back.
    """

    activity: ListedActivity
    chain: tuple[Link, ...]
    review: Review | None
    findings: tuple[Check, ...]


def find_activity_case(edition: Edition, activity_id: str, today: date) -> ActivityCase | None:
    """Find an activity with all that stands beside it; None if there is none of that id."""

    def produce() -> ActivityCase | None:
        activity = find_activity(edition, activity_id)
        if activity is None:
            return None
        return ActivityCase(
            activity,
            chain_of(edition, activity_id),
            all_reviews(edition).get(activity_id),
            checks_of(edition, activity_id, today),
        )

    return edition.cached(("activity case", activity_id, today), produce)
