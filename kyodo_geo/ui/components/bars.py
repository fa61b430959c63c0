"""Bars of the six forms and the six actor types for one place."""

from __future__ import annotations

from kyodo_geo.measures.places.actors import ActorProfile
from kyodo_geo.measures.places.forms import FormProfile
from kyodo_geo.ui.components import prose
from kyodo_geo.ui.components.parts import Part
from kyodo_geo.vocabulary import KNOWN_FORMS, ActorType


def actor_bars(profile: ActorProfile) -> Part:
    """Bars of the six actor types: activities in which each takes part."""
    return prose.actor_bars(profile.count(actor) for actor in ActorType)


def form_bars(profile: FormProfile) -> Part:
    """Bars of the six forms; how many of them are implied is said."""
    counts = (profile.counts[form] for form in KNOWN_FORMS)
    return prose.form_bars((count.activities, count.implied) for count in counts)
