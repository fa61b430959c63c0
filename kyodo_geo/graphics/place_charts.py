"""Pictures of the maps' pages: the maps, and the charts of the place chosen beside them."""

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
from kyodo_geo.maps.legend import legend
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


def place_map(view: GraphicContext, title: str, page: str) -> MapSheet:
    """The map of a page, or its six maps, or its tiles."""
    drawn = DRAWINGS[page](view.edition, view.filters, view.texts)
    shown = legend(drawn.picture, drawn.unit, drawn.notes, drawn.counter)
    return MapSheet(
        title=f"{title}　{shown['heading']}",
        sentence=view.sentence,
        pictures=drawn.panels or (drawn.picture,),
        legend=shown,
        foot=view.foot(has_map=True),
        geometry=shapes(view.edition),
        selected=view.text("select") or None,
        as_tiles=VIEW.chosen_in(view.texts) == "tiles",
    )


def shapes(edition: Edition) -> dict[str, Any]:
    """The geometry of an edition as maps/geometry.py has it."""
    return edition.cached(
        "geometry", lambda: geometry(district_boundaries(edition), edition.districts)
    )


def density_card(view: GraphicContext, title: str) -> Chart:
    """Where the chosen place stands among the districts; its forms and actor types."""
    measured = measure_places(view.edition, view.filters, MEASURES[MEASURE.chosen_in(view.texts)])
    measure = measured.measure
    reason = BY_REGION if measured.by_region else measured.reason
    scale = measured_scale(measured, view.place_id, view.place_name)
    among = f"{len(measured.district_values)}地区の中での位置（{measure.label}）"
    return Chart(
        f"{title}　{view.place_name}",
        view.sentence,
        (
            Scales([scale], among, measure.definition),
            form_bars(form_profiles(view.edition, view.filters)[view.place_id], FORMS_HEADING),
            actor_bars(actor_profiles(view.edition, view.filters)[view.place_id], ACTORS_HEADING),
        ),
        view.foot(),
        notes=(f"{FORMS_RULE}{ACTORS_RULE}", *((reason,) if reason else ())),
    )


def measured_scale(measured: Measured, place_id: str, label: str = "") -> Scale:
    """A place among the districts under one measure; of the whole city none is marked."""
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
    """The values of all districts by id, the one of `place_id` marked if it is among them."""
    known = [value for value in values.values() if value is not None]
    low, high = (count_label(f(known, default=None), unit, digits) for f in (min, max))
    here = list(values).index(place_id) if place_id in values else None
    return Scale(label, text, list(values.values()), here, (low, high))


def forms_card(view: GraphicContext, title: str) -> Chart:
    """The forms of the chosen place."""
    profile = form_profiles(view.edition, view.filters)[view.place_id]
    return Chart(
        f"{title}　{view.place_name}の形態（延べ）",
        view.sentence,
        (form_bars(profile),),
        view.foot(),
        FORMS_RULE,
    )


def actors_card(view: GraphicContext, title: str) -> Chart:
    """Who takes part in the chosen place."""
    profile = actor_profiles(view.edition, view.filters)[view.place_id]
    heading = f"{title}　{view.place_name}の主体（参加した活動の数）"
    return Chart(heading, view.sentence, (actor_bars(profile),), view.foot(), ACTORS_RULE)


def together(view: GraphicContext, title: str) -> Chart:
    """Who works with whom in the chosen place."""
    profile = actor_profiles(view.edition, view.filters)[view.place_id]
    return Chart(
        f"{title}　だれとだれが（{view.place_name}）",
        view.sentence,
        (actor_pairs(profile),),
        view.foot(),
        f"{TOGETHER_RULE}斜めに並ぶ灰色のますは、その主体が参加した活動の件数です。",
    )


def actor_pairs(profile: ActorProfile) -> Heatmap:
    """Activities in which two actor types take part together."""
    return shaded_grid(ActorType, ActorType, profile.together)
