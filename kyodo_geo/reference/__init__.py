"""Reference data (基礎資料): boundaries, populations and towns, examined and replaced."""

from kyodo_geo.reference.boundaries import BoundaryPlan, examine_boundaries
from kyodo_geo.reference.examination import Examination, Plan
from kyodo_geo.reference.kinds import Kind
from kyodo_geo.reference.population import PopulationPlan, examine_population
from kyodo_geo.reference.publishing import publish
from kyodo_geo.reference.sources import Source
from kyodo_geo.reference.telling import ToldTable, tell
from kyodo_geo.reference.towns import TownPlan, examine_towns

__all__ = [
    "BoundaryPlan",
    "Examination",
    "Kind",
    "Plan",
    "PopulationPlan",
    "Source",
    "ToldTable",
    "TownPlan",
    "examine_boundaries",
    "examine_population",
    "examine_towns",
    "publish",
    "tell",
]
