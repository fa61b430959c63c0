"""Pictures of the pages with maps: the maps, and the charts of the selected place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kyodo_geo.editions import Edition
from kyodo_geo.graphics.chart import Chart, Heatmap, Scale, Scales
from kyodo_geo.graphics.choropleths import DRAWINGS, rank_text
from kyodo_geo.graphics.context import GraphicContext
from kyodo_geo.graphics.image_options import MEASURE, VIEW
from kyodo_geo.graphics.svg.map_sheet import MapSheet
from kyodo_geo.graphics.term_charts import actor_bars, form_bars, shaded_grid
from kyodo_geo.japanese import count_label
from kyodo_geo.maps.geometry import geometry
from kyodo_geo.measures.places.actors import ActorProfile, actor_profiles
from kyodo_geo.measures.places.density import MEASURES, Measured, measure_places
from kyodo_geo.measures.places.district_shapes import district_boundaries
from kyodo_geo.measures.places.forms import form_profiles
from kyodo_geo.measures.places.indicators import BY_REGION
from kyodo_geo.vocabulary import ActorType

FORMS_HEADING = "形態（延べ）"
ACTORS_HEADING = "主体（参加した活動の数）"
FORMS_RULE = (
    "形態ごとの件数は延べです。合計は活動の数（実件数）より大きくなることがあります。"
    "推定は、資料に形態の明記がなく主催者などから推し量ったものです。"
)
ACTORS_RULE = "主体ごとの件数は延べです。一つの活動に複数の主体が参加します。"
TOGETHER_RULE = "二つの主体がともに参加した活動の件数です。"


def place_map(view: GraphicContext, page: str) -> MapSheet:
    """Draw the map of a page, its six maps, or its tiles."""
    drawn = DRAWINGS[page](view.edition, view.filters, view.texts)
    return MapSheet(
        title=drawn.legend["heading"],
        pictures=drawn.panels or (drawn.picture,),
        legend=drawn.legend,
        geometry=shapes(view.edition),
        selected=view.text("select") or None,
        as_tiles=VIEW.chosen_in(view.texts) == "tiles",
    )


def shapes(edition: Edition) -> dict[str, Any]:
    """Return the geometry of an edition (maps/geometry.py), cached with it."""
    return edition.cached(
        "geometry", lambda: geometry(district_boundaries(edition), edition.districts)
    )


def density_card(view: GraphicContext) -> Chart:
    """Chart the selected place among the districts, its forms and actor types."""
    measured = measure_places(view.edition, view.filters, MEASURES[MEASURE.chosen_in(view.texts)])
    measure = measured.measure
    reason = BY_REGION if measured.by_region else measured.reason
    scale = measured_scale(measured, view.place_id, view.place_name)
    among = f"{len(measured.district_values)}地区の中での位置（{measure.label}）"
    return Chart(
        view.place_name,
        (
            Scales([scale], among, measure.definition),
            form_bars(form_profiles(view.edition, view.filters)[view.place_id], FORMS_HEADING),
            actor_bars(actor_profiles(view.edition, view.filters)[view.place_id], ACTORS_HEADING),
        ),
        notes=(f"{FORMS_RULE}{ACTORS_RULE}", reason),
    )


def measured_scale(measured: Measured, place_id: str, label: str = "") -> Scale:
    """Describe a place among the districts under one measure; the whole city has no mark."""
    measure, values = measured.measure, measured.district_values
    rank = rank_text(measured, place_id) if place_id in values else ""
    figure = count_label(measured.values[place_id], measure.unit, measure.digits)
    return scale_of(
        label, f"{figure}　{rank}".strip(), values, place_id, measure.unit, measure.digits
    )


def scale_of(
    label: str,
    text: str,
    values: Mapping[str, float | None],
    place_id: str,
    unit: str,
    digits: int,
) -> Scale:
    """Describe the values of all districts by id, marking `place_id` if it is one of them."""
    known = [value for value in values.values() if value is not None]
    low, high = (count_label(f(known, default=None), unit, digits) for f in (min, max))
    here = list(values).index(place_id) if place_id in values else None
    return Scale(label, text, list(values.values()), here, (low, high))


def forms_card(view: GraphicContext) -> Chart:
    """Chart the forms of the selected place."""
    profile = form_profiles(view.edition, view.filters)[view.place_id]
    return Chart(f"{view.place_name}の{FORMS_HEADING}", (form_bars(profile),), FORMS_RULE)


def actors_card(view: GraphicContext) -> Chart:
    """Chart the actor types of the selected place."""
    profile = actor_profiles(view.edition, view.filters)[view.place_id]
    return Chart(f"{view.place_name}の{ACTORS_HEADING}", (actor_bars(profile),), ACTORS_RULE)


def together(view: GraphicContext) -> Chart:
    """Chart which actor types take part together in the selected place."""
    profile = actor_profiles(view.edition, view.filters)[view.place_id]
    rule = f"{TOGETHER_RULE}斜めに並ぶ灰色のますは、その主体が参加した活動の件数です。"
    return Chart(f"だれとだれが（{view.place_name}）", (actor_pairs(profile),), rule)


def actor_pairs(profile: ActorProfile) -> Heatmap:
    """Describe the activities per pair of actor types."""
    return shaded_grid(ActorType, ActorType, profile.together)
