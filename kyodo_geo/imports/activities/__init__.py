"""Files as offices have them: examined, mended where that is safe, and published."""

from kyodo_geo.imports.activities.activity_examination import ActivityExamination, examine
from kyodo_geo.imports.activities.publish_activities import publish
from kyodo_geo.tabular.findings import Finding, Severity

__all__ = ["ActivityExamination", "Finding", "Severity", "examine", "publish"]
