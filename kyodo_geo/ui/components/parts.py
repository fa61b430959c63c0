"""What pages are made of: the script function of its name draws each `Element`.

static/core/drawers.js lists the modules of those functions, tests/ui/test_seam.py holds both
sides together. Scripts read the fields under the same names in camelCase. Where a field has a
default, None, False and an empty text are not sent. Texts become text nodes, never HTML.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import MISSING, dataclass, fields
from functools import cache
from typing import Any, Literal, TypeAlias, dataclass_transform


@dataclass_transform(frozen_default=True)
class Sent:
    """A value for the scripts: subclasses are frozen dataclasses of the fields they name."""

    def __init_subclass__(cls) -> None:
        dataclass(frozen=True)(cls)


class Element(Sent):
    """A part that a script function draws."""


Part: TypeAlias = Element
"""What stands in a page, a box or a line."""

Content: TypeAlias = str | Part | Sequence[str | Part]
"""Texts and parts, one after the other."""

View: TypeAlias = Mapping[str, Sequence[str]]
"""A view of a page as texts by name; as a change, no texts mean the default."""


def wire(value: Any) -> dict[str, Any]:
    """Encode a dataclass of this module as the scripts take it: `default` of `json.dumps`.

    Raises TypeError for anything else.
    """
    kind = {"kind": kind_of(type(value))} if isinstance(value, Element) else {}
    fields_sent = _wired(type(value))  # type: ignore[arg-type]  # mypy: a type is hashable
    sent = [(name, getattr(value, field), always) for field, name, always in fields_sent]
    return kind | {
        name: one
        for name, one, always in sent
        if always or not (one is None or one is False or one == "")
    }


@cache
def _wired(sent: type[Any]) -> tuple[tuple[str, str, bool], ...]:
    # Once per type: a page has hundreds of values.
    return tuple(
        (field.name, name_in_script(field.name), field.default is MISSING) for field in fields(sent)
    )


def kind_of(element: type[Element]) -> str:
    """Name the script function that draws an element, e.g. rowTable."""
    return element.__name__[0].lower() + element.__name__[1:]


def name_in_script(field: str) -> str:
    """Name a field as scripts read it, e.g. isOrdered."""
    return re.sub(r"_(\w)", lambda found: found[1].upper(), field)


# Texts


class Text(Element):
    """A heading, a paragraph, or words inside one."""

    content: Content
    tag: Literal["p", "h2", "h3", "h4", "small", "strong", "b", "span"] = "p"
    style: str = ""
    role: Literal["", "status"] = ""


class Sentence(Element):
    """A line that stays in place and changes its text: only then do screen readers read it."""

    text: str


class List(Element):
    """Lines with bullets or numbers; `here` is the position of the one that is current."""

    items: Sequence[Content]
    style: str = ""
    is_ordered: bool = False
    label: str = ""
    here: int | None = None


class Definitions(Element):
    """Pairs of a name and its description; a text equal to a term's name shows its definition."""

    pairs: Sequence[tuple[Content, Content]]
    style: str = "kg-note"


class Box(Element):
    """Parts that belong together, under a name for screen readers."""

    content: Content
    style: str
    label: str = ""
    tag: Literal["section", "article", "div", "footer"] = "section"
    role: Literal["", "group"] = ""


class Folded(Element):
    """Parts folded away below a summary."""

    summary: str
    content: Content


class Term(Element):
    """A term's name, which shows its definition; `is_marked` puts its coloured letter before it.

    `words` replace its name, `yomi` is their reading. In lists of many rows (`in_rows`) it
    is no tab stop (decision 26).
    """

    key: str
    words: str = ""
    yomi: str = ""
    is_marked: bool = False
    is_implied: bool = False
    in_rows: bool = False


class Ruby(Element):
    """Words with their reading."""

    base: str
    kana: str


class Link(Element):
    """A link to another page with a view of its own; its address can be bookmarked."""

    label: str
    page: str
    view: View


class ExternalLink(Element):
    """A link out of the product: a source (shown as text unless it is http or https), a mail."""

    address: str
    label: str


ButtonStyle: TypeAlias = Literal["kg-button", "kg-link"]


class Button(Element):
    """A button that changes the view."""

    label: str
    change: View
    style: ButtonStyle = "kg-button"


# The frame of a page


class Head(Element):
    """Title of a page, its question and record; a warning if the record is fictional."""

    title: str
    question: str
    record: str
    fictional: str


class Source(Element):
    """Source of an embedded picture, with a link to the whole page."""

    page: str
    text: str


# What can be chosen


class Choice(Sent):
    """A form field for one key of the address, as static/widgets/fields.js draws it.

    Options are value, label, help and the key of a term; `groups` put them under headings.
    """

    key: str
    kind: Literal["many", "one", "list", "text", "toggle", "pages"]
    label: str
    options: Sequence[tuple[str, ...]] = ()
    groups: Sequence[tuple[str, Sequence[tuple[str, str]]]] | None = None
    help: str = ""
    longest: int | None = None
    placeholder: str = ""
    default: str = ""


class ChoiceGroup(Sent):
    """A chip of the filter row with its fields; `text` is how it sums up their values."""

    label: str
    text: Literal["names", "period", "count"]
    choices: Sequence[Choice]
    note: str = ""


class OptionItem(Sent):
    """Choice of a page, by its name among those of the edition, in the state of this run.

    `last` is the number of the last page of a list; `help` explains why it is disabled.
    """

    name: str
    is_disabled: bool = False
    help: str = ""
    last: int | None = None


class Filters(Element):
    """The filter row, without the chips of the keys that a page has no use for."""

    without: Sequence[str]


class Options(Element):
    """The row of choices of a page."""

    items: Sequence[OptionItem]
    style: str = "kg-options"


# Tables


class Column(Sent):
    """A column: `texts` are names one beside the other, `terms` keys shown by their letters."""

    label: str
    kind: Literal["number", "text", "texts", "link", "terms"] = "number"
    digits: int = 0
    help: str = ""
    has_bar: bool = False


class PlaceTable(Element):
    """A sortable table of all places in the order of the edition, None for a hidden one."""

    caption: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[float | str | None] | None]
    selected: str | None


class Row(Sent):
    """A row of a table."""

    id: str
    cells: Sequence[Any]


class RowTable(Element):
    """A table of any rows; a click on the first cell sets `picks` to the row's id.

    Where `changes` has the id of a row, a click makes that change of the view instead.
    """

    caption: str
    columns: Sequence[Column]
    rows: Sequence[Row]
    picks: str = ""
    changes: Mapping[str, View] | None = None
    selected: str | None = None
    style: str = ""


# Charts: components/charts.py makes them of the descriptions in graphics/chart.py. Lengths are
# percent as text, colours and inks CSS.


class BarRow(Sent):
    """A bar in a row of its own: pieces of length and colour, the figure in words."""

    name: Content
    pieces: Sequence[tuple[str, str]]
    text: str


class BarChart(Element):
    """Bars one below the other."""

    rows: Sequence[BarRow]


class ChartPiece(Sent):
    """A coloured piece of a column or bar with its letter; one without length is a square."""

    share: str = ""
    colour: str = ""
    ink: str = ""
    mark: str = ""
    title: str = ""


class ChartColumn(Sent):
    """A column: its figure above, its label below, its pieces from the top down."""

    title: str
    text: str
    label: str
    pieces: Sequence[ChartPiece]


class ColumnChart(Element):
    """Columns side by side, the legend of their colours, and parts below."""

    caption: str
    name: str
    summary: str
    columns: Sequence[ChartColumn]
    legend: Sequence[Content]
    below: Sequence[Part]
    is_counted: bool = False


class ScaleLine(Element):
    """Ticks on a line, one of them marked, and figures at its ends."""

    label: str
    ticks: Sequence[str]
    marked: str
    ends: Sequence[str]


class ShareBar(Element):
    """Bar of pieces, for a cell of a table."""

    label: str
    pieces: Sequence[ChartPiece]


class ShadedCell(Sent):
    """A count on its colour; without one it stands on the page itself."""

    text: str
    colour: str = ""
    ink: str = ""
    is_total: bool = False


class ChartHead(Sent):
    """The head of a column of texts or numbers."""

    name: Content
    is_number: bool = False


class ChartRow(Sent):
    """A row of a table: its name, more about it, its cells."""

    name: Content
    cells: Sequence[str | ShadedCell | Part]
    note: str = ""


class ChartTable(Element):
    """A table with charts or colours in its cells."""

    caption: str
    heads: Sequence[ChartHead]
    rows: Sequence[ChartRow]
    style: str


class BandSlope(Sent):
    """A band, and how much of it is the upper colour at its left and right edge (percent)."""

    term: str
    label: str
    text: str
    left: int
    right: int


class BandSlopes(Element):
    """Bands of two colours each, with their legend (`sides`); a click on one sets `term`."""

    colours: tuple[str, str]
    sides: Sequence[tuple[str, str]]
    bands: Sequence[BandSlope]
    here: str | None


# Files and pictures


class Files(Element):
    """Buttons for the files of the view, one per format; each is made at the click."""


class FileButton(Element):
    """A button that makes a file of `address` with the filters of the view.

    `options` of the page go along, the filters named in `without` do not.
    """

    label: str
    name: str
    address: str
    options: Sequence[str] = ()
    without: Sequence[str] = ()


class ImageButtons(Element):
    """Buttons that copy the link, the image or the embedding code of a picture, or save it."""

    image: str


class Picture(Element):
    """The map or the tiles of a page; it fetches its figures whenever the view changes."""

    page: str


class SmallMap(Sent):
    """Small map: swatch and count per district, in the order of the edition."""

    title: str
    alt: str
    mark: str
    note: str
    colour: str
    ink: str
    districts: Sequence[tuple[int, int]]


class SmallMaps(Element):
    """Maps side by side with one legend; swatches are [colour, kind, has light ink]."""

    swatches: Sequence[Any]
    pictures: Sequence[SmallMap]
    selected: str | None
    legend: Mapping[str, Any]


class Outlines(Element):
    """Boundaries before and after over each other, as SVG paths in a box of width and height."""

    label: str
    width: float
    height: float
    shapes: Sequence[Mapping[str, Any]]


class Locator(Element):
    """Position of a district among its neighbours (positions in the edition); the city for None.

    A click goes to a district, unless the map `is_still`. What is in sight (`box`) and where names
    stand on a wide and a narrow window are those of maps/locator_map.py.
    """

    here: int | None
    near: Sequence[int]
    alt: str
    box: Sequence[float]
    wide: Mapping[str, Any]
    narrow: Mapping[str, Any]
    is_still: bool = False


# Open data


class AddressRow(Sent):
    """An address of the API; the filters of the view go along where it `is_filtered`."""

    path: str
    label: str
    is_filtered: bool


class Addresses(Element):
    """Addresses of the API with the filters of the view, to be copied."""

    caption: str
    rows: Sequence[AddressRow]


class Code(Element):
    """Text for another program, in which {{path}} stands for an address of the API."""

    label: str
    text: str


# 事例


class CaseCard(Sent):
    """An activity among others."""

    id: str
    content: Content


class Cases(Element):
    """Cards of activities; one comes back from a case to its card where they are the list."""

    label: str
    items: Sequence[CaseCard]
    is_list: bool = False


class CaseHead(Element):
    """The title of a case; it takes the focus when the case was opened from its card."""

    id: str
    title: str
    line: str
    planned: str


class Pick(Element):
    """The button that puts a case into the hand-out (of at most `most`) or takes it out."""

    id: str
    title: str
    most: int


class PickedCase(Sent):
    """A case in the hand-out."""

    id: str
    title: str
    line: str


class Handout(Element):
    """A hand-out: its cases in order, its title (at most `longest` letters), the problems."""

    items: Sequence[PickedCase]
    title: str
    problems: Sequence[str]
    most: int
    longest: int


# 協働の指針


class Contents(Element):
    """The list of the guide's parts (id, title), the one shown marked."""

    items: Sequence[tuple[str, str]]
    here: str


class Steps(Element):
    """The ways to the part before and to the one after (id, label)."""

    items: Sequence[tuple[str, str]]


class Entry(Sent):
    """A term with its text in the guideline and its count on record."""

    term: str
    yomi: str
    content: Content
    is_marked: bool


class Entries(Element):
    """Terms one below the other; the marked one goes to `scrolls` in the window."""

    title: str
    items: Sequence[Entry]
    scrolls: Literal["center", "nearest"]
