"""The 30 rules of machine readability: which of them a file keeps, as far as can be told."""

from kyodo_geo.machine_readability.grid import Spot
from kyodo_geo.machine_readability.report import Outcome, Report, State, selfcheck
from kyodo_geo.machine_readability.rules import Rule, rules, source

__all__ = ["Outcome", "Report", "Rule", "Spot", "State", "rules", "selfcheck", "source"]
