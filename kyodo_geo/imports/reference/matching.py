"""Which district a polygon is: by an attribute with ids, one with names, or by overlap."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from kyodo_geo.editions import Edition
from kyodo_geo.geo.crs import PLANE_CRS
from kyodo_geo.imports.reference.reference_findings import ReferenceFinding
from kyodo_geo.tabular.finding_kinds import CellFinding
from kyodo_geo.tabular.findings import Checked, FileRefused, Finding
from kyodo_geo.tabular.parsers.terms import PlaceReader

LEAST_NAMED = 0.5
"""An attribute that names fewer of the districts is about something else."""

MOST_DIFFERENT = 100
"""An attribute with more different texts is about something finer than districts."""

LEAST_OVERLAP = 0.5
"""Share of the polygon and of the district that have to be common: no two can have more."""

MOST_NAMED = 10


class Way(StrEnum):
    """How a district was found."""

    ID = "番号"
    NAME = "名前"
    OVERLAP = "重なり"


@dataclass(frozen=True)
class Matching:
    """The district of each polygon in their order, and how each district was found."""

    district_ids: Sequence[str]
    ways: Mapping[str, Way]


class DistrictReader:
    """Reads texts that name one district: its id, or its name with any tail."""

    def __init__(self, edition: Edition) -> None:
        self._places = PlaceReader(edition)
        self._ids = {
            place.mask: place.place_id for place in edition.places if place.kind == "district"
        }

    def by_id(self, text: str) -> str | None:
        """The district whose id a text is, in any width or case."""
        code = unicodedata.normalize("NFKC", text).strip().upper()
        return code if code in self._ids.values() else None

    def by_name(self, text: str) -> str | None:
        """The district a text names; None for ids, towns, regions and several districts."""
        if not text.strip() or self.by_id(text):
            return None
        cell = self._places.mask(text)
        is_town = any(note.kind is CellFinding.PLACE_BY_TOWN for note in cell.notes)
        return None if cell.is_refused or is_town else self._ids.get(cell.value)


def match_districts(
    features: gpd.GeoDataFrame, edition: Edition, current: gpd.GeoDataFrame
) -> Checked[Matching]:
    """Match each polygon (WGS84, attributes as texts) to its district.

    `current` are the present boundaries. What attributes leave open is found by overlap.
    Raises FileRefused where a polygon is no district, or two.
    """
    reader = DistrictReader(edition)
    by_id = _best_column(features, reader.by_id, len(current))
    by_name = _best_column(features, reader.by_name, len(current))
    _refuse_contradictions(by_id, by_name)
    named = by_id.combine_first(by_name)
    by_overlap = _by_overlap(features[named.isna()], current.drop(index=named.dropna().unique()))
    known = named.combine_first(by_overlap)
    _refuse_unmatched(features, known)
    ways: dict[str, Way] = {}
    for found, way in ((by_overlap, Way.OVERLAP), (by_name, Way.NAME), (by_id, Way.ID)):
        ways |= dict.fromkeys(found.dropna(), way)
    return Checked(Matching(known.to_list(), ways), tuple(_describe_ways(known, ways)))


def _best_column(
    features: gpd.GeoDataFrame, read: Callable[[str], str | None], count: int
) -> pd.Series:
    """The districts read from the attribute that names most of them; all None if none does."""
    best = pd.Series(None, index=features.index, dtype=object)
    most = LEAST_NAMED * count
    for name in features.columns.drop(features.geometry.name):
        texts = features[name].unique()
        if len(texts) > MOST_DIFFERENT:
            continue
        found = {text: read(text) for text in texts}
        districts = features[name].map(found).astype(object)
        if districts.nunique() >= most:
            best, most = districts.where(districts.notna(), None), districts.nunique() + 1
    return best


def _refuse_contradictions(by_id: pd.Series, by_name: pd.Series) -> None:
    differs = by_id.notna() & by_name.notna() & (by_id != by_name)
    if differs.any():
        pairs = [
            f"{number + 1}番目（{by_id[number]} と {by_name[number]}）"
            for number in np.flatnonzero(differs)
        ]
        raise FileRefused(ReferenceFinding.MATCHED_TWICE, _some(pairs))


def _by_overlap(features: gpd.GeoDataFrame, districts: gpd.GeoDataFrame) -> pd.Series:
    """For each polygon the district that holds most of it, where the polygons in it cover most
    of that one; else None."""
    found = pd.Series(None, index=features.index, dtype=object)
    if features.empty or districts.empty:
        return found
    shapes = shapely.make_valid(features.geometry.to_crs(PLANE_CRS).to_numpy())
    present = districts.geometry.to_crs(PLANE_CRS).to_numpy()
    common = shapely.area(shapely.intersection(shapes[:, None], present[None, :]))
    best = common.argmax(axis=1)
    in_best = common[np.arange(len(shapes)), best]
    is_inside = in_best >= LEAST_OVERLAP * shapely.area(shapes)
    covered = np.bincount(best[is_inside], in_best[is_inside], minlength=len(present))
    is_covered = covered >= LEAST_OVERLAP * shapely.area(present)
    is_sure = is_inside & is_covered[best]
    found[is_sure] = districts.index.to_numpy()[best[is_sure]]
    return found


def _refuse_unmatched(features: gpd.GeoDataFrame, known: pd.Series) -> None:
    texts = features.drop(columns=features.geometry.name)
    unknown = [
        f"{number + 1}番目" + _in_brackets(texts.iloc[number])
        for number in np.flatnonzero(known.isna())
    ]
    if unknown:
        raise FileRefused(ReferenceFinding.UNMATCHED, _some(unknown))


def _in_brackets(attributes: pd.Series) -> str:
    texts = "、".join(text for text in attributes if text)[:40]
    return f"（{texts}）" if texts else ""


def _describe_ways(known: pd.Series, ways: Mapping[str, Way]) -> Iterator[Finding]:
    counts = ((way, sum(found is way for found in ways.values())) for way in Way)
    detail = "、".join(f"{way}から{count}地区" for way, count in counts if count)
    yield Finding(ReferenceFinding.MATCHED, detail=detail)
    by_overlap = [district_id for district_id, way in sorted(ways.items()) if way is Way.OVERLAP]
    if by_overlap:
        is_all = len(by_overlap) == len(ways)
        detail = "すべての地区です" if is_all else "、".join(by_overlap)
        yield Finding(ReferenceFinding.MATCHED_BY_OVERLAP, detail=detail)
    several = known.value_counts()
    several = several[several > 1].sort_index()
    if len(several):
        names = "、".join(f"{district_id}（{count}個）" for district_id, count in several.items())
        yield Finding(ReferenceFinding.DISSOLVED, detail=names)


def _some(items: Sequence[str]) -> str:
    rest = len(items) - MOST_NAMED
    return "、".join(items[:MOST_NAMED]) + (f"（ほか{rest}個）" if rest > 0 else "")
