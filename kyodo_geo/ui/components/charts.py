"""Charts as parts: descriptions of graphics/chart.py, which static/widgets/chart.js draws."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeAlias

from kyodo_geo.graphics.chart import Bar, Bars, ChartKey, Columns, Heatmap, Scale, Slopes
from kyodo_geo.japanese import significant
from kyodo_geo.maps import palette
from kyodo_geo.ui.components.parts import (
    BandSlope,
    BandSlopes,
    BarChart,
    BarRow,
    ChartColumn,
    ChartHead,
    ChartPiece,
    ChartRow,
    ChartTable,
    ColumnChart,
    Content,
    Folded,
    Part,
    ScaleLine,
    ShadedCell,
    ShareBar,
)
from kyodo_geo.ui.components.parts import Term as TermPart
from kyodo_geo.ui.components.prose import term_key
from kyodo_geo.vocabulary import Term

LETTER_FROM = 0.08
"""Share of the height; a lower piece of a column has no room for its letter."""

MOST_SQUARES = 12
AS_TABLE = "表で見る"
TICK_DIGITS = 4
INNER = 0.98
"""Share of its line that the ticks of a scale take: the outermost have room for their width."""

Name: TypeAlias = str | Term


def bars(panel: Bars) -> Part:
    """A row per term: its mark and name, its bar, its figure in words."""
    return BarChart(
        [
            BarRow(
                _content(bar.term or bar.label),
                [(_percent(panel.share(piece)), piece.colour) for piece in bar.pieces],
                bar.text,
            )
            for bar in panel.bars
        ]
    )


def stacked_columns(panel: Columns, caption: str, key: Iterable[ChartKey], table: Part) -> Part:
    """Columns of coloured pieces, what the colours stand for, the same figures as a table."""
    # From the top down, as the browser lays them out.
    columns = [
        _column(bar, bar.label, _pieces(panel, bar, LETTER_FROM)[::-1]) for bar in panel.bars
    ]
    summary = f"{panel.name}。{panel.summary}数字は「{AS_TABLE}」にあります。"
    legend = [_content(one.term or one.label) for one in key]
    return ColumnChart(caption, panel.name, summary, columns, legend, [Folded(AS_TABLE, [table])])


def counted_columns(panel: Columns, caption: str) -> Part:
    """Columns of one square per record, at most MOST_SQUARES; years have two digits."""
    columns = [_column(bar, f"’{bar.label[2:]}", _squares(bar)) for bar in panel.bars]
    summary = f"{panel.name}。{panel.summary}"
    return ColumnChart(caption, panel.name, summary, columns, (), (), is_counted=True)


def scale(scale: Scale, label: str, *, is_short: bool = False) -> Part | None:
    """All districts as ticks on one line; None where no district has a value.

    A short one, for a cell of a table, has no figures at its ends.
    """
    if not scale.known:
        return None
    low, high = (_short(end(scale.known)) for end in (min, max))
    own = "" if scale.own is None else f"、この地区は{_short(scale.own)}"
    return ScaleLine(
        f"{label}。{len(scale.known)}地区は{low}から{high}まで{own}。",
        [_tick(scale, value) for value in scale.known],
        "" if scale.own is None else _tick(scale, scale.own),
        () if is_short else (low, high),
    )


def shares(panel: Bars, bar: Bar, label: str) -> Part:
    """One bar of coloured pieces with their letters, for a cell of a table."""
    return ShareBar(label, _pieces(panel, bar))


def heatmap(panel: Heatmap, corner: str, caption: str) -> Part:
    """A table of counts on colours that grow with them."""
    heads = [*text_heads(corner), *number_heads(*panel.columns)]
    rows = [row(label, [_shaded(*cell) for cell in cells]) for label, cells in panel.rows]
    return chart_table(caption, heads, rows)


def chart_table(
    caption: str, heads: Sequence[ChartHead], rows: Sequence[ChartRow], *, style: str = ""
) -> Part:
    """A table with charts in its cells; `heads` are of `text_heads` and `number_heads`."""
    return ChartTable(caption, heads, rows, style)


def row(name: Name, cells: Sequence[str | ShadedCell | Part], note: str = "") -> ChartRow:
    """A row of `chart_table`, with more about its name in `note`."""
    return ChartRow(_content(name), cells, note)


def text_heads(*names: Name) -> list[ChartHead]:
    """Heads of columns of texts."""
    return [ChartHead(_content(name)) for name in names]


def number_heads(*names: Name) -> list[ChartHead]:
    """Heads of columns of numbers."""
    return [ChartHead(_content(name), is_number=True) for name in names]


def slopes(panel: Slopes, sides: Iterable[ChartKey]) -> Part:
    """Bands of two colours each; a click on one sets `term`."""
    bands = [
        BandSlope(
            str(slope.term),
            slope.mark or slope.label,
            slope.text,
            round(slope.left * 100),
            round(slope.right * 100),
        )
        for slope in panel.slopes
    ]
    here = next((slope.term for slope in panel.slopes if slope.is_marked), None)
    named = [(side.label, side.colour) for side in sides]
    return BandSlopes((panel.lower, panel.upper), named, bands, here)


def _column(bar: Bar, label: str, pieces: Sequence[ChartPiece]) -> ChartColumn:
    return ChartColumn(f"{bar.full_label} {bar.text}", bar.short_text, label, pieces)


def _pieces(panel: Bars, bar: Bar, letter_from: float = 0) -> list[ChartPiece]:
    return [
        ChartPiece(
            _percent(panel.share(piece)),
            piece.colour,
            piece.ink,
            piece.mark if panel.share(piece) >= letter_from else "",
            piece.text,
        )
        for piece in bar.pieces
    ]


def _squares(bar: Bar) -> list[ChartPiece]:
    return [ChartPiece()] * min(int(sum(piece.length for piece in bar.pieces)), MOST_SQUARES)


def _tick(scale: Scale, value: float) -> str:
    """Where a tick stands on its line (%)."""
    return _percent(scale.share(value) * INNER + (1 - INNER) / 2)


def _percent(share: float) -> str:
    return f"{share * 100:.1f}"


def _short(value: float) -> str:
    return f"{significant(value, TICK_DIGITS):,}"


def _shaded(text: str, colour: str) -> ShadedCell:
    """A count on its colour; zero and totals stand on the page itself, light or dark."""
    if colour not in palette.SEQUENTIAL:
        return ShadedCell(text, is_total=colour == palette.LAND)
    return ShadedCell(text, colour, palette.ink_on(colour))


def _content(name: Name) -> Content:
    """A text, or a term with its mark."""
    return TermPart(term_key(name), is_marked=True) if isinstance(name, Term) else name
