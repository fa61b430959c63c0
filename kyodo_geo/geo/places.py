"""A place becomes a district: by town name, or by point.

The town table decides where there is a name; the polygons are approximate and decide
only where there is nothing but a point. Every answer says which rule gave it.
"""

from __future__ import annotations

import difflib
import math
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from kyodo_geo.city import city
from kyodo_geo.geo.crs import GEOGRAPHIC_CRS, PLANE_CRS
from kyodo_geo.model import District, Town

EDGE_TOLERANCE_M = 5.0
"""A point this near to two districts lies on their edge; the lines are no better."""

MAX_CANDIDATES = 3
MAX_NAME_LENGTH = 200
"""What follows in a longer text cannot be part of a town's name."""

CONFIDENCE_LABELS = {"high": "高", "medium": "中", "low": "低", "": "記載なし"}
"""How sure the town table is of a town's district, from the surest down."""

VARIANTS = str.maketrans("ヶヵがガの之し舘澤萬圓冶篭‐‑–—―−ー", "ケケケケノノシ館沢万円治籠-------")
"""Spellings that people use side by side: 亀ヶ森 and 亀が森, 土澤 and 土沢, 1‐2 and 1−2."""

KANA = re.compile("[ぁ-ゖー]+")
KATAKANA_OFFSET = ord("ア") - ord("あ")

KANJI_DIGITS = {digit: value for value, digit in enumerate("〇一二三四五六七八九")}
COUNTED = re.compile(
    r"([一二三四五六七八九]?)十([一二三四五六七八九]?)(?=丁目|地割|番|号)"
    r"|([〇一二三四五六七八九]+)(?=丁目|地割|番|号)"
)
BEFORE_TOWN = re.compile(
    rf"^(?:〒?\d{{3}}-?\d{{4}})?(?:{city().prefecture})?(?:{city().name})?(?:大?字)?"
)
BETWEEN_TOWNS = re.compile(rf"^({'|'.join(city().former_towns)})大?字")
AFTER_TOWN = re.compile(r"(?:(?:大?字|地内|\(|第?\d(?!\d*丁目)).*)?", re.DOTALL)
CHOME = re.compile(r"(\D+)\d丁目")
SHORT_CHOME = re.compile(r"^(\D+\d)(?:-|$)")
LOT = re.compile(r"^(?:大?字)?(?:第?(\d+)地割|(\d+)-)")


class PlaceOutcome(StrEnum):
    """What became of a place."""

    MATCHED = "matched"
    ON_EDGE = "on_edge"
    OUTSIDE = "outside"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class PlaceMatch:
    """The district of a place, and why.

    `district_id` is None for outside and unknown. `rule` explains in Japanese.
    `candidates` are what a person can choose from: similar names for unknown, the
    districts that meet for on_edge, else none.
    """

    outcome: PlaceOutcome
    district_id: str | None
    rule: str
    candidates: tuple[str, ...] = ()


def place_key(name: str) -> str:
    """The form in which place names are compared.

    NFKC without spaces, one spelling for variants, counted numbers in digits (一丁目 as
    1丁目), and without prefecture, city, postal code, 大字 and 字 before the town.
    """
    text = "".join(unicodedata.normalize("NFKC", name[:MAX_NAME_LENGTH]).split())
    text = COUNTED.sub(_digits, text.translate(VARIANTS))
    return BETWEEN_TOWNS.sub(r"\1", BEFORE_TOWN.sub("", text, count=1))


class TownIndex:
    """Finds the district of a place name from the town table and the districts' names."""

    def __init__(self, towns: Sequence[Town], districts: Sequence[District]) -> None:
        self._districts = {place_key(district.name): district for district in districts}
        self._kana = {
            _hiragana(district.name_kana): district for district in districts if district.name_kana
        }
        self._towns = _towns_by_key(towns)
        self._longest_first = sorted(self._towns, key=len, reverse=True)

    def match(self, name: str) -> PlaceMatch:
        """The district of a town, an address or a district's name or its kana. Never raises.

        Outcome matched or unknown; a town named without its 丁目 matches only if all of
        them are in one district, the start of a kana only if no other district begins so.
        """
        key = place_key(name)
        district = self._districts.get(key) or self._districts.get(
            key.removesuffix(city().district_noun)
        )
        if district is not None:
            rule = f"「{district.name}」は地区の名です。"
            return PlaceMatch(PlaceOutcome.MATCHED, district.district_id, rule)
        read_alike = self._by_kana(name)
        if len(read_alike) == 1:
            rule = f"「{read_alike[0].name_kana}」は{read_alike[0].full_name}のよみです。"
            return PlaceMatch(PlaceOutcome.MATCHED, read_alike[0].district_id, rule)
        if read_alike:
            names = tuple(district.name for district in read_alike)
            rule = "よみの合う地区がいくつもあります。"
            return PlaceMatch(PlaceOutcome.UNKNOWN, None, rule, names)
        for reading in _readings(key):
            for town_key in self._longest_first:
                rest = reading.removeprefix(town_key)
                if rest != reading and AFTER_TOWN.fullmatch(rest):
                    return _of_towns(self._towns[town_key], rest)
        return self._unknown(key)

    def _by_kana(self, name: str) -> list[District]:
        """The district read like `name`, else those whose kana begins with it."""
        start = _hiragana(name)
        if not start or not KANA.fullmatch(start):
            return []
        exact = self._kana.get(start) or self._kana.get(
            start.removesuffix(city().district_noun_kana)
        )
        begun = [district for kana, district in self._kana.items() if kana.startswith(start)]
        return [exact] if exact else begun

    def _unknown(self, key: str) -> PlaceMatch:
        if not key:
            return PlaceMatch(PlaceOutcome.UNKNOWN, None, "町名がありません。")
        within = [town_key for town_key in self._longest_first if key.startswith(town_key)]
        similar = difflib.get_close_matches(key, self._longest_first, MAX_CANDIDATES, cutoff=0.5)
        names = dict.fromkeys(self._towns[found][0].town for found in within + similar)
        rule = "町名表にも地区名にもない名です。"
        return PlaceMatch(PlaceOutcome.UNKNOWN, None, rule, tuple(names)[:MAX_CANDIDATES])


def match_point(lat: float, lng: float, boundaries: gpd.GeoDataFrame) -> PlaceMatch:
    """The district of a point in WGS84 degrees, by boundaries as `read_boundaries` gives.

    Outcome matched, on_edge (within EDGE_TOLERANCE_M of several districts: the one with
    the smallest id is taken) or outside; unknown if the coordinates are no numbers.
    """
    if not (math.isfinite(lat) and math.isfinite(lng)):
        return PlaceMatch(PlaceOutcome.UNKNOWN, None, "座標が数ではありません。")
    west, south, east, north = boundaries.total_bounds
    if not (west <= lng <= east and south <= lat <= north):
        return PlaceMatch(PlaceOutcome.OUTSIDE, None, "地区の範囲の外にある点です。")
    point_plane = gpd.GeoSeries.from_xy([lng], [lat], crs=GEOGRAPHIC_CRS).to_crs(PLANE_CRS).iloc[0]
    distances_m = boundaries.geometry.to_crs(PLANE_CRS).distance(point_plane)
    near = sorted(distances_m.index[distances_m <= EDGE_TOLERANCE_M])
    if len(near) > 1:
        rule = f"地区の境から{EDGE_TOLERANCE_M:.0f}m以内の点です。番号の最も小さい地区としました。"
        return PlaceMatch(PlaceOutcome.ON_EDGE, near[0], rule, tuple(near))
    if near and distances_m[near[0]] == 0:
        rule = "境界の中にある点です。"
        return PlaceMatch(PlaceOutcome.MATCHED, near[0], rule)
    return PlaceMatch(PlaceOutcome.OUTSIDE, None, "地区の範囲の外にある点です。")


def districts_of_points(
    lats: Sequence[float], lngs: Sequence[float], boundaries: gpd.GeoDataFrame
) -> NDArray[np.object_]:
    """Ids of the districts of many points, by the rules of `match_point`; None for outside."""
    points_plane = gpd.GeoSeries.from_xy(lngs, lats, crs=GEOGRAPHIC_CRS).to_crs(PLANE_CRS)
    points, polygons = points_plane.to_numpy(), boundaries.geometry.to_crs(PLANE_CRS).to_numpy()
    tree = shapely.STRtree(polygons)
    of_point, of_polygon = tree.query(points, predicate="dwithin", distance=EDGE_TOLERANCE_M)
    distances_m = shapely.distance(points[of_point], polygons[of_polygon])
    near = pd.DataFrame(
        {"point": of_point, "id": boundaries.index.to_numpy()[of_polygon], "m": distances_m}
    )
    found = near.groupby("point").agg(first=("id", "min"), count=("id", "size"), m=("m", "min"))
    inside = found[(found["count"] > 1) | (found["m"] == 0)]
    ids = np.full(len(points), None, dtype=object)
    ids[inside.index.to_numpy(dtype=np.int64)] = inside["first"].to_numpy()
    return ids


def _hiragana(text: str) -> str:
    """Kana of any kind as hiragana, without spaces."""
    letters = "".join(unicodedata.normalize("NFKC", text[:MAX_NAME_LENGTH]).split())
    return "".join(chr(ord(c) - KATAKANA_OFFSET) if "ァ" <= c <= "ヶ" else c for c in letters)


def _digits(counted: re.Match[str]) -> str:
    tens, ones, digits = counted.groups()
    if digits:
        return "".join(str(KANJI_DIGITS[digit]) for digit in digits)
    return str(KANJI_DIGITS.get(tens, 1) * 10 + KANJI_DIGITS.get(ones, 0))


def _towns_by_key(towns: Sequence[Town]) -> dict[str, list[Town]]:
    """The rows of each town, under its full name, without 東和町 and the like before it,
    and without the number of its 丁目 where no town has that name."""
    named: dict[str, list[Town]] = {}
    without_chome: dict[str, list[Town]] = {}
    for town in towns:
        full = place_key(town.town)
        for key in {full, _without_former_town(full)}:
            named.setdefault(key, []).append(town)
            chome = CHOME.fullmatch(key)
            if chome:
                without_chome.setdefault(chome[1], []).append(town)
    return without_chome | named


def _without_former_town(key: str) -> str:
    former = next((town for town in city().former_towns if key.startswith(town)), "")
    return key.removeprefix(former)


def _readings(key: str) -> Iterator[str]:
    """The key, and before it the key with 桜町4-20 read as 桜町4丁目20."""
    chome = SHORT_CHOME.sub(r"\1丁目", key)
    if chome != key:
        yield chome
    yield key


def _of_towns(towns: Sequence[Town], rest: str) -> PlaceMatch:
    """The district of the rows that share a name; `rest` is what follows the name."""
    names = tuple(dict.fromkeys(town.town for town in towns))
    if len({town.district_id for town in towns}) == 1:
        weakest = max(towns, key=lambda town: list(CONFIDENCE_LABELS).index(town.confidence))
        also = "など" if len(names) > 1 else ""
        return _matched(weakest, f"町名表の「{names[0]}」{also}によります")
    if len(names) == 1:
        return _of_split_town(towns, rest)
    rule = "丁目によって地区が違います。丁目まで入力してください。"
    return PlaceMatch(PlaceOutcome.UNKNOWN, None, rule, names)


def _of_split_town(towns: Sequence[Town], rest: str) -> PlaceMatch:
    """The row of a town that is split by its 地割; the row without koaza is the rest."""
    by_lot = {_lot(place_key(town.koaza)): town for town in towns}
    lot = _lot(rest)
    main = next((town for town in towns if not town.koaza), towns[0])
    if lot:
        town = by_lot.get(lot, main)
        return _matched(town, f"町名表の「{main.town}」の地割（第{lot}地割）によります")
    others = "、".join(town.koaza for town in towns if town.koaza)
    rule = f"町名表の「{main.town}」によります。{others}は別の地区ですが、地割の番号がありません"
    return _matched(main, rule)


def _lot(text: str) -> str:
    """The number of the 地割 that `text` begins with; empty without one."""
    lot = LOT.match(text)
    return (lot[1] or lot[2]) if lot else ""


def _matched(town: Town, rule: str) -> PlaceMatch:
    confidence = CONFIDENCE_LABELS[town.confidence]
    return PlaceMatch(PlaceOutcome.MATCHED, town.district_id, f"{rule}（確度: {confidence}）。")
