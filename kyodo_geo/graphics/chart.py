"""Description of a chart: panels of bars, columns, grids and scales, one below the other.

Order, lengths, colours, letters and words are decided here once for every medium (decision 54).
Painters: graphics/svg/chart_sheet.py on paper, ui/components/static/widgets/chart.js on screen.
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
    """Coloured piece of a bar; `length` is in the unit of the bars."""

    text: str
    length: float
    colour: str
    mark: str = ""

    @property
    def ink(self) -> str:
        """Colour of the letter on it."""
        return palette.ink_on(self.colour)


@dataclass(frozen=True)
class Bar:
    """Bar with its label, its figure in words, its pieces and its term.

    `full_label` is the label spelt out and `short_text` the text on a column, if they differ.
    """

    label: str
    text: str
    pieces: Sequence[Piece] = ()
    full_label: str = ""
    short_text: str = ""
    term: Term | None = None


@dataclass(frozen=True)
class Bars:
    """Panel of horizontal bars; one of length `longest` fills the width."""

    bars: Sequence[Bar]
    longest: float
    heading: str = ""
    caption: str = ""

    def share(self, piece: Piece) -> float:
        """Return the length of a piece, 0 to 1."""
        return piece.length / (self.longest or 1)


@dataclass(frozen=True)
class Columns(Bars):
    """Panel of vertical bars, one per fiscal year.

    `name` and `summary` are its alternative text.
    """

    name: str = ""
    summary: str = ""


@dataclass(frozen=True)
class Heatmap:
    """Panel of a table; cells are (text, colour)."""

    columns: Sequence[str]
    rows: Sequence[tuple[str, Sequence[tuple[str, str]]]]
    heading: str = ""
    caption: str = ""


@dataclass(frozen=True)
class Scale:
    """Line with a tick per district; `here` is the index of the marked one.

    `text` and `ends` are the figure, the lowest and the highest value in words; None has no
    tick, and a scale without values no line.
    """

    label: str
    text: str
    values: Sequence[float | None]
    here: int | None
    ends: tuple[str, str]

    @property
    def known(self) -> list[float]:
        """Values that have a tick."""
        return [value for value in self.values if value is not None]

    @property
    def own(self) -> float | None:
        """Value of the marked district; None without one."""
        return None if self.here is None else self.values[self.here]

    def share(self, value: float) -> float:
        """Return the position of a value between the lowest and the highest, 0 to 1."""
        low, high = min(self.known), max(self.known)
        return (value - low) / (high - low or 1)


@dataclass(frozen=True)
class Scales:
    """Panel of scales below each other."""

    scales: Sequence[Scale]
    heading: str = ""
    caption: str = ""


@dataclass(frozen=True)
class Slope:
    """Box divided into two colours: the upper one's share (0 to 1) at its left and right edge.

    `mark` stands in the box if the label is too long for it.
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
    """Panel of boxes side by side, with the colours of their lower and upper part."""

    slopes: Sequence[Slope]
    lower: str
    upper: str
    heading: str = ""
    caption: str = ""


Panel: TypeAlias = Bars | Heatmap | Scales | Slopes


@dataclass(frozen=True)
class ChartKey:
    """Entry of a chart's key: meaning of a colour."""

    label: str
    colour: str
    mark: str = ""
    term: Term | None = None


@dataclass(frozen=True)
class Chart:
    """Content of one SVG; without panels it says that there are no records.

    The catalogue puts the page into the title and adds the foot (of `source`, if that is not
    the record of activities) and the view's sentence, if there is none.
    """

    title: str
    panels: Sequence[Panel]
    caption: str = ""
    key: Sequence[ChartKey] = ()
    notes: Sequence[str] = ()
    sentence: str = ""
    source: str = ""
    foot: Sequence[str] = ()
