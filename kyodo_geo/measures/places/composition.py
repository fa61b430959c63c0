"""What a place's activities are made of: fields, forms, actors, and how that differs from
the city (特化係数)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import product
from typing import Any

from kyodo_geo.editions import Edition
from kyodo_geo.filters.conditions import view_rows
from kyodo_geo.measures.places.actors import actor_profiles
from kyodo_geo.measures.places.forms import form_profiles
from kyodo_geo.model import Filters
from kyodo_geo.vocabulary import KNOWN_FORMS, ActorType, Field, Form, Term, terms_in


@dataclass(frozen=True)
class Mix:
    """Activities of one place by term.

    `forms`, `actors` and `pairs` are 延べ: an activity counts in each of its forms, actors and
    pairs of both. Terms that don't occur are not there.
    """

    activities: int = 0
    fields: Mapping[Field, int] = field(default_factory=dict)
    forms: Mapping[Form, int] = field(default_factory=dict)
    actors: Mapping[ActorType, int] = field(default_factory=dict)
    pairs: Mapping[tuple[Form, ActorType], int] = field(default_factory=dict)

    def count(self, term: Term) -> int:
        """Activities of one field, form or actor type."""
        # Not one mapping of all: terms of two vocabularies may have one identifier.
        by_vocabulary: Mapping[type[Term], Mapping[Any, int]] = {
            Field: self.fields,
            Form: self.forms,
            ActorType: self.actors,
        }
        return by_vocabulary[type(term)].get(term, 0)

    def share(self, term: Term) -> float | None:
        """The share of a term, 0 to 1: of the activities, for a known form of the 延べ count
        of known forms. None without any."""
        known = sum(self.forms.get(form, 0) for form in KNOWN_FORMS)
        is_known_form = isinstance(term, Form) and term is not Form.UNKNOWN
        whole = known if is_known_form else self.activities
        return self.count(term) / whole if whole else None

    def absent_forms(self) -> tuple[Form, ...]:
        """The guideline's forms that are not on record here (空白)."""
        return tuple(form for form in KNOWN_FORMS if not self.forms.get(form))


NOTHING = Mix()


def mixes(edition: Edition, filters: Filters) -> Mapping[str, Mix]:
    """Mixes by place id; a place without a record is not there (see `mix_of`)."""
    return edition.cached(("mixes", filters), lambda: _read(edition, filters))


def mix_of(edition: Edition, filters: Filters, place_id: str) -> Mix:
    """The mix of one place, empty where it has no record."""
    return mixes(edition, filters).get(place_id, NOTHING)


def quotient(here: Mix, city: Mix, term: Term) -> float | None:
    """特化係数: the share of a term here by its share in the city; above 1 is more than there.

    None where either has no share to compare.
    """
    share, of_city = here.share(term), city.share(term)
    return share / of_city if share is not None and of_city else None


def _read(edition: Edition, filters: Filters) -> dict[str, Mix]:
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
