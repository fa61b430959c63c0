"""Reference data (基礎資料): boundaries, populations and towns, examined and replaced."""

from kyodo_geo.imports.reference.boundary_plan import BoundaryPlan, examine_boundaries
from kyodo_geo.imports.reference.dataset import Kind
from kyodo_geo.imports.reference.population_plan import PopulationPlan, examine_population
from kyodo_geo.imports.reference.preview import ToldTable, tell
from kyodo_geo.imports.reference.publish_reference import publish
from kyodo_geo.imports.reference.reference_examination import Examination, Plan
from kyodo_geo.imports.reference.sources import Source
from kyodo_geo.imports.reference.town_plan import TownPlan, examine_towns

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
