"""Choropleths of the pages with maps, made from edition, filters and options."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from kyodo_geo.editions import Edition
from kyodo_geo.graphics.image_options import (
    ACTOR_PICTURE,
    CLASSES,
    FORM_PICTURE,
    MEASURE,
    METHODS,
    SHOWN_ACTOR,
    SHOWN_FORM,
    Texts,
)
from kyodo_geo.japanese import count_label
from kyodo_geo.maps import palette
from kyodo_geo.maps.choropleth import (
    Choropleth,
    Unit,
    category_choropleth,
    circle_map,
    class_choropleth,
    round_steps,
)
from kyodo_geo.maps.classification import ClassMethod
from kyodo_geo.measures.places.actors import ActorProfile, actor_profiles
from kyodo_geo.measures.places.density import MEASURES, Drawing, Measured, measure_places
from kyodo_geo.measures.places.forms import THIN_RECORD, FormProfile, form_profiles
from kyodo_geo.model import Filters
from kyodo_geo.vocabulary import KNOWN_FORMS, ActorType, Form

PERCENT = Unit("％")
CIRCLES_NOTE = "円の面積が値に比例（最小の円を除く）"
FORM_SHARE_NOTE = (
    "形態のわかる活動（延べ）に占める割合です。わかる活動がない地区は「データなし」です。"
)
ACTOR_SHARE_NOTE = "その主体が参加した活動の割合です。活動の記録がない地区は「データなし」です。"


@dataclass(frozen=True)
class Drawn:
    """Picture with the unit and the notes of its legend.

    With several `panels`, `picture` is what they have in common: swatches with the numbers of
    all of them, which `counter` follows.
    """

    picture: Choropleth
    unit: str = ""
    notes: tuple[str, ...] = ()
    counter: str = "地区"
    panels: tuple[Choropleth, ...] = ()

    @property
    def legend(self) -> dict[str, Any]:
        """Legend of all panels as plain values."""
        return self.picture.legend(self.unit, self.notes, self.counter)


def draw_density(edition: Edition, filters: Filters, texts: Texts) -> Drawn:
    """Draw the chosen measure."""
    measured = measure_places(edition, filters, MEASURES[MEASURE.chosen_in(texts)])
    method = METHODS[CLASSES.chosen_in(texts)]
    notes = _density_notes(measured, method)
    return Drawn(density_picture(measured, method), measured.measure.unit, notes)


def draw_forms(edition: Edition, filters: Filters, texts: Texts) -> Drawn:
    """Draw the most frequent form, the share of the chosen form, or all six."""
    profiles = form_profiles(edition, filters)
    districts = {d.district_id: profiles[d.district_id] for d in edition.districts}
    shown = FORM_PICTURE.chosen_in(texts)
    method = METHODS[CLASSES.chosen_in(texts)]
    if shown == "dominant":
        return Drawn(dominant_form_picture(districts), notes=_dominant_notes(districts))
    if shown == "each":
        return draw_each_form(districts, method)
    form = Form.of(SHOWN_FORM.chosen_in(texts))
    return Drawn(form_share_picture(districts, form, method), "％", (FORM_SHARE_NOTE,))


def draw_actors(edition: Edition, filters: Filters, texts: Texts) -> Drawn:
    """Draw the number of actor types, or the share of the chosen one."""
    method = METHODS[CLASSES.chosen_in(texts)]
    if ACTOR_PICTURE.chosen_in(texts) == "kinds":
        kinds = measure_places(edition, filters, MEASURES["actor_kinds"])
        return Drawn(density_picture(kinds, method), "種類")
    profiles = actor_profiles(edition, filters)
    districts = {d.district_id: profiles[d.district_id] for d in edition.districts}
    actor = ActorType.of(SHOWN_ACTOR.chosen_in(texts))
    return Drawn(actor_share_picture(districts, actor, method), "％", (ACTOR_SHARE_NOTE,))


DRAWINGS = {"density": draw_density, "forms": draw_forms, "actors": draw_actors}
"""Functions that draw the picture of a page, by the page's name."""


def density_picture(measured: Measured, method: ClassMethod) -> Choropleth:
    """Draw counts as circles, rates as filled classes."""
    measure = measured.measure
    values = measured.district_values
    unit = Unit(measure.unit, measure.digits)
    if measure.drawing is Drawing.CIRCLE:
        steps = round_steps(max((v for v in values.values() if v), default=0))
        picture = circle_map(measure.label, values, unit, steps)
    else:
        picture = class_choropleth(measure.label, values, unit, method)
    if measured.by_region:
        return picture.with_notes(dict.fromkeys(values, "地域の値"))
    ranks = {place_id: rank for place_id in values if (rank := measured.rank(place_id))}
    ranked = next((of for _, of in ranks.values()), 0)
    return picture.with_notes({place_id: rank for place_id, (rank, _) in ranks.items()}, ranked)


def rank_text(measured: Measured, place_id: str) -> str:
    """Return the rank in words, e.g. 27地区中3位; empty if there is none."""
    if measured.by_region:
        return "地域の値"
    rank = measured.rank(place_id)
    return f"{rank[1]}地区中{rank[0]}位" if rank else ""


def dominant_form_picture(profiles: Mapping[str, FormProfile]) -> Choropleth:
    """Fill districts by their most frequent form; ties and thin records are noted."""
    colours = {form: palette.FORM_COLOURS[form] for form in KNOWN_FORMS}
    texts = {place_id: _dominant_text(profile) for place_id, profile in profiles.items()}
    categories = {place_id: profile.dominant for place_id, profile in profiles.items()}
    picture = category_choropleth(
        "最も多い形態", categories, texts, colours, "形態のわかる活動なし"
    )
    return picture.with_notes(
        {p: "記録が少ない" if profile.is_thin else "" for p, profile in profiles.items()}
    )


def form_share_picture(
    profiles: Mapping[str, FormProfile], form: Form, method: ClassMethod
) -> Choropleth:
    """Fill districts by the share of one form in their known forms, in percent."""
    values = {place_id: profile.share(form) for place_id, profile in profiles.items()}
    notes = {
        p: f"形態のわかる延べ{profile.known}件のうち{profile.counts[form].activities}件"
        for p, profile in profiles.items()
    }
    title = f"{form.label}の割合"
    return class_choropleth(title, values, PERCENT, method).with_notes(notes)


def draw_each_form(profiles: Mapping[str, FormProfile], method: ClassMethod) -> Drawn:
    """Draw the counts of the six forms, with classes pooled over all of them."""
    counts = {
        form: {place_id: float(p.counts[form].activities) for place_id, p in profiles.items()}
        for form in KNOWN_FORMS
    }
    values = {f"{form}/{place}": n for form, of in counts.items() for place, n in of.items()}
    shared = class_choropleth("形態ごとの件数", values, Unit("件"), method)
    panels = tuple(
        replace(
            shared,
            title=f"{form.mark} {form.label}",
            patches={place_id: shared.patches[f"{form}/{place_id}"] for place_id in profiles},
        )
        for form in KNOWN_FORMS
    )
    note = f"分類: {method.value}。塗り分けは件数（延べ）です。六つの図で同じ区切りを使っています。"
    return Drawn(shared, "件", (note,), "（6図の計）", panels)


def actor_share_picture(
    profiles: Mapping[str, ActorProfile], actor: ActorType, method: ClassMethod
) -> Choropleth:
    """Fill districts by the share of activities with one actor type, in percent."""
    values = {place_id: profile.share(actor) for place_id, profile in profiles.items()}
    notes = {
        p: f"{profile.activities}件のうち{profile.count(actor)}件"
        for p, profile in profiles.items()
    }
    title = f"{actor.label}が参加した活動の割合"
    return class_choropleth(title, values, PERCENT, method).with_notes(notes)


def _dominant_text(profile: FormProfile) -> str:
    if not profile.dominant:
        return "形態のわかる活動なし"
    count = profile.counts[profile.dominant[0]].activities
    names = "・".join(form.label for form in profile.dominant)
    return f"{names} {count}件"


def _density_notes(measured: Measured, method: ClassMethod) -> tuple[str, ...]:
    if measured.measure.drawing is Drawing.CIRCLE:
        return (CIRCLES_NOTE, measured.reason)
    city = measured.values["ALL"]
    value = count_label(city, measured.measure.unit, measured.measure.digits)
    return (f"分類: {method.value}　市全体: {value}（全市の取り組みを含む）", measured.reason)


def _dominant_notes(profiles: Mapping[str, FormProfile]) -> tuple[str, ...]:
    thin = sum(profile.is_thin for profile in profiles.values())
    tied = sum(len(profile.dominant) > 1 for profile in profiles.values())
    few = f"形態のわかる活動が延べ{THIN_RECORD}件に満たない地区が{thin}あります。"
    return (
        f"{few}一つの活動で入れ替わる値です。" if thin else "",
        f"同数で並ぶ地区が{tied}あります。" if tied else "",
    )
