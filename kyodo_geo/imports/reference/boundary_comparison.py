"""Old and new boundaries over each other, as plain values to be drawn."""

from __future__ import annotations

from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from kyodo_geo.geo.boundaries import simplify_boundaries
from kyodo_geo.geo.crs import PLANE_CRS
from kyodo_geo.imports.reference.boundary_plan import BoundaryPlan

TOLERANCE_M = 40.0
"""Under a pixel where the whole city is 1,200 pixels wide."""

WIDTH = 1000
"""Units across the drawing."""


def outlines(plan: BoundaryPlan) -> dict[str, Any]:
    """Return width, height and one shape per district, north up, in units of WIDTH.

    A shape has its names, SVG paths `before` and `after`, the anchor of its name (`at`), and
    `large`, whether it differs much.
    """
    before, after = (
        simplify_boundaries(frame, TOLERANCE_M).geometry.to_crs(PLANE_CRS)
        for frame in (plan.before, plan.after)
    )
    west, south, east, north = shapely.total_bounds([*before, *after])
    scale = WIDTH / (east - west)

    def path(shape: Any) -> str:
        rings = shapely.get_rings(shapely.get_parts(shape))
        return "".join(f"M{'L'.join(_points(ring))}Z" for ring in rings)

    def _points(ring: Any) -> list[str]:
        return [f"{x:.1f} {y:.1f}" for x, y in placed(shapely.get_coordinates(ring))]

    def placed(points: NDArray[Any]) -> NDArray[Any]:
        return np.asarray((points - (west, north)) * (scale, -scale))

    anchors = shapely.get_coordinates(after.representative_point().to_numpy())
    shapes = [
        {
            "name": area.district.name,
            "full_name": area.district.full_name,
            "before": path(old),
            "after": path(new),
            "at": anchor,
            "large": bool(area.doubt),
        }
        for area, old, new, anchor in zip(
            plan.areas, before, after, placed(anchors).round(1).tolist(), strict=True
        )
    ]
    return {"width": WIDTH, "height": round((north - south) * scale), "shapes": shapes}
