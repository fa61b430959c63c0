"""What became of one cell's text."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple, TypeAlias

from kyodo_geo.tabular.findings import FindingKind, Severity

SPREADSHEET_ERRORS = ("#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!")


class Note(NamedTuple):
    """A finding about a text, wherever it stands."""

    kind: FindingKind
    became: str = ""
    detail: str = ""


class ParsedCell(NamedTuple):
    """The value of a text, and notes on it.

    The value of an empty text is None (0 for sets, empty for texts); that of a refused one
    means nothing.
    """

    value: Any = None
    notes: tuple[Note, ...] = ()

    @property
    def is_refused(self) -> bool:
        """Whether the row cannot be taken in because of it."""
        return any(note.kind.severity is Severity.BLOCKS for note in self.notes)


ParseText: TypeAlias = Callable[[str], ParsedCell]


def refused(kind: FindingKind, detail: str = "") -> ParsedCell:
    """The outcome of a text that cannot be read."""
    return ParsedCell(None, (Note(kind, detail=detail),))


def mended(value: Any, kind: FindingKind, became: str = "", detail: str = "") -> ParsedCell:
    """The outcome of a text that stands for a value written in another way."""
    return ParsedCell(value, (Note(kind, became, detail),))
