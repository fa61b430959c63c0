"""協働の形態: which forms each place uses, and how they fall on the guideline's bands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kyodo_geo.editions import Edition
from kyodo_geo.filters.conditions import view_rows
from kyodo_geo.measures.places.counts import count_places
from kyodo_geo.model import Filters
from kyodo_geo.vocabulary import KNOWN_FORMS, SCOPE_FORMS, Form, Scope, terms_in

THIN_RECORD = 5
"""Below this many activities of known form a "dominant" form says little."""


@dataclass(frozen=True)
class FormCount:
    """Activities of one form in one place; `implied` is what no source states."""

    activities: int
    stated: int

    @property
    def implied(self) -> int:
        """Activities whose form is inferred only."""
        return self.activities - self.stated


@dataclass(frozen=True)
class FormProfile:
    """Forms in one place. Counts are 延べ: an activity with several forms is in each."""

    place_id: str
    counts: Mapping[Form, FormCount]

    @property
    def known(self) -> int:
        """延べ count over the known forms."""
        return sum(self.counts[form].activities for form in KNOWN_FORMS)

    @property
    def dominant(self) -> tuple[Form, ...]:
        """The most frequent known form; several where they tie, empty without any."""
        most = max(self.counts[form].activities for form in KNOWN_FORMS)
        return tuple(f for f in KNOWN_FORMS if most and self.counts[f].activities == most)

    @property
    def is_thin(self) -> bool:
        """Whether too few forms are known to call one dominant without a caveat."""
        return 0 < self.known < THIN_RECORD

    def share(self, form: Form) -> float | None:
        """Share of `form` in the 延べ count of known forms, in percent; None without any."""
        return self.counts[form].activities / self.known * 100 if self.known else None


def form_profiles(edition: Edition, filters: Filters) -> dict[str, FormProfile]:
    """Profiles of every place by place id."""
    return edition.cached(("forms", filters), lambda: _form_profiles(edition, filters))


def _form_profiles(edition: Edition, filters: Filters) -> dict[str, FormProfile]:
    counts = count_places(edition, filters)
    rows = zip(edition.places, counts.forms.tolist(), counts.forms_stated.tolist(), strict=True)
    return {
        place.place_id: FormProfile(
            place.place_id, dict(zip(Form, map(FormCount, activities, stated), strict=True))
        )
        for place, activities, stated in rows
    }


@dataclass(frozen=True)
class BandCount:
    """Activities that may lie in the same bands; several `scopes` mean it is ambiguous."""

    scopes: tuple[Scope, ...]
    is_recorded: bool
    activities: int


def band_counts(edition: Edition, filters: Filters, place_id: str) -> tuple[BandCount, ...]:
    """How the activities of a place fall on the bands, each activity in one row."""
    counts = edition.cached(("bands", filters), lambda: _band_counts(edition, filters))
    return counts.get(place_id, ())


def _band_counts(edition: Edition, filters: Filters) -> dict[str, tuple[BandCount, ...]]:
    counts: dict[str, tuple[BandCount, ...]] = {}
    for row in view_rows(edition, filters, "scopes"):
        band = BandCount(terms_in(Scope, row.scope_mask), row.is_recorded, row.activities)
        counts[row.place_id] = (*counts.get(row.place_id, ()), band)
    return counts


def bands_of(form: Form) -> tuple[Scope, ...]:
    """The bands the guideline names a form for; several mean the form alone can't tell."""
    return tuple(scope for scope, forms in SCOPE_FORMS.items() if form in forms)
