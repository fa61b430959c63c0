"""Pictures of the districts as one SVG to be kept: title, view, maps or tiles, legend, source.

The same pictures as on the page, on white. Every district says its figures in a `title`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element

from kyodo_geo.graphics.svg.canvas import (
    GAP,
    INNER,
    MARGIN,
    SMALL,
    TEXT,
    TITLE,
    WIDTH,
    blank_canvas,
    draw,
    draw_text,
    lines,
    svg_document,
    text,
    width_of,
)
from kyodo_geo.graphics.svg.map import (
    RADIUS_SCALE,
    area_fill,
    draw_map,
    ground,
    is_circle,
    letters,
    of_districts,
)
from kyodo_geo.maps import palette
from kyodo_geo.maps.choropleth import Choropleth, Swatch, SwatchKind

PATCH_WIDTH, PATCH_HEIGHT = 34, 24
TILE_COLUMNS, TILE_GAP, TILE_HEIGHT = 8, 6, 96
TILE_RADIUS_SCALE = 1.1
IN_A_ROW = 3


@dataclass(frozen=True)
class MapSheet:
    """What one SVG shows.

    `pictures` share one `legend` (maps/legend.py) and the swatches of the first; of several,
    each stands under its title. `geometry` is that of maps/geometry.py.
    """

    title: str
    sentence: str
    pictures: Sequence[Choropleth]
    legend: Mapping[str, Any]
    foot: Sequence[str]
    geometry: Mapping[str, Any]
    selected: str | None = None
    as_tiles: bool = False


def svg(sheet: MapSheet) -> str:
    """The sheet as SVG text; nothing in it is fetched from anywhere."""
    root = blank_canvas(sheet.title, sheet.sentence)
    _hatch(root)
    y = lines(root, MARGIN, sheet.title, TITLE, font_weight="bold")
    y = lines(root, y, sheet.sentence, TEXT) + GAP
    y = _pictures(root, y, sheet) + GAP
    y = _legend(root, y, sheet)
    return svg_document(root, y, sheet.foot)


def _pictures(root: Element, top: float, sheet: MapSheet) -> float:
    if len(sheet.pictures) == 1:
        picture = sheet.pictures[0]
        if sheet.as_tiles:
            return _tiles(root, top, picture, sheet)
        return draw_map(root, (MARGIN, top), INNER, picture, sheet.geometry, sheet.selected)
    width = (INNER - (IN_A_ROW - 1) * GAP) / IN_A_ROW
    bottom = top
    for n, picture in enumerate(sheet.pictures):
        if n % IN_A_ROW == 0:
            top = bottom
        left = MARGIN + n % IN_A_ROW * (width + GAP)
        text(root, picture.title, TEXT, x=left, y=top + TEXT, font_weight="bold")
        at = (left, top + 2 * TEXT)
        shown = (picture, sheet.geometry, sheet.selected)
        below = draw_map(root, at, width, *shown, is_named=False)
        bottom = max(bottom, below + GAP)
    return bottom


def _tiles(root: Element, top: float, picture: Choropleth, sheet: MapSheet) -> float:
    width = (INNER - (TILE_COLUMNS - 1) * TILE_GAP) / TILE_COLUMNS
    bottom = top
    for district, patch, swatch in of_districts(picture, sheet.geometry):
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
            fill=area_fill(patch, swatch),
            stroke=palette.LINE,
            stroke_width=6 if district["id"] == sheet.selected else 1,
            data_district=district["id"],
        )
        draw_text(tile, f"{district['full_name']} {picture.told(patch)}")
        middle = left + width / 2
        if shows_circle := is_circle(patch, swatch):
            radius = (patch.radius_px or 0) * TILE_RADIUS_SCALE
            look = {"fill": swatch.colour, "stroke": palette.LINE}
            draw(root, "circle", cx=middle, cy=y + TILE_HEIGHT / 2, r=radius, **look)
        value = swatch.mark or picture.value_told(patch)
        rows = (16, 80) if shows_circle else (36, 62)
        for line, below in zip((district["name"], value), rows, strict=True):
            letters(root, line, (middle, y + below), ground(patch, swatch))
        bottom = max(bottom, y + TILE_HEIGHT)
    return bottom


def _legend(root: Element, top: float, sheet: MapSheet) -> float:
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
        y = lines(root, y, note, SMALL, fill=palette.SOFT_INK)
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
