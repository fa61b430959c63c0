"""A review written in a form: examined as it stands there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from kyodo_geo.editions import Edition
from kyodo_geo.imports.reviews.reading import (
    LABELS,
    activity_id_in,
    build_review,
    field_finding,
    parse_review,
)
from kyodo_geo.imports.reviews.review_findings import ReviewFinding
from kyodo_geo.measures.activities.reviews import all_reviews
from kyodo_geo.model import Review
from kyodo_geo.tabular.findings import Finding, is_blocked

IS_THERE = "SELECT id FROM activity WHERE id IN (SELECT unnest($ids))"


@dataclass(frozen=True)
class ReviewEntry:
    """What was found in the texts of a review; `review` is None if anything blocks it."""

    review: Review | None
    findings: tuple[Finding, ...]

    def of_field(self, name: str) -> tuple[Finding, ...]:
        """Select the findings on one field."""
        return tuple(finding for finding in self.findings if finding.column == LABELS[name])


def examine_review(texts: Mapping[str, str], edition: Edition, today: date) -> ReviewEntry:
    """Examine the texts of a review by field (REVIEW_COLUMNS); changes nothing.

    A text that is as the review on record has it is not parsed again.
    """
    activity_id = activity_id_in(texts.get("activity_id", ""))
    parsed = parse_review(texts, all_reviews(edition).get(activity_id), today)
    unknown = () if known_ids([activity_id], edition) else (unknown_activity(activity_id),)
    findings = (*parsed.findings, *unknown)
    return ReviewEntry(None if is_blocked(findings) else build_review(parsed.value), findings)


def known_ids(activity_ids: Sequence[str], edition: Edition) -> set[str]:
    """Select those ids that activities of the edition have."""
    return {row.id for row in edition.rows(IS_THERE, {"ids": list(activity_ids)})}


def unknown_activity(activity_id: str) -> Finding:
    """Build the finding on a review of an activity that the edition does not have."""
    return field_finding(ReviewFinding.ACTIVITY_UNKNOWN, "activity_id", found=activity_id)
