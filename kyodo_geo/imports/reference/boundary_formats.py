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
from kyodo_geo.imports.reference.reference_findings import ReferenceFinding
from kyodo_geo.tabular.file_types import CHUNK, DAMAGES, MOST_BYTES, ZIP
from kyodo_geo.tabular.finding_kinds import FileFinding
from kyodo_geo.tabular.findings import Checked, FileRefused, Finding
from kyodo_geo.tabular.sheets import check_encoding

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


def read_layer(content: bytes) -> Checked[gpd.GeoDataFrame]:
    """Read the polygons of a file, without Z and M, their attributes as texts.

    One column per attribute; the CRS is None where the file does not say. Raises FileRefused for
    what cannot be read.
    """
    checked = _features(content)
    features, findings = checked.value, [*checked.findings]
    features.geometry = shapely.force_2d(features.geometry.to_numpy())
    is_missing = features.geometry.isna() | features.geometry.is_empty
    if is_missing.any():
        numbers = "、".join(f"{number + 1}番目" for number in np.flatnonzero(is_missing)[:10])
        raise FileRefused(ReferenceFinding.UNREADABLE_SHAPES, f"{numbers}の図形です")
    is_polygon = features.geom_type.isin(POLYGONS)
    if not is_polygon.any():
        raise FileRefused(ReferenceFinding.NO_POLYGONS)
    if not is_polygon.all():
        detail = f"{(~is_polygon).sum():,}個あります"
        findings.append(Finding(ReferenceFinding.OTHER_SHAPES, detail=detail))
    polygons = features[is_polygon].reset_index(drop=True)
    vertices = int(shapely.get_num_coordinates(polygons.geometry.to_numpy()).sum())
    if vertices > MOST_VERTICES or len(polygons) > MOST_FEATURES:
        detail = f"図形{len(polygons):,}個、頂点{vertices:,}個です（{MOST_VERTICES:,}個まで）"
        raise FileRefused(ReferenceFinding.TOO_DETAILED, detail)
    return Checked(polygons, findings)


def _features(content: bytes) -> Checked[gpd.GeoDataFrame]:
    if not content.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise FileRefused(FileFinding.EMPTY_FILE)
    if len(content) > MOST_BYTES:
        raise FileRefused(FileFinding.TOO_LARGE)
    if content.startswith(ZIP):
        return _read_shapefile(content)
    if content.startswith(SHP):
        raise FileRefused(ReferenceFinding.SHAPEFILE_ALONE)
    if content.startswith(SQLITE):
        return _read_geopackage(content)
    if content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return _read_geojson(content)
    raise FileRefused(ReferenceFinding.NOT_GEOGRAPHIC)


# GeoJSON


def _read_geojson(content: bytes) -> Checked[gpd.GeoDataFrame]:
    text = _decode(content)
    try:
        collection = json.loads(text.value)
    except (ValueError, RecursionError) as error:
        raise FileRefused(FileFinding.DAMAGED, "JSONとして読めません") from error
    held = collection.get("features") if isinstance(collection, dict) else None
    if collection.get("type") != "FeatureCollection" or not isinstance(held, list):
        raise FileRefused(ReferenceFinding.NOT_GEOGRAPHIC, "FeatureCollection がありません")
    if not held:
        raise FileRefused(ReferenceFinding.NO_POLYGONS)
    features = [feature if isinstance(feature, dict) else {} for feature in held[:MOST_FEATURES]]
    shapes = [geometry_of(feature.get("geometry")) for feature in features]
    properties = [_properties(feature) for feature in features]
    _refuse_too_wide(len({name for held in properties for name in held}))
    attributes = pd.DataFrame(properties, dtype=object)
    frame = gpd.GeoDataFrame(_as_texts(attributes), geometry=gpd.GeoSeries(shapes))
    return Checked(frame.set_crs(_crs_of_geojson(collection, frame)), text.findings)


def _decode(content: bytes) -> Checked[str]:
    for encoding in ("utf-8-sig", "cp932"):
        try:
            return Checked(content.decode(encoding), list(check_encoding(encoding)))
        except UnicodeDecodeError:
            continue
    raise FileRefused(FileFinding.UNKNOWN_ENCODING)


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
            raise FileRefused(ReferenceFinding.CRS_UNKNOWN, found=name) from error
    west, south, east, north = frame.total_bounds
    is_degrees = max(abs(west), abs(east)) <= 180 and max(abs(south), abs(north)) <= 180
    return CRS.from_epsg(4326) if is_degrees else None


# GeoPackage


def _read_geopackage(content: bytes) -> Checked[gpd.GeoDataFrame]:
    content = geopackage.readable(content)
    columns = geopackage.geometry_columns(content)
    # In a ZIP it has a name: GDAL warns of one without its usual ending.
    archive = _zipped({"boundary.gpkg": content})
    try:
        name = _only_polygon_layer(pyogrio.list_layers(archive).tolist())
        geopackage.refuse_curves(content, name, columns.get(name, ""))
        return Checked(_read_frame(archive, layer=name))
    except BAD_SOURCES as error:
        raise FileRefused(FileFinding.DAMAGED) from error


def _only_polygon_layer(layers: Sequence[Sequence[str | None]]) -> str:
    kinds = {str(name): str(kind or "") for name, kind in layers}
    polygons = [name for name, kind in kinds.items() if "Polygon" in kind]
    candidates = polygons or [name for name, kind in kinds.items() if kind == "Unknown"]
    if len(candidates) != 1:
        found = "、".join(candidates or kinds) or "レイヤーがありません"
        raise FileRefused(ReferenceFinding.LAYERS, found=found)
    return candidates[0]


# Shapefile


def _read_shapefile(content: bytes) -> Checked[gpd.GeoDataFrame]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = _parts(archive)
    except DAMAGES as error:
        raise FileRefused(FileFinding.DAMAGED) from error
    except RuntimeError as error:  # zipfile's way to ask for a password
        raise FileRefused(FileFinding.PASSWORD) from error
    if not parts[".shp"].startswith(SHP):
        raise FileRefused(FileFinding.DAMAGED)
    if not _is_crs(parts.get(".prj", b"")):
        parts.pop(".prj", None)
    # The encoding is told from the texts: what .cpg says is often missing or wrong.
    encoding = "utf-8" if _is_utf8(parts.get(".dbf", b"")) else "cp932"
    archive_of_ours = _zipped({f"boundary{suffix}": part for suffix, part in parts.items()})
    try:
        frame = _read_frame(archive_of_ours, encoding=encoding)
    except BAD_SOURCES as error:
        raise FileRefused(FileFinding.DAMAGED) from error
    return Checked(frame, list(check_encoding(encoding)))


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
        raise FileRefused(ReferenceFinding.SHAPEFILE_COUNT, found=found)
    stem = shapefiles[0][: -len(".shp")]
    by_suffix = {name[len(stem) :].lower(): name for name in members if name.startswith(stem)}
    missing = [suffix for suffix in NEEDED_PARTS if suffix not in by_suffix]
    if missing:
        raise FileRefused(ReferenceFinding.SHAPEFILE_PARTS, found="、".join(missing))
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
                raise FileRefused(FileFinding.ZIP_BOMB)
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


def _read_frame(archive: bytes, **options: Any) -> gpd.GeoDataFrame:
    """One layer; geometries that cannot be read are None, the CRS None where it tells nothing."""
    if not len(pyogrio.list_layers(archive)):
        raise FileRefused(FileFinding.DAMAGED)
    info = pyogrio.read_info(archive, **options)
    _refuse_too_wide(len(info["fields"]))
    frame = pyogrio.read_dataframe(
        archive, force_2d=True, on_invalid="ignore", max_features=MOST_FEATURES + 1, **options
    )
    if not isinstance(frame, gpd.GeoDataFrame) or frame.empty:
        raise FileRefused(ReferenceFinding.NO_POLYGONS)
    texts = _as_texts(pd.DataFrame(frame.drop(columns=frame.geometry.name)))
    crs = frame.crs if frame.crs and (frame.crs.is_geographic or frame.crs.is_projected) else None
    return gpd.GeoDataFrame(texts, geometry=frame.geometry.to_numpy(), crs=crs)


def _refuse_too_wide(attributes: int) -> None:
    if attributes > MOST_ATTRIBUTES:
        raise FileRefused(ReferenceFinding.TOO_WIDE, f"{attributes:,}列あります")


def _as_texts(attributes: pd.DataFrame) -> pd.DataFrame:
    """Values as people would type them, in numbered columns: what they are called says little."""
    texts = attributes.map(lambda value: "" if _is_missing(value) else str(value).strip())
    return texts.astype(object).set_axis([str(n) for n in range(texts.shape[1])], axis=1)


def _is_missing(value: Any) -> bool:
    return value is None or (isinstance(value, float) and np.isnan(value)) or value is pd.NaT
