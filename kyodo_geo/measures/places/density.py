"""協働の密度: the measures of the density page, each with a card and a function."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum

from kyodo_geo.editions import Edition, cached_per_edition
from kyodo_geo.measures.places.district_shapes import boundary_note, district_areas_km2
from kyodo_geo.measures.places.population import Residents, residents
from kyodo_geo.measures.places.summary import PlaceSummary, Summary, summarise
from kyodo_geo.model import Filters

PER_AREA_KM2 = 10
PER_RESIDENTS = 1000


class Drawing(Enum):
    """Drawing of a measure: rates fill areas, counts are circles."""

    FILL = "fill"
    CIRCLE = "circle"


@dataclass(frozen=True)
class Denominators:
    """Denominators of rates: areas by place id, residents, and the note on the boundaries."""

    area_km2: Mapping[str, float]
    people: Residents
    boundary_note: str


@dataclass(frozen=True)
class Measure:
    """Card of one measure; `value` returns None where the figure is missing."""

    measure_id: str
    label: str
    unit: str
    digits: int
    drawing: Drawing
    definition: str
    caveat: str
    value: Callable[[PlaceSummary, Denominators], float | None]


def _per_area(row: PlaceSummary, denominators: Denominators) -> float | None:
    area_km2 = denominators.area_km2.get(row.place.place_id)
    return row.activities / area_km2 * PER_AREA_KM2 if area_km2 else None


def _per_residents(row: PlaceSummary, denominators: Denominators) -> float | None:
    people = denominators.people.by_place.get(row.place.place_id)
    return row.activities / people * PER_RESIDENTS if people else None


MEASURES: dict[str, Measure] = {
    measure.measure_id: measure
    for measure in (
        Measure(
            "activities",
            "件数",
            "件",
            0,
            Drawing.CIRCLE,
            "その地区の活動の数。複数の地区にまたがる活動は、それぞれの地区で1件と数えます。",
            "資料に載った件数です。少ないことは、活動が少ないことを意味しません。",
            lambda row, _: row.activities,
        ),
        Measure(
            "per_10km2",
            "件/10km²",
            "件/10km²",
            2,
            Drawing.FILL,
            "件数 ÷ 面積（km²）× 10。面積は地図の境界から計算します。",
            "山地の広い地区では小さくなります。",
            _per_area,
        ),
        Measure(
            "per_1000",
            "件/人口千人",
            "件/千人",
            2,
            Drawing.FILL,
            "件数 ÷ 人口 × 1,000。",
            "人口の少ない所では、1件の違いで大きく動きます。",
            _per_residents,
        ),
        Measure(
            "participants",
            "参加者数",
            "人",
            0,
            Drawing.CIRCLE,
            "資料に人数がある活動の参加者の合計。人数のない活動は含みません。",
            "概数で、来場者・見物客・登録者が混ざっています。",
            lambda row, _: row.participants,
        ),
        Measure(
            "actor_kinds",
            "参加主体の種類数",
            "種類",
            0,
            Drawing.FILL,
            "6種類の主体のうち、その地区の活動に1回でも参加したものの数。",
            "活動の件数が多い地区ほど大きくなりやすい値です。",
            lambda row, _: row.actor_kinds,
        ),
    )
}


@dataclass(frozen=True)
class Measured:
    """Values of one measure by place id, for all places.

    None means データなし, never zero. Where `by_region`, districts carry the value of their
    region. `reason` explains missing values.
    """

    measure: Measure
    summary: Summary
    values: Mapping[str, float | None]
    by_region: bool
    denominator: str
    reason: str

    @property
    def district_values(self) -> dict[str, float | None]:
        """Values of the districts, in order."""
        return {r.place.place_id: self.values[r.place.place_id] for r in self.summary.districts}

    def rank(self, place_id: str) -> tuple[int, int] | None:
        """Rank a district among those with a value (see `rank_among`).

        None where it has no value or where values are those of regions.
        """
        return None if self.by_region else rank_among(self.district_values, place_id)


def rank_among(values: Mapping[str, float | None], place_id: str) -> tuple[int, int] | None:
    """Rank a place among those with a value; return the rank and their number.

    Ties share the better rank. None where the place has no value.
    """
    value = values.get(place_id)
    others = [other for other in values.values() if other is not None]
    if value is None:
        return None
    return 1 + sum(other > value for other in others), len(others)


def measure_places(edition: Edition, filters: Filters, measure: Measure) -> Measured:
    """Compute `measure` for all places under `filters`."""
    summary = summarise(edition, filters)
    denominators = _denominators(edition)
    values = {row.place.place_id: measure.value(row, denominators) for row in summary.rows()}
    # K003: residents are known of the four regions only, until all districts are handed in.
    by_region = measure.measure_id == "per_1000" and not denominators.people.of_districts
    if by_region:
        of_region = {row.place.region: values[row.place.place_id] for row in summary.regions}
        values |= {row.place.place_id: of_region.get(row.place.region) for row in summary.districts}
    return Measured(
        measure,
        summary,
        values,
        by_region,
        _denominator_text(measure, denominators),
        _missing_reason(measure, denominators),
    )


@cached_per_edition
def _denominators(edition: Edition) -> Denominators:
    areas = district_areas_km2(edition)
    area_km2 = dict(areas)
    for place in edition.places:
        members = [d.district_id for d in edition.districts if place.region in ("", d.region)]
        if place.kind in ("region", "all"):
            area_km2[place.place_id] = sum(areas[member] for member in members)
    return Denominators(area_km2, residents(edition), boundary_note(edition))


def _denominator_text(measure: Measure, denominators: Denominators) -> str:
    if measure.measure_id == "per_10km2":
        return f"地図の境界から計算した面積（{denominators.boundary_note.removesuffix('。')}）"
    people = denominators.people
    if measure.measure_id == "per_1000" and people.as_of:
        return f"{'地区' if people.of_districts else '地域'}別人口（{people.as_of:%Y-%m-%d}現在）"
    return ""


def _missing_reason(measure: Measure, denominators: Denominators) -> str:
    if measure.measure_id == "per_1000" and not denominators.people.of_districts:
        return "地区別の人口が公表されていないため、地域の値で塗っています。"
    if measure.measure_id == "participants":
        return "活動があっても人数の記載がない地区は「データなし」です。"
    return ""
