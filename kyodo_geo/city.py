"""The facts of the city: what is true of it alone, from `data/city.yml`."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from kyodo_geo.errors import SourceDataError, system_error_text

CITY_FILE = Path(__file__).resolve().parent.parent / "data" / "city.yml"
EMPTY_TILE = "-"


@dataclass(frozen=True)
class City:
    """The municipality: names, contact, districts and position (degrees are WGS84).

    `envelope` is west, south, east, north; `map_centre` is latitude, longitude. `tile_rows` has
    every district once, placed by hand to resemble the map. `shared_name` is that of a region
    and of the district `shared_name_district`.
    """

    name: str
    prefecture: str
    code: str
    romaji: str
    website: str
    guideline: str
    contact_office: str
    contact_tel: str
    contact_fax: str
    contact_mail: str
    district_noun: str
    district_noun_kana: str
    council_noun: str
    regions: tuple[str, ...]
    former_towns: tuple[str, ...]
    shared_name: str
    shared_name_district: str
    place_examples: str
    plane_crs: str
    area_km2: float
    envelope: tuple[float, float, float, float]
    map_centre: tuple[float, float]
    central_districts: tuple[str, ...]
    tile_rows: tuple[str, ...]

    @property
    def title(self) -> str:
        """Subject of the record, 〇〇市の協働."""
        return f"{self.name}の協働"

    @property
    def district_ids(self) -> tuple[str, ...]:
        """Ids of the districts in ascending order."""
        tiles = (tile for row in self.tile_rows for tile in row.split())
        return tuple(sorted(tile for tile in tiles if tile != EMPTY_TILE))

    @property
    def district_count(self) -> int:
        """Number of districts."""
        return len(self.district_ids)

    @property
    def district_range(self) -> str:
        """The first and the last district id, e.g. C01〜C09."""
        return f"{self.district_ids[0]}〜{self.district_ids[-1]}"


@cache
def city() -> City:
    """The city that the product is set up for. Raises like `read_city`."""
    return read_city(CITY_FILE)


def read_city(path: Path) -> City:
    """Read and check the facts of a city.

    Raises SourceDataError naming the file, the item, what was found and what is expected.
    """
    try:
        content = yaml.load(path.read_text("utf-8"), yaml.CSafeLoader)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        found = f"YAMLとして読めません{system_error_text(error)}"
        raise _error(path.name, found, "", str(error)) from error
    items = content if isinstance(content, dict) else {}
    if unknown := [str(key) for key in items if key not in EXPECTED]:
        expected = f"使える項目: {'、'.join(EXPECTED)}"
        raise _error(path.name, f"{'、'.join(unknown)} という項目はありません", expected)
    return City(**{one.name: _fact(one.name, items, path.name) for one in fields(City)})


def _fact(name: str, items: dict[str, Any], file_name: str) -> Any:
    is_right, expected = EXPECTED[name]
    value = items.get(name)
    if not is_right(value):
        found = f"「{value}」です" if name in items else "項目がありません"
        raise _error(f"{file_name} の {name}", found, f"{expected}が必要です")
    return tuple(value) if isinstance(value, list) else value


def _error(where: str, found: str, expected: str, detail: str = "") -> SourceDataError:
    next_step = "data フォルダーの city.yml を直してください"
    return SourceDataError(where, found, expected, next_step, detail)


def _text(pattern: str = r".*\S.*") -> Callable[[Any], bool]:
    return lambda value: isinstance(value, str) and re.fullmatch(pattern, value) is not None


def _texts(pattern: str = r".*\S.*") -> Callable[[Any], bool]:
    return lambda value: isinstance(value, list) and all(map(_text(pattern), value))


def _numbers(count: int) -> Callable[[Any], bool]:
    return lambda value: (
        isinstance(value, list) and len(value) == count and all(map(_is_number, value))
    )


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _are_tiles(value: Any) -> bool:
    """Whether rows of tiles have some district, and none twice."""
    if not _texts()(value):
        return False
    placed = [tile for row in value for tile in row.split() if tile != EMPTY_TILE]
    return bool(placed) and len(placed) == len(set(placed)) and _texts(DISTRICT_ID)(placed)


DISTRICT_ID = r"C\d{2}"
TEXT = (_text(), "空でない文字")
TEXTS = (_texts(), "文字の並び")
EXPECTED: dict[str, tuple[Callable[[Any], bool], str]] = {
    **dict.fromkeys((one.name for one in fields(City)), TEXT),
    "code": (_text(r"\d{6}"), "引用符で囲んだ6桁の数字（全国地方公共団体コード）"),
    "romaji": (_text("[a-z-]+"), "英小文字の名"),
    "website": (_text(r"[a-z0-9.-]+"), "ホスト名"),
    "contact_mail": (_text(r"\S+@\S+"), "メールアドレス"),
    "regions": (lambda value: bool(value) and _texts()(value), "地域の名の並び"),
    "former_towns": TEXTS,
    "shared_name_district": (_text(DISTRICT_ID), "地区の番号"),
    "plane_crs": (_text(r"EPSG:66(69|7\d|8[0-7])"), "平面直角座標系の「EPSG:6669」〜「EPSG:6687」"),
    "area_km2": (lambda value: _is_number(value) and value > 0, "0より大きい数（km2）"),
    "envelope": (_numbers(4), "西・南・東・北の四つの数（度）"),
    "map_centre": (_numbers(2), "緯度・経度の二つの数（度）"),
    "central_districts": (_texts(DISTRICT_ID), "地区の番号の並び"),
    "tile_rows": (_are_tiles, "すべての地区の番号を一度ずつ並べた行"),
}
"""By item of the file: whether a value is right, and what it has to be."""
