"""From figures to pictures: which district gets which colour, text and note."""

from __future__ import annotations

from collections.abc import Mapping

from kyodo_geo.maps import palette
from kyodo_geo.maps.classes import ClassMethod
from kyodo_geo.maps.picture import (
    Picture,
    Unit,
    category_picture,
    circle_picture,
    class_picture,
    round_steps,
)
from kyodo_geo.measures.actors import ActorProfile
from kyodo_geo.measures.density import Drawing, Measured
from kyodo_geo.measures.forms import FormProfile
from kyodo_geo.vocabulary import KNOWN_FORMS, ActorType, Form

PERCENT = Unit("％")


def density_picture(measured: Measured, method: ClassMethod) -> Picture:
    """Counts as circles, rates as filled classes."""
    measure = measured.measure
    values = measured.district_values
    unit = Unit(measure.unit, measure.digits)
    if measure.drawing is Drawing.CIRCLE:
        steps = round_steps(max((v for v in values.values() if v), default=0))
        picture = circle_picture(measure.label, values, unit, steps)
    else:
        picture = class_picture(measure.label, values, unit, method)
    if measured.by_region:
        return picture.with_notes(dict.fromkeys(values, "地域の値"))
    ranks = {place_id: rank for place_id in values if (rank := measured.rank(place_id))}
    ranked = next((of for _, of in ranks.values()), 0)
    return picture.with_notes({place_id: rank for place_id, (rank, _) in ranks.items()}, ranked)


def rank_text(measured: Measured, place_id: str) -> str:
    """The rank in words, e.g. 27地区中3位; why there is none where there is none."""
    if measured.by_region:
        return "地域の値"
    rank = measured.rank(place_id)
    return f"{rank[1]}地区中{rank[0]}位" if rank else ""


def dominant_form_picture(profiles: Mapping[str, FormProfile]) -> Picture:
    """Districts by their most frequent form; ties and thin records are said."""
    colours = {form: palette.FORM_COLOURS[form] for form in KNOWN_FORMS}
    texts = {place_id: _dominant_text(profile) for place_id, profile in profiles.items()}
    categories = {place_id: profile.dominant for place_id, profile in profiles.items()}
    picture = category_picture("最も多い形態", categories, texts, colours, "形態のわかる活動なし")
    return picture.with_notes(
        {p: "記録が少ない" if profile.is_thin else "" for p, profile in profiles.items()}
    )


def form_share_picture(
    profiles: Mapping[str, FormProfile], form: Form, method: ClassMethod
) -> Picture:
    """Share of one form in the known forms of each district, in percent."""
    values = {place_id: profile.share(form) for place_id, profile in profiles.items()}
    notes = {
        p: f"形態のわかる延べ{profile.known}件のうち{profile.counts[form].activities}件"
        for p, profile in profiles.items()
    }
    title = f"{form.label}の割合"
    return class_picture(title, values, PERCENT, method).with_notes(notes)


def actor_share_picture(
    profiles: Mapping[str, ActorProfile], actor: ActorType, method: ClassMethod
) -> Picture:
    """Share of the activities in which one actor type takes part, in percent."""
    values = {place_id: profile.share(actor) for place_id, profile in profiles.items()}
    notes = {
        p: f"{profile.activities}件のうち{profile.count(actor)}件"
        for p, profile in profiles.items()
    }
    title = f"{actor.label}が参加した活動の割合"
    return class_picture(title, values, PERCENT, method).with_notes(notes)


def _dominant_text(profile: FormProfile) -> str:
    if not profile.dominant:
        return "形態のわかる活動なし"
    count = profile.counts[profile.dominant[0]].activities
    names = "・".join(form.label for form in profile.dominant)
    return f"{names} {count}件"
