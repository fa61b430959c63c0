"""A map of the districts in a sheet of SVG: areas, circles, the selected one, names, scale."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import cos, radians
from typing import Any, TypeAlias
from xml.etree.ElementTree import Element

from kyodo_geo.graphics.svg.canvas import GAP, MARGIN, NAME, SMALL, WIDTH, draw, draw_text, text
from kyodo_geo.maps import palette
from kyodo_geo.maps.choropleth import Choropleth, Patch, Swatch, SwatchKind
from kyodo_geo.maps.label_placement import LabelSpot, place_labels

HIGHEST_MAP = 760
"""Pixels; the height of a sheet follows from what is drawn."""

RADIUS_SCALE = 1.5
"""As much larger is the map than on the page."""

ALWAYS_NAMED = 3
"""As many of the largest circles."""

KM_PER_DEGREE = 111.3
SCALE_KM = (1, 2, 5, 10, 20, 50)
LONGEST_SCALE = 170
"""Pixels of the bar that tells distances."""

District: TypeAlias = tuple[Mapping[str, Any], Patch, Swatch]
"""Its geometry, what it shows, and how that looks."""


def of_districts(picture: Choropleth, geometry: Mapping[str, Any]) -> Iterator[District]:
    """Every district of a picture; `geometry` is that of maps/geometry.py."""
    for district in geometry["districts"]:
        patch = picture.patches[district["id"]]
        yield district, patch, picture.swatches[patch.swatch]


def is_circle(patch: Patch, swatch: Swatch) -> bool:
    """Whether a district shows its value by a circle."""
    return patch.radius_px is not None and swatch.kind is not SwatchKind.HATCH


def area_fill(patch: Patch, swatch: Swatch) -> str:
    """What fills the area of a district; `hatch` is a pattern of the sheet."""
    if swatch.kind is SwatchKind.HATCH:
        return "url(#hatch)"
    return palette.LAND if patch.radius_px is not None else swatch.colour


def ground(patch: Patch, swatch: Swatch) -> str:
    """The colour under the letters of a district."""
    has_colour = patch.radius_px is None and swatch.kind is SwatchKind.FILL
    return swatch.colour if has_colour else palette.ZERO


def letters(parent: Element, words: str, middle: tuple[float, float], under: str) -> None:
    """Letters around a middle that show on a colour, whatever is beside it."""
    ink = palette.ink_on(under)
    halo = palette.LIGHT_INK if ink == palette.DARK_INK else palette.DARK_INK
    look = {"text_anchor": "middle", "stroke": halo, "stroke_width": 3, "paint_order": "stroke"}
    text(parent, words, NAME, fill=ink, x=middle[0], y=middle[1] + NAME * 0.36, **look)


def draw_map(
    root: Element,
    at: tuple[float, float],
    width: float,
    picture: Choropleth,
    geometry: Mapping[str, Any],
    selected: str | None,
    *,
    is_named: bool = True,
) -> float:
    """Draw a map, `width` pixels wide, at its left upper corner; returns where it ends."""
    frame = _Frame(geometry["bounds"], at, width)
    group = draw(root, "g", stroke_linejoin="round", fill_rule="evenodd", stroke=palette.LINE)
    districts = list(of_districts(picture, geometry))
    for district, patch, swatch in districts:
        look = {"fill": area_fill(patch, swatch), "data_district": district["id"]}
        area = draw(group, "path", d=_outline(frame, district), **look)
        draw_text(area, f"{district['full_name']} {picture.told(patch)}")
    _mark_selected(group, frame, districts, selected, 4 if is_named else 2)
    _circles(group, frame, districts, selected)
    if is_named:
        _names(group, frame, districts, selected)
        _scale(root, frame)
    return frame.top + frame.height


def _circles(
    group: Element, frame: _Frame, districts: Sequence[District], selected: str | None
) -> None:
    """Small ones on top of large ones."""
    circles = [one for one in districts if is_circle(one[1], one[2])]
    for district, patch, swatch in sorted(circles, key=lambda one: -(one[1].radius_px or 0)):
        x, y = frame(district["anchor"])
        radius = (patch.radius_px or 0) * RADIUS_SCALE
        is_selected = district["id"] == selected
        mark = {"stroke": palette.MARKED, "stroke_width": 3} if is_selected else {}
        draw(group, "circle", cx=x, cy=y, r=radius, fill=swatch.colour, **mark)


class _Frame:
    """From degrees to pixels: longitude shrinks with latitude, north is up."""

    def __init__(self, bounds: Sequence[Sequence[float]], at: tuple[float, float], width: float):
        (south, self.west), (self.north, east) = bounds
        self.shrink = cos(radians(south))
        wide, high = (east - self.west) * self.shrink, self.north - south
        self.scale = min(width / wide, HIGHEST_MAP / high)
        self.left = at[0] + (width - wide * self.scale) / 2
        self.top, self.height = at[1], high * self.scale

    def __call__(self, point: Sequence[float]) -> tuple[float, float]:
        latitude, longitude = point
        return (
            self.left + (longitude - self.west) * self.shrink * self.scale,
            self.top + (self.north - latitude) * self.scale,
        )


def _mark_selected(
    group: Element,
    frame: _Frame,
    districts: Sequence[District],
    selected: str | None,
    width: int,
) -> None:
    for district, _, _ in districts:
        if district["id"] == selected:
            for colour, line_width in ((palette.LINE, 2 * width + 1), (palette.MARKED, width)):
                outline = _outline(frame, district)
                look = {"stroke": colour, "stroke_width": line_width}
                draw(group, "path", d=outline, fill="none", **look)


def _outline(frame: _Frame, district: Mapping[str, Any]) -> str:
    rings = ((frame(point) for point in ring) for ring in district["rings"])
    return "".join("M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in ring) + "Z" for ring in rings)


def _names(
    group: Element, frame: _Frame, districts: Sequence[District], selected: str | None
) -> None:
    needed = _needed(districts, selected)
    spots = [_spot(frame, *one, is_needed=one[0]["id"] in needed) for one in districts]
    bounds = (0, frame.top - GAP, WIDTH, frame.top + frame.height + GAP)
    for one, spot, place in zip(districts, spots, place_labels(spots, bounds), strict=True):
        district, patch, swatch = one
        if place and place.line:
            x1, y1, x2, y2 = place.line
            for colour, width in ((palette.LIGHT_INK, 4), (palette.LINE, 1.2)):
                look = {"stroke": colour, "stroke_width": width}
                draw(group, "line", x1=x1, y1=y1, x2=x2, y2=y2, **look)
        is_inside = place is not None and (place.x, place.y) == (spot.x, spot.y)
        below = NAME / 2 if is_inside and swatch.mark else 0
        if place:
            under = ground(patch, swatch) if is_inside else palette.ZERO
            letters(group, district["name"], (place.x, place.y - below), under)
        if swatch.mark and spot.radius:
            letters(group, swatch.mark, (spot.x, spot.y + below), ground(patch, swatch))


def _needed(districts: Sequence[District], selected: str | None) -> set[str | None]:
    """The districts that a map of circles cannot do without, and the selected one of any map."""
    circles = [one for one in districts if is_circle(one[1], one[2])]
    largest = sorted(circles, key=lambda one: -(one[1].radius_px or 0))[:ALWAYS_NAMED]
    return {selected, *(district["id"] for district, _, _ in largest)}


def _spot(
    frame: _Frame, district: Mapping[str, Any], patch: Patch, swatch: Swatch, *, is_needed: bool
) -> LabelSpot:
    points = [frame(point) for ring in district["rings"] for point in ring]
    wide, high = (max(side) - min(side) for side in zip(*points, strict=True))
    shows_circle = is_circle(patch, swatch)
    width, height = len(district["name"]) * NAME + 2, NAME * (2.1 if swatch.mark else 1.2)
    has_room = not shows_circle and wide > width + 4 and high > height + NAME * 0.8
    letter = NAME / 2 if swatch.mark and wide > NAME else 0
    circle = (patch.radius_px or 0) * RADIUS_SCALE
    return LabelSpot(
        *frame(district["anchor"]),
        radius=circle if shows_circle else letter,
        reach=circle + 1 if shows_circle else max(wide, high) / 2,
        width=width,
        height=height if has_room else NAME * 1.2,
        has_room=has_room,
        is_beside=shows_circle,
        is_needed=is_needed,
    )


def _scale(root: Element, frame: _Frame) -> None:
    """North, and a bar of so many kilometres, at the left below."""
    km_px = frame.scale / KM_PER_DEGREE
    km = max((km for km in SCALE_KM if km * km_px <= LONGEST_SCALE), default=SCALE_KM[0])
    left, right, y = MARGIN, MARGIN + km * km_px, frame.top + frame.height - 2
    bar = f"M{left} {y - 7:.1f}V{y:.1f}H{right:.1f}V{y - 7:.1f}"
    draw(root, "path", d=bar, fill="none", stroke=palette.LINE, stroke_width=2)
    text(root, f"{km}km", SMALL, x=left + 5, y=y - 6)
    text(root, "▲北", SMALL, x=left, y=y - 30)
