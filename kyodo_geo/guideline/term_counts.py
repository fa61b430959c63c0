"""What the record holds of a term: the view with its activities, and how many they are."""

from __future__ import annotations

from dataclasses import dataclass

from kyodo_geo.editions import Edition
from kyodo_geo.measures.places.forms import band_counts
from kyodo_geo.measures.places.summary import summarise
from kyodo_geo.model import Filters
from kyodo_geo.vocabulary import ActorType, Certainty, Field, Form, Scope, Status, Term


@dataclass(frozen=True)
class BandShare:
    """Activities that may lie in a band: all, those in it alone, those whose source names it."""

    possible: int
    only: int
    recorded: int


def view_of(term: Term) -> Filters | None:
    """The view that holds the activities of a term; None where activities carry no such."""
    if isinstance(term, Form):
        return Filters(forms=(term,))
    if isinstance(term, ActorType):
        return Filters(actors=(term,))
    if isinstance(term, Scope):
        return Filters(scopes=(term,))
    if isinstance(term, Field):
        return Filters(fields=(term,))
    if isinstance(term, Status):
        return Filters(status=term)
    return Filters(certainty=term) if isinstance(term, Certainty) else None


def activities_in(edition: Edition, filters: Filters) -> int:
    """How many activities a view holds (実件数), as the list of activities says."""
    return summarise(edition, filters).total.activities


def band_share(edition: Edition, band: Scope) -> BandShare:
    """How the record falls on one band: an activity may lie in several."""
    counts = [
        count
        for count in band_counts(edition, Filters(scopes=tuple(Scope)), "ALL")
        if band in count.scopes
    ]
    return BandShare(
        possible=sum(count.activities for count in counts),
        only=sum(count.activities for count in counts if len(count.scopes) == 1),
        recorded=sum(count.activities for count in counts if count.is_recorded),
    )
