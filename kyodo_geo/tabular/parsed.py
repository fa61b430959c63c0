"""What became of one cell's text."""

from __future__ import annotations

from typing import Any, NamedTuple

from kyodo_geo.tabular.findings import Catalogue, Severity

SPREADSHEET_ERRORS = ("#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!")


class Note(NamedTuple):
    """A finding about a text, wherever it stands."""

    check: Catalogue
    became: str = ""
    detail: str = ""


class ParsedCell(NamedTuple):
    """The value of a text, and what is to be said of it.

    The value of an empty text is None (0 for sets, empty for texts); that of a refused one
    means nothing.
    """

    value: Any = None
    notes: tuple[Note, ...] = ()

    @property
    def is_refused(self) -> bool:
        """Whether the row cannot be taken in because of it."""
        return any(note.check.severity is Severity.BLOCKS for note in self.notes)


def refused(check: Catalogue, detail: str = "") -> ParsedCell:
    """A text that cannot be read."""
    return ParsedCell(None, (Note(check, detail=detail),))


def mended(value: Any, check: Catalogue, became: str = "", detail: str = "") -> ParsedCell:
    """A value that differs from what stood there."""
    return ParsedCell(value, (Note(check, became, detail),))
