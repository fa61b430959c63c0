"""Where polygons lie: into degrees from any usual CRS, which is guessed only where it must be
and can be nothing else."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
from pyproj import CRS, Transformer
from pyproj.network import set_network_enabled  # type: ignore[attr-defined]

from kyodo_geo.city import city
from kyodo_geo.geo.boundaries import inside_city, outside_cause
from kyodo_geo.geo.crs import GEOGRAPHIC_CRS, PLANE_CRS
from kyodo_geo.imports.reference.reference_findings import ReferenceFinding
from kyodo_geo.tabular.findings import Checked, FileRefused, Finding

set_network_enabled(active=False)  # better grids would be fetched from another host

PLANE_ZONE = CRS(PLANE_CRS).name.split()[-1]
UTM_ZONE = int(city().map_centre[1] // 6) + 31
GUESSES = {
    6668: "JGD2011 の緯度経度",
    int(PLANE_CRS.removeprefix("EPSG:")): f"平面直角座標系 {PLANE_ZONE}系（JGD2011）",
    6637 + UTM_ZONE: f"UTM座標系 {UTM_ZONE}帯（JGD2011）",
    3857: "Webメルカトル",
}
"""By EPSG code, what a file without a CRS may be in. Older datums of the same kind have nearly
the same numbers and cannot be told apart."""

OLD_DATUM = "Tokyo"
Bounds = tuple[float, float, float, float]


def convert_to_degrees(features: gpd.GeoDataFrame) -> Checked[gpd.GeoDataFrame]:
    """Convert polygons to GEOGRAPHIC_CRS; their CRS is None where the file does not say.

    Raises FileRefused if the CRS is not known or the polygons are not in the city.
    """
    findings = []
    if features.crs is None:
        code = _guess(features)
        features = features.set_crs(code)
        findings.append(
            Finding(ReferenceFinding.CRS_GUESSED, became=f"{GUESSES[code]} EPSG:{code}")
        )
    crs = CRS(features.crs)
    if OLD_DATUM in str(crs.datum and crs.datum.name):
        findings.append(Finding(ReferenceFinding.OLD_DATUM, found=crs.name))
    if crs.to_epsg() != 4326:
        findings.append(Finding(ReferenceFinding.CRS_CONVERTED, found=crs.name))
    converted = features.to_crs(GEOGRAPHIC_CRS)
    if cause := outside_cause(*_bounds(converted)):
        raise FileRefused(ReferenceFinding.NOT_THE_DISTRICTS, cause)
    return Checked(converted, findings)


def _bounds(features: gpd.GeoDataFrame) -> Bounds:
    west, south, east, north = features.total_bounds.tolist()
    return west, south, east, north


def _guess(features: gpd.GeoDataFrame) -> int:
    west, south, east, north = _bounds(features)
    fitting = [code for code in GUESSES if _fits(code, (west, south, east, north))]
    if len(fitting) == 1:
        return fitting[0]
    swapped = any(_fits(code, (south, west, north, east)) for code in GUESSES)
    detail = "縦と横（X・Y、緯度・経度）が逆とみられます" if swapped else ""
    raise FileRefused(ReferenceFinding.CRS_UNKNOWN, detail)


def _fits(code: int, bounds: Bounds) -> bool:
    """Whether the bounds lie in the city when they are read in a CRS."""
    to_degrees = Transformer.from_crs(code, GEOGRAPHIC_CRS, always_xy=True)
    west, south, east, north = bounds
    xs, ys = to_degrees.transform([west, west, east, east], [south, north, south, north])
    corners = np.array([xs, ys])
    if not np.isfinite(corners).all():
        return False
    (west, south), (east, north) = corners.min(axis=1), corners.max(axis=1)
    return inside_city(float(west), float(south), float(east), float(north))
