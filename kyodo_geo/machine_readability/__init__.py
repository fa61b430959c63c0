"""The 30 rules of machine readability: which of them a file keeps, as far as can be told."""

from kyodo_geo.machine_readability.grid import Spot
from kyodo_geo.machine_readability.report import Report, RuleResult, RuleState, selfcheck
from kyodo_geo.machine_readability.rules import Rule, rules, source

__all__ = ["Report", "Rule", "RuleResult", "RuleState", "Spot", "rules", "selfcheck", "source"]
