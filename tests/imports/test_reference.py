"""Reference data: files as offices hand them in, what they would do, and what they do."""

from __future__ import annotations

import csv
import io
import json
import os
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import geopandas as gpd
import numpy as np
import pytest
import shapely
from builders import activity

from kyodo_geo.auth.roles import Person, Role, official
from kyodo_geo.editions import Edition, EditionStore, Publication
from kyodo_geo.editions.diff import compare, undo
from kyodo_geo.editions.load import fill
from kyodo_geo.errors import AccessError, IntakeError, StaleError
from kyodo_geo.export.writers.geojson import attribution, place_rows
from kyodo_geo.geo.crs import GEOGRAPHIC_CRS, PLANE_CRS
from kyodo_geo.graphics.boundary_overlay import outlines_svg
from kyodo_geo.imports.reference import (
    BoundaryPlan,
    DatasetKind,
    ReferenceExamination,
    Source,
    examine_boundaries,
    examine_population,
    examine_towns,
    plan_tables,
    publish,
)
from kyodo_geo.imports.reference.boundary_comparison import outlines
from kyodo_geo.imports.reference.effects import PlacedActivity, Reassigned, reassign_points
from kyodo_geo.imports.reference.templates import reference_file
from kyodo_geo.measures.places.district_shapes import (
    boundary_note,
    district_areas_km2,
    district_boundaries,
)
from kyodo_geo.measures.places.population import residents
from kyodo_geo.model import Filters, Population, Record
from kyodo_geo.report import district_sheet
from kyodo_geo.vocabulary import Scope

HANAKO = official("花巻花子")
EVERYTHING = Filters(scopes=tuple(Scope))


@pytest.fixture(scope="module")
def plane(edition: Edition) -> gpd.GeoDataFrame:
    """The shipped districts in metres, with ids and names."""
    shapes = district_boundaries(edition).geometry.to_crs(PLANE_CRS)
    names = [district.name for district in edition.districts]
    columns = {"id": list(shapes.index), "地区名": names}
    return gpd.GeoDataFrame(columns, geometry=shapes.to_numpy(), crs=PLANE_CRS)


@pytest.fixture(scope="module")
def moved(plane: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """The same with all lines inside the city drawn elsewhere, as a city's own file could be."""
    edge = plane.geometry.union_all().boundary

    def pull(points: Any) -> Any:
        strength = np.minimum(shapely.distance(shapely.points(points), edge) / 3000, 1)
        shift = np.column_stack([np.sin(points[:, 1] / 2500), np.cos(points[:, 0] / 2500)])
        return points + 300 * strength[:, None] * shift

    shapes = [shapely.transform(shapely.segmentize(s, 200), pull) for s in plane.geometry]
    return plane.set_geometry(gpd.GeoSeries(shapes, crs=PLANE_CRS))


def geojson(frame: gpd.GeoDataFrame, crs: str | None = None) -> bytes:
    collection = json.loads(frame.to_crs(crs or GEOGRAPHIC_CRS).to_json())
    collection.pop("crs", None)
    return json.dumps(collection, ensure_ascii=False).encode()


def gpkg(folder: Path, frame: gpd.GeoDataFrame, **layers: gpd.GeoDataFrame) -> bytes:
    path = folder / "境界.gpkg"
    path.unlink(missing_ok=True)
    for name, layer in {"境界": frame, **layers}.items():
        layer.to_file(path, layer=name)
    return path.read_bytes()


def zipped(files: dict[str, bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in files.items():
            archive.writestr(name, part)
    return content.getvalue()


def shapefile(
    folder: Path,
    frame: gpd.GeoDataFrame,
    encoding: str = "cp932",
    without: Sequence[str] = (".cpg",),
    stem: str = "境界/kyoukai",
) -> dict[str, bytes]:
    frame.to_file(folder / "x.shp", encoding=encoding)
    parts = {path.suffix: path.read_bytes() for path in folder.glob("x.*")}
    return {f"{stem}{suffix}": part for suffix, part in parts.items() if suffix not in without}


def ids(examination: ReferenceExamination[Any]) -> list[str]:
    return [finding.kind.finding_id for finding in examination.findings]


def sentence(examination: ReferenceExamination[Any]) -> str:
    """What is said of a file that is refused for one reason."""
    assert examination.plan is None
    [finding] = examination.findings
    return finding.sentence


def plan_of(examination: ReferenceExamination[BoundaryPlan]) -> BoundaryPlan:
    assert examination.plan is not None, [f.sentence for f in examination.findings]
    return examination.plan


# Boundaries: formats and coordinates


@pytest.mark.parametrize("crs", [6668, 4612, 6678, 2452, 3857, 32654])
def test_the_shipped_boundaries_come_back_from_any_usual_crs(
    crs: int, plane: gpd.GeoDataFrame, edition: Edition, tmp_path: Path
) -> None:
    content = gpkg(tmp_path, plane.to_crs(crs))
    examination = examine_boundaries(content, "境界.gpkg", edition)

    assert ids(examination) == ["D514", "D519"]
    assert examination.is_nothing_new
    assert min(area.overlap for area in plan_of(examination).areas) > 0.99999


def test_what_is_exported_changes_nothing(edition: Edition, own_store: EditionStore) -> None:
    content = reference_file(edition, DatasetKind.BOUNDARIES, ".geojson")
    examination = examine_boundaries(content, "districts.geojson", edition)

    assert examination.is_nothing_new and ids(examination) == ["D519"]
    with pytest.raises(IntakeError, match="いまの版と変わるところがありません"):
        publish(own_store, examination, HANAKO)
    assert own_store.numbers() == [1]


def test_a_shapefile_in_cp932_without_prj(
    plane: gpd.GeoDataFrame, edition: Edition, tmp_path: Path
) -> None:
    named = plane[["地区名", "geometry"]].assign(地区名=[f"{n}地区" for n in plane["地区名"]])
    content = zipped(shapefile(tmp_path, named, without=(".cpg", ".prj")))
    examination = examine_boundaries(content, "境界.zip", edition)

    assert ids(examination) == ["D014", "D513", "D514", "D519"]
    assert "平面直角座標系 X系（JGD2011） EPSG:6678" in examination.findings[1].sentence
    assert "名前から27地区" in examination.findings[3].sentence
    assert examination.is_nothing_new


def test_degrees_in_a_shapefile_without_prj(
    plane: gpd.GeoDataFrame, edition: Edition, tmp_path: Path
) -> None:
    content = zipped(shapefile(tmp_path, plane.to_crs(6668), "utf-8", without=(".prj", ".dbf")))
    examination = examine_boundaries(content, "境界.zip", edition)

    assert ids(examination) == ["D513", "D514", "D519", "D520"]
    assert examination.is_nothing_new


def test_geojson_in_metres_with_and_without_saying_so(
    plane: gpd.GeoDataFrame, edition: Edition
) -> None:
    content = geojson(plane, PLANE_CRS)
    assert ids(examine_boundaries(content, "a.geojson", edition))[0] == "D513"
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::6678"}}
    told = json.dumps(json.loads(content) | {"crs": crs}).encode()
    assert ids(examine_boundaries(told, "a.geojson", edition)) == ["D514", "D519"]
    nameless = {"crs": {"properties": {"name": "市の座標"}}}
    unknown = json.dumps(json.loads(content) | nameless).encode()
    assert "「市の座標」: 座標系がわかりません" in sentence(
        examine_boundaries(unknown, "a.geojson", edition)
    )


def test_heights_are_dropped(plane: gpd.GeoDataFrame, edition: Edition, tmp_path: Path) -> None:
    with_z = plane.set_geometry(shapely.force_3d(plane.geometry.to_numpy(), 120.0))
    examination = examine_boundaries(gpkg(tmp_path, with_z), "境界.gpkg", edition)

    assert examination.is_nothing_new
    assert not shapely.has_z(plan_of(examination).after.geometry.to_numpy()).any()


def test_a_geopackage_copied_while_it_was_open(
    plane: gpd.GeoDataFrame, edition: Edition, tmp_path: Path
) -> None:
    content = bytearray(gpkg(tmp_path, plane))
    content[18:20] = b"\x02\x02"
    assert examine_boundaries(bytes(content), "境界.gpkg", edition).is_nothing_new


def test_the_only_layer_of_polygons_is_taken(
    plane: gpd.GeoDataFrame, edition: Edition, tmp_path: Path
) -> None:
    centres = plane.set_geometry(plane.representative_point())
    examination = examine_boundaries(gpkg(tmp_path, centres, 地区=plane), "a.gpkg", edition)
    assert examination.is_nothing_new

    two = gpkg(tmp_path, plane, 行政区=plane)
    told = sentence(examine_boundaries(two, "a.gpkg", edition))
    assert told.startswith("「境界、行政区」: どのレイヤーが地区の境界か、一つに決まりません")


def test_slivers_between_lines_drawn_twice_are_closed(
    plane: gpd.GeoDataFrame, edition: Edition
) -> None:
    drawn = plane.copy()
    for number in range(len(drawn)):
        shape = shapely.segmentize(drawn.geometry.iloc[number], 40)

        def waver(points: Any, phase: int = number) -> Any:
            return points + 4 * np.sin(points / 60 + phase)

        drawn.loc[number, "geometry"] = shapely.transform(shape, waver).buffer(0)
    examination = examine_boundaries(geojson(drawn), "a.geojson", edition)

    assert "D518" in ids(examination)
    after = plan_of(examination).after.geometry.to_numpy()
    assert not shapely.coverage_is_valid(drawn.geometry.to_numpy())
    assert shapely.coverage_is_valid(after)
    assert max(abs(area.share) for area in plan_of(examination).areas) < 0.01


# Boundaries: what cannot be used is refused with a sentence


def a_bomb() -> bytes:
    return zipped({"a.shp": b"\x00\x00\x27\x0a" + bytes(110_000_000), "a.shx": b""})


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "ファイルが空です"),
        (b" \n", "ファイルが空です"),
        (b"%PDF-1.7", "境界のファイル（GeoJSON、GeoPackage、ShapefileのZIP）ではありません"),
        (b"<OGRVRTDataSource/>", "境界のファイル"),
        (b'{"type": "gdal_streamed_alg"}', "FeatureCollection がありません"),
        (b"[1, 2]", "境界のファイル"),
        (b'{"type": "FeatureCollection", "features": [', "JSONとして読めません"),
        (b'{"type": "FeatureCollection", "features": []}', "面（ポリゴン）がありません"),
        (b'{"a":' * 100_000, "JSONとして読めません"),
        (b"\x00\x00\x27\x0a" + bytes(96), "Shapefileの .shp だけでは読めません"),
        (b"SQLite format 3\x00" + bytes(4000), "GeoPackageとして読めません"),
        (b"PK\x03\x04 torn", "壊れているか、途中で切れています"),
        (zipped({"readme.txt": b"x"}), ".shp がちょうど一つ必要です"),
        (zipped({"a.shp": b"\x00\x00\x27\x0a"}), "「.shx」: Shapefileの一部がありません"),
        (zipped({"a.shp": b"vrt", "a.shx": b"x"}), "壊れているか"),
        (zipped({"a.shp": b"\x00\x00\x27\x0a" + bytes(9), "a.shx": bytes(9)}), "壊れているか"),
        (bytes(20 * 1024 * 1024 + 1) + b"x", "ファイルが大きすぎます"),
    ],
)
def test_what_is_no_boundary_file(content: bytes, told: str, edition: Edition) -> None:
    assert told in sentence(examine_boundaries(content, "境界", edition))


def test_a_zip_bomb(edition: Edition) -> None:
    assert "圧縮を解くと大きすぎる" in sentence(examine_boundaries(a_bomb(), "a.zip", edition))


def test_two_shapefiles_in_a_zip(plane: gpd.GeoDataFrame, edition: Edition, tmp_path: Path) -> None:
    both = shapefile(tmp_path, plane) | shapefile(tmp_path, plane, stem="予備")
    told = sentence(examine_boundaries(zipped(both), "a.zip", edition))
    assert told.startswith("「kyoukai.shp、予備.shp」: ZIPの中に、.shp がちょうど一つ必要です")


@pytest.mark.parametrize(
    "statements",
    [
        ['CREATE VIEW "見る" AS SELECT * FROM "境界"'],
        [
            "CREATE VIRTUAL TABLE Vt USING rtree(id, a, b)",
            "UPDATE gpkg_contents SET table_name = 'vT'",
        ],
    ],
)
def test_views_in_a_geopackage_are_not_asked(
    statements: Sequence[str], plane: gpd.GeoDataFrame, edition: Edition, tmp_path: Path
) -> None:
    gpkg(tmp_path, plane)
    with sqlite3.connect(tmp_path / "境界.gpkg") as con:
        for statement in statements:
            con.execute(statement)
    con.close()
    content = (tmp_path / "境界.gpkg").read_bytes()
    assert "ビュー" in sentence(examine_boundaries(content, "a.gpkg", edition))


@pytest.mark.parametrize("dimensions", [0, 1000])
def test_curves_are_refused(
    dimensions: int, plane: gpd.GeoDataFrame, edition: Edition, tmp_path: Path
) -> None:
    gpkg(tmp_path, plane)
    with sqlite3.connect(tmp_path / "境界.gpkg") as con:
        [(shape,)] = con.execute("SELECT geom FROM \"境界\" WHERE id = 'C07'").fetchall()
        assert shape[40:45] == b"\x01\x03\x00\x00\x00"  # behind the bounds: a polygon
        curve = shape[:41] + (10 + dimensions).to_bytes(4, "little") + shape[45:]
        triggers = con.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for (name,) in triggers:  # they call functions that only GDAL has
            con.execute(f'DROP TRIGGER "{name}"')
        con.execute("UPDATE \"境界\" SET geom = ? WHERE id = 'C07'", [curve])
    con.close()
    content = (tmp_path / "境界.gpkg").read_bytes()
    assert "曲線を含む図形です" in sentence(examine_boundaries(content, "a.gpkg", edition))


def as_changed(
    plane: gpd.GeoDataFrame, change: Callable[[gpd.GeoDataFrame], gpd.GeoDataFrame]
) -> bytes:
    return geojson(change(plane.copy()))


def with_ids(frame: gpd.GeoDataFrame, changes: dict[int, str]) -> gpd.GeoDataFrame:
    named = frame.drop(columns="地区名")
    for row, text in changes.items():
        named.loc[row, "id"] = text
    return named


def bow_tie(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    west, south, east, north = frame.geometry.iloc[4].bounds
    tie = shapely.Polygon([(west, south), (east, north), (east, south), (west, north)])
    return frame.set_geometry([*frame.geometry[:4], tie, *frame.geometry[5:]], crs=PLANE_CRS)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda f: f.drop(index=4), "足りない地区: C05"),
        (lambda f: with_ids(f, {4: "C03"}), "足りない地区: C05"),
        (lambda f: with_ids(f, {4: "C99"}), None),
        (lambda f: f.assign(id=["C02", "C01", *f["id"][2:]]), "1番目（C02 と C01）"),
        (lambda f: f.set_geometry(f.translate(9000, 0)), "花巻市の範囲の外です"),
        (lambda f: f.set_geometry(f.boundary), "面（ポリゴン）がありません"),
        (bow_tie, "5番目の図形（Self-intersection"),
        (lambda f: f.set_geometry([f.geometry[0].buffer(300), *f.geometry[1:]]), "重なっています"),
        (lambda f: f.set_geometry([f.geometry[0].buffer(-99), *f.geometry[1:]]), "すき間"),
    ],
)
def test_boundaries_that_are_not_the_27_districts(
    change: Callable[[gpd.GeoDataFrame], gpd.GeoDataFrame],
    told: str | None,
    plane: gpd.GeoDataFrame,
    edition: Edition,
) -> None:
    examination = examine_boundaries(as_changed(plane, change), "a.geojson", edition)
    if told is None:  # what no attribute names is found by its place
        assert examination.is_nothing_new and "C05" in str(examination.findings)
    else:
        assert told in sentence(examination)


def test_swapped_axes_are_told(plane: gpd.GeoDataFrame, edition: Edition, tmp_path: Path) -> None:
    def swap(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
        return frame.set_geometry(
            shapely.transform(frame.geometry.to_numpy(), lambda p: p[:, ::-1]), crs=frame.crs
        )

    degrees = swap(plane.to_crs(4326))
    content = json.dumps(json.loads(degrees.to_json(drop_id=True)) | {"crs": None}).encode()
    assert "緯度と経度が逆です" in sentence(examine_boundaries(content, "a.geojson", edition))
    metres = zipped(shapefile(tmp_path, swap(plane), without=(".prj",)))
    told = sentence(examine_boundaries(metres, "a.zip", edition))
    assert told.startswith("座標系がわかりません。縦と横（X・Y、緯度・経度）が逆とみられます。")


def test_polygons_that_are_no_district(plane: gpd.GeoDataFrame, edition: Edition) -> None:
    beside = gpd.GeoDataFrame(
        {"id": [""], "地区名": ["豊沢ダム"]}, geometry=[plane.geometry[7].centroid.buffer(200)]
    ).set_crs(PLANE_CRS)
    both = gpd.GeoDataFrame(np.vstack([plane, beside]), columns=plane.columns, crs=PLANE_CRS)
    told = sentence(examine_boundaries(geojson(both), "a.geojson", edition))
    assert told.startswith("どの地区かわからない図形があります。28番目（豊沢ダム）。")


def test_halves_of_districts_are_put_together(plane: gpd.GeoDataFrame, edition: Edition) -> None:
    west, south, east, north = plane.total_bounds
    middle = (south + north) / 2
    halves = [shapely.box(west, south, east, middle), shapely.box(west, middle, east, north)]
    pieces = plane.overlay(gpd.GeoDataFrame(geometry=halves, crs=PLANE_CRS))
    assert len(pieces) > 27
    for columns in (["id", "geometry"], ["geometry"]):
        examination = examine_boundaries(geojson(pieces[columns]), "a.geojson", edition)
        if "id" in columns:
            assert "D523" in ids(examination)
            assert min(area.overlap for area in plan_of(examination).areas) > 0.9999


def test_a_small_fault_is_mended(plane: gpd.GeoDataFrame, edition: Edition) -> None:
    ring = list(plane.geometry[7].exterior.coords)
    (x1, y1), (x2, y2) = ring[3], ring[4]
    along, across = np.array([x2 - x1, y2 - y1]) / 10, np.array([y1 - y2, x2 - x1]) / 400
    start = np.array([x1, y1])
    knot = [start + along, start + 2 * along + across, start + 2 * along, start + along + across]
    faulty = shapely.Polygon([*ring[:4], *map(tuple, knot), *ring[4:]])
    assert not faulty.is_valid
    shapes = [*plane.geometry[:7], faulty, *plane.geometry[8:]]
    content = geojson(plane.set_geometry(shapes, crs=PLANE_CRS))
    examination = examine_boundaries(content, "a.geojson", edition)

    told = {finding.kind.finding_id: finding.detail for finding in examination.findings}
    assert told["D516"] == "8番目の図形です"
    assert plan_of(examination).areas[7].overlap > 0.999


# Boundaries: what they would do, and do


def test_what_other_boundaries_would_do(
    moved: gpd.GeoDataFrame, edition: Edition, tmp_path: Path
) -> None:
    examination = examine_boundaries(gpkg(tmp_path, moved[["地区名", "geometry"]]), "a", edition)
    plan = plan_of(examination)

    before, after = (frame.geometry.to_crs(PLANE_CRS) for frame in (plan.before, plan.after))
    for area, was, now in zip(plan.areas, before, after, strict=True):
        common = was.intersection(now).area
        assert area.before_km2 == pytest.approx(was.area / 1e6)
        assert area.after_km2 == pytest.approx(now.area / 1e6)
        assert area.overlap == pytest.approx(common / (was.area + now.area - common))
    elsewhere = {}
    for town in edition.towns:
        place = gpd.GeoSeries.from_xy([town.lng], [town.lat], crs=GEOGRAPHIC_CRS)
        inside = after.index[after.contains(place.to_crs(PLANE_CRS).iloc[0])]
        if list(inside) != [town.district_id]:
            elsewhere[town.town, town.koaza] = inside[0] if len(inside) else None
    told = {(one.town.town, one.town.koaza): one.lies_in for one in plan.towns}
    assert elsewhere.keys() <= told.keys() and len(told) > 5  # some are near an edge
    assert [table.labels[0] for table in plan_tables(plan, edition)] == [
        "番号",
        "町・大字",
        "どうなるか",
    ]
    assert len(plan_tables(plan, edition)[0].rows) == 27
    drawn = outlines(plan)
    assert len(drawn["shapes"]) == 27 and drawn["width"] > drawn["height"] > 300
    assert all(shape["before"].startswith("M") for shape in drawn["shapes"])
    svg = ElementTree.fromstring(outlines_svg(plan, "<script>.gpkg", 1))
    assert "<script>.gpkg の境界を、第1版の境界と" in "".join(svg.itertext())
    paths = [path.get("d") for path in svg.iter("{http://www.w3.org/2000/svg}path")]
    assert all(paths.count(shape["before"]) == 1 for shape in drawn["shapes"])


def test_large_differences_are_flagged(plane: gpd.GeoDataFrame, edition: Edition) -> None:
    both = plane.geometry[0].union(plane.geometry[1])
    west, south, east, north = both.bounds
    cut = shapely.box(west, south, east, south + (north - south) * 0.75)
    shapes = [both.intersection(cut), both.difference(cut), *plane.geometry[2:]]
    examination = examine_boundaries(
        geojson(plane.set_geometry(shapes, crs=PLANE_CRS)), "a.geojson", edition
    )
    assert {area.district.district_id for area in plan_of(examination).areas if area.doubt} == {
        "C01",
        "C02",
    }
    assert "花巻中央（面積" in examination.findings[-1].detail


def test_boundaries_take_the_place_of_the_approximate_ones(
    moved: gpd.GeoDataFrame, own_store: EditionStore, tmp_path: Path
) -> None:
    before = own_store.current()
    examination = examine_boundaries(gpkg(tmp_path, moved), "公式.gpkg", before)
    source = Source("地区境界", "花巻市", "CC BY 4.0", "https://example.jp/", is_official=True)
    assert publish(own_store, examination, HANAKO, source) == 2
    after = own_store.current()

    areas = district_areas_km2(after)
    assert areas == pytest.approx(dict(zip(moved["id"], moved.area / 1e6, strict=True)), rel=1e-5)
    [(count,)] = after.rows("SELECT count(*) FROM activity WHERE district_mask & 4 <> 0")
    [row] = [r for r in place_rows(after, EVERYTHING) if r["place_id"] == "C02"]
    assert row["activities"] == count
    assert row["per_10km2"] == pytest.approx(count / areas["C02"] * 10)
    assert boundary_note(before) == "境界は概略であり、公式のものではありません。"
    assert boundary_note(after) == "境界は「地区境界」（花巻市）によります。"
    assert attribution(after) == "地区の境界は「地区境界」（花巻市、CC BY 4.0）を加工して作成。"
    titles = [card["title"] for card in after.sources]
    assert titles[0] == "地区境界" and "国土数値情報（行政区域データ）N03" not in titles
    assert "概略" not in json.dumps([*after.sources], ensure_ascii=False)
    assert district_sheet(after, Filters(), "C03", "")[:4] == b"%PDF"
    entry = after.log[0]
    assert (entry.action, entry.published_by) == ("地区の境界の入れ替え", "花巻花子")
    assert entry.source_files == [f"公式.gpkg:{examination.sha256}"]
    assert [table.table for table in compare(before, after).tables] == ["boundary", "source"]

    undo(own_store, 1, HANAKO)
    assert own_store.current().boundaries_geojson == before.boundaries_geojson
    assert own_store.current().sources == before.sources


def test_what_is_not_official_stays_approximate(
    moved: gpd.GeoDataFrame, own_store: EditionStore
) -> None:
    examination = examine_boundaries(geojson(moved), "案.geojson", own_store.current())
    publish(own_store, examination, HANAKO)
    assert "公式のものではありません" in boundary_note(own_store.current())
    assert "概略であり公式のものではありません" in attribution(own_store.current())


def test_long_texts_of_a_source_are_refused() -> None:
    Source("地" * 100)
    with pytest.raises(IntakeError, match="100字まで"):
        Source("地" * 101)


def test_fiction_stays_fiction(record: Record, moved: gpd.GeoDataFrame, tmp_path: Path) -> None:
    store = EditionStore(tmp_path / "fiction")
    first = Publication("test", "test", "test", is_fictional=True)
    store.publish(lambda con: fill(con, replace(record, activities=())), first)
    publish(store, examine_boundaries(geojson(moved), "a.geojson", store.current()), HANAKO)
    assert store.current().info.is_fictional


def test_nobody_but_an_official_replaces_anything(
    moved: gpd.GeoDataFrame, own_store: EditionStore
) -> None:
    examination = examine_boundaries(geojson(moved), "a.geojson", own_store.current())
    for person in (Person("だれか"), Person("会議", Role.COUNCIL, "C03")):
        with pytest.raises(AccessError, match="地区の境界の入れ替え"):
            publish(own_store, examination, person)
    assert own_store.numbers() == [1]


def test_another_edition_meanwhile(moved: gpd.GeoDataFrame, own_store: EditionStore) -> None:
    examination = examine_boundaries(geojson(moved), "a.geojson", own_store.current())
    assert publish(own_store, examination, HANAKO) == 2
    with pytest.raises(StaleError, match="新しい版ができました"):
        publish(own_store, examination, HANAKO)
    assert own_store.numbers() == [1, 2]


KILLED = """
import os, signal, sys
from pathlib import Path
from kyodo_geo.auth.roles import official
from kyodo_geo.editions import EditionStore
from kyodo_geo.imports.reference import examine_boundaries, publish
folder, file, last_step = sys.argv[1:]
store = EditionStore(Path(folder))
examination = examine_boundaries(Path(file).read_bytes(), "a.geojson", store.current())
def on_step(step):
    if step == last_step:
        os.kill(os.getpid(), signal.SIGKILL)
publish(store, examination, official("x"), on_step=on_step)
"""


@pytest.mark.parametrize("step", ["changed", "synced"])
def test_killed_while_publishing(
    step: str, moved: gpd.GeoDataFrame, own_store: EditionStore, tmp_path: Path
) -> None:
    (tmp_path / "a.geojson").write_bytes(geojson(moved))
    arguments = [str(own_store.folder), str(tmp_path / "a.geojson"), step]
    process = subprocess.run(
        [sys.executable, "-c", KILLED, *arguments],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
        check=False,
    )
    assert process.returncode == -9
    assert own_store.numbers() == [1]
    examination = examine_boundaries(geojson(moved), "a.geojson", own_store.current())
    assert publish(own_store, examination, HANAKO) == 2
    assert not list(own_store.folder.glob(".draft*"))


# Activities placed by a point


BITS = {2: "C01", 4: "C02", 8: "C03"}


def squares(*wests: float) -> gpd.GeoDataFrame:
    """Three districts in a row, 1 km deep, from these metres eastward in the plane."""
    boxes = [shapely.box(w, -60_000, e, -59_000) for w, e in pairwise(wests)]
    plane = gpd.GeoSeries(boxes, index=["C01", "C02", "C03"], crs=PLANE_CRS)
    return gpd.GeoDataFrame(geometry=plane.to_crs(GEOGRAPHIC_CRS))


def at(east_m: float, mask: int, north_m: float = -59_500, name: str = "") -> PlacedActivity:
    [point] = gpd.GeoSeries([shapely.Point(east_m, north_m)], crs=PLANE_CRS).to_crs(4326)
    return PlacedActivity(name or f"T{east_m}", "活動", point.y, point.x, mask)


def test_each_activity_has_one_outcome() -> None:
    before, after = squares(10_000, 11_000, 12_000, 13_000), squares(10_000, 11_500, 12_000, 12_800)
    rows = [
        at(10_500, 2),  # stays
        at(11_200, 4, name="moves"),
        at(11_498, 4),  # 2 m outside of its own district: the line is no better
        at(11_502, 4),  # inside, and as near to the other
        at(12_900, 8),  # outside of all then
        at(10_500, 8),  # never lay in its district
        at(11_200, 2 | 4),  # several districts on purpose
        at(11_200, 1),  # the whole city
        at(11_003, 2, name="was on the edge"),  # 3 m outside of its own, which takes it in
    ]
    found = reassign_points(rows, 20, BITS, before, after)

    assert found.outcomes == {
        Reassigned.MOVED: 1,
        Reassigned.STAYS: 2,
        Reassigned.ON_EDGE: 2,
        Reassigned.OUTSIDE: 1,
        Reassigned.ELSEWHERE: 1,
        Reassigned.SEVERAL: 1,
        Reassigned.NO_DISTRICT: 1,
        Reassigned.NO_POINT: 11,
    }
    assert sum(found.outcomes.values()) == 20
    assert [tuple(move) for move in found.moves] == [("moves", "活動", "C02", "C01")]


def test_on_an_edge_of_others_the_smallest_id_is_taken() -> None:
    before, after = squares(10_000, 11_000, 12_000, 13_000), squares(12_000, 12_500, 13_000, 14_000)
    # Its own C02 then lies west: the point is on the edge of C02 and C03, C01 goes elsewhere.
    found = reassign_points([at(13_000 - 500, 8)], 1, BITS, before, after)
    assert [tuple(move)[2:] for move in found.moves] == [("C03", "C01")]


def test_activities_follow_their_points(
    record: Record, moved: gpd.GeoDataFrame, tmp_path: Path
) -> None:
    store = EditionStore(tmp_path / "points")
    old = district_boundaries_of(record, tmp_path)
    new = moved.set_index("id").geometry
    strip = old.loc["C04"].intersection(new.loc["C07"]).representative_point()
    stays = old.loc["C08"].intersection(new.loc["C08"]).representative_point()
    points = gpd.GeoSeries([strip, stays], crs=PLANE_CRS).to_crs(4326)
    activities = (
        activity(1, district_ids=("C04",), point_lat=points[0].y, point_lng=points[0].x),
        activity(2, district_ids=("C08",), point_lat=points[1].y, point_lng=points[1].x),
        activity(3, district_ids=("C04", "C05"), point_lat=points[0].y, point_lng=points[0].x),
        activity(4, district_ids=("C04",)),
    )
    store.publish(
        lambda con: fill(con, replace(record, activities=activities)), Publication("t", "t", "t")
    )
    before = [r[0] for r in store.current().rows("SELECT id FROM activity")]
    examination = examine_boundaries(geojson(moved), "a.geojson", store.current())
    moves = plan_of(examination).activities.moves
    assert [tuple(move) for move in moves] == [("T0001", "活動1", "C04", "C07")]
    assert plan_tables(plan_of(examination), store.current())[3].rows == (
        ("T0001", "活動1", "C04 花南", "C07 矢沢"),
    )
    publish(store, examination, HANAKO)
    query = "SELECT activity_id, district_id FROM activity_district ORDER BY ALL"
    assert store.current().rows(query) == [
        ("T0001", "C07"),
        ("T0002", "C08"),
        ("T0003", "C04"),
        ("T0003", "C05"),
        ("T0004", "C04"),
    ]
    assert [r[0] for r in store.current().rows("SELECT id FROM activity")] == before
    assert store.current().log[0].activities_changed == 1


def district_boundaries_of(record: Record, folder: Path) -> gpd.GeoSeries:
    store = EditionStore(folder / "plain")
    store.publish(lambda con: fill(con, replace(record, activities=())), Publication("t", "t", "t"))
    return district_boundaries(store.current()).geometry.to_crs(PLANE_CRS)


# Populations


def table_of(*rows: Sequence[object], encoding: str = "utf-8-sig") -> bytes:
    lines = io.StringIO(newline="")
    csv.writer(lines).writerows(rows)
    return lines.getvalue().encode(encoding)


HEADER = ("地区", "基準日", "人口総数", "世帯数", "出典")


@pytest.mark.parametrize("kind", [DatasetKind.POPULATION, DatasetKind.TOWNS])
@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_tables_that_are_written_change_nothing(
    kind: DatasetKind, suffix: str, edition: Edition
) -> None:
    examine = examine_population if kind is DatasetKind.POPULATION else examine_towns
    content = reference_file(edition, kind, suffix)
    examination = examine(content, f"a{suffix}", edition)
    assert (examination.is_nothing_new, examination.findings) == (True, ())
    assert examination.plan is not None
    empty = examine(reference_file(edition, kind, suffix, is_empty=True), "a", edition)
    assert ids(empty) == ["D102"]


def test_residents_of_districts_as_an_office_writes_them(own_store: EditionStore) -> None:
    before = own_store.current()
    districts = before.districts
    assert place_rows(before, EVERYTHING)[0]["per_1000_basis"] == "region"
    rows = [
        (f"{d.name}地区", "令和6年2月末現在", f"{1000 + 10 * n:,}人", "４００世帯", "")
        for n, d in enumerate(districts)
    ]
    total = ("合計", "", "30,510", "", "")
    content = table_of(("花巻市の人口",), HEADER, *rows, total, encoding="cp932")
    examination = examine_population(content, "人口.csv", before)
    assert examination.plan is not None
    assert examination.plan.counts == {"new": 27, "changed": 0, "unchanged": 0}
    assert set(ids(examination)) == {"D014", "D109", "D205", "D208", "D217", "D536"}
    publish(own_store, examination, HANAKO, Source(publisher="花巻市"))
    after = own_store.current()

    added = Population("district", "花巻中央", date(2024, 2, 29), 1000, 400, "")
    assert added in after.population and set(before.population) <= set(after.population)
    masks = {row[0]: 0 for row in after.rows("SELECT place_id FROM place")}
    for place_id, mask in after.rows("SELECT place_id, mask FROM place"):
        [(masks[place_id],)] = after.rows(
            "SELECT count(*) FROM activity WHERE district_mask & $mask <> 0", {"mask": mask}
        )
    of_regions = {p.name: p.population for p in before.population if p.as_of.year == 2024}
    expected = {d.district_id: 1000 + 10 * n for n, d in enumerate(districts)}
    for number, region in enumerate(dict.fromkeys(d.region for d in districts), start=1):
        expected[f"R{number}"] = of_regions[region]
    expected["ALL"] = sum(of_regions.values())
    for row in place_rows(after, EVERYTHING):
        people = expected.get(row["place_id"])
        rate = masks[row["place_id"]] / people * 1000 if people else None
        assert row["per_1000"] == (pytest.approx(rate, abs=0.00005) if rate is not None else None)
        assert row["per_1000_basis"] == ("district" if people else "")
    assert [c["publisher"] for c in after.sources if c["id"] == "population"] == ["花巻市"]


def test_a_row_of_the_same_place_and_day_is_replaced(own_store: EditionStore) -> None:
    content = table_of(
        ("種類", *HEADER),
        ("地域", "大迫", "2024-02-29", "4400", "1800", ""),
        ("地区", "大迫", "R6.2.29", "2000", "", ""),
        ("", "東和地域", "2025-2-28", "7000", "", ""),
    )
    examination = examine_population(content, "人口.csv", own_store.current())
    assert examination.plan is not None
    assert examination.plan.counts == {"new": 2, "changed": 1, "unchanged": 0}
    assert ids(examination)[-1] == "D537"  # districts are not complete: rates stay as they are
    publish(own_store, examination, HANAKO)
    after = own_store.current()
    of_osako = {
        (row.level, row.population)
        for row in after.population
        if row.name == "大迫" and row.as_of.year == 2024
    }
    assert of_osako == {("region", 4400), ("district", 2000)}
    # 東和 alone is known in 2025: the newest day with all regions is still 2024.
    assert residents(after).as_of == date(2024, 2, 29) and not residents(after).of_districts
    assert residents(after).by_place["R2"] == 4400


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (("大迫", "2024-02-29", "1"), "「大迫」: 地域か地区か、わかりません"),
        (("遠野", "2024-02-29", "1"), "「遠野」: 地区がわかりません"),
        (("遠野地域", "2024-02-29", "1"), "「遠野地域」: 知らない地域です"),
        (("花北", "2024年2月", "1"), "何日現在の値か、わかりません"),
        (("花北", "2024-02-30", "1"), "実在する日付として読めません"),
        (("花北", "2024-02-29", "多い"), "「多い」: 数として読めません"),
        (("花北", "2024-02-29", ""), "なくてはならない値がありません"),
        (("花北", "", "1"), "なくてはならない値がありません"),
    ],
)
def test_rows_that_cannot_be_read_refuse_the_file(
    row: Sequence[str], told: str, edition: Edition
) -> None:
    content = table_of(HEADER, ("C01", "2024-02-29", "10", "", ""), (*row, "", ""))
    examination = examine_population(content, "人口.csv", edition)
    assert examination.plan is None and examination.is_nothing_new
    [finding] = [f for f in examination.findings if f.severity == "blocks"]
    assert told in finding.sentence and finding.row == 3


def test_the_same_place_and_day_twice(edition: Edition) -> None:
    rows = [(name, "2024-02-29", "10", "", "") for name in ("C03", "花北地区")]
    examination = examine_population(table_of(HEADER, *rows), "人口.csv", edition)
    assert examination.plan is None
    assert "2行目にもあります" in examination.findings[-1].sentence


def test_other_tables_are_no_populations(edition: Edition) -> None:
    content = reference_file(edition, DatasetKind.TOWNS, ".csv")
    told = sentence(examine_population(content, "a.csv", edition))
    assert "要る列は 地区・地域、日付、人口 です" in told
    assert "空です" in sentence(examine_population(b"", "a.csv", edition))
    assert "PDF" in sentence(examine_towns(b"%PDF-1.7", "a.csv", edition))


# Towns


def test_the_table_of_towns_is_replaced(own_store: EditionStore) -> None:
    before = own_store.current()
    text = reference_file(before, DatasetKind.TOWNS, ".csv").decode("utf-8-sig")
    header, first, second, *others = csv.reader(io.StringIO(text))
    first[5] = "低"
    second[2], second[1] = "花西地区", "=第1地割"
    examination = examine_towns(table_of(header, first, second, *others[1:]), "町.csv", before)
    assert examination.plan is not None
    assert examination.plan.counts == {"new": 1, "changed": 1, "unchanged": 185, "removed": 2}
    assert {"D217", "D539"} <= set(ids(examination))
    assert "大通り一丁目（C02）の代表点は、C01の中です" in str(examination.findings)
    [table] = plan_tables(examination.plan, before)
    assert ("東町", "確度", "高", "低") in table.rows
    publish(own_store, examination, HANAKO)
    after = own_store.current()
    assert {t.town: t.confidence for t in after.towns}["東町"] == "low"
    assert [c["files"] for c in after.sources if c["id"] == "towns"] == [["町.csv"]]
    assert all("towns.csv" not in card["files"] for card in after.sources)
    assert examine_towns(
        reference_file(after, DatasetKind.TOWNS, ".xlsx"), "a.xlsx", after
    ).is_nothing_new


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({2: "遠野"}, "地区がわかりません"),
        ({3: "141.1"}, "緯度・経度として読めません"),
        ({3: ""}, "なくてはならない値がありません"),
        ({5: "たぶん"}, "知らない確度です"),
        ({0: ""}, "なくてはならない値がありません"),
        ({0: "大通り一丁目"}, "同じものの行が前にもあります"),
    ],
)
def test_towns_that_cannot_be_read(change: dict[int, str], told: str, edition: Edition) -> None:
    good = ["大通り一丁目", "", "C01", "39.39151", "141.11249", "高", "", ""]
    bad = ["東町", "", "C01", "39.38439", "141.12136", "高", "", ""]
    for position, text in change.items():
        bad[position] = text
    header = ["町・大字", "小字など", "地区", "緯度", "経度", "確度", "根拠", "出典"]
    examination = examine_towns(table_of(header, good, bad), "町.csv", edition)
    assert examination.plan is None
    [finding] = [f for f in examination.findings if f.severity == "blocks"]
    assert told in finding.sentence and finding.row == 3
