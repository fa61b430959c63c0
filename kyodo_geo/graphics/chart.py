"""Description of a chart: panels of bars, columns, grids and scales, one below the other.

Decided here once for every medium: order, lengths, colours, letters, words. Painters:
graphics/svg/chart_sheet.py on paper, ui/components/static/widgets/chart.js on the screen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from kyodo_geo.maps import palette
from kyodo_geo.vocabulary import Term

NO_RECORDS = "記録はありません。"


@dataclass(frozen=True)
class Piece:
    """A piece of a bar, as long as its `length` in the unit of the bars."""

    text: str
    length: float
    colour: str
    mark: str = ""

    @property
    def ink(self) -> str:
        """The colour of the letter on it."""
        return palette.ink_on(self.colour)


@dataclass(frozen=True)
class Bar:
    """One bar: its label, its figure in words, its pieces, the term it stands for.

    `full_label` is the label spelt out, where it differs. `short_text` is what stands on a
    column, where `text` is too long for that.
    """

    label: str
    text: str
    pieces: Sequence[Piece] = ()
    full_label: str = ""
    short_text: str = ""
    term: Term | None = None


@dataclass(frozen=True)
class Bars:
    """Lying bars, one per row; one of `longest` fills the room there is."""

    bars: Sequence[Bar]
    longest: float
    heading: str = ""
    caption: str = ""

    def share(self, piece: Piece) -> float:
        """The length of a piece, 0 to 1."""
        return piece.length / (self.longest or 1)


@dataclass(frozen=True)
class Columns(Bars):
    """Standing bars, one per fiscal year.

    `name` is what the chart is called and `summary` what it shows, for readers who cannot see it.
    """

    name: str = ""
    summary: str = ""


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

    `text` and `ends` are the figure, the lowest and the highest value in words; a value of None
    has no tick, and a scale without values no line.
    """

    label: str
    text: str
    values: Sequence[float | None]
    here: int | None
    ends: tuple[str, str]

    @property
    def known(self) -> list[float]:
        """The values that have a tick."""
        return [value for value in self.values if value is not None]

    @property
    def own(self) -> float | None:
        """The value that is marked."""
        return None if self.here is None else self.values[self.here]

    def share(self, value: float) -> float:
        """Where a value stands between the lowest and the highest, 0 to 1."""
        low, high = min(self.known), max(self.known)
        return (value - low) / (high - low or 1)


@dataclass(frozen=True)
class Scales:
    """Several scales below each other."""

    scales: Sequence[Scale]
    heading: str = ""
    caption: str = ""


@dataclass(frozen=True)
class Slope:
    """A box parted into two colours: the upper one's share (0 to 1) at its left and right edge.

    `mark` is what stands in the box, where the label is too long for that.
    """

    label: str
    text: str
    left: float
    right: float
    is_marked: bool = False
    term: Term | None = None
    mark: str = ""


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
    term: Term | None = None


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
