"""Polygons of a file in memory: GeoJSON, GeoPackage or a zipped Shapefile, in any usual CRS.

GeoJSON is read here; GDAL gets only files whose kind is known from their first bytes, under
names of ours: it would take other contents for instructions to open something else.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import shapely
from pyogrio.errors import DataLayerError, DataSourceError, FeatureError, FieldError, GeometryError
from pyproj import CRS
from pyproj.exceptions import CRSError

from kyodo_geo.geo.boundaries import POLYGONS, crs_name, geometry_of
from kyodo_geo.imports.reference import geopackage
from kyodo_geo.imports.reference.reference_findings import ReferenceCheck
from kyodo_geo.tabular.file_types import CHUNK, DAMAGES, MOST_BYTES, ZIP
from kyodo_geo.tabular.findings import Check, FileRefused, Finding

SHP = b"\x00\x00\x27\x0a"
SQLITE = b"SQLite format 3\x00"

NEEDED_PARTS, USED_PARTS = (".shp", ".shx"), (".shp", ".shx", ".dbf", ".prj")
MOST_UNZIPPED = 100_000_000
MOST_VERTICES = 500_000
"""They take about 8 MB."""

MOST_FEATURES = 10_000
MOST_ATTRIBUTES = 100
BAD_SOURCES = (
    *(DataSourceError, DataLayerError, FeatureError, FieldError, GeometryError),
    *(CRSError, UnicodeDecodeError),
    UnboundLocalError,  # pyogrio's answer to a CRS that GDAL cannot spell out
)


@dataclass(frozen=True)
class Layer:
    """Polygons as they stand in a file, their attributes as texts, and what was found.

    `features` has a geometry and one column an attribute; its CRS is None where the file does
    not say.
    """

    features: gpd.GeoDataFrame
    findings: tuple[Finding, ...]


def read_layer(content: bytes) -> Layer:
    """The polygons of a file, without Z and M. Raises FileRefused for what cannot be read."""
    features, findings = _features(content)
    features.geometry = shapely.force_2d(features.geometry.to_numpy())
    is_missing = features.geometry.isna() | features.geometry.is_empty
    if is_missing.any():
        numbers = "、".join(f"{number + 1}番目" for number in np.flatnonzero(is_missing)[:10])
        raise FileRefused(ReferenceCheck.UNREADABLE_SHAPES, f"{numbers}の図形です")
    is_polygon = features.geom_type.isin(POLYGONS)
    if not is_polygon.any():
        raise FileRefused(ReferenceCheck.NO_POLYGONS)
    if not is_polygon.all():
        told = f"{(~is_polygon).sum():,}個あります"
        findings.append(Finding(ReferenceCheck.OTHER_SHAPES, detail=told))
    polygons = features[is_polygon].reset_index(drop=True)
    vertices = int(shapely.get_num_coordinates(polygons.geometry.to_numpy()).sum())
    if vertices > MOST_VERTICES or len(polygons) > MOST_FEATURES:
        told = f"図形{len(polygons):,}個、頂点{vertices:,}個です（{MOST_VERTICES:,}個まで）"
        raise FileRefused(ReferenceCheck.TOO_DETAILED, told)
    return Layer(polygons, tuple(findings))


def _features(content: bytes) -> tuple[gpd.GeoDataFrame, list[Finding]]:
    if not content.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise FileRefused(Check.EMPTY_FILE)
    if len(content) > MOST_BYTES:
        raise FileRefused(Check.TOO_LARGE)
    if content.startswith(ZIP):
        return _of_shapefile(content)
    if content.startswith(SHP):
        raise FileRefused(ReferenceCheck.SHAPEFILE_ALONE)
    if content.startswith(SQLITE):
        return _of_geopackage(content)
    if content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return _of_geojson(content)
    raise FileRefused(ReferenceCheck.NOT_GEOGRAPHIC)


# GeoJSON


def _of_geojson(content: bytes) -> tuple[gpd.GeoDataFrame, list[Finding]]:
    text, findings = _text(content)
    try:
        collection = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise FileRefused(Check.DAMAGED, "JSONとして読めません") from error
    held = collection.get("features") if isinstance(collection, dict) else None
    if collection.get("type") != "FeatureCollection" or not isinstance(held, list):
        raise FileRefused(ReferenceCheck.NOT_GEOGRAPHIC, "FeatureCollection がありません")
    if not held:
        raise FileRefused(ReferenceCheck.NO_POLYGONS)
    features = [feature if isinstance(feature, dict) else {} for feature in held[:MOST_FEATURES]]
    shapes = [geometry_of(feature.get("geometry")) for feature in features]
    properties = [_properties(feature) for feature in features]
    _refuse_too_wide(len({name for held in properties for name in held}))
    attributes = pd.DataFrame(properties, dtype=object)
    frame = gpd.GeoDataFrame(_as_texts(attributes), geometry=gpd.GeoSeries(shapes))
    return frame.set_crs(_crs_of_geojson(collection, frame)), findings


def _text(content: bytes) -> tuple[str, list[Finding]]:
    try:
        return content.decode("utf-8-sig"), []
    except UnicodeDecodeError:
        pass
    try:
        return content.decode("cp932"), [_in_cp932()]
    except UnicodeDecodeError as error:
        raise FileRefused(Check.UNKNOWN_ENCODING) from error


def _in_cp932() -> Finding:
    return Finding(Check.ENCODING, detail="読んだ文字コードは cp932 です")


def _properties(feature: Mapping[str, Any]) -> dict[str, Any]:
    properties = feature.get("properties")
    return properties if isinstance(properties, dict) else {}


def _crs_of_geojson(collection: Mapping[str, Any], frame: gpd.GeoDataFrame) -> CRS | None:
    """What the old `crs` member says, else WGS84 as the format wants; None where the numbers
    can be no degrees."""
    name = crs_name(collection)
    if name is not None:
        try:
            return CRS.from_user_input(name)
        except CRSError as error:
            raise FileRefused(ReferenceCheck.CRS_UNKNOWN, found=name) from error
    west, south, east, north = frame.total_bounds
    is_degrees = max(abs(west), abs(east)) <= 180 and max(abs(south), abs(north)) <= 180
    return CRS.from_epsg(4326) if is_degrees else None


# GeoPackage


def _of_geopackage(content: bytes) -> tuple[gpd.GeoDataFrame, list[Finding]]:
    content = geopackage.readable(content)
    columns = geopackage.geometry_columns(content)
    # In a ZIP it has a name: GDAL warns of one without its usual ending.
    archive = _zipped({"boundary.gpkg": content})
    try:
        name = _only_polygon_layer(pyogrio.list_layers(archive).tolist())
        geopackage.refuse_curves(content, name, columns.get(name, ""))
        return _read(archive, layer=name), []
    except BAD_SOURCES as error:
        raise FileRefused(Check.DAMAGED) from error


def _only_polygon_layer(layers: Sequence[Sequence[str | None]]) -> str:
    kinds = {str(name): str(kind or "") for name, kind in layers}
    polygons = [name for name, kind in kinds.items() if "Polygon" in kind]
    candidates = polygons or [name for name, kind in kinds.items() if kind == "Unknown"]
    if len(candidates) != 1:
        told = "、".join(candidates or kinds) or "レイヤーがありません"
        raise FileRefused(ReferenceCheck.LAYERS, found=told)
    return candidates[0]


# Shapefile


def _of_shapefile(content: bytes) -> tuple[gpd.GeoDataFrame, list[Finding]]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = _parts(archive)
    except DAMAGES as error:
        raise FileRefused(Check.DAMAGED) from error
    except RuntimeError as error:  # zipfile's way to ask for a password
        raise FileRefused(Check.PASSWORD) from error
    if not parts[".shp"].startswith(SHP):
        raise FileRefused(Check.DAMAGED)
    if not _is_crs(parts.get(".prj", b"")):
        parts.pop(".prj", None)
    # The encoding is told from the texts: what .cpg says is often missing or wrong.
    in_cp932 = not _is_utf8(parts.get(".dbf", b""))
    archive_of_ours = _zipped({f"boundary{suffix}": part for suffix, part in parts.items()})
    try:
        frame = _read(archive_of_ours, encoding="cp932" if in_cp932 else "utf-8")
    except BAD_SOURCES as error:
        raise FileRefused(Check.DAMAGED) from error
    return frame, [_in_cp932()] if in_cp932 else []


def _parts(archive: zipfile.ZipFile) -> dict[str, bytes]:
    """The used parts of the only Shapefile of a ZIP, by ending."""
    members = {
        member.filename: member
        for member in archive.infolist()
        if not member.is_dir() and not member.filename.startswith("__MACOSX/")
    }
    shapefiles = [name for name in members if name.lower().endswith(".shp")]
    if len(shapefiles) != 1:
        found = "、".join(PurePosixPath(name).name for name in shapefiles[:5])
        raise FileRefused(ReferenceCheck.SHAPEFILE_COUNT, found=found)
    stem = shapefiles[0][: -len(".shp")]
    by_suffix = {name[len(stem) :].lower(): name for name in members if name.startswith(stem)}
    missing = [suffix for suffix in NEEDED_PARTS if suffix not in by_suffix]
    if missing:
        raise FileRefused(ReferenceCheck.SHAPEFILE_PARTS, found="、".join(missing))
    budget = _Budget()
    return {
        suffix: b"".join(_chunks(archive, by_suffix[suffix], budget))
        for suffix in USED_PARTS
        if suffix in by_suffix
    }


@dataclass
class _Budget:
    """How many bytes may still come out of an archive: what it says of itself may be a lie."""

    left: int = MOST_UNZIPPED


def _chunks(archive: zipfile.ZipFile, name: str, budget: _Budget) -> Iterator[bytes]:
    with archive.open(name) as stream:
        while chunk := stream.read(CHUNK):
            budget.left -= len(chunk)
            if budget.left < 0:
                raise FileRefused(Check.ZIP_BOMB)
            yield chunk


def _is_crs(prj: bytes) -> bool:
    try:
        CRS.from_wkt(prj.decode("utf-8-sig"))
    except (CRSError, UnicodeDecodeError):
        return False
    return True


def _is_utf8(texts: bytes) -> bool:
    # The head of a DBF holds numbers, then names of columns, 32 bytes each.
    try:
        texts[32:].decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _zipped(files: Mapping[str, bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, part in files.items():
            archive.writestr(name, part)
    return content.getvalue()


def _read(archive: bytes, **options: Any) -> gpd.GeoDataFrame:
    """One layer; geometries that cannot be read are None, the CRS None where it tells nothing."""
    if not len(pyogrio.list_layers(archive)):
        raise FileRefused(Check.DAMAGED)
    info = pyogrio.read_info(archive, **options)
    _refuse_too_wide(len(info["fields"]))
    frame = pyogrio.read_dataframe(
        archive, force_2d=True, on_invalid="ignore", max_features=MOST_FEATURES + 1, **options
    )
    if not isinstance(frame, gpd.GeoDataFrame) or frame.empty:
        raise FileRefused(ReferenceCheck.NO_POLYGONS)
    texts = _as_texts(pd.DataFrame(frame.drop(columns=frame.geometry.name)))
    crs = frame.crs if frame.crs and (frame.crs.is_geographic or frame.crs.is_projected) else None
    return gpd.GeoDataFrame(texts, geometry=frame.geometry.to_numpy(), crs=crs)


def _refuse_too_wide(attributes: int) -> None:
    if attributes > MOST_ATTRIBUTES:
        raise FileRefused(ReferenceCheck.TOO_WIDE, f"{attributes:,}列あります")


def _as_texts(attributes: pd.DataFrame) -> pd.DataFrame:
    """Values as people would type them, in numbered columns: what they are called says little."""
    texts = attributes.map(lambda value: "" if _is_missing(value) else str(value).strip())
    return texts.astype(object).set_axis([str(n) for n in range(texts.shape[1])], axis=1)


def _is_missing(value: Any) -> bool:
    return value is None or (isinstance(value, float) and np.isnan(value)) or value is pd.NaT
