"""What a sheet holds beside its texts, and how the parts of a workbook are gone through.

The parts have been looked at by `tabular/file_types.py`: they are well-formed, of bounded size and
without declarations.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from xml.parsers import expat

MOST_KEPT = 1000
"""Places of one kind that are kept of a sheet."""

PLAIN_COLOURS = ("", "auto", "FF000000", "00000000", "#000000", "transparent", "#ffffff")

Attributes = Mapping[str, str]
Handler = Callable[[str, Attributes], None]
CellPosition = tuple[int, int]
"""Row and column, from 0."""


@dataclass
class Marks:
    """The marks of one sheet.

    `emphasised` are cells with colour or bold type; `last_plain` is the last row of a column
    with a cell that has neither.
    """

    formulas: list[CellPosition] = field(default_factory=list)
    merged: list[CellPosition] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)
    emphasised: list[CellPosition] = field(default_factory=list)
    last_plain: dict[int, int] = field(default_factory=dict)
    drawings: int = 0


def parse(
    archive: zipfile.ZipFile, part: str, start: Handler, end: Callable[[str], None] | None = None
) -> None:
    """Tell `start` and `end` of each element of a part, by its name without prefix."""
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda name, values: start(name.rpartition(":")[2], values)
    if end is not None:
        parser.EndElementHandler = lambda name: end(name.rpartition(":")[2])
    with archive.open(part) as stream:
        parser.ParseFile(stream)


def add_position(places: list[CellPosition], place: CellPosition) -> None:
    """Add a place, up to MOST_KEPT."""
    if len(places) < MOST_KEPT:
        places.append(place)
