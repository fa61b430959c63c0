"""The marks of an ODS workbook, from the one part that holds sheets and styles."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping

from kyodo_geo.machine_readability.workbook_features import (
    MOST_KEPT,
    PLAIN_COLOURS,
    Attributes,
    Marks,
    add_position,
    parse,
)


def ods_marks(archive: zipfile.ZipFile) -> Mapping[str, Marks]:
    """The marks of an ODS workbook by sheet."""
    reader = _OdsReader()
    parse(archive, "content.xml", reader.start)
    return reader.sheets


class _OdsReader:
    """Goes through the one part that holds all sheets, styles of cells first."""

    def __init__(self) -> None:
        self.sheets: dict[str, Marks] = {}
        self._marks = Marks()
        self._emphasised: set[str] = set()
        self._style = ""
        self._row, self._column, self._repeated = -1, -1, 1

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "style":
            self._style = _local(attributes, "name")
        elif name in ("table-cell-properties", "text-properties"):
            self._read_style(attributes)
        elif name == "table":
            self._marks = self.sheets[_local(attributes, "name")] = Marks()
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
            add_position(self._marks.formulas, first)
        spans = ("number-columns-spanned", "number-rows-spanned")
        if any(_repeated(attributes, span) > 1 for span in spans):
            add_position(self._marks.merged, first)
        if not _local(attributes, "value-type"):  # an empty cell
            return
        if _local(attributes, "style-name") in self._emphasised:
            add_position(self._marks.emphasised, first)
        else:
            self._marks.last_plain[first[1]] = self._row


def _repeated(attributes: Attributes, name: str) -> int:
    text = _local(attributes, name)
    return int(text) if text.isdigit() else 1


def _local(attributes: Attributes, name: str) -> str:
    """An attribute whatever its prefix."""
    return next((v for key, v in attributes.items() if key.rpartition(":")[2] == name), "")
