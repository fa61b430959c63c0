"""Polygons of a file made into one clean shape a district."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from kyodo_geo.geo.boundaries import POLYGONS
from kyodo_geo.geo.crs import GEOGRAPHIC_CRS, PLANE_CRS
from kyodo_geo.imports.reference.reference_findings import ReferenceFinding
from kyodo_geo.model import District
from kyodo_geo.tabular.findings import Checked, FileRefused, Finding

MOST_REPAIRED = 0.01
"""Share of its area by which a polygon may change when it is made valid."""

SLIVER_M = 20.0
"""Gaps and overlaps this narrow are two drawings of one line: maps at 1:25,000 are no more
exact. Wider ones are left, and refused with the names of the districts."""

DECIMALS = 7
"""Of degrees; the last one is 1 cm. Points that neighbours share stay shared."""


def repair_polygons(features: gpd.GeoDataFrame) -> Checked[gpd.GeoDataFrame]:
    """Make polygons valid. Raises FileRefused where that would change their area."""
    broken = ~features.geometry.is_valid
    if not broken.any():
        return Checked(features)
    shapes = features.geometry.to_crs(PLANE_CRS)[broken].to_numpy()
    valid = np.array([_polygons_of(shape) for shape in shapely.make_valid(shapes)])
    areas = shapely.area(shapes)
    changed = np.abs(shapely.area(valid) - areas) > MOST_REPAIRED * areas
    numbers = np.flatnonzero(broken) + 1
    if changed.any():
        reasons = shapely.is_valid_reason(shapes[changed])
        broken_ones = zip(numbers[changed], reasons, strict=True)
        detail = "、".join(f"{number}番目の図形（{reason}）" for number, reason in broken_ones)
        raise FileRefused(ReferenceFinding.BROKEN, detail)
    mended = features.copy()
    in_degrees = gpd.GeoSeries(valid, crs=PLANE_CRS).to_crs(GEOGRAPHIC_CRS)
    mended.loc[broken, mended.geometry.name] = in_degrees.to_numpy()
    detail = "、".join(f"{number}番目" for number in numbers) + "の図形です"
    return Checked(mended, [Finding(ReferenceFinding.REPAIRED, detail=detail)])


def dissolve_districts(features: gpd.GeoDataFrame, district_ids: Sequence[str]) -> gpd.GeoSeries:
    """Dissolve polygons, of which each has its district, to one shape per district, by id."""
    shapes = pd.Series(features.geometry.to_numpy()).groupby(list(district_ids))
    return gpd.GeoSeries(shapes.agg(_union), crs=features.crs)


def close_gaps(shapes: gpd.GeoSeries) -> Checked[gpd.GeoSeries]:
    """Close narrow gaps and overlaps between neighbours.

    Left as they are where that would change anything wider than SLIVER_M.
    """
    plane = shapes.to_crs(PLANE_CRS).to_numpy()
    if shapely.coverage_is_valid(plane, gap_width=SLIVER_M):
        return Checked(shapes)
    clean = np.asarray(shapely.coverage_clean(plane, gap_width=SLIVER_M))
    changed = shapely.symmetric_difference(plane, clean)
    if not shapely.is_empty(shapely.buffer(changed, -SLIVER_M / 2)).all():
        return Checked(shapes)
    largest = (shapely.area(changed) / shapely.area(plane)).max()
    detail = f"幅{SLIVER_M:.0f}mまで。面積の変化は、大きい地区で{largest:.2%}です"
    joined = gpd.GeoSeries(clean, index=shapes.index, crs=PLANE_CRS).to_crs(GEOGRAPHIC_CRS)
    return Checked(joined, [Finding(ReferenceFinding.OUTLINES_CLOSED, detail=detail)])


def districts_geojson(shapes: gpd.GeoSeries, districts: Sequence[District]) -> str:
    """Write the text an edition holds: one feature per district, coordinates rounded.

    Districts without a shape are left out: the check of the text says so.
    """
    features = [
        {
            "type": "Feature",
            "properties": {
                "district_id": district.district_id,
                "name": district.name,
                "region": district.region,
            },
            "geometry": json.loads(shapely.to_geojson(_rounded(shapes[district.district_id]))),
        }
        for district in districts
        if district.district_id in shapes.index
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False)


def _rounded(shape: Any) -> Any:
    def to_decimals(points: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.round(points, DECIMALS)

    return shapely.transform(shape, to_decimals)


def _union(shapes: pd.Series) -> Any:
    return shapely.union_all(shapes.to_numpy()) if len(shapes) > 1 else shapes.iloc[0]


def _polygons_of(shape: Any) -> Any:
    """What of a mended shape is a surface: lines that hung out of it are no part of a district."""
    parts = [part for part in shapely.get_parts(shape) if part.geom_type in POLYGONS]
    return shapely.union_all(parts)
