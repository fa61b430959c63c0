"""The marks of an XLSX workbook, from the parts of its sheets and styles."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Mapping

from kyodo_geo.machine_readability.workbook_features import (
    MOST_KEPT,
    PLAIN_COLOURS,
    Attributes,
    CellPosition,
    Marks,
    add_position,
    parse,
)

PLAIN_FILLS = ("none", "gray125", "")


def xlsx_marks(archive: zipfile.ZipFile) -> Mapping[str, Marks]:
    """The marks of an XLSX workbook by sheet."""
    emphasised = _emphasised_styles(archive)
    return {name: _marks(archive, part, emphasised) for name, part in _sheets(archive)}


def _sheets(archive: zipfile.ZipFile) -> list[tuple[str, str]]:
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

    parse(archive, "xl/_rels/workbook.xml.rels", relation)
    parse(archive, "xl/workbook.xml", sheet)
    return [(name, part) for name, part in sheets if "worksheet" in part]


def _marks(archive: zipfile.ZipFile, part: str, emphasised: set[int]) -> Marks:
    reader = _XlsxReader(emphasised)
    parse(archive, part, reader.start)
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
            add_position(self.marks.formulas, (self._row, self._column))
        elif name == "col" and attributes.get("hidden") in ("1", "true"):
            first, last = int(attributes.get("min", 1)), int(attributes.get("max", 1))
            self.marks.hidden_columns += range(first - 1, min(last, first + MOST_KEPT))
        elif name == "mergeCell":
            add_position(self.marks.merged, _position(attributes.get("ref", "")))
        elif name == "drawing":
            self.marks.drawings += 1

    def _cell(self, attributes: Attributes) -> None:
        place = attributes.get("r", "")
        self._column = _position(place)[1] if place else self._column + 1
        if int(attributes.get("s", 0)) in self._emphasised:
            add_position(self.marks.emphasised, (self._row, self._column))
        else:
            self.marks.last_plain[self._column] = self._row


def _position(reference: str) -> CellPosition:
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
    parse(archive, "xl/styles.xml", reader.start, reader.end)
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
