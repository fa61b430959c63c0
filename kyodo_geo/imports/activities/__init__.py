"""Files as offices have them: examined, mended where that is safe, and published."""

from kyodo_geo.imports.activities.examination import Examination, examine
from kyodo_geo.imports.activities.publish_activities import publish
from kyodo_geo.tabular.findings import Check, Finding, Severity

__all__ = ["Check", "Examination", "Finding", "Severity", "examine", "publish"]
