"""Charts as parts: descriptions of graphics/chart.py, which static/widgets/chart.js draws."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from kyodo_geo.graphics.chart import Bar, Bars, ChartKey, Columns, Heatmap, Scale, Slopes
from kyodo_geo.japanese import significant
from kyodo_geo.maps import palette
from kyodo_geo.ui.components import prose
from kyodo_geo.ui.components.mount import Part
from kyodo_geo.vocabulary import Term

LETTER_FROM = 0.08
"""Share of the height; a lower piece of a column has no room for its letter."""

MOST_SQUARES = 12
AS_TABLE = "表で見る"
TICK_DIGITS = 4
INNER = 0.98
"""Share of its line that the ticks of a scale take: the outermost have room for their width."""

Name: TypeAlias = str | Term
Head: TypeAlias = dict[str, Any]


@dataclass(frozen=True)
class Row:
    """A row of a table: a name, cells (texts, colours or charts), more about the name."""

    name: Name
    cells: Sequence[Any]
    note: str = ""


def bars(panel: Bars) -> Part:
    """A row per term: its mark and name, its bar, its figure in words."""
    rows = [
        {
            "name": _name(bar.term or bar.label),
            "pieces": [[_percent(panel.share(piece)), piece.colour] for piece in bar.pieces],
            "text": bar.text,
        }
        for bar in panel.bars
    ]
    return {"kind": "barChart", "rows": rows}


def stacked_columns(panel: Columns, caption: str, key: Iterable[ChartKey], table: Part) -> Part:
    """Columns of coloured pieces, what the colours stand for, the same figures as a table."""
    return {
        **_columns(panel, caption, is_counted=False),
        "summary": f"{panel.name}。{panel.summary}数字は「{AS_TABLE}」にあります。",
        # From the top down, as the browser lays them out.
        "columns": [
            _column(bar, bar.label, _pieces(panel, bar, LETTER_FROM)[::-1]) for bar in panel.bars
        ],
        "key": [_name(one.term or one.label) for one in key],
        "below": [{"kind": "folded", "summary": AS_TABLE, "parts": [table]}],
    }


def counted_columns(panel: Columns, caption: str) -> Part:
    """Columns of one square per record, at most MOST_SQUARES; years have two digits."""
    return {
        **_columns(panel, caption, is_counted=True),
        "columns": [_column(bar, f"’{bar.label[2:]}", _squares(bar)) for bar in panel.bars],
    }


def scale(scale: Scale, label: str, *, is_short: bool = False) -> Part | None:
    """All districts as ticks on one line; None where no district has a value.

    A short one, for a cell of a table, has no figures at its ends.
    """
    if not scale.known:
        return None
    low, high = (_short(end(scale.known)) for end in (min, max))
    own = "" if scale.own is None else f"、この地区は{_short(scale.own)}"
    return {
        "kind": "scale",
        "label": f"{label}。{len(scale.known)}地区は{low}から{high}まで{own}。",
        "ticks": [_tick(scale, value) for value in scale.known],
        "here": None if scale.own is None else _tick(scale, scale.own),
        "ends": [] if is_short else [low, high],
    }


def shares(panel: Bars, bar: Bar, label: str) -> Part:
    """One bar of coloured pieces with their letters, for a cell of a table."""
    return {"kind": "shares", "label": label, "pieces": _pieces(panel, bar)}


def heatmap(panel: Heatmap, corner: str, caption: str) -> Part:
    """A table of counts on colours that grow with them."""
    heads = [*text_heads(corner), *number_heads(*panel.columns)]
    rows = [Row(label, [_shaded(*cell) for cell in cells]) for label, cells in panel.rows]
    return chart_table(caption, heads, rows)


def chart_table(
    caption: str, heads: Sequence[Head], rows: Iterable[Row], *, style: str = ""
) -> Part:
    """A table with charts in its cells; `heads` are of `text_heads` and `number_heads`."""
    return {
        "kind": "chartTable",
        "caption": caption,
        "style": style,
        "heads": heads,
        "rows": [{"name": _name(r.name), "cells": r.cells, "note": r.note} for r in rows],
    }


def text_heads(*names: Name) -> list[Head]:
    """Heads of columns of texts."""
    return [{"name": _name(name), "is_number": False} for name in names]


def number_heads(*names: Name) -> list[Head]:
    """Heads of columns of numbers."""
    return [{"name": _name(name), "is_number": True} for name in names]


def slopes(panel: Slopes, sides: Iterable[ChartKey]) -> Part:
    """Bands of two colours each; a click on one sets `term`."""
    return {
        "kind": "slopes",
        "colours": [panel.lower, panel.upper],
        "sides": [{"label": side.label, "colour": side.colour} for side in sides],
        "slopes": [
            {
                "id": slope.term,
                "label": slope.mark or slope.label,
                "text": slope.text,
                "left": round(slope.left * 100),
                "right": round(slope.right * 100),
            }
            for slope in panel.slopes
        ],
        "here": next((slope.term for slope in panel.slopes if slope.is_marked), None),
    }


def _columns(panel: Columns, caption: str, *, is_counted: bool) -> Part:
    return {
        "kind": "columnChart",
        "caption": caption,
        "name": panel.name,
        "summary": f"{panel.name}。{panel.summary}",
        "is_counted": is_counted,
        "key": [],
        "below": [],
    }


def _column(bar: Bar, label: str, pieces: list[dict[str, Any]]) -> dict[str, Any]:
    title = f"{bar.full_label} {bar.text}"
    return {"title": title, "text": bar.short_text, "label": label, "pieces": pieces}


def _pieces(panel: Bars, bar: Bar, letter_from: float = 0) -> list[dict[str, Any]]:
    return [
        {
            "share": _percent(panel.share(piece)),
            "colour": piece.colour,
            "ink": piece.ink,
            "mark": piece.mark if panel.share(piece) >= letter_from else "",
            "title": piece.text,
        }
        for piece in bar.pieces
    ]


def _squares(bar: Bar) -> list[dict[str, Any]]:
    return [{}] * min(int(sum(piece.length for piece in bar.pieces)), MOST_SQUARES)


def _tick(scale: Scale, value: float) -> str:
    """Where a tick stands on its line (%)."""
    return _percent(scale.share(value) * INNER + (1 - INNER) / 2)


def _percent(share: float) -> str:
    return f"{share * 100:.1f}"


def _short(value: float) -> str:
    return f"{significant(value, TICK_DIGITS):,}"


def _shaded(text: str, colour: str) -> dict[str, Any]:
    """A count on its colour; zero and totals stand on the page itself, light or dark."""
    is_on_page = colour not in palette.SEQUENTIAL
    look = ("", "") if is_on_page else (colour, palette.ink_on(colour))
    return {"text": text, "look": look, "is_total": colour == palette.LAND}


def _name(name: Name) -> Any:
    """A text, or a term by its key."""
    return {"term": prose.term_key(name)} if isinstance(name, Term) else name
