"""The small map of where a district lies on a page: what is in sight, and where names stand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from math import cos, radians
from typing import Any, TypeAlias

import numpy as np
import shapely
from numpy.typing import NDArray

PER_DEGREE = 1000
"""Units of the drawing a degree of latitude has, as in core/geometry.js."""

MARGIN = 6
AROUND = 0.5
"""How much of its own size is shown around a district, on each side."""

GRID = 24
"""Places tried for a name, along each side of the map."""

LETTERS_AROUND = 22
LETTERS_IN_CITY = {"wide": 48, "narrow": 30}
"""So many letters are as long as the longer side; on a phone they take more of the city."""

Point: TypeAlias = tuple[float, float]
Box: TypeAlias = tuple[float, float, float, float]
"""Left, top, width, height."""


def locator_map(
    geometry: Mapping[str, Any], here: int | None, near: Sequence[int]
) -> dict[str, Any]:
    """The viewBox around a district (None: of the whole city), and per width of the window the
    size of letters and the names as [district, x, y].

    `geometry` is that of maps/geometry.py; districts are told by their place in it.
    """
    bounds = geometry["bounds"]
    rings = [
        [_positions(ring, bounds) for ring in district["rings"]]
        for district in geometry["districts"]
    ]
    order = range(len(rings)) if here is None else [here, *near]
    box = _box_around(chain.from_iterable(rings) if here is None else rings[here], here)
    places: dict[int, Point] = {}
    for n in order:
        x, y = map(float, _positions([geometry["districts"][n]["anchor"]], bounds)[0])
        place = (x, y) if _is_inside(x, y, box) else _most_inward(rings[n], box)
        if place:
            places[n] = place
    lengths = [len(district["name"]) for district in geometry["districts"]]
    return {"box": [round(side, 2) for side in box]} | {
        width: _lettered(places, lengths, box, letters if here is None else LETTERS_AROUND)
        for width, letters in LETTERS_IN_CITY.items()
    }


def _positions(points: Sequence[Sequence[float]], bounds: Any) -> NDArray[np.float64]:
    """Points [lat, lng] in the drawing: longitude shrinks with latitude, north is up."""
    (south, west), _ = bounds
    lat, lng = np.array(points, dtype=float).T
    return np.column_stack([(lng - west) * cos(radians(south)), south - lat]) * PER_DEGREE


def _box_around(rings: Iterable[NDArray[np.float64]], here: int | None) -> Box:
    points = np.concatenate(list(rings))
    left, top, right, bottom = map(float, (*points.min(axis=0), *points.max(axis=0)))
    room = MARGIN if here is None else AROUND * max(right - left, bottom - top)
    return left - room, top - room, right - left + 2 * room, bottom - top + 2 * room


def _is_inside(x: float, y: float, box: Box) -> bool:
    left, top, width, height = box
    return left < x < left + width and top < y < top + height


def _most_inward(rings: Sequence[NDArray[np.float64]], box: Box) -> Point | None:
    """Of a grid over what is in sight, the point in a shape farthest from the points of its
    outline; if any."""
    left, top, width, height = box
    steps = (np.arange(GRID) + 0.5) / GRID
    x, y = (
        side.ravel()
        for side in np.meshgrid(left + steps * width, top + steps * height, indexing="ij")
    )
    inside = np.logical_xor.reduce([shapely.contains_xy(shapely.Polygon(r), x, y) for r in rings])
    if not inside.any():
        return None
    grid = np.column_stack([x, y])[inside]
    from_corners = np.hstack([grid - (left, top), (left + width, top + height) - grid])
    from_outline = np.linalg.norm(grid[:, None] - np.concatenate(rings), axis=2)
    x, y = grid[np.argmax(np.minimum(from_corners.min(axis=1), from_outline.min(axis=1)))].tolist()
    return x, y


def _lettered(
    places: Mapping[int, Point], lengths: Sequence[int], box: Box, letters: int
) -> dict[str, Any]:
    """Names in the order given; one that would lie on a name before it or on the edge is left
    out: a click, the list or the buttons name that district."""
    size = max(box[2:]) / letters
    names: list[tuple[int, float, float]] = []
    for n, (x, y) in places.items():
        half = size * lengths[n] / 2
        collides = any(
            abs(other_x - x) < size * lengths[other] / 2 + half and abs(other_y - y) < size
            for other, other_x, other_y in names
        )
        corners = ((x - half, y - size / 2), (x + half, y + size / 2))
        if not collides and all(_is_inside(*corner, box) for corner in corners):
            names.append((n, x, y))
    return {
        "size": round(size, 2),
        "names": [(n, round(x, 1), round(y, 1)) for n, x, y in names],
    }
