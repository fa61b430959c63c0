"""協働の形態: activities per place and form, and per set of bands (範囲)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from kyodo_geo.editions import Edition, cached_per_edition
from kyodo_geo.filters.conditions import view_rows
from kyodo_geo.measures.places.counts import count_places
from kyodo_geo.model import Filters
from kyodo_geo.vocabulary import KNOWN_FORMS, SCOPE_FORMS, Form, Scope, terms_in

THIN_RECORD = 5
"""Below this many activities of known form a "dominant" form says little."""


@dataclass(frozen=True)
class FormCount:
    """Activities of one form in one place; `stated` are those whose source names it."""

    activities: int
    stated: int

    @property
    def implied(self) -> int:
        """Activities whose form is inferred only."""
        return self.activities - self.stated


@dataclass(frozen=True)
class FormProfile:
    """Counts of one place by form (延べ: an activity counts in each of its forms)."""

    counts: Mapping[Form, FormCount]

    @property
    def known(self) -> int:
        """延べ count over the known forms."""
        return sum(self.counts[form].activities for form in KNOWN_FORMS)

    @property
    def dominant(self) -> tuple[Form, ...]:
        """The most frequent known forms: several if tied, empty without any."""
        most = max(self.counts[form].activities for form in KNOWN_FORMS)
        return tuple(f for f in KNOWN_FORMS if most and self.counts[f].activities == most)

    @property
    def is_thin(self) -> bool:
        """Whether there are known forms, but too few to name a dominant one without caveat."""
        return 0 < self.known < THIN_RECORD

    def share(self, form: Form) -> float | None:
        """Return the share of `form` in the 延べ count of known forms, in percent, or None."""
        return self.counts[form].activities / self.known * 100 if self.known else None


@cached_per_edition
def form_profiles(edition: Edition, filters: Filters) -> dict[str, FormProfile]:
    """Return the form profiles of all places by place id, places without activities included."""
    counts = count_places(edition, filters)
    rows = zip(edition.places, counts.forms.tolist(), counts.forms_stated.tolist(), strict=True)
    return {
        place.place_id: FormProfile(
            dict(zip(Form, map(FormCount, activities, stated), strict=True))
        )
        for place, activities, stated in rows
    }


@dataclass(frozen=True)
class BandCount:
    """Activities with the same possible bands; several `scopes` mean that it is ambiguous.

    `is_recorded` says that the sources name the band.
    """

    scopes: tuple[Scope, ...]
    is_recorded: bool
    activities: int


def band_counts(edition: Edition, filters: Filters, place_id: str) -> tuple[BandCount, ...]:
    """Count the activities of a place per set of possible bands, each activity once."""
    return tuple(_band_counts(edition, filters).get(place_id, ()))


@cached_per_edition
def _band_counts(edition: Edition, filters: Filters) -> Mapping[str, list[BandCount]]:
    counts: dict[str, list[BandCount]] = defaultdict(list)
    for row in view_rows(edition, filters, "scopes"):
        band = BandCount(terms_in(Scope, row.scope_mask), row.is_recorded, row.activities)
        counts[row.place_id].append(band)
    return counts


@dataclass(frozen=True)
class BandShare:
    """Activities that may lie in a band: all, those in no other, those whose source names it."""

    possible: int
    only: int
    recorded: int


def band_share(edition: Edition, band: Scope) -> BandShare:
    """Count the activities of the whole record that may lie in a band."""
    everything = band_counts(edition, Filters(scopes=tuple(Scope)), "ALL")
    counts = [count for count in everything if band in count.scopes]
    return BandShare(
        possible=sum(count.activities for count in counts),
        only=sum(count.activities for count in counts if len(count.scopes) == 1),
        recorded=sum(count.activities for count in counts if count.is_recorded),
    )


def bands_of(form: Form) -> tuple[Scope, ...]:
    """Return the bands that the guideline names a form for; several mean it is ambiguous."""
    return tuple(scope for scope, forms in SCOPE_FORMS.items() if form in forms)
