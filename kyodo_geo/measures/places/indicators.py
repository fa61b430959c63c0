"""Indicators of the district profile (地区カルテ) for all places, with rank and median."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from statistics import median

from kyodo_geo.editions import Edition, cached_per_edition
from kyodo_geo.japanese import count_label
from kyodo_geo.measures.places.density import MEASURES, Measured, measure_places, rank_among
from kyodo_geo.measures.places.forms import band_counts, form_profiles
from kyodo_geo.measures.places.summary import Summary, summarise
from kyodo_geo.model import Filters
from kyodo_geo.vocabulary import KNOWN_FORMS, Scope

FEW_RECORDS = 5
"""Below this many activities a rank turns on one of them."""

NO_RANK = "—"
"""What stands where there is neither a rank nor a median."""

SHARED_MEASURES = ("activities", "per_1000", "participants", "actor_kinds")
"""Measures of the density page that stand on the sheet too."""

BY_REGION = "地区別の人口が公表されていないため、地域の値です。"


@dataclass(frozen=True)
class Indicator:
    """Figure per place id, for all places (`values`) and for districts alone.

    None means データなし, never zero. Where `by_region`, districts carry the value of their
    region and have neither rank nor median.
    """

    figure_id: str
    label: str
    unit: str
    digits: int
    definition: str
    values: Mapping[str, float | None]
    district_values: Mapping[str, float | None]
    by_region: bool = False
    caveat: str = ""

    @property
    def middle(self) -> float | None:
        """Median of the districts that have a value; None without any or where `by_region`."""
        known = [value for value in self.district_values.values() if value is not None]
        return median(known) if known and not self.by_region else None

    @property
    def middle_text(self) -> str:
        """Median with its unit; a half between two whole numbers is not rounded."""
        middle = self.middle
        if middle is None:
            return NO_RANK if self.by_region else count_label(None)
        digits = self.digits if middle == int(middle) else max(self.digits, 1)
        return count_label(middle, self.unit, digits)

    def text(self, place_id: str) -> str:
        """Return the value of a place with its unit. Raises KeyError."""
        return count_label(self.values[place_id], self.unit, self.digits)

    def rank_text(self, district_id: str) -> str:
        """Return the rank in words with the number of districts, or why there is none."""
        if self.by_region:
            return "地域の値（順位なし）"
        rank = self.rank(district_id)
        tied = "（同順位あり）" if self.is_tied(district_id) else ""
        return f"{rank[1]}地区中{rank[0]}位{tied}" if rank else NO_RANK

    def rank(self, district_id: str) -> tuple[int, int] | None:
        """Rank a district among those with a value (see `rank_among`)."""
        return None if self.by_region else rank_among(self.district_values, district_id)

    def is_tied(self, district_id: str) -> bool:
        """Return whether another district shares the rank."""
        value = self.district_values.get(district_id)
        same = sum(other == value for other in self.district_values.values())
        return not self.by_region and value is not None and same > 1


def few_records(activities: int) -> str:
    """Return the caveat on ranks and shares of few activities; empty from FEW_RECORDS on."""
    if activities >= FEW_RECORDS:
        return ""
    if not activities:
        return "記録がありません。活動がないという意味ではありません。"
    return f"記録が{activities}件と少なく、1件の違いで順位や割合が大きく変わります。"


@cached_per_edition
def place_figures(edition: Edition, filters: Filters) -> tuple[Indicator, ...]:
    """Return the indicators of all places under `filters`, which should name no places."""
    summary = summarise(edition, filters)
    measured = [measure_places(edition, filters, MEASURES[name]) for name in SHARED_MEASURES]
    forms_used, equal_share = _forms_used(edition, filters), _equal_share(edition, filters)
    return (
        *(_measure_indicator(one) for one in measured),
        Indicator(
            "forms_used",
            "使われた形態",
            "種類",
            0,
            "6種類の形態のうち、その地区の活動に1回でも使われたものの数。",
            forms_used,
            _district_values(summary, forms_used),
        ),
        Indicator(
            "equal_share",
            "市と対等な協働の割合",
            "％",
            1,
            "範囲が「B 市民と市が互いに特性を活かし協力」と決まる活動の、実件数に占める割合。",
            equal_share,
            _district_values(summary, equal_share),
            caveat="範囲を一つに決められない活動は、分母にだけ入ります。",
        ),
    )


def _measure_indicator(measured: Measured) -> Indicator:
    measure = measured.measure
    return Indicator(
        measure.measure_id,
        "実件数" if measure.measure_id == "activities" else measure.label,
        measure.unit,
        measure.digits,
        measure.definition,
        measured.values,
        measured.district_values,
        measured.by_region,
        BY_REGION if measured.by_region else measured.reason,
    )


def _district_values(
    summary: Summary, values: Mapping[str, float | None]
) -> Mapping[str, float | None]:
    return {row.place.place_id: values[row.place.place_id] for row in summary.districts}


def _forms_used(edition: Edition, filters: Filters) -> dict[str, float | None]:
    return {
        place_id: sum(profile.counts[form].activities > 0 for form in KNOWN_FORMS)
        for place_id, profile in form_profiles(edition, filters).items()
    }


def _equal_share(edition: Edition, filters: Filters) -> dict[str, float | None]:
    """Percent by place; None where there is no activity at all."""
    shares: dict[str, float | None] = {}
    for row in summarise(edition, filters).rows():
        bands = band_counts(edition, filters, row.place.place_id)
        equal = sum(band.activities for band in bands if band.scopes == (Scope.B,))
        shares[row.place.place_id] = equal / row.activities * 100 if row.activities else None
    return shares
