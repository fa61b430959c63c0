"""Places: every town finds its district however it is written, nothing wild raises."""

from __future__ import annotations

import re
import unicodedata

import geopandas as gpd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from kyodo_geo.geo.boundaries import read_boundaries
from kyodo_geo.geo.crs import GEOGRAPHIC_CRS, PLANE_CRS
from kyodo_geo.geo.places import EDGE_TOLERANCE_M, TownIndex, districts_of_points
from kyodo_geo.model import Town
from kyodo_geo.seed.shipped_record import read_record
from kyodo_geo.settings import SHIPPED_DATA_DIR

RECORD = read_record(SHIPPED_DATA_DIR)
IDS = [district.district_id for district in RECORD.districts]
INDEX = TownIndex(RECORD.towns, RECORD.districts)
BOUNDARIES = read_boundaries(RECORD.boundaries_geojson, IDS, "districts.geojson")

MAIN_ROWS = [town for town in RECORD.towns if not town.koaza]
CHOME_DIGITS = {"一": "1", "二": "2", "三": "3", "四": "4", "十二": "12"}
CHOME = re.compile(r"(?:十二|[一二三四])(?=丁目)")
FULL_WIDTH = str.maketrans("0123456789-", "０１２３４５６７８９－")


@pytest.mark.parametrize("town", MAIN_ROWS, ids=lambda town: town.town)
def test_every_town_finds_its_own_district(town: Town) -> None:
    match = INDEX.match(town.town)
    assert match.district_id == town.district_id
    assert match.candidates == ()


def test_187_towns() -> None:
    assert len(MAIN_ROWS) == 187


@pytest.mark.parametrize("suffix", ["", "地区"])
def test_every_district_is_found_by_its_name(suffix: str) -> None:
    for district in RECORD.districts:
        match = INDEX.match(district.name + suffix)
        assert match.district_id == district.district_id


@st.composite
def written_addresses(draw: st.DrawFn) -> tuple[str, str]:
    """A town as people write it, and the id of its district."""
    town = draw(st.sampled_from(MAIN_ROWS))
    name = town.town
    if draw(st.booleans()):
        for former in ("大迫町", "石鳥谷町", "東和町"):
            if name.startswith(former):
                between = draw(st.sampled_from(["", "大字", "字", " "]))
                name = former + between + name.removeprefix(former)
    if draw(st.booleans()):
        name = name.replace("ケ", "ヶ").replace("ノ", "の")
    if draw(st.booleans()):
        name = CHOME.sub(lambda chome: CHOME_DIGITS[chome[0]], name)
    lot = draw(st.integers(1, 10))
    number = draw(st.integers(1, 9999))
    tails = ["", f"{number}番地", f"第{lot}地割{number}", f" 第{lot}地割 {number}番地の2"]
    tails += [f"字山{number}", f"大字西 {number}", f"（{number}付近）", "地内"]
    tail = draw(st.sampled_from(tails))
    before = draw(st.sampled_from(["", "花巻市", "岩手県花巻市", "〒025-0001 花巻市", "　"]))
    address = before + name + tail
    if draw(st.booleans()):
        address = address.translate(FULL_WIDTH)
    if draw(st.booleans()):
        address = unicodedata.normalize("NFD", address)
    return address, town.district_id


@settings(max_examples=150, deadline=None)
@given(written_addresses())
def test_an_address_finds_the_district_of_its_town(written: tuple[str, str]) -> None:
    address, district_id = written
    match = INDEX.match(address)
    assert match.district_id == district_id, address


@settings(max_examples=150, deadline=None)
@given(
    st.text(max_size=300)
    | st.text("花巻市一二十丁目地割第字番号0１-ー東和町土沢北寺林", max_size=30)
)
def test_wild_text_never_raises(text: str) -> None:
    match = INDEX.match(text)
    assert match.rule
    assert len(match.candidates) <= 3
    assert match.district_id is None or match.district_id in IDS


@pytest.mark.parametrize(
    ("address", "district_id"),
    [
        ("石鳥谷町北寺林第十一地割", "C16"),
        ("花巻市石鳥谷町北寺林 第１１地割１８２５番地", "C16"),
        ("北寺林11-1825", "C16"),
        ("石鳥谷町北寺林第一地割", "C18"),
        ("石鳥谷町北寺林1-11", "C18"),
        ("石鳥谷町北寺林", "C18"),
    ],
)
def test_the_town_that_is_split_by_its_lots(address: str, district_id: str) -> None:
    match = INDEX.match(address)
    assert match.district_id == district_id


def test_a_split_town_without_lot_says_so() -> None:
    assert "地割の番号がありません" in INDEX.match("石鳥谷町北寺林").rule
    assert "地割の番号がありません" not in INDEX.match("石鳥谷町北寺林第2地割").rule


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("本館", "「本館」"),
        ("本館一丁目", "「本館一丁目」"),
        ("本館2-15", "「本館二丁目」"),
        ("桜町4-20", "「桜町四丁目」"),
        ("桜町", "「桜町一丁目」など"),
        ("外台川原3", "「外台川原」"),
        ("十二丁目1048", "「十二丁目」"),
        ("本舘", "「本館」"),
        ("鍛冶町", "「鍛治町」"),
        ("舘迫", "確度: 低"),
    ],
)
def test_the_rule_names_the_town_that_was_taken(address: str, said: str) -> None:
    assert said in INDEX.match(address).rule


@pytest.mark.parametrize(
    ("name", "candidate"),
    [
        ("星が丘", "星が丘一丁目"),
        ("桜町九丁目", "桜町四丁目"),
        ("台東区", "台"),
        ("大迫町土沢", "東和町土沢"),
        ("湯本小学校", "湯本"),
        ("材本町", "材木町"),
    ],
)
def test_what_is_not_sure_is_unknown_with_candidates(name: str, candidate: str) -> None:
    match = INDEX.match(name)
    assert match.district_id is None
    assert candidate in match.candidates


@pytest.mark.parametrize("name", ["", "　", "花巻市", "岩手県", "東京都千代田区霞が関", "𠮷"])
def test_no_town_at_all_is_unknown(name: str) -> None:
    assert INDEX.match(name).district_id is None


def district_of(lat: float, lng: float) -> str | None:
    [district_id] = districts_of_points([lat], [lng], BOUNDARIES)
    return district_id


def near_point(lat: float, lng: float) -> list[str]:
    """Districts within the tolerance of a point, in ascending order."""
    point = gpd.GeoSeries.from_xy([lng], [lat], crs=GEOGRAPHIC_CRS).to_crs(PLANE_CRS).iloc[0]
    distances_m = BOUNDARIES.geometry.to_crs(PLANE_CRS).distance(point)
    return sorted(distances_m.index[distances_m <= EDGE_TOLERANCE_M])


@settings(max_examples=150, deadline=None)
@given(lat=st.floats(39.20, 39.65), lng=st.floats(140.80, 141.60))
def test_a_point_has_exactly_one_outcome(lat: float, lng: float) -> None:
    found, near = district_of(lat, lng), near_point(lat, lng)
    covering = BOUNDARIES.index[BOUNDARIES.covers(shapely.Point(lng, lat))]
    if len(near) > 1:
        assert found == min(near)
    elif found is not None:
        assert list(covering) == [found]
    else:
        assert covering.empty


def test_a_corner_that_districts_share_is_an_edge() -> None:
    lng, lat = BOUNDARIES.geometry["C01"].exterior.coords[0]
    near = near_point(lat, lng)
    assert len(near) > 1
    assert district_of(lat, lng) == "C01" == near[0]


def test_anchors_and_towns_lie_in_their_own_districts() -> None:
    for row in BOUNDARIES.itertuples():
        assert district_of(row.anchor_lat, row.anchor_lng) == row.Index
    own = sum(district_of(town.lat, town.lng) == town.district_id for town in RECORD.towns)
    assert own >= 0.95 * len(RECORD.towns)


@pytest.mark.parametrize(
    ("lat", "lng"),
    [
        (35.68, 139.76),
        (141.1, 39.4),
        (39.26036, 140.87877),
        (1e308, -1e308),
    ],
)
def test_points_elsewhere(lat: float, lng: float) -> None:
    assert district_of(lat, lng) is None
