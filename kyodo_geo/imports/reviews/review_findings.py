"""Kinds of findings in reviews (D6)."""

from __future__ import annotations

from kyodo_geo.tabular.findings import FindingKind


class ReviewFinding(FindingKind):
    """Findings that block a review: a row of a file, or the file for an unknown column."""

    UNKNOWN_COLUMN = "D601"
    ACTIVITY_UNKNOWN = "D602"
    GRADE_MISSING = "D603"
    GRADE_UNKNOWN = "D604"
    TOO_LONG = "D605"
    DAY_AHEAD = "D606"
    SETTLED_UNKNOWN = "D607"
    SETTLED_NOTHING = "D608"
