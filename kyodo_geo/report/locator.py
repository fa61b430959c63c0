"""Where a district lies: itself and its neighbours from near, and its place in the city.

Shapes are SVG made of numbers alone; names are set by Typst on top, as text.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.affinity import affine_transform
from shapely.geometry.base import BaseGeometry

from kyodo_geo.editions import Edition
from kyodo_geo.geo.boundaries import simplified
from kyodo_geo.geo.crs import PLANE_CRS
from kyodo_geo.maps import palette
from kyodo_geo.measures.places.district_shapes import district_boundaries
from kyodo_geo.model import District

TOLERANCE_M = 60
"""A tenth of a millimetre on the near map of a middling district."""

NEAR_MM, CITY_MM = (66.0, 38.0), (22.5, 15.0)
"""Width and height of the near map and of the whole city on paper."""

AROUND = 0.2
"""How much of its own size is shown around a district, on each side."""

CHARACTER_MM = 2.65
"""One character of a name, at 7.5 points; labels are a little higher than that."""

LABEL_HEIGHT_MM = 3.4
GRID = 32
"""Places tried for a name, along each side of the map."""

MOST_ON_OWN = 0.3
"""The name of a neighbour may lie so far over the district itself."""

SCALE_STEPS_KM = (0.5, 1, 2, 5, 10, 20)
LONGEST_SCALE, SCALE_TEXT_MM = 0.3, 9
"""The scale bar takes at most this share of the width, and its text so much beside it."""


@dataclass(frozen=True)
class Frame:
    """A piece of the plane (metres) and the paper (millimetres) it is drawn on."""

    west: float
    north: float
    m_per_mm: float
    size_mm: tuple[float, float]

    def on_paper(self, x: float, y: float) -> tuple[float, float]:
        """A point of the plane in millimetres from the top left corner."""
        return (x - self.west) / self.m_per_mm, (self.north - y) / self.m_per_mm

    @property
    def box(self) -> BaseGeometry:
        """The piece as a polygon."""
        width, height = (side * self.m_per_mm for side in self.size_mm)
        return shapely.box(self.west, self.north - height, self.west + width, self.north)


@dataclass(frozen=True)
class _City:
    """What the maps of all districts share: shapes in the plane, and the city drawn small."""

    shapes: Mapping[str, BaseGeometry]
    frame: Frame
    drawn: str


def locator(edition: Edition, district: District, neighbours: Sequence[District]) -> dict[str, Any]:
    """Both maps of a district as plain values: SVG, sizes and labels in millimetres."""
    key = ("locator", district.district_id)
    return edition.cached(key, lambda: _locator(edition, district, neighbours))


def _locator(
    edition: Edition, district: District, neighbours: Sequence[District]
) -> dict[str, Any]:
    city = edition.cached("locator_city", lambda: _city(edition))
    own = city.shapes[district.district_id]
    beside = {near.name: city.shapes[near.district_id] for near in neighbours}
    near = _around(own, NEAR_MM)
    return {
        "near": {
            "svg": _near_svg(near, city.shapes.values(), beside.values(), own),
            "size": NEAR_MM,
            "labels": _labels(near, district, own, beside),
            "scale": _scale(near),
        },
        "city": {"svg": _city_svg(city, near, own), "size": CITY_MM},
    }


def _city(edition: Edition) -> _City:
    boundaries: gpd.GeoDataFrame = simplified(district_boundaries(edition), TOLERANCE_M)
    plane = boundaries.geometry.to_crs(PLANE_CRS)
    shapes = {str(district_id): shape for district_id, shape in plane.items()}
    frame = _whole(shapes.values(), CITY_MM)
    drawn = "".join(
        _path(frame, shape, palette.NEAR_ON_PAPER, 0.05, palette.ZERO) for shape in shapes.values()
    )
    return _City(shapes, frame, drawn)


def _around(shape: BaseGeometry, size_mm: tuple[float, float]) -> Frame:
    west, south, east, north = shape.bounds
    margin = AROUND * max(east - west, north - south)
    return _frame((west - margin, south - margin, east + margin, north + margin), size_mm)


def _whole(shapes: Iterable[BaseGeometry], size_mm: tuple[float, float]) -> Frame:
    west, south, east, north = shapely.total_bounds(list(shapes))
    return _frame((west, south, east, north), size_mm)


def _frame(bounds: tuple[float, float, float, float], size_mm: tuple[float, float]) -> Frame:
    """The smallest piece of the paper's proportions with `bounds` in its middle."""
    west, south, east, north = bounds
    width_mm, height_mm = size_mm
    m_per_mm = max((east - west) / width_mm, (north - south) / height_mm)
    return Frame(
        (west + east - width_mm * m_per_mm) / 2,
        (south + north + height_mm * m_per_mm) / 2,
        m_per_mm,
        size_mm,
    )


def _near_svg(
    frame: Frame,
    all_shapes: Iterable[BaseGeometry],
    beside: Iterable[BaseGeometry],
    own: BaseGeometry,
) -> str:
    return _svg(
        frame,
        *(_path(frame, shape, palette.LAND, 0.1) for shape in all_shapes),
        *(_path(frame, shape, palette.NEAR_ON_PAPER, 0.2) for shape in beside),
        _path(frame, own, palette.OWN_ON_PAPER, 0.35),
    )


def _city_svg(city: _City, near: Frame, own: BaseGeometry) -> str:
    """The whole city, with a frame around what the near map shows."""
    frame = city.frame
    west, south, east, north = near.box.intersection(frame.box).bounds
    (x, y), (right, bottom) = frame.on_paper(west, north), frame.on_paper(east, south)
    return _svg(
        frame,
        city.drawn,
        _path(frame, own, palette.OWN_ON_PAPER, 0.05, palette.OWN_ON_PAPER),
        f'<rect x="{x:.2f}" y="{y:.2f}" width="{right - x:.2f}" height="{bottom - y:.2f}" '
        f'fill="none" stroke="{palette.LINE}" stroke-width="0.2"/>',
    )


def _svg(frame: Frame, *drawn: str) -> str:
    width, height = frame.size_mm
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}mm" height="{height}mm" '
        f'viewBox="0 0 {width} {height}">'
        f'<rect width="{width}" height="{height}" fill="{palette.ZERO}"/>{"".join(drawn)}</svg>'
    )


def _path(
    frame: Frame, shape: BaseGeometry, fill: str, line_mm: float, line: str = palette.LINE_ON_PAPER
) -> str:
    # A little over the edge, so that no line is drawn along it.
    seen = shape.intersection(frame.box.buffer(frame.m_per_mm))
    polygons = [part for part in shapely.get_parts(seen) if part.geom_type == "Polygon"]
    rings = [ring for part in polygons for ring in (part.exterior, *part.interiors)]
    commands = "".join(_ring(frame, ring) for ring in rings)
    return (
        f'<path d="{commands}" fill="{fill}" fill-rule="evenodd" stroke="{line}" '
        f'stroke-width="{line_mm}" stroke-linejoin="round"/>'
    )


def _ring(frame: Frame, ring: Any) -> str:
    points = (frame.on_paper(x, y) for x, y in ring.coords)
    return "M" + "L".join(f"{x:.2f} {y:.2f}" for x, y in points) + "Z"


def _labels(
    frame: Frame, district: District, own: BaseGeometry, beside: Mapping[str, BaseGeometry]
) -> list[dict[str, Any]]:
    """Names and the middle of each, the district's own first.

    A name with no room is left out: the text below the map has all of them.
    """
    width, height = frame.size_mm
    scale_bar = shapely.box(
        width * (1 - LONGEST_SCALE) - SCALE_TEXT_MM, height - LABEL_HEIGHT_MM - 2, width, height
    )
    taken, labels = [scale_bar], []
    for name, shape in {district.name: own, **beside}.items():
        boxes = _boxes(frame, shape, len(name) * CHARACTER_MM)
        if shape is not own:
            boxes = boxes[_covered(boxes, _on_paper(frame, own)) <= MOST_ON_OWN]
        free = boxes[~shapely.intersects(boxes[:, None], np.array(taken)).any(axis=1)]
        if len(free):
            taken.append(free[0])
            middle = [round(float(side), 2) for side in free[0].centroid.coords[0]]
            labels.append({"text": name, "at": middle, "own": shape is own})
    return labels


def _boxes(frame: Frame, shape: BaseGeometry, label_width_mm: float) -> NDArray[Any]:
    """Where a name could stand on the paper, its middle in the shape; most inward first."""
    (width, height), half = frame.size_mm, (label_width_mm / 2, LABEL_HEIGHT_MM / 2)
    columns = np.linspace(half[0] + 0.5, width - half[0] - 0.5, GRID)
    rows = np.linspace(half[1] + 0.5, height - half[1] - 0.5, GRID)
    x, y = (axis.ravel() for axis in np.meshgrid(columns, rows))
    seen = _on_paper(frame, shape.intersection(frame.box))
    shapely.prepare(seen)
    points = shapely.points(x, y)
    inside = np.flatnonzero(shapely.contains(seen, points))
    depth = shapely.distance(points[inside], seen.boundary)
    best = inside[np.argsort(-depth, kind="stable")]
    return np.asarray(
        shapely.box(x[best] - half[0], y[best] - half[1], x[best] + half[0], y[best] + half[1])
    )


def _covered(boxes: NDArray[Any], shape: BaseGeometry) -> NDArray[np.float64]:
    """The share of each box that lies over a shape."""
    return np.asarray(shapely.area(shapely.intersection(boxes, shape)) / shapely.area(boxes))


def _on_paper(frame: Frame, shape: BaseGeometry) -> BaseGeometry:
    """A shape of the plane in millimetres of paper."""
    per_m = 1 / frame.m_per_mm
    return affine_transform(shape, (per_m, 0, 0, -per_m, -frame.west * per_m, frame.north * per_m))


def _scale(frame: Frame) -> dict[str, Any]:
    longest_km = frame.size_mm[0] * LONGEST_SCALE * frame.m_per_mm / 1000
    fitting = [step for step in SCALE_STEPS_KM if step <= longest_km]
    length_km = fitting[-1] if fitting else SCALE_STEPS_KM[0]
    return {"text": f"{length_km:g}km", "mm": round(length_km * 1000 / frame.m_per_mm, 2)}
