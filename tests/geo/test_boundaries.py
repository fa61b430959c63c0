"""Boundaries: the shipped ones hold, wrong ones are refused by name of what is wrong."""

from __future__ import annotations

import copy
import json
import math
from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from kyodo_geo.city import city
from kyodo_geo.errors import BoundaryError
from kyodo_geo.geo.boundaries import (
    join_measures,
    read_boundaries,
    simplified,
)
from kyodo_geo.geo.crs import GEOGRAPHIC_CRS, PLANE_CRS
from kyodo_geo.settings import SHIPPED_DATA_DIR

IDS = [f"C{number:02}" for number in range(1, 28)]
TEXT = (SHIPPED_DATA_DIR / "districts.geojson").read_text(encoding="utf-8")
COLLECTION: dict[str, Any] = json.loads(TEXT)

BOUNDARIES = read_boundaries(TEXT, IDS, "districts.geojson")


def move_points(geometry: dict[str, Any], move: Callable[[float, float], list[float]]) -> None:
    geometry["coordinates"] = [
        [move(lng, lat) for lng, lat in ring] for ring in geometry["coordinates"]
    ]


def refusal(change: Callable[[dict[str, Any]], None]) -> BoundaryError:
    """What is said of the shipped file after `change`."""
    collection = copy.deepcopy(COLLECTION)
    change(collection)
    with pytest.raises(BoundaryError) as caught:
        read_boundaries(json.dumps(collection), IDS, "市の境界.geojson")
    assert caught.value.where == "市の境界.geojson"
    assert caught.value.expected and caught.value.next_step
    return caught.value


def test_shipped_boundaries_are_the_27_districts() -> None:
    assert list(BOUNDARIES.index) == IDS
    assert BOUNDARIES.crs == GEOGRAPHIC_CRS
    assert BOUNDARIES["area_km2"].sum() == pytest.approx(city().area_km2, abs=0.05)
    assert BOUNDARIES.loc["C08", "area_km2"] == pytest.approx(127.3, abs=0.1)
    anchors = shapely.points(BOUNDARIES["anchor_lng"], BOUNDARIES["anchor_lat"])
    assert shapely.contains(BOUNDARIES.geometry.to_numpy(), anchors).all()


def test_the_order_is_that_of_the_ids_not_of_the_file() -> None:
    reversed_ids = IDS[::-1]
    boundaries = read_boundaries(TEXT, reversed_ids, "districts.geojson")
    assert list(boundaries.index) == reversed_ids
    assert boundaries.loc["C01", "area_km2"] == BOUNDARIES.loc["C01", "area_km2"]


def test_a_crs_member_that_says_wgs84_is_taken() -> None:
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}}
    read_boundaries(json.dumps(COLLECTION | {"crs": crs}), IDS, "districts.geojson")


def test_26_districts() -> None:
    error = refusal(lambda c: c["features"].pop(4))
    assert "足りない地区: C05" in error.found and "27地区" in error.expected


def test_a_district_twice() -> None:
    error = refusal(lambda c: c["features"].append(c["features"][2]))
    assert "重なっている地区: C03" in error.found


def test_an_unknown_and_a_nameless_district_are_named_together() -> None:
    def change(collection: dict[str, Any]) -> None:
        collection["features"][0]["properties"]["district_id"] = "X1"
        collection["features"][1]["properties"] = None

    found = refusal(change).found
    assert "足りない地区: C01、C02" in found
    assert "知られていない地区: X1" in found
    assert "district_id のない図形が1個" in found


def test_an_overlap() -> None:
    def change(collection: dict[str, Any]) -> None:
        whole = shapely.box(141.10, 39.37, 141.14, 39.40)
        first = shapely.geometry.shape(collection["features"][0]["geometry"])
        collection["features"][0]["geometry"] = shapely.geometry.mapping(first.union(whole))

    found = refusal(change).found
    assert "C01 と C02 が重なっています" in found and "C01 と C03 が重なっています" in found


def test_a_gap_is_named_with_its_neighbours() -> None:
    def change(collection: dict[str, Any]) -> None:
        geometry = collection["features"][0]["geometry"]
        middle = shapely.geometry.shape(geometry).centroid
        move_points(
            geometry,
            lambda lng, lat: [
                middle.x + 0.8 * (lng - middle.x),
                middle.y + 0.8 * (lat - middle.y),
            ],
        )

    found = refusal(change).found
    assert "の間にすき間があります" in found and "C01" in found and "C03" in found


def test_a_district_cut_at_the_city_line_is_missed_in_the_total_area() -> None:
    def change(collection: dict[str, Any]) -> None:
        west_half = shapely.box(140.8, 39.2, 141.0, 39.7)
        yuguchi = shapely.geometry.shape(collection["features"][7]["geometry"])
        collection["features"][7]["geometry"] = shapely.geometry.mapping(
            yuguchi.difference(west_half)
        )

    assert "面積の合計" in refusal(change).found


def test_a_district_in_tokyo() -> None:
    def change(collection: dict[str, Any]) -> None:
        move_points(collection["features"][11]["geometry"], lambda lng, lat: [lng - 1.5, lat - 3.8])

    assert "C12 の位置が花巻市の範囲の外です" in refusal(change).found


def test_latitude_and_longitude_swapped() -> None:
    def change(collection: dict[str, Any]) -> None:
        for feature in collection["features"]:
            move_points(feature["geometry"], lambda lng, lat: [lat, lng])

    found = refusal(change).found
    assert "緯度と経度が逆" in found and "ほか17件" in found


def test_plane_coordinates() -> None:
    def change(collection: dict[str, Any]) -> None:
        move_points(collection["features"][0]["geometry"], lambda lng, lat: [25_000.0, -67_000.0])

    assert "緯度経度ではありません" in refusal(change).found


@pytest.mark.parametrize(
    ("geometry", "said"),
    [
        (None, "C01 の図形が読めません"),
        ({"type": "Polygon", "coordinates": "x"}, "C01 の図形が読めません"),
        ({"type": "Polygon", "coordinates": []}, "C01 の図形が空です"),
        ({"type": "Point", "coordinates": [141.1, 39.4]}, "C01 の図形が面ではありません"),
        (
            {
                "type": "Polygon",
                "coordinates": [
                    [[141.1, 39.4], [141.2, 39.5], [141.2, 39.4], [141.1, 39.5], [141.1, 39.4]]
                ],
            },
            "C01 の図形が正しくありません",
        ),
    ],
)
def test_a_geometry_that_is_none(geometry: object, said: str) -> None:
    assert said in refusal(lambda c: c["features"][0].update(geometry=geometry)).found


@pytest.mark.parametrize("name", ["urn:ogc:def:crs:EPSG::6678", "EPSG:6668", "EPSG:3857"])
def test_another_crs(name: str) -> None:
    crs = {"type": "name", "properties": {"name": name}}
    error = refusal(lambda c: c.update(crs=crs))
    assert name in error.found and "EPSG:4326" in error.expected


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "JSONとして読めません"),
        (TEXT[: len(TEXT) // 2], "JSONとして読めません"),
        ("district_id,name\nC01,花巻中央\n", "JSONとして読めません"),
        ("[" * 100_000, "JSONとして読めません"),
        ("[]", "GeoJSONではありません"),
        ("null", "GeoJSONではありません"),
        ('{"type":"Topology","objects":{}}', "GeoJSONではありません"),
        ('{"type":"FeatureCollection","features":{}}', "GeoJSONではありません"),
        ('{"type":"FeatureCollection","features":[]}', "足りない地区"),
        ('{"type":"FeatureCollection","features":[1,null,{}]}', "3個"),
    ],
)
def test_text_that_is_not_boundaries(text: str, said: str) -> None:
    with pytest.raises(BoundaryError, match=said):
        read_boundaries(text, IDS, "f.geojson")


json_values = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4)
    ),
    max_leaves=12,
)


@settings(max_examples=30, deadline=None)
@given(feature=json_values, geometry=json_values, crs=json_values)
def test_wild_json_is_refused_never_a_crash(feature: object, geometry: object, crs: object) -> None:
    first = {"type": "Feature", "properties": {"district_id": "C01"}, "geometry": geometry}
    collection = {"type": "FeatureCollection", "crs": crs, "features": [first, feature]}
    with pytest.raises(BoundaryError):
        read_boundaries(json.dumps(collection), IDS, "f.geojson")


def test_simplified_boundaries_stay_one_coverage() -> None:
    lighter = simplified(BOUNDARIES)
    assert list(lighter.index) == IDS and lighter.crs == GEOGRAPHIC_CRS
    assert lighter.geometry.is_valid.all() and not lighter.geometry.is_empty.any()
    vertices = shapely.get_num_coordinates(lighter.geometry.to_numpy())
    assert vertices.mean() <= 65 < shapely.get_num_coordinates(BOUNDARIES.geometry).mean()
    plane = lighter.geometry.to_crs(PLANE_CRS)
    assert plane.union_all().area == pytest.approx(plane.area.sum(), rel=1e-9)
    assert (plane.area / 1e6).to_numpy() == pytest.approx(BOUNDARIES["area_km2"], rel=0.03)
    assert lighter["area_km2"].equals(BOUNDARIES["area_km2"])


@pytest.mark.parametrize("tolerance_m", [0.0, 30.0, 300.0])
def test_any_tolerance_keeps_27_valid_districts(tolerance_m: float) -> None:
    lighter = simplified(BOUNDARIES, tolerance_m)
    assert len(lighter) == 27 and lighter.geometry.is_valid.all()


def test_join_keeps_all_districts_and_leaves_the_rest_missing() -> None:
    measures = pd.DataFrame({"district_id": ["C03", "C27"], "activities": [25, 0]})
    joined = join_measures(BOUNDARIES, measures)
    assert list(joined.index) == IDS and joined.crs == GEOGRAPHIC_CRS
    assert joined.loc["C03", "activities"] == 25
    assert joined.loc["C27", "activities"] == 0
    assert math.isnan(joined.loc["C01", "activities"])
    assert joined["activities"].isna().sum() == 25


@pytest.mark.parametrize("ids", [["C28"], ["C00"], ["C01", "C01"], [None]])
def test_join_refuses_what_is_no_district(ids: list[str]) -> None:
    with pytest.raises(ValueError, match="district"):
        join_measures(BOUNDARIES, pd.DataFrame({"district_id": ids, "activities": 1}))


def test_the_envelope_holds_the_city_with_a_margin() -> None:
    west, south, east, north = BOUNDARIES.total_bounds
    city_west, city_south, city_east, city_north = city().envelope
    for inside in (west - city_west, south - city_south, city_east - east, city_north - north):
        assert 0.02 < inside < 0.05
