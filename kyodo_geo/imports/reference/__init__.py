"""Reference data (基礎資料): boundaries, populations and towns, examined and replaced."""

from kyodo_geo.imports.reference.boundary_plan import BoundaryPlan, examine_boundaries
from kyodo_geo.imports.reference.dataset import DatasetKind
from kyodo_geo.imports.reference.population_plan import PopulationPlan, examine_population
from kyodo_geo.imports.reference.preview import PreviewTable, plan_tables
from kyodo_geo.imports.reference.publish_reference import publish
from kyodo_geo.imports.reference.reference_examination import ReferenceExamination, ReferencePlan
from kyodo_geo.imports.reference.sources import Source
from kyodo_geo.imports.reference.town_plan import TownPlan, examine_towns

__all__ = [
    "BoundaryPlan",
    "DatasetKind",
    "PopulationPlan",
    "PreviewTable",
    "ReferenceExamination",
    "ReferencePlan",
    "Source",
    "TownPlan",
    "examine_boundaries",
    "examine_population",
    "examine_towns",
    "plan_tables",
    "publish",
]
