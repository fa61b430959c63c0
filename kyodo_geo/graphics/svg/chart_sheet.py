"""Charts as one SVG to be kept: title, view, panels, source.

Every bar, cell and scale says its figures in a `title`.
"""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree.ElementTree import Element

from kyodo_geo.graphics.chart import (
    NO_RECORDS,
    Bar,
    Bars,
    Chart,
    ChartKey,
    Columns,
    Heatmap,
    Panel,
    Piece,
    Scale,
    Scales,
    Slopes,
)
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
    wrapped,
)
from kyodo_geo.maps import palette

ALONE_HEIGHT, SHARED_HEIGHT = 380, 200
"""Pixels; of standing bars that are alone on their sheet, and of those above each other."""

WIDEST_BAR, BETWEEN = 76, 4
ROW_HEIGHT, BAR_HEIGHT, CELL_HEIGHT = 34, 24, 38
LETTER_FROM = 20
"""Pixels; a piece less high or wide has no room for its letter."""

UPRIGHT_FROM = 40
"""Pixels; where a bar has less room what stands below it is turned."""

WIDEST_LABEL = INNER * 0.4
SLOPE_HEIGHT, MARK_WIDTH = 170, 5


def chart_svg(chart: Chart) -> str:
    """The chart as SVG text; nothing in it is fetched from anywhere."""
    root = blank_canvas(chart.title, chart.sentence)
    y = lines(root, MARGIN, chart.title, TITLE, font_weight="bold")
    y = lines(root, y, chart.sentence, TEXT)
    y = lines(root, y, chart.caption, SMALL, fill=palette.SOFT_INK) + GAP
    if not chart.panels:
        y = lines(root, y, NO_RECORDS, TEXT) + GAP
    if chart.key:
        y = _key(root, y, chart.key) + GAP
    standing = sum(isinstance(panel, Columns) for panel in chart.panels)
    height = SHARED_HEIGHT if standing > 1 else ALONE_HEIGHT
    for panel in chart.panels:
        y = lines(root, y, panel.heading, TEXT, font_weight="bold")
        y = lines(root, y, panel.caption, SMALL, fill=palette.SOFT_INK) + GAP / 2
        y = _panel(root, y, panel, height) + GAP
    for note in chart.notes:
        y = lines(root, y, note, SMALL)
    return svg_document(root, y + GAP / 2, chart.foot)


def _panel(root: Element, top: float, panel: Panel, height: float) -> float:
    """Draws a panel; returns where it ends."""
    match panel:
        case Columns():
            return _columns(root, top, panel, height)
        case Bars():
            return _bars(root, top, panel)
        case Heatmap():
            return _grid(root, top, panel)
        case Scales():
            return _scales(root, top, panel)
        case Slopes():
            return _slopes(root, top, panel)


def _columns(root: Element, top: float, panel: Columns, height: float) -> float:
    base = top + 2 * SMALL + height
    room = min(INNER / max(len(panel.bars), 1), WIDEST_BAR)
    for n, bar in enumerate(panel.bars):
        left = MARGIN + n * room
        group = _alt_text(root, bar)
        middle, y = left + room / 2, base
        for piece in bar.pieces:
            high = panel.share(piece) * height
            y -= high
            place = (left + BETWEEN / 2, y, room - BETWEEN, high)
            _piece(group, piece, place)
        # Nothing on record is another thing than a bar of no height.
        dashes = {} if bar.pieces else {"stroke_dasharray": "4 4"}
        draw(group, "path", d=f"M{left:.1f} {base:.1f}h{room:.1f}", stroke=palette.LINE, **dashes)
        size = SMALL if room >= UPRIGHT_FROM else SMALL - 4
        text(group, bar.short_text or bar.text, size, x=middle, y=y - 6, text_anchor="middle")
        _below(group, bar.label, middle, base, is_upright=room >= UPRIGHT_FROM)
    return base + (2 * SMALL if room >= UPRIGHT_FROM else 4 * SMALL)


def _below(group: Element, label: str, middle: float, base: float, *, is_upright: bool) -> None:
    if is_upright:
        text(group, label, SMALL, x=middle, y=base + SMALL * 1.4, text_anchor="middle")
        return
    at = f"translate({middle + SMALL * 0.36:.1f} {base + 6:.1f}) rotate(-90)"
    text(group, label, SMALL, transform=at, text_anchor="end")


def _bars(root: Element, top: float, panel: Bars) -> float:
    label_room = _label_room([bar.label for bar in panel.bars])
    text_room = max((width_of(bar.text, SMALL) for bar in panel.bars), default=0)
    left = MARGIN + label_room + GAP
    room = INNER - label_room - text_room - 2 * GAP
    for n, bar in enumerate(panel.bars):
        y = top + n * ROW_HEIGHT
        group = _alt_text(root, bar)
        line = y + ROW_HEIGHT / 2 + SMALL * 0.36
        text(group, bar.label, SMALL, x=MARGIN, y=line)
        x = left
        for piece in bar.pieces:
            wide = panel.share(piece) * room
            _piece(group, piece, (x, y + (ROW_HEIGHT - BAR_HEIGHT) / 2, wide, BAR_HEIGHT))
            x += wide
        text(group, bar.text, SMALL, x=WIDTH - MARGIN, y=line, text_anchor="end")
        draw(group, "path", d=f"M{left:.1f} {y:.1f}v{ROW_HEIGHT}", stroke=palette.LINE)
    return top + len(panel.bars) * ROW_HEIGHT


def _alt_text(root: Element, bar: Bar) -> Element:
    group = draw(root, "g")
    pieces = "、".join(piece.text for piece in bar.pieces)
    draw_text(group, f"{bar.full_label or bar.label} {bar.text}{f'（{pieces}）' if pieces else ''}")
    return group


def _piece(group: Element, piece: Piece, place: tuple[float, float, float, float]) -> None:
    x, y, wide, high = place
    look = {"fill": piece.colour, "stroke": palette.LINE}
    draw(group, "rect", x=x, y=y, width=wide, height=high, **look)
    if piece.mark and min(wide, high) >= LETTER_FROM:
        at = {"x": x + wide / 2, "y": y + high / 2 + SMALL * 0.36, "text_anchor": "middle"}
        text(group, piece.mark, SMALL, fill=piece.ink, **at)


def _label_room(labels: Sequence[str]) -> float:
    return min(max((width_of(label, SMALL) for label in labels), default=0), WIDEST_LABEL)


def _grid(root: Element, top: float, panel: Heatmap) -> float:
    label_room = _label_room([label for label, _ in panel.rows]) + GAP
    wide = min((INNER - label_room) / max(len(panel.columns), 1), 3 * WIDEST_BAR)
    heads = [list(wrapped(name, (wide - 8) / SMALL)) for name in panel.columns]
    line_height = SMALL * 1.3
    top += max((len(head) for head in heads), default=0) * line_height
    for n, head in enumerate(heads):
        for k, line in enumerate(reversed(head)):
            at = {"x": MARGIN + label_room + (n + 0.5) * wide, "y": top - 6 - k * line_height}
            text(root, line, SMALL, text_anchor="middle", **at)
    for label, cells in panel.rows:
        middle = top + CELL_HEIGHT / 2 + SMALL * 0.36
        text(root, label, SMALL, x=MARGIN, y=middle)
        for n, ((figure, colour), name) in enumerate(zip(cells, panel.columns, strict=True)):
            x = MARGIN + label_room + n * wide
            group = draw(root, "g")
            draw_text(group, f"{label}・{name} {figure}")
            look = {"fill": colour, "stroke": palette.LINE}
            draw(group, "rect", x=x, y=top, width=wide, height=CELL_HEIGHT, **look)
            ink = palette.ink_on(colour)
            text(group, figure, SMALL, x=x + wide / 2, y=middle, text_anchor="middle", fill=ink)
        top += CELL_HEIGHT
    return top


def _scales(root: Element, top: float, panel: Scales) -> float:
    label_room = _label_room([scale.label for scale in panel.scales])
    text_room = max((width_of(scale.text, SMALL) for scale in panel.scales), default=0)
    left = MARGIN + label_room + 2 * GAP
    room = INNER - label_room - text_room - 4 * GAP
    for n, scale in enumerate(panel.scales):
        y = top + n * 1.6 * ROW_HEIGHT
        group = draw(root, "g")
        draw_text(group, f"{scale.label} {scale.text}")
        line = y + ROW_HEIGHT / 2 + SMALL * 0.36
        text(group, scale.label, SMALL, x=MARGIN, y=line)
        text(group, scale.text, SMALL, x=WIDTH - MARGIN, y=line, text_anchor="end")
        _ticks(group, (left, y), room, scale)
    return top + len(panel.scales) * 1.6 * ROW_HEIGHT


def _ticks(group: Element, at: tuple[float, float], room: float, scale: Scale) -> None:
    if not scale.known:
        return
    left, base = at[0], at[1] + ROW_HEIGHT - 4
    draw(group, "path", d=f"M{left:.1f} {base:.1f}h{room:.1f}", stroke=palette.LINE)
    for value in scale.known:
        tick = f"M{left + scale.share(value) * room:.1f} {base:.1f}v-18"
        draw(group, "path", d=tick, stroke=palette.HATCH_LINE, stroke_width=2)
    if scale.own is not None:
        x = left + scale.share(scale.own) * room - MARK_WIDTH / 2
        look = {"fill": palette.MARKED, "stroke": palette.LINE}
        draw(group, "rect", x=x, y=base - 26, width=MARK_WIDTH, height=26, **look)
    for words, x, anchor in zip(scale.ends, (left, left + room), ("start", "end"), strict=True):
        look = {"text_anchor": anchor, "fill": palette.SOFT_INK}
        text(group, words, SMALL - 3, x=x, y=base + SMALL, **look)


def _slopes(root: Element, top: float, panel: Slopes) -> float:
    wide = INNER / max(len(panel.slopes), 1)
    bottom = top
    for n, slope in enumerate(panel.slopes):
        x = MARGIN + n * wide
        group = draw(root, "g")
        draw_text(group, slope.text)
        left, right = (top + share * SLOPE_HEIGHT for share in (slope.left, slope.right))
        box = {"x": x, "y": top, "width": wide, "height": SLOPE_HEIGHT}
        draw(group, "rect", fill=panel.lower, **box)
        corners = f"{x:.1f},{top:.1f} {x + wide:.1f},{top:.1f} {x + wide:.1f},{right:.1f}"
        draw(group, "polygon", points=f"{corners} {x:.1f},{left:.1f}", fill=panel.upper)
        draw(group, "rect", fill="none", stroke=palette.LINE, **box)
        y = top + SLOPE_HEIGHT + SMALL * 1.5
        for line in wrapped(slope.label, (wide - GAP) / SMALL):
            text(group, line, SMALL, x=x + wide / 2, y=y, text_anchor="middle")
            y += SMALL * 1.3
        bottom = max(bottom, y)
    for n, slope in enumerate(panel.slopes):
        if slope.is_marked:  # above the edges of its neighbours
            box = {"x": MARGIN + n * wide, "y": top, "width": wide, "height": SLOPE_HEIGHT}
            draw(root, "rect", fill="none", stroke=palette.MARKED, stroke_width=5, **box)
    return bottom


def _key(root: Element, top: float, key: Sequence[ChartKey]) -> float:
    x, size = float(MARGIN), 24
    for one in key:
        wide = size + 8 + width_of(one.label, SMALL)
        if x > MARGIN and x + wide > WIDTH - MARGIN:
            x, top = float(MARGIN), top + size + GAP / 2
        look = {"fill": one.colour, "stroke": palette.LINE}
        draw(root, "rect", x=x, y=top, width=size, height=size, **look)
        line = top + size / 2 + 6
        if one.mark:
            ink = palette.ink_on(one.colour)
            text(root, one.mark, SMALL, fill=ink, x=x + size / 2, y=line, text_anchor="middle")
        text(root, one.label, SMALL, x=x + size + 8, y=line)
        x += wide + 2 * GAP
    return top + size
