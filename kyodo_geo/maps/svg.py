"""Pictures of the districts as one SVG to be kept: title, view, maps or tiles, legend, source.

The same pictures as on the page, on white. Every district says its figures in a `title`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import cos, radians
from typing import Any, TypeAlias
from xml.etree.ElementTree import Element

from kyodo_geo.maps import palette
from kyodo_geo.maps.drawing import (
    GAP,
    INNER,
    MARGIN,
    NAME,
    SMALL,
    SOFT,
    TEXT,
    TITLE,
    WIDTH,
    draw,
    finished,
    lines,
    paper,
    say,
    text,
    width_of,
)
from kyodo_geo.maps.names import Spot, standings
from kyodo_geo.maps.picture import Patch, Picture, Swatch, SwatchKind

HIGHEST_MAP = 760
"""Pixels; the height of a sheet follows from what is drawn."""

RADIUS_SCALE = 1.5
"""As much larger is the map than on the page."""

PATCH_WIDTH, PATCH_HEIGHT = 34, 24
TILE_COLUMNS, TILE_GAP, TILE_HEIGHT = 8, 6, 96
TILE_RADIUS_SCALE = 1.1
IN_A_ROW = 3
ALWAYS_NAMED = 3
"""As many of the largest circles."""

_District: TypeAlias = tuple[Mapping[str, Any], Patch, Swatch]
"""Its geometry, what it shows, and how that looks."""


@dataclass(frozen=True)
class Sheet:
    """What one SVG shows.

    `pictures` share one `legend` (maps/legend.py) and the swatches of the first; of several,
    each stands under its title. `geometry` is that of maps/geometry.py.
    """

    title: str
    sentence: str
    pictures: Sequence[Picture]
    legend: Mapping[str, Any]
    foot: Sequence[str]
    geometry: Mapping[str, Any]
    selected: str | None = None
    as_tiles: bool = False


def svg(sheet: Sheet) -> str:
    """The sheet as SVG text; nothing in it is fetched from anywhere."""
    root = paper(sheet.title, sheet.sentence)
    _hatch(root)
    y = lines(root, MARGIN, sheet.title, TITLE, font_weight="bold")
    y = lines(root, y, sheet.sentence, TEXT) + GAP
    y = _pictures(root, y, sheet) + GAP
    y = _legend(root, y, sheet)
    return finished(root, y, sheet.foot)


def _pictures(root: Element, top: float, sheet: Sheet) -> float:
    if len(sheet.pictures) == 1:
        picture = sheet.pictures[0]
        if sheet.as_tiles:
            return _tiles(root, top, picture, sheet)
        return _map(root, (MARGIN, top), INNER, picture, sheet)
    width = (INNER - (IN_A_ROW - 1) * GAP) / IN_A_ROW
    bottom = top
    for n, picture in enumerate(sheet.pictures):
        if n % IN_A_ROW == 0:
            top = bottom
        left = MARGIN + n % IN_A_ROW * (width + GAP)
        text(root, picture.title, TEXT, x=left, y=top + TEXT, font_weight="bold")
        below = _map(root, (left, top + 2 * TEXT), width, picture, sheet, is_named=False)
        bottom = max(bottom, below + GAP)
    return bottom


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


def _map(
    root: Element,
    at: tuple[float, float],
    width: float,
    picture: Picture,
    sheet: Sheet,
    *,
    is_named: bool = True,
) -> float:
    """Draws a map; returns where it ends."""
    frame = _Frame(sheet.geometry["bounds"], at, width)
    group = draw(root, "g", stroke_linejoin="round", fill_rule="evenodd", stroke=palette.LINE)
    districts = list(_of_districts(picture, sheet))
    for district, patch, swatch in districts:
        area = draw(
            group,
            "path",
            d=_outline(frame, district),
            fill=_area(patch, swatch),
            data_district=district["id"],
        )
        say(area, f"{district['name']}地区 {picture.told(patch)}")
    _mark_selected(group, frame, districts, sheet.selected, 4 if is_named else 2)
    circles = [one for one in districts if _is_circle(one[1], one[2])]
    for district, patch, swatch in sorted(circles, key=lambda one: -(one[1].radius_px or 0)):
        x, y = frame(district["anchor"])
        radius = (patch.radius_px or 0) * RADIUS_SCALE
        is_selected = district["id"] == sheet.selected
        mark = {"stroke": palette.MARKED, "stroke_width": 3} if is_selected else {}
        draw(group, "circle", cx=x, cy=y, r=radius, fill=swatch.colour, **mark)
    if is_named:
        _names(group, frame, districts, sheet.selected)
    return frame.top + frame.height


def _of_districts(picture: Picture, sheet: Sheet) -> Iterator[_District]:
    for district in sheet.geometry["districts"]:
        patch = picture.patches[district["id"]]
        yield district, patch, picture.swatches[patch.swatch]


def _mark_selected(
    group: Element,
    frame: _Frame,
    districts: Sequence[_District],
    selected: str | None,
    width: int,
) -> None:
    for district, _, _ in districts:
        if district["id"] == selected:
            for colour, line_width in ((palette.LINE, 2 * width + 1), (palette.MARKED, width)):
                outline = _outline(frame, district)
                look = {"stroke": colour, "stroke_width": line_width}
                draw(group, "path", d=outline, fill="none", **look)


def _is_circle(patch: Patch, swatch: Swatch) -> bool:
    return patch.radius_px is not None and swatch.kind is not SwatchKind.HATCH


def _area(patch: Patch, swatch: Swatch) -> str:
    if swatch.kind is SwatchKind.HATCH:
        return "url(#hatch)"
    return palette.LAND if patch.radius_px is not None else swatch.colour


def _outline(frame: _Frame, district: Mapping[str, Any]) -> str:
    rings = ((frame(point) for point in ring) for ring in district["rings"])
    return "".join("M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in ring) + "Z" for ring in rings)


def _names(
    group: Element, frame: _Frame, districts: Sequence[_District], selected: str | None
) -> None:
    needed = _needed(districts, selected)
    spots = [_spot(frame, *one, is_needed=one[0]["id"] in needed) for one in districts]
    bounds = (0, frame.top - GAP, WIDTH, frame.top + frame.height + GAP)
    for one, spot, place in zip(districts, spots, standings(spots, bounds), strict=True):
        district, patch, swatch = one
        if place and place.line:
            x1, y1, x2, y2 = place.line
            for colour, width in ((palette.LIGHT_INK, 4), (palette.LINE, 1.2)):
                look = {"stroke": colour, "stroke_width": width}
                draw(group, "line", x1=x1, y1=y1, x2=x2, y2=y2, **look)
        is_inside = place is not None and (place.x, place.y) == (spot.x, spot.y)
        below = NAME / 2 if is_inside and swatch.mark else 0
        if place:
            ground = _ground(patch, swatch) if is_inside else palette.ZERO
            _letters(group, district["name"], (place.x, place.y - below), ground)
        if is_inside or spot.radius:
            _letters(group, swatch.mark, (spot.x, spot.y + below), _ground(patch, swatch))


def _needed(districts: Sequence[_District], selected: str | None) -> set[str | None]:
    """The districts that a map of circles cannot do without, and the selected one of any map."""
    circles = [one for one in districts if _is_circle(one[1], one[2])]
    largest = sorted(circles, key=lambda one: -(one[1].radius_px or 0))[:ALWAYS_NAMED]
    return {selected, *(district["id"] for district, _, _ in largest)}


def _spot(
    frame: _Frame, district: Mapping[str, Any], patch: Patch, swatch: Swatch, *, is_needed: bool
) -> Spot:
    points = [frame(point) for ring in district["rings"] for point in ring]
    wide, high = (max(side) - min(side) for side in zip(*points, strict=True))
    is_circle = _is_circle(patch, swatch)
    width, height = len(district["name"]) * NAME + 2, NAME * (2.1 if swatch.mark else 1.2)
    has_room = not is_circle and wide > width + 4 and high > height + NAME * 0.8
    letter = NAME / 2 if swatch.mark and wide > NAME and not has_room else 0
    circle = (patch.radius_px or 0) * RADIUS_SCALE
    return Spot(
        *frame(district["anchor"]),
        radius=circle if is_circle else letter,
        reach=circle + 1 if is_circle else max(wide, high) / 2,
        width=width,
        height=height if has_room else NAME * 1.2,
        has_room=has_room,
        is_beside=is_circle,
        is_needed=is_needed,
    )


def _letters(parent: Element, words: str, middle: tuple[float, float], ground: str) -> None:
    """Letters that show on a ground, whatever is beside it."""
    ink = palette.ink_on(ground)
    halo = palette.LIGHT_INK if ink == palette.DARK_INK else palette.DARK_INK
    look = {"text_anchor": "middle", "stroke": halo, "stroke_width": 3, "paint_order": "stroke"}
    text(parent, words, NAME, fill=ink, x=middle[0], y=middle[1] + NAME * 0.36, **look)


def _ground(patch: Patch, swatch: Swatch) -> str:
    has_colour = patch.radius_px is None and swatch.kind is SwatchKind.FILL
    return swatch.colour if has_colour else palette.ZERO


def _tiles(root: Element, top: float, picture: Picture, sheet: Sheet) -> float:
    width = (INNER - (TILE_COLUMNS - 1) * TILE_GAP) / TILE_COLUMNS
    bottom = top
    for district, patch, swatch in _of_districts(picture, sheet):
        column, row = district["tile"]
        left, y = MARGIN + column * (width + TILE_GAP), top + row * (TILE_HEIGHT + TILE_GAP)
        tile = draw(
            root,
            "rect",
            x=left,
            y=y,
            rx=5,
            width=width,
            height=TILE_HEIGHT,
            fill=_area(patch, swatch),
            stroke=palette.LINE,
            stroke_width=6 if district["id"] == sheet.selected else 1,
            data_district=district["id"],
        )
        say(tile, f"{district['name']}地区 {picture.told(patch)}")
        middle = left + width / 2
        if is_circle := _is_circle(patch, swatch):
            radius = (patch.radius_px or 0) * TILE_RADIUS_SCALE
            look = {"fill": swatch.colour, "stroke": palette.LINE}
            draw(root, "circle", cx=middle, cy=y + TILE_HEIGHT / 2, r=radius, **look)
        value = swatch.mark or picture.value_told(patch)
        rows = (16, 80) if is_circle else (36, 62)
        for line, below in zip((district["name"], value), rows, strict=True):
            _letters(root, line, (middle, y + below), _ground(patch, swatch))
        bottom = max(bottom, y + TILE_HEIGHT)
    return bottom


def _legend(root: Element, top: float, sheet: Sheet) -> float:
    y = lines(root, top, sheet.legend["heading"], TEXT, font_weight="bold")
    swatches = sheet.pictures[0].swatches
    scale = TILE_RADIUS_SCALE if sheet.as_tiles else RADIUS_SCALE
    x, height = float(MARGIN), float(PATCH_HEIGHT)
    for item in sheet.legend["items"]:
        swatch = swatches[item["swatch"]]
        label = f"{item['label']}: {item['count']}" if "count" in item else item["label"]
        radius = (swatch.radius_px or 0) * scale
        patch_width = max(PATCH_WIDTH, 2 * radius)
        if x + patch_width + GAP + width_of(label, SMALL) > WIDTH - MARGIN:
            x, y, height = float(MARGIN), y + height + GAP, float(PATCH_HEIGHT)
        height = max(height, 2 * radius)
        middle = y + height / 2
        _patch(root, x, middle, swatch, radius)
        text(root, label, SMALL, x=x + patch_width + 8, y=middle + SMALL * 0.36)
        x += patch_width + 8 + width_of(label, SMALL) + 2 * GAP
    y += height + GAP / 2
    for note in sheet.legend["notes"]:
        y = lines(root, y, note, SMALL, fill=SOFT)
    return y + GAP / 2


def _patch(root: Element, x: float, middle: float, swatch: Swatch, radius: float) -> None:
    look = {"fill": _fill(swatch), "stroke": palette.LINE}
    if radius:
        draw(root, "circle", cx=x + max(PATCH_WIDTH / 2, radius), cy=middle, r=radius, **look)
        return
    size = {"width": PATCH_WIDTH, "height": PATCH_HEIGHT}
    draw(root, "rect", x=x, y=middle - PATCH_HEIGHT / 2, **size, **look)
    if swatch.mark:
        at = {"x": x + PATCH_WIDTH / 2, "y": middle + 6, "text_anchor": "middle"}
        text(root, swatch.mark, SMALL, fill=palette.ink_on(swatch.colour), **at)


def _fill(swatch: Swatch) -> str:
    return "url(#hatch)" if swatch.kind is SwatchKind.HATCH else swatch.colour


def _hatch(root: Element) -> None:
    turned = {"patternUnits": "userSpaceOnUse", "patternTransform": "rotate(45)"}
    pattern = draw(draw(root, "defs"), "pattern", id="hatch", width=9, height=9, **turned)
    draw(pattern, "rect", width=9, height=9, fill=palette.HATCH_GROUND)
    draw(pattern, "rect", width=3, height=9, fill=palette.HATCH_LINE)
