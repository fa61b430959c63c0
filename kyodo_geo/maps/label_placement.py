"""Where names stand on a map: in their district or beside their circle, and on nothing else.

The map of a page asks for it anew at every zoom (ui/http/labels.py).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import copysign, hypot

DIAGONAL = 0.7
SIDES = ((0, -1), (0, 1), (1, 0), (-1, 0))
CORNERS = (
    *((DIAGONAL, -DIAGONAL), (DIAGONAL, DIAGONAL)),
    *((-DIAGONAL, DIAGONAL), (-DIAGONAL, -DIAGONAL)),
)
"""Where a name is tried around its district, the best first."""

AWAY = (0.8, 1.6, 2.4, 3.2, 4.8, 6.4)
"""How far from it a needed name is tried, in heights of the name; a line leads to it."""

CLEARANCE = 0.45
"""Between a name and the circles of others, in its heights, lest it be read as theirs."""

Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""


@dataclass(frozen=True)
class LabelSpot:
    """A district to be named, in pixels.

    `radius` is that of what is drawn at its place (a circle, a letter), `reach` how far from
    there a name beside it begins; width and height are the name's. A name without room in its
    district stands beside it where that shows a circle or the name is needed, else nowhere.
    """

    x: float
    y: float
    radius: float
    reach: float
    width: float
    height: float
    has_room: bool = False
    is_beside: bool = False
    is_needed: bool = False


@dataclass(frozen=True)
class LabelPosition:
    """The middle of a name, and the ends of the line that leads to it, if it is far away."""

    x: float
    y: float
    line: tuple[float, float, float, float] | None = None


def place_labels(spots: Sequence[LabelSpot], bounds: Box) -> list[LabelPosition | None]:
    """Where each name stands within `bounds`; None for one that would cover something.

    Needed names of circles choose first, then those of the largest.
    """

    def precedence(n: int) -> tuple[bool, float]:
        return not (spots[n].is_needed and spots[n].is_beside), -spots[n].reach

    order = sorted(range(len(spots)), key=precedence)
    found: dict[int, LabelPosition] = {}
    taken: list[Box] = []
    for n in order:
        free = (one for one in _tried(spots[n]) if _is_free(one, n, spots, taken, bounds))
        if place := next(free, None):
            found[n] = place
            taken += [_box(place, spots[n]), *((x, y, x, y) for x, y in _points(place))]
    return [found.get(n) for n in range(len(spots))]


def _tried(spot: LabelSpot) -> Iterator[LabelPosition]:
    if spot.has_room:
        yield LabelPosition(spot.x, spot.y)
    if spot.is_beside:
        yield from (_beside(spot, side) for side in SIDES)
    if spot.is_needed:
        yield from (_beside(spot, side, away) for away in AWAY for side in (*CORNERS, *SIDES))


def _beside(spot: LabelSpot, side: tuple[float, float], away: float = 0) -> LabelPosition:
    (across, down), far = side, spot.reach + away * spot.height
    x = spot.x + across * far + (copysign(spot.width / 2, across) if across else 0)
    y = spot.y + down * far + (copysign(spot.height / 2, down) if down else 0)
    if not away:
        return LabelPosition(x, y)
    start = (spot.x + across * spot.radius, spot.y + down * spot.radius)
    return LabelPosition(x, y, (*start, spot.x + across * far, spot.y + down * far))


def _is_free(
    place: LabelPosition, own: int, spots: Sequence[LabelSpot], taken: Sequence[Box], bounds: Box
) -> bool:
    left, top, right, bottom = box = _box(place, spots[own])
    is_inside = (
        bounds[0] <= left and bounds[1] <= top and right <= bounds[2] and bottom <= bounds[3]
    )
    return (
        is_inside
        and not any(_overlap(box, other) for other in taken)
        and not any(_is_too_near(place, spots[own], one) for one in spots)
        and not any(_covers(point, own, spots, taken) for point in _points(place))
    )


def _is_too_near(place: LabelPosition, own: LabelSpot, spot: LabelSpot) -> bool:
    """Whether a name lies on what stands at a spot, or seems to be the name of that."""
    if spot is own and (place.x, place.y) == (own.x, own.y):
        return False
    may_seem = own.is_beside and spot is not own and spot.radius and not place.line
    least = spot.radius + (CLEARANCE * own.height if may_seem else 0)
    return _distance((spot.x, spot.y), _box(place, own)) < least


def _covers(
    point: tuple[float, float], own: int, spots: Sequence[LabelSpot], taken: Sequence[Box]
) -> bool:
    others = (one for n, one in enumerate(spots) if n != own)
    return any(hypot(one.x - point[0], one.y - point[1]) < one.radius for one in others) or any(
        _distance(point, box) == 0 for box in taken
    )


def _points(place: LabelPosition) -> Iterator[tuple[float, float]]:
    """Points along the line to a name."""
    if place.line:
        x, y, to_x, to_y = place.line
        yield from ((x + (to_x - x) * n / 8, y + (to_y - y) * n / 8) for n in range(9))


def _box(place: LabelPosition, spot: LabelSpot) -> Box:
    across, down = spot.width / 2, spot.height / 2
    return place.x - across, place.y - down, place.x + across, place.y + down


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _distance(point: tuple[float, float], box: Box) -> float:
    """How far a point is from a box; 0 inside it."""
    across = max(box[0] - point[0], 0, point[0] - box[2])
    return hypot(across, max(box[1] - point[1], 0, point[1] - box[3]))
