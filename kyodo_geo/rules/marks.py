"""What a workbook holds beside its texts: formulas, colours, merged and hidden cells, drawings.

The parts have been looked at by `intake/containers.py`: they are well-formed, of bounded size and
without declarations.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from xml.parsers import expat

from kyodo_geo.intake.containers import DAMAGES
from kyodo_geo.intake.findings import Check, FileRefused

MOST_KEPT = 1000
"""Places of one kind that are kept of a sheet."""

PLAIN_FILLS = ("none", "gray125", "")
PLAIN_COLOURS = ("", "auto", "FF000000", "00000000", "#000000", "transparent", "#ffffff")

Attributes = Mapping[str, str]
Handler = Callable[[str, Attributes], None]
Cell = tuple[int, int]
"""Row and column, from 0."""


@dataclass
class Marks:
    """The marks of one sheet.

    `emphasised` are cells with colour or bold type; `last_plain` is the last row of a column
    with a cell that has neither.
    """

    formulas: list[Cell] = field(default_factory=list)
    merged: list[Cell] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)
    emphasised: list[Cell] = field(default_factory=list)
    last_plain: dict[int, int] = field(default_factory=dict)
    drawings: int = 0


def read_marks(content: bytes) -> Mapping[str, Marks] | None:
    """The marks of a workbook by sheet; None for one whose parts are no XML (.xlsb).

    Raises FileRefused where it can't be read.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
            if "content.xml" in names:
                return _OdsReader().read(archive)
            if "xl/workbook.xml" not in names:
                return None
            return {name: _xlsx_marks(archive, part) for name, part in _xlsx_sheets(archive)}
    except (*DAMAGES, RuntimeError) as error:
        raise FileRefused(Check.DAMAGED) from error


def _parse(
    archive: zipfile.ZipFile, part: str, start: Handler, end: Callable[[str], None] | None = None
) -> None:
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda name, values: start(name.rpartition(":")[2], values)
    if end is not None:
        parser.EndElementHandler = lambda name: end(name.rpartition(":")[2])
    with archive.open(part) as stream:
        parser.ParseFile(stream)


def _local(attributes: Attributes, name: str) -> str:
    """An attribute whatever its prefix."""
    return next((v for key, v in attributes.items() if key.rpartition(":")[2] == name), "")


def _keep(places: list[Cell], place: Cell) -> None:
    if len(places) < MOST_KEPT:
        places.append(place)


# XLSX


def _xlsx_sheets(archive: zipfile.ZipFile) -> list[tuple[str, str]]:
    """Names of the sheets, and the parts that hold them."""
    targets: dict[str, str] = {}
    sheets: list[tuple[str, str]] = []

    def relation(name: str, attributes: Attributes) -> None:
        if name == "Relationship":
            target = posixpath.normpath(posixpath.join("/xl", attributes.get("Target", "")))
            targets[attributes.get("Id", "")] = target.lstrip("/")

    def sheet(name: str, attributes: Attributes) -> None:
        if name == "sheet":
            relation_id = next((v for k, v in attributes.items() if k.endswith(":id")), "")
            sheets.append((attributes.get("name", ""), targets.get(relation_id, "")))

    _parse(archive, "xl/_rels/workbook.xml.rels", relation)
    _parse(archive, "xl/workbook.xml", sheet)
    return [(name, part) for name, part in sheets if "worksheet" in part]


def _xlsx_marks(archive: zipfile.ZipFile, part: str) -> Marks:
    reader = _XlsxReader(_emphasised_styles(archive))
    _parse(archive, part, reader.start)
    return reader.marks


class _XlsxReader:
    """Goes through the elements of one sheet."""

    def __init__(self, emphasised: set[int]) -> None:
        self.marks = Marks()
        self._emphasised = emphasised
        self._row, self._column = -1, -1

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "row":
            self._row = int(attributes.get("r", self._row + 2)) - 1
            self._column = -1
            if attributes.get("hidden") in ("1", "true"):
                self.marks.hidden_rows.append(self._row)
        elif name == "c":
            self._cell(attributes)
        elif name == "f":
            _keep(self.marks.formulas, (self._row, self._column))
        elif name == "col" and attributes.get("hidden") in ("1", "true"):
            first, last = int(attributes.get("min", 1)), int(attributes.get("max", 1))
            self.marks.hidden_columns += range(first - 1, min(last, first + MOST_KEPT))
        elif name == "mergeCell":
            _keep(self.marks.merged, _position(attributes.get("ref", "")))
        elif name == "drawing":
            self.marks.drawings += 1

    def _cell(self, attributes: Attributes) -> None:
        place = attributes.get("r", "")
        self._column = _position(place)[1] if place else self._column + 1
        if int(attributes.get("s", 0)) in self._emphasised:
            _keep(self.marks.emphasised, (self._row, self._column))
        else:
            self.marks.last_plain[self._column] = self._row


def _position(reference: str) -> Cell:
    """Where a reference such as B3 or B3:D4 begins."""
    found = re.match(r"\$?([A-Za-z]{1,3})\$?(\d+)", reference)
    if found is None:
        return 0, 0
    column = 0
    for letter in found[1].upper():
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(found[2]) - 1, column - 1


def _emphasised_styles(archive: zipfile.ZipFile) -> set[int]:
    """The numbers of the styles of cells that have a colour or bold type."""
    if "xl/styles.xml" not in archive.namelist():
        return set()
    reader = _StyleReader()
    _parse(archive, "xl/styles.xml", reader.start, reader.end)
    return reader.emphasised()


class _StyleReader:
    """Gathers fonts, fills and styles of cells, each by its position."""

    def __init__(self) -> None:
        self._path: list[str] = []
        self._fonts: list[bool] = []
        self._fills: list[bool] = []
        self._styles: list[tuple[int, int]] = []

    def start(self, name: str, attributes: Attributes) -> None:
        parent = self._path[-1] if self._path else ""
        self._path.append(name)
        if (parent, name) == ("fonts", "font"):
            self._fonts.append(False)
        elif (parent, name) == ("fills", "fill"):
            self._fills.append(False)
        elif (parent, name) == ("cellXfs", "xf"):
            ids = (attributes.get("fontId", "0"), attributes.get("fillId", "0"))
            self._styles.append((int(ids[0]), int(ids[1])))
        elif parent == "font" and self._path[-3:-2] == ["fonts"]:
            is_bold = name == "b" and attributes.get("val", "1") not in ("0", "false")
            if is_bold or (name == "color" and _is_colour(attributes)):
                self._fonts[-1] = True
        elif (parent, name) == ("fill", "patternFill"):
            self._fills[-1] = attributes.get("patternType", "") not in PLAIN_FILLS
        elif (parent, name) == ("patternFill", "fgColor") and self._fills:
            # A white fill is none.
            is_white = attributes.get("rgb", "").upper() == "FFFFFFFF"
            self._fills[-1] = self._fills[-1] and not is_white

    def end(self, name: str) -> None:
        self._path.pop()

    def emphasised(self) -> set[int]:
        return {
            number
            for number, (font, fill) in enumerate(self._styles)
            if any(self._fonts[font : font + 1]) or any(self._fills[fill : fill + 1])
        }


def _is_colour(attributes: Attributes) -> bool:
    # Theme 1 is the colour of usual text, index 8 and 64 are black.
    is_usual = attributes.get("theme") == "1" or attributes.get("indexed") in ("8", "64")
    return not is_usual and attributes.get("rgb", "").upper() not in PLAIN_COLOURS


# ODS


class _OdsReader:
    """Goes through the one part that holds all sheets, styles of cells first."""

    def __init__(self) -> None:
        self._sheets: dict[str, Marks] = {}
        self._marks = Marks()
        self._emphasised: set[str] = set()
        self._style = ""
        self._row, self._column, self._repeated = -1, -1, 1

    def read(self, archive: zipfile.ZipFile) -> Mapping[str, Marks]:
        _parse(archive, "content.xml", self._start)
        return self._sheets

    def _start(self, name: str, attributes: Attributes) -> None:
        if name == "style":
            self._style = _local(attributes, "name")
        elif name in ("table-cell-properties", "text-properties"):
            self._read_style(attributes)
        elif name == "table":
            self._marks = self._sheets[_local(attributes, "name")] = Marks()
            self._row, self._column, self._repeated = -1, -1, 1
        elif name == "table-column":
            repeated = _repeated(attributes, "number-columns-repeated")
            if _local(attributes, "visibility") in ("collapse", "filter"):
                self._marks.hidden_columns += range(
                    self._column + 1, self._column + 1 + min(repeated, MOST_KEPT)
                )
            self._column += repeated
        elif name == "table-row":
            self._start_row(attributes)
        elif name in ("table-cell", "covered-table-cell"):
            self._cell(attributes)
        elif name in ("frame", "custom-shape", "rect", "ellipse", "line"):
            self._marks.drawings += 1

    def _read_style(self, attributes: Attributes) -> None:
        colours = (_local(attributes, "background-color"), _local(attributes, "color"))
        is_coloured = any(colour.lower() not in PLAIN_COLOURS for colour in colours)
        if is_coloured or _local(attributes, "font-weight") == "bold":
            self._emphasised.add(self._style)

    def _start_row(self, attributes: Attributes) -> None:
        self._row += self._repeated
        self._repeated = _repeated(attributes, "number-rows-repeated")
        self._column = -1
        if _local(attributes, "visibility") in ("collapse", "filter"):
            self._marks.hidden_rows.append(self._row)

    def _cell(self, attributes: Attributes) -> None:
        first = (self._row, self._column + 1)
        self._column += _repeated(attributes, "number-columns-repeated")
        if _local(attributes, "formula"):
            _keep(self._marks.formulas, first)
        spans = ("number-columns-spanned", "number-rows-spanned")
        if any(_repeated(attributes, span) > 1 for span in spans):
            _keep(self._marks.merged, first)
        if not _local(attributes, "value-type"):  # an empty cell
            return
        if _local(attributes, "style-name") in self._emphasised:
            _keep(self._marks.emphasised, first)
        else:
            self._marks.last_plain[first[1]] = self._row


def _repeated(attributes: Attributes, name: str) -> int:
    text = _local(attributes, name)
    return int(text) if text.isdigit() else 1
