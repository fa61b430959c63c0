"""Boundaries of the districts: read, checked, simplified and joined with figures.

Checked before they are used: the expected ids and no others, valid polygons inside the
city, no overlaps and no gaps. Nothing here reads a file.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import pandas as pd
import shapely
from shapely.errors import ShapelyError
from shapely.geometry.base import BaseGeometry

from kyodo_geo.city import city
from kyodo_geo.errors import BoundaryError
from kyodo_geo.geo.crs import GEOGRAPHIC_CRS, PLANE_CRS

MAX_OVERLAP_M2 = 10_000.0
"""Largest shared area of two districts: 1 ha, under 0.5 % of the smallest district."""

MAX_GAP_M2 = 10_000.0
"""Largest hole between the districts, likewise."""

MAX_AREA_DEVIATION = 0.01
"""How far the districts' areas may add up to another figure, as a share of the city's:
holes towards the outside show up here."""

MAX_NAMED = 10
"""A message names so many items of one kind and counts the rest."""

WEB_MAP_TOLERANCE_M = 100.0
"""Leaves about 60 vertices a district, which a browser redraws without effort."""

WGS84_NAMES = frozenset(
    {
        "EPSG:4326",
        "urn:ogc:def:crs:EPSG::4326",
        "urn:ogc:def:crs:OGC::CRS84",
        "urn:ogc:def:crs:OGC:1.3:CRS84",
        "http://www.opengis.net/def/crs/OGC/1.3/CRS84",
    }
)
"""Names under which a `crs` member of a GeoJSON file says what the format says anyway."""

NEXT_STEP = "境界ファイルを直すか、配布時の districts.geojson に戻してください"
POLYGONS = ("Polygon", "MultiPolygon")
M2_PER_KM2 = 1_000_000


@dataclass(frozen=True)
class _Feature:
    """One feature of the file; `geometry` is None where it cannot be read."""

    number: int
    district_id: str
    geometry: BaseGeometry | None

    @property
    def place(self) -> str:
        """How messages name the feature."""
        return self.district_id or f"{self.number}番目の図形"


def read_boundaries(
    geojson_text: str, district_ids: Sequence[str], source_name: str
) -> gpd.GeoDataFrame:
    """The districts' polygons from the text of a GeoJSON file.

    One row a district, indexed by district_id in the order of `district_ids`, in
    GEOGRAPHIC_CRS: geometry, area_km2 (measured in PLANE_CRS), anchor_lat and anchor_lng
    (a point inside, for labels and circles). Nothing is missing.
    Raises BoundaryError with all problems found at once.
    """
    features = _features(_collection(geojson_text, source_name))
    problems = [*_id_problems(features, district_ids), *_geometry_problems(features)]
    if problems:
        raise _error(source_name, problems, len(district_ids))
    by_id = {feature.district_id: feature.geometry for feature in features}
    boundaries = gpd.GeoDataFrame(
        geometry=[by_id[district_id] for district_id in district_ids],
        index=pd.Index(district_ids, name="district_id"),
        crs=GEOGRAPHIC_CRS,
    )
    plane = boundaries.geometry.to_crs(PLANE_CRS)
    problems = [*_overlaps(plane), *_gaps(plane), *_area_problem(plane)]
    if problems:
        raise _error(source_name, problems, len(district_ids))
    anchors = plane.representative_point().to_crs(GEOGRAPHIC_CRS)
    return boundaries.assign(
        area_km2=plane.area / M2_PER_KM2, anchor_lat=anchors.y, anchor_lng=anchors.x
    )


def simplified(
    boundaries: gpd.GeoDataFrame, tolerance_m: float = WEB_MAP_TOLERANCE_M
) -> gpd.GeoDataFrame:
    """The same rows with fewer vertices; neighbours keep the edges they share.

    Only `geometry` changes: area_km2 and the anchors stay those of the full boundaries.
    """
    plane = boundaries.geometry.to_crs(PLANE_CRS)
    coverage = shapely.coverage_simplify(plane.to_numpy(), tolerance_m)
    lighter = gpd.GeoSeries(coverage, index=boundaries.index, crs=PLANE_CRS)
    return boundaries.set_geometry(lighter.to_crs(GEOGRAPHIC_CRS))


def join_measures(boundaries: gpd.GeoDataFrame, frame: pd.DataFrame) -> gpd.GeoDataFrame:
    """The boundaries with the columns of `frame`, joined on its column district_id.

    All districts are always there; what `frame` has no row for is NaN, never zero.
    Raises ValueError for ids that are no district or stand twice: a defect of the caller.
    """
    measures = frame.set_index("district_id")
    unknown = measures.index.difference(boundaries.index)
    if len(unknown):
        raise ValueError(f"no such district: {', '.join(map(str, unknown))}")
    if not measures.index.is_unique:
        raise ValueError("a district stands twice in the measures")
    return boundaries.join(measures)


def _collection(geojson_text: str, source_name: str) -> dict[str, Any]:
    """The feature collection of the file, in WGS84."""
    expected = "GeoJSON（FeatureCollection、緯度経度）が必要です"
    try:
        parsed = json.loads(geojson_text)
    except (ValueError, RecursionError) as error:
        found = "JSONとして読めません（途中で切れているか、別の形式のファイルです）"
        raise BoundaryError(source_name, found, expected, NEXT_STEP) from error
    collection: dict[str, Any] = parsed if isinstance(parsed, dict) else {}
    is_collection = collection.get("type") == "FeatureCollection"
    if not is_collection or not isinstance(collection.get("features"), list):
        found = "GeoJSONではありません（FeatureCollection がありません）"
        raise BoundaryError(source_name, found, expected, NEXT_STEP)
    crs = crs_name(collection)
    if crs is not None and crs not in WGS84_NAMES:
        found = f"座標系が「{crs}」です"
        step = "GISソフトで座標系を EPSG:4326 に変換して保存し直してください"
        raise BoundaryError(source_name, found, "緯度経度（WGS84、EPSG:4326）が必要です", step)
    return collection


def crs_name(collection: Mapping[str, Any]) -> str | None:
    """What the old `crs` member names; None where there is none, as the format wants."""
    crs = collection.get("crs")
    if crs is None:
        return None
    properties = crs.get("properties") if isinstance(crs, dict) else None
    name = properties.get("name") if isinstance(properties, dict) else None
    return str(name or crs)


def _features(collection: Mapping[str, Any]) -> list[_Feature]:
    features = []
    for number, feature in enumerate(collection["features"], start=1):
        held = feature if isinstance(feature, dict) else {}
        properties = held.get("properties")
        identifier = properties.get("district_id") if isinstance(properties, dict) else None
        features.append(_Feature(number, str(identifier or ""), geometry_of(held.get("geometry"))))
    return features


def geometry_of(mapping: object) -> BaseGeometry | None:
    """The geometry of a GeoJSON feature; None where it cannot be read."""
    try:
        return shapely.from_geojson(json.dumps(mapping))
    except (ShapelyError, ValueError):
        return None


def _id_problems(features: Sequence[_Feature], district_ids: Sequence[str]) -> Iterator[str]:
    counts = Counter(feature.district_id for feature in features)
    nameless = counts.pop("", 0)
    if nameless:
        yield f"properties に district_id のない図形が{nameless}個あります"
    for label, ids in (
        ("足りない地区", [i for i in district_ids if i not in counts]),
        ("知られていない地区", [i for i in counts if i not in district_ids]),
        ("重なっている地区", [i for i, count in counts.items() if count > 1]),
    ):
        if ids:
            yield f"{label}: {_feature_label(ids, '、')}"


def _geometry_problems(features: Sequence[_Feature]) -> Iterator[str]:
    for feature in features:
        problem = _geometry_problem(feature.geometry)
        if problem:
            yield f"{feature.place} の{problem}"


def _geometry_problem(geometry: BaseGeometry | None) -> str:
    if geometry is None:
        return "図形が読めません"
    if geometry.geom_type not in POLYGONS:
        return f"図形が面ではありません（{geometry.geom_type}）"
    if geometry.is_empty:
        return "図形が空です"
    west, south, east, north = geometry.bounds
    cause = outside_cause(west, south, east, north)
    if not cause and not geometry.is_valid:
        return f"図形が正しくありません（{shapely.is_valid_reason(geometry)}）"
    return cause


def inside_city(west: float, south: float, east: float, north: float) -> bool:
    """Whether bounds in degrees lie within the envelope of the city: a boundary that
    leaves it is not of this city."""
    city_west, city_south, city_east, city_north = city().envelope
    return city_west <= west <= east <= city_east and city_south <= south <= north <= city_north


def outside_cause(west: float, south: float, east: float, north: float) -> str:
    """Why bounds that should be degrees in the city are not; empty for those that are."""
    if inside_city(west, south, east, north):
        return ""
    if inside_city(south, west, north, east):
        return "座標の緯度と経度が逆です（GeoJSON は経度、緯度の順）"
    if max(abs(west), abs(east)) > 180 or max(abs(south), abs(north)) > 90:
        return "座標が緯度経度ではありません（平面直角座標などの値とみられます）"
    degrees = f"経度{west:.3f}〜{east:.3f}、緯度{south:.3f}〜{north:.3f}"
    return f"位置が{city().name}の範囲の外です（{degrees}）"


def _overlaps(plane: gpd.GeoSeries) -> Iterator[str]:
    geometries = plane.to_numpy()
    left, right = shapely.STRtree(geometries).query(geometries, predicate="intersects")
    areas = shapely.area(shapely.intersection(geometries[left], geometries[right]))
    for one, other, area in zip(left, right, areas, strict=True):
        if one < other and area > MAX_OVERLAP_M2:
            names = f"{plane.index[one]} と {plane.index[other]}"
            yield f"{names} が重なっています（{area / M2_PER_KM2:.3f}km2）"


def _gaps(plane: gpd.GeoSeries) -> Iterator[str]:
    for part in shapely.get_parts(plane.union_all()):
        for ring in part.interiors:
            gap = shapely.Polygon(ring)
            if gap.area > MAX_GAP_M2:
                around = plane.index[plane.distance(gap) < 1]
                area_km2 = gap.area / M2_PER_KM2
                yield f"{'、'.join(around)} の間にすき間があります（{area_km2:.3f}km2）"


def _area_problem(plane: gpd.GeoSeries) -> Iterator[str]:
    area_km2 = plane.area.sum() / M2_PER_KM2
    city_km2 = city().area_km2
    if abs(area_km2 - city_km2) > city_km2 * MAX_AREA_DEVIATION:
        yield f"面積の合計が{area_km2:.1f}km2です（市の面積は{city_km2}km2）"


def _feature_label(items: Sequence[str], separator: str) -> str:
    rest = len(items) - MAX_NAMED
    return separator.join(items[:MAX_NAMED]) + (f"（ほか{rest}件）" if rest > 0 else "")


def _error(source_name: str, problems: Sequence[str], count: int) -> BoundaryError:
    expected = f"{count}地区の面が一つずつ、重なりもすき間もなく市内に並ぶことが必要です"
    return BoundaryError(source_name, _feature_label(problems, "／"), expected, NEXT_STEP)
