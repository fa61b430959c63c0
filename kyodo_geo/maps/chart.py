"""The years of a place as one SVG to be kept: bars by form, as on 地区カルテ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from kyodo_geo.maps import palette
from kyodo_geo.maps.drawing import (
    GAP,
    INNER,
    MARGIN,
    SMALL,
    SOFT,
    TEXT,
    TITLE,
    draw,
    finished,
    lines,
    paper,
    say,
    text,
    width_of,
)
from kyodo_geo.vocabulary import Form

HEIGHT, WIDEST_BAR, BETWEEN = 380, 76, 4
LETTER_FROM = 20
"""Pixels; a part less high has no room for its letter."""

UPRIGHT_FROM = 40
"""Pixels; where a bar has less room its year is turned."""


@dataclass(frozen=True)
class Bar:
    """One year: as it stands below its bar and in words, 実件数, 延べ by form."""

    label: str
    words: str
    activities: int
    forms: Mapping[Form, int]


@dataclass(frozen=True)
class Chart:
    """What one SVG shows; `highest` is the 延べ count that is as high as the chart."""

    title: str
    sentence: str
    caption: str
    bars: Sequence[Bar]
    highest: int
    foot: Sequence[str]


def chart_svg(chart: Chart) -> str:
    """The chart as SVG text."""
    root = paper(chart.title, chart.sentence)
    y = lines(root, MARGIN, chart.title, TITLE, font_weight="bold")
    y = lines(root, y, chart.sentence, TEXT)
    y = lines(root, y, chart.caption, SMALL, fill=SOFT) + GAP
    if not chart.bars:
        y = lines(root, y, "記録はありません。", TEXT)
        return finished(root, y + GAP, chart.foot)
    y = _key(root, y, chart) + 2 * SMALL
    base = y + HEIGHT
    room = min(INNER / len(chart.bars), WIDEST_BAR)
    for n, bar in enumerate(chart.bars):
        _bar(root, MARGIN + n * room, base, room, bar, chart.highest or 1)
    draw(root, "path", d=f"M{MARGIN} {base}h{room * len(chart.bars):.1f}", stroke=palette.LINE)
    below = 2 * SMALL if room >= UPRIGHT_FROM else 4 * SMALL
    return finished(root, base + below + GAP, chart.foot)


def _bar(root: Element, left: float, base: float, room: float, bar: Bar, highest: int) -> None:
    group = draw(root, "g", text_anchor="middle")
    told = "、".join(f"{form.label}{count:,}件" for form, count in bar.forms.items())
    count = f"{bar.activities:,}件" if bar.activities else "記録なし"
    say(group, f"{bar.words} {count}{f'（{told}）' if told else ''}")
    middle, top = left + room / 2, base
    for form, number in bar.forms.items():
        high = number / highest * HEIGHT
        top -= high
        colour = palette.FORM_COLOURS[form]
        place = {"x": left + BETWEEN / 2, "y": top, "width": room - BETWEEN, "height": high}
        draw(group, "rect", fill=colour, stroke=palette.LINE, **place)
        if high >= LETTER_FROM and room >= SMALL:
            ink = palette.ink_on(colour)
            text(group, form.mark, SMALL, x=middle, y=top + high / 2 + SMALL * 0.36, fill=ink)
    above = f"{bar.activities:,}" if bar.activities else "なし"
    text(group, above, SMALL if room >= UPRIGHT_FROM else SMALL - 4, x=middle, y=top - 6)
    if room >= UPRIGHT_FROM:
        text(group, bar.label, SMALL, x=middle, y=base + SMALL * 1.4)
    else:
        at = f"translate({middle + SMALL * 0.36:.1f} {base + 6}) rotate(-90)"
        text(group, bar.label, SMALL, transform=at, text_anchor="end")


def _key(root: Element, top: float, chart: Chart) -> float:
    used = {form for bar in chart.bars for form in bar.forms}
    x, size = float(MARGIN), 24
    for form in Form:
        if form not in used:
            continue
        colour = palette.FORM_COLOURS[form]
        draw(root, "rect", x=x, y=top, width=size, height=size, fill=colour, stroke=palette.LINE)
        centre = {"x": x + size / 2, "y": top + size / 2 + 6, "text_anchor": "middle"}
        text(root, form.mark, SMALL, fill=palette.ink_on(colour), **centre)
        text(root, form.label, SMALL, x=x + size + 8, y=top + size / 2 + 6)
        x += size + 8 + width_of(form.label, SMALL) + 2 * GAP
    return top + size
