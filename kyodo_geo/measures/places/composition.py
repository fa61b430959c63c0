"""Composition of activities per place: fields, forms, actor types; quotients (特化係数)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import product
from typing import Any

from kyodo_geo.editions import Edition, cached_per_edition
from kyodo_geo.filters.conditions import view_rows
from kyodo_geo.measures.places.actors import actor_profiles
from kyodo_geo.measures.places.forms import form_profiles
from kyodo_geo.model import Filters
from kyodo_geo.vocabulary import KNOWN_FORMS, ActorType, Field, Form, Term, terms_in

KNOWN_FIELDS = tuple(term for term in Field if term is not Field.OTHER)


@dataclass(frozen=True)
class Mix:
    """Activities of one place by term.

    `forms`, `actors` and `pairs` are 延べ: an activity counts in each of its forms, actors and
    pairs of both. Terms without activities are missing from the mappings.
    """

    activities: int = 0
    fields: Mapping[Field, int] = field(default_factory=dict)
    forms: Mapping[Form, int] = field(default_factory=dict)
    actors: Mapping[ActorType, int] = field(default_factory=dict)
    pairs: Mapping[tuple[Form, ActorType], int] = field(default_factory=dict)

    def count(self, term: Term) -> int:
        """Count the activities of one field, form or actor type."""
        # Not one mapping of all: terms of two vocabularies may have one identifier.
        by_vocabulary: Mapping[type[Term], Mapping[Any, int]]
        by_vocabulary = {Field: self.fields, Form: self.forms, ActorType: self.actors}
        return by_vocabulary[type(term)].get(term, 0)

    def share(self, term: Term) -> float | None:
        """Return the share of a term in the activities, 0 to 1; None without activities.

        Known forms are divided by the 延べ count of known forms.
        """
        known = sum(self.forms.get(form, 0) for form in KNOWN_FORMS)
        is_known_form = isinstance(term, Form) and term is not Form.UNKNOWN
        whole = known if is_known_form else self.activities
        return self.count(term) / whole if whole else None

    def absent_forms(self) -> tuple[Form, ...]:
        """Return the known forms without activities (空白), in the guideline's order."""
        return tuple(form for form in KNOWN_FORMS if not self.forms.get(form))


@cached_per_edition
def mixes(edition: Edition, filters: Filters) -> Mapping[str, Mix]:
    """Return mixes by place id; places without activities are missing (see `mix_of`)."""
    forms, actors = form_profiles(edition, filters), actor_profiles(edition, filters)
    fields, pairs = (defaultdict[str, Any](Counter) for _ in range(2))
    for row in view_rows(edition, filters, "fields"):
        fields[row.place_id][Field.of(row.field)] = row.activities
    for row in view_rows(edition, filters, "pairs"):
        found = product(terms_in(Form, row.form_mask), terms_in(ActorType, row.actor_mask))
        pairs[row.place_id].update(dict.fromkeys(found, row.activities))
    return {
        place_id: Mix(
            counts.total(),
            counts,
            {f: n.activities for f, n in forms[place_id].counts.items() if n.activities},
            {a: n for a in ActorType if (n := actors[place_id].count(a))},
            pairs[place_id],
        )
        for place_id, counts in fields.items()
    }


def mix_of(edition: Edition, filters: Filters, place_id: str) -> Mix:
    """Return the mix of one place, empty without activities."""
    return mixes(edition, filters).get(place_id, Mix())


def quotient(here: Mix, city: Mix, term: Term) -> float | None:
    """Return the location quotient (特化係数): share of a term here by its share in the city.

    Above 1 the term is more frequent than in the city. None where a share is missing or the
    city's is zero.
    """
    share, of_city = here.share(term), city.share(term)
    return share / of_city if share is not None and of_city else None
