"""Polygons of a file repaired and dissolved to one clean shape per district (decision 22)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import partial
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

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
    """Make polygons valid. Raises FileRefused if that changes an area by over MOST_REPAIRED."""
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
    """Dissolve polygons to one shape per district, indexed by district id."""
    shapes = pd.Series(features.geometry.to_numpy()).groupby(list(district_ids))
    return gpd.GeoSeries(shapes.agg(_union), crs=features.crs)


def close_gaps(shapes: gpd.GeoSeries) -> Checked[gpd.GeoSeries]:
    """Close narrow gaps and overlaps between neighbours.

    Shapes are returned unchanged if that would change anything wider than SLIVER_M.
    """
    plane = shapes.to_crs(PLANE_CRS).to_numpy()
    if shapely.coverage_is_valid(plane, gap_width=SLIVER_M):
        return Checked(shapes)
    clean = np.asarray(shapely.coverage_clean(plane, gap_width=SLIVER_M))
    changed = shapely.symmetric_difference(plane, clean)
    # Decision 22: what is wider than a sliver is no second drawing of one line; checks refuse it.
    if not shapely.is_empty(shapely.buffer(changed, -SLIVER_M / 2)).all():
        return Checked(shapes)
    largest = (shapely.area(changed) / shapely.area(plane)).max()
    detail = f"幅{SLIVER_M:.0f}mまで。面積の変化は、大きい地区で{largest:.2%}です"
    joined = gpd.GeoSeries(clean, index=shapes.index, crs=PLANE_CRS).to_crs(GEOGRAPHIC_CRS)
    return Checked(joined, [Finding(ReferenceFinding.OUTLINES_CLOSED, detail=detail)])


def districts_geojson(shapes: gpd.GeoSeries, districts: Sequence[District]) -> str:
    """Write the GeoJSON an edition holds: one feature per district, rounded to DECIMALS.

    Districts without a shape are left out; `read_boundaries` reports them.
    """
    rounded = shapely.transform(shapes.to_numpy(), partial(np.round, decimals=DECIMALS))
    geometries = dict(zip(shapes.index, shapely.to_geojson(rounded), strict=True))
    features = [
        {
            "type": "Feature",
            "properties": {
                "district_id": district.district_id,
                "name": district.name,
                "region": district.region,
            },
            "geometry": json.loads(geometries[district.district_id]),
        }
        for district in districts
        if district.district_id in geometries
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False)


def _union(shapes: pd.Series) -> Any:
    return shapely.union_all(shapes.to_numpy()) if len(shapes) > 1 else shapes.iloc[0]


def _polygons_of(shape: Any) -> Any:
    """Keep the surfaces of a repaired shape: lines that hung out of it are no district."""
    parts = [part for part in shapely.get_parts(shape) if part.geom_type in POLYGONS]
    return shapely.union_all(parts)
