"""What a chart to be kept shows: panels of bars, grids and scales, one below the other.

The same few kinds of panel serve all pages; graphics/svg/chart_sheet.py draws them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True)
class Piece:
    """A piece of a bar, as long as its `length` in the unit of the bars."""

    words: str
    length: float
    colour: str
    mark: str = ""


@dataclass(frozen=True)
class Bar:
    """One bar: as it is called beside or below it, its figure in words, its pieces.

    `words` is the name spelt out, where it differs from `label`. `figure` is what stands on a
    standing bar, where `told` is too long for that.
    """

    label: str
    told: str
    pieces: Sequence[Piece] = ()
    words: str = ""
    figure: str = ""


@dataclass(frozen=True)
class Bars:
    """Lying bars, one a row, or standing ones; one of `longest` fills the room there is."""

    bars: Sequence[Bar]
    longest: float
    heading: str = ""
    caption: str = ""
    is_standing: bool = False


@dataclass(frozen=True)
class Heatmap:
    """A table of texts, each on the colour beside it."""

    columns: Sequence[str]
    rows: Sequence[tuple[str, Sequence[tuple[str, str]]]]
    heading: str = ""
    caption: str = ""


@dataclass(frozen=True)
class Scale:
    """All districts as ticks on one line; `here` is the one that is marked.

    `told` and `ends` are the figure, the lowest and the highest value in words; a value of None
    has no tick, and a scale without values no line.
    """

    label: str
    told: str
    values: Sequence[float | None]
    here: int | None
    ends: tuple[str, str]


@dataclass(frozen=True)
class Scales:
    """Several scales below each other."""

    scales: Sequence[Scale]
    heading: str = ""
    caption: str = ""


@dataclass(frozen=True)
class Slope:
    """A box parted into two colours: the upper one's share (0 to 1) at its left and right edge."""

    label: str
    words: str
    left: float
    right: float
    is_marked: bool = False


@dataclass(frozen=True)
class Slopes:
    """Boxes side by side, the colours of their lower and upper part."""

    slopes: Sequence[Slope]
    lower: str
    upper: str
    heading: str = ""
    caption: str = ""


Panel: TypeAlias = Bars | Heatmap | Scales | Slopes


@dataclass(frozen=True)
class ChartKey:
    """What a colour stands for."""

    label: str
    colour: str
    mark: str = ""


@dataclass(frozen=True)
class Chart:
    """What one SVG shows; without panels it says that there are no records."""

    title: str
    sentence: str
    panels: Sequence[Panel]
    foot: Sequence[str]
    caption: str = ""
    key: Sequence[ChartKey] = ()
    notes: Sequence[str] = ()
