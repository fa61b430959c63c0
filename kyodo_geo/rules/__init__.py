"""The 30 rules of machine readability: which of them a file keeps, as far as can be told."""

from kyodo_geo.rules.catalogue import Rule, rules, source
from kyodo_geo.rules.checking import Outcome, Report, State, selfcheck
from kyodo_geo.rules.grid import Spot

__all__ = ["Outcome", "Report", "Rule", "Spot", "State", "rules", "selfcheck", "source"]
