"""Old and new outlines over each other, as plain values for the page to draw."""

from __future__ import annotations

from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from kyodo_geo.geo.boundaries import simplified
from kyodo_geo.geo.crs import PLANE_CRS
from kyodo_geo.imports.reference.boundary_plan import BoundaryPlan

TOLERANCE_M = 40.0
"""Under a pixel where the whole city is 1,200 pixels wide."""

WIDTH = 1000
"""Units across the drawing."""


def outlines(plan: BoundaryPlan) -> dict[str, Any]:
    """Width, height and one shape a district: its name, SVG paths `before` and `after`, where
    its name stands, and whether it differs much. North is up.
    """
    before, after = (
        simplified(frame, TOLERANCE_M).geometry.to_crs(PLANE_CRS)
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

    shapes = [
        {
            "name": area.district.name,
            "full_name": area.district.full_name,
            "before": path(before[area.district.district_id]),
            "after": path(after[area.district.district_id]),
            "at": placed(
                shapely.get_coordinates(after[area.district.district_id].representative_point())
            )[0]
            .round(1)
            .tolist(),
            "large": bool(area.doubt),
        }
        for area in plan.areas
    ]
    return {"width": WIDTH, "height": round((north - south) * scale), "shapes": shapes}
