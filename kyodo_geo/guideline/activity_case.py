"""Details of one activity: its chain, its review and the findings of the checks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kyodo_geo.editions import Edition, cached_per_edition
from kyodo_geo.guideline.checks import Check, checks_of
from kyodo_geo.measures.activities.listing import ListedActivity, find_activity
from kyodo_geo.measures.activities.reviews import Link, all_reviews, chain_of
from kyodo_geo.model import Review


@dataclass(frozen=True)
class ActivityCase:
    """An activity with its details; `chain` is empty where it stands alone."""

    activity: ListedActivity
    chain: tuple[Link, ...]
    review: Review | None
    findings: tuple[Check, ...]


@cached_per_edition
def find_activity_case(edition: Edition, activity_id: str, today: date) -> ActivityCase | None:
    """Find an activity with its details, whatever the filters; None for an unknown id."""
    activity = find_activity(edition, activity_id)
    if activity is None:
        return None
    return ActivityCase(
        activity,
        chain_of(edition, activity_id),
        all_reviews(edition).get(activity_id),
        checks_of(edition, activity_id, today),
    )
