"""Kinds of findings in activities, by themselves (D3) and beside the current record (D4)."""

from __future__ import annotations

from kyodo_geo.tabular.findings import FindingKind


class ActivityFinding(FindingKind):
    """Findings within an activity, between activities of a file, and against the record."""

    YEAR_FROM_DATE = "D302"
    YEAR_MISMATCH = "D303"
    ENDS_BEFORE_START = "D304"
    PLACE_BLANK = "D305"
    DEFAULT_USED = "D306"
    FORM_TWICE = "D307"
    FORM_BAND = "D308"
    SCOPES_AMBIGUOUS = "D309"
    SAME_ROW = "D310"
    POINT_HALF = "D312"
    PLACE_FROM_POINT = "D313"
    POINT_ELSEWHERE = "D314"
    CONTINUES_UNKNOWN = "D315"
    CONTINUES_CIRCLE = "D316"
    ID_NEW = "D401"
    ON_RECORD = "D402"
    LIKELY_DOUBLE = "D403"
