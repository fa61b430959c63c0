"""Old and new boundaries over each other, to be kept before they are published."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from kyodo_geo.graphics.svg.canvas import (
    GAP,
    INNER,
    MARGIN,
    NAME,
    SMALL,
    TEXT,
    TITLE,
    blank_canvas,
    draw,
    draw_text,
    lines,
    svg_document,
    text,
    width_of,
)
from kyodo_geo.imports.reference import BoundaryPlan
from kyodo_geo.imports.reference.boundary_comparison import outlines
from kyodo_geo.maps import palette

LARGE_LABEL = "大きく違う地区"
BEFORE = {"stroke": palette.BEFORE, "stroke_width": 4}
AFTER = {"stroke": palette.AFTER, "stroke_width": 1.5}
KEY_WIDTH, KEY_HEIGHT = 34, 14
NOT_YET = "公開する前の確認用の図です。出典とライセンスは、公開するときに決まります。"


def outlines_png(plan: BoundaryPlan, file_name: str, number: int) -> bytes:
    """The same as PNG."""
    # Imported when the first one is asked for: every start would wait for it.
    from kyodo_geo.graphics.png import png

    return png(outlines_svg(plan, file_name, number))


def outlines_svg(plan: BoundaryPlan, file_name: str, number: int) -> str:
    """The boundaries of the edition with this number and those of a file as SVG text."""
    drawn = outlines(plan)
    title = "基礎資料　いまの境界と新しい境界"
    sentence = f"{file_name} の境界を、第{number}版の境界と比べた図です。"
    root = blank_canvas(title, sentence)
    y = lines(root, MARGIN, title, TITLE, font_weight="bold")
    y = lines(root, y, sentence, TEXT) + GAP
    y = _key(root, y, has_large=any(shape["large"] for shape in drawn["shapes"])) + GAP
    scale = INNER / drawn["width"]
    for side, look in (("after", {}), ("before", BEFORE), ("after", AFTER)):
        group = draw(root, "g", transform=f"translate({MARGIN} {y:.1f}) scale({scale:.4f})")
        for shape in drawn["shapes"]:
            fill = palette.LARGE if shape["large"] else palette.LAND
            path = draw(group, "path", d=shape[side], fill="none" if look else fill, **look)
            if not look:
                different = f"（{LARGE_LABEL}）" if shape["large"] else ""
                draw_text(path, f"{shape['full_name']}{different}")
    for shape in drawn["shapes"]:
        left, top = shape["at"]
        at = {"x": MARGIN + left * scale, "y": y + top * scale, "text_anchor": "middle"}
        halo = {"stroke": palette.ZERO, "stroke_width": 3, "paint_order": "stroke"}
        text(root, shape["name"], NAME, **at, **halo)
    return svg_document(root, y + drawn["height"] * scale + GAP, (NOT_YET,))


def _key(root: Element, top: float, *, has_large: bool) -> float:
    line = f"M0 {KEY_HEIGHT / 2}h{KEY_WIDTH}"
    box = f"M0 0h{KEY_WIDTH}v{KEY_HEIGHT}h-{KEY_WIDTH}z"
    items = [(line, BEFORE, "いまの境界"), (line, AFTER, "新しい境界")]
    if has_large:
        items.append((box, {"fill": palette.LARGE, "stroke": palette.LINE}, LARGE_LABEL))
    x = float(MARGIN)
    for shape, look, label in items:
        draw(root, "path", d=shape, transform=f"translate({x:.1f} {top:.1f})", **look)
        text(root, label, SMALL, x=x + KEY_WIDTH + 8, y=top + KEY_HEIGHT)
        x += KEY_WIDTH + 8 + width_of(label, SMALL) + 2 * GAP
    return top + KEY_HEIGHT
