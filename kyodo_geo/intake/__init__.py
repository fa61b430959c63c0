"""Files as offices have them: examined, mended where that is safe, and published."""

from kyodo_geo.intake.examination import Examination, examine
from kyodo_geo.intake.findings import Check, Finding, Severity
from kyodo_geo.intake.publishing import publish

__all__ = ["Check", "Examination", "Finding", "Severity", "examine", "publish"]
