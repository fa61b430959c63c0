"""Assign places to districts, by town name or by point.

Where there is a name the town table decides, not the approximate polygons (K001).
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from kyodo_geo.city import city
from kyodo_geo.geo.crs import GEOGRAPHIC_CRS, PLANE_CRS
from kyodo_geo.model import District, Town

EDGE_TOLERANCE_M = 5.0
"""A point this near to two districts lies on their edge (decision 23)."""

MAX_CANDIDATES = 3
MAX_NAME_LENGTH = 200
"""Longer texts are cut: the rest cannot be part of a town's name."""

CONFIDENCE_LABELS = {"high": "高", "medium": "中", "low": "低", "": "記載なし"}
"""Labels of a town's confidence, in descending order."""

VARIANTS = str.maketrans("ヶヵがガの之し舘澤萬圓冶篭‐‑–—―−ー", "ケケケケノノシ館沢万円治籠-------")
"""Interchangeable spellings: 亀ヶ森 and 亀が森, 土澤 and 土沢, 1‐2 and 1−2."""

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


@dataclass(frozen=True)
class PlaceMatch:
    """The district of a place name.

    `district_id` is None if unknown; `rule` is the reason in Japanese; `candidates` are similar
    names if unknown, else empty.
    """

    district_id: str | None
    rule: str
    candidates: tuple[str, ...] = ()


def place_key(name: str) -> str:
    """Normalise a place name for comparison.

    NFKC without spaces, VARIANTS unified, counted numbers in digits (一丁目 as 1丁目), without
    postal code, prefecture, city, 大字 and 字 before the town.
    """
    text = "".join(unicodedata.normalize("NFKC", name[:MAX_NAME_LENGTH]).split())
    text = COUNTED.sub(_digits, text.translate(VARIANTS))
    return BETWEEN_TOWNS.sub(r"\1", BEFORE_TOWN.sub("", text, count=1))


class TownIndex:
    """Index of the town table and the districts' names and kana."""

    def __init__(self, towns: Sequence[Town], districts: Sequence[District]) -> None:
        self._districts = {place_key(district.name): district for district in districts}
        self._kana = {
            _hiragana(district.name_kana): district for district in districts if district.name_kana
        }
        self._towns = _towns_by_key(towns)
        self._longest_first = sorted(self._towns, key=len, reverse=True)

    def match(self, name: str) -> PlaceMatch:
        """Match a town, an address, or a district's name or kana. Never raises.

        A town without its 丁目 matches only if all of them are in one district, the beginning
        of a kana only if it is unambiguous.
        """
        key = place_key(name)
        district = self._districts.get(key) or self._districts.get(
            key.removesuffix(city().district_noun)
        )
        if district is not None:
            rule = f"「{district.name}」は地区の名です。"
            return PlaceMatch(district.district_id, rule)
        read_alike = self._by_kana(name)
        if len(read_alike) == 1:
            rule = f"「{read_alike[0].name_kana}」は{read_alike[0].full_name}のよみです。"
            return PlaceMatch(read_alike[0].district_id, rule)
        if read_alike:
            names = tuple(district.name for district in read_alike)
            rule = "よみの合う地区がいくつもあります。"
            return PlaceMatch(None, rule, names)
        # Longest first: a short name must not win over a longer one that begins with it.
        for reading in _readings(key):
            for town_key in self._longest_first:
                rest = reading.removeprefix(town_key)
                if rest != reading and AFTER_TOWN.fullmatch(rest):
                    return _match_towns(self._towns[town_key], rest)
        return self._no_match(key)

    def _by_kana(self, name: str) -> list[District]:
        """Return the district with exactly this kana, else those whose kana begins so."""
        start = _hiragana(name)
        if not start or not KANA.fullmatch(start):
            return []
        exact = self._kana.get(start) or self._kana.get(
            start.removesuffix(city().district_noun_kana)
        )
        begun = [district for kana, district in self._kana.items() if kana.startswith(start)]
        return [exact] if exact else begun

    def _no_match(self, key: str) -> PlaceMatch:
        if not key:
            return PlaceMatch(None, "町名がありません。")
        within = [town_key for town_key in self._longest_first if key.startswith(town_key)]
        similar = difflib.get_close_matches(key, self._longest_first, MAX_CANDIDATES, cutoff=0.5)
        names = dict.fromkeys(self._towns[found][0].town for found in within + similar)
        rule = "町名表にも地区名にもない名です。"
        return PlaceMatch(None, rule, tuple(names)[:MAX_CANDIDATES])


def districts_of_points(
    lats: Sequence[float], lngs: Sequence[float], boundaries: gpd.GeoDataFrame
) -> NDArray[np.object_]:
    """Return the district ids of points in WGS84 degrees; None for points outside.

    Of several districts within EDGE_TOLERANCE_M the smallest id is taken (decision 23).
    `boundaries` are those of `read_boundaries`.
    """
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
    """Convert kana of any kind to hiragana, without spaces."""
    letters = "".join(unicodedata.normalize("NFKC", text[:MAX_NAME_LENGTH]).split())
    return "".join(chr(ord(c) - KATAKANA_OFFSET) if "ァ" <= c <= "ヶ" else c for c in letters)


def _digits(counted: re.Match[str]) -> str:
    tens, ones, digits = counted.groups()
    if digits:
        return "".join(str(KANJI_DIGITS[digit]) for digit in digits)
    return str(KANJI_DIGITS.get(tens, 1) * 10 + KANJI_DIGITS.get(ones, 0))


def _towns_by_key(towns: Sequence[Town]) -> dict[str, list[Town]]:
    """Group the rows by full name, by name without the former town, and, where no town has
    that name, without the number of the 丁目."""
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
    """Yield the key, preceded by its reading with 丁目 (桜町4-20 as 桜町4丁目20)."""
    chome = SHORT_CHOME.sub(r"\1丁目", key)
    if chome != key:
        yield chome
    yield key


def _match_towns(towns: Sequence[Town], rest: str) -> PlaceMatch:
    """Match the rows that share a name; `rest` is the text after the name."""
    names = tuple(dict.fromkeys(town.town for town in towns))
    if len({town.district_id for town in towns}) == 1:
        # The confidence of several rows is that of the least certain one.
        weakest = max(towns, key=lambda town: list(CONFIDENCE_LABELS).index(town.confidence))
        also = "など" if len(names) > 1 else ""
        return _town_match(weakest, f"町名表の「{names[0]}」{also}によります")
    if len(names) == 1:
        return _match_split_town(towns, rest)
    rule = "丁目によって地区が違います。丁目まで入力してください。"
    return PlaceMatch(None, rule, names)


def _match_split_town(towns: Sequence[Town], rest: str) -> PlaceMatch:
    """Match a town that is split by 地割; the row without koaza covers the rest."""
    by_lot = {_lot(place_key(town.koaza)): town for town in towns}
    lot = _lot(rest)
    main = next((town for town in towns if not town.koaza), towns[0])
    if lot:
        town = by_lot.get(lot, main)
        return _town_match(town, f"町名表の「{main.town}」の地割（第{lot}地割）によります")
    others = "、".join(town.koaza for town in towns if town.koaza)
    rule = f"町名表の「{main.town}」によります。{others}は別の地区ですが、地割の番号がありません"
    return _town_match(main, rule)


def _lot(text: str) -> str:
    """Return the number of the 地割 at the beginning of `text`; empty without one."""
    lot = LOT.match(text)
    return (lot[1] or lot[2]) if lot else ""


def _town_match(town: Town, rule: str) -> PlaceMatch:
    confidence = CONFIDENCE_LABELS[town.confidence]
    return PlaceMatch(town.district_id, f"{rule}（確度: {confidence}）。")
