"""A review written in a form: examined as it stands there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from kyodo_geo.editions import Edition
from kyodo_geo.imports.reviews.reading import LABELS, ParsedReview, activity_id_in, read_texts
from kyodo_geo.imports.reviews.review_findings import ReviewCheck
from kyodo_geo.measures.activities.reviews import all_reviews
from kyodo_geo.model import Review
from kyodo_geo.tabular.findings import Finding

IS_THERE = "SELECT id FROM activity WHERE id IN (SELECT unnest($ids))"


@dataclass(frozen=True)
class ReviewEntry:
    """What was found in the texts of a review; `review` is None if anything blocks it."""

    review: Review | None
    findings: tuple[Finding, ...]

    def of_field(self, name: str) -> tuple[Finding, ...]:
        """What there is to say of one field."""
        return tuple(finding for finding in self.findings if finding.column == LABELS[name])


def examine_review(texts: Mapping[str, str], edition: Edition, today: date) -> ReviewEntry:
    """Read the texts of a review by field (REVIEW_COLUMNS); changes nothing.

    A text that is as the review on record has it is not read again.
    """
    reading = ParsedReview()
    present = all_reviews(edition).get(activity_id_in(texts.get("activity_id", "")))
    read_texts(reading, texts, present, today)
    refuse_unknown_activities([reading], edition)
    return ReviewEntry(reading.review(), tuple(reading.findings))


def refuse_unknown_activities(readings: Sequence[ParsedReview], edition: Edition) -> None:
    """Add a finding to each that is about an activity the edition does not have."""
    ids = [reading.values["activity_id"] for reading in readings]
    known = {row.id for row in edition.rows(IS_THERE, {"ids": ids})}
    for reading in readings:
        activity_id = reading.values["activity_id"]
        if activity_id not in known:
            reading.find(ReviewCheck.ACTIVITY_UNKNOWN, "activity_id", found=activity_id)
