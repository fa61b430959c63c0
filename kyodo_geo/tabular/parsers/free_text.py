"""Free texts: taken literally but for spaces, control characters and our export's quotes;
what should not stand there is flagged."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from kyodo_geo.export.writers.formula_escaping import FORMULA_START
from kyodo_geo.tabular.finding_kinds import CellFinding
from kyodo_geo.tabular.parsed import SPREADSHEET_ERRORS, Note, ParsedCell, refused
from kyodo_geo.tabular.parsers.terms import OWN_SEPARATOR, parts_of

LONGEST = 10_000
ORGANISATIONS_APART = re.compile(r"[;；、\n\r／]+")
"""Names may hold ・ and commas: they part nothing."""

CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufdd0-\ufdef\ufffe\uffff]")
"""Also what is no character at all: XML, and so Excel, has no way to write it."""

UNSEEN = "\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff"
"""Characters without width, and those that turn the direction; joiners of emoji are no such."""
UNSEEN_CHARACTER = re.compile(f"[{UNSEEN}]")

MACHINE = "①-⑳Ⅰ-Ⅻⅰ-ⅻ㈱㈲㈹㊤-㊨㍉㌔㌢㍍㌘㌧㌃㌶㍑㍗㌍㌦㌣㌫㍊㌻㎜㎝㎞㎎㎏㏄㎡№㏍℡㍻㍼㍽㍾㋿"
MACHINE_CHARACTER = re.compile(f"[{MACHINE}]")
PERSON = re.compile(r"(?<![一-龥々])[一-龥々]{2,5}[ 　]?(?:氏|様|さん)(?![一-龥々])")
NO_PERSON = re.compile(
    r"[皆客各両多同一仕模有異何神父母子奥杜源平藤][ 　]?(?:氏|様|さん)|王様|殿様|お.{1,3}さん"
)
TELEPHONE = re.compile(r"(?<![\d-])0\d{1,4}[-(]\d{1,4}[-)]\d{3,4}(?![\d-])")
MAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")
PERSON_ALONE = re.compile(r"[一-龥々]{2,3}[ 　][一-龥々ぁ-んァ-ヶ]{1,4}")

_STARTS = re.escape("'" + FORMULA_START)
SPECIAL = (
    rf"^[\s　#{_STARTS}]|[\s　]$|[\x00-\x1f\x7f\x{{85}}\x{{a0}}氏様@＠{MACHINE}{UNSEEN}]|さん"
    r"|[\x{fdd0}-\x{fdef}\x{fffe}\x{ffff}]"
    rf"|[0-9０-９][-‐−－(（][0-9０-９]|^.{{{LONGEST // 10}}}"
)
"""What makes a text need a closer look, for the regular expressions of Arrow (RE2)."""

SPECIAL_NAMES = SPECIAL + r"|[；、／　]|; | ;|;;|^;|;$|[々一-龥]{2,3} [々一-龥ぁ-んァ-ヶ]"


@dataclass(frozen=True)
class FreeText:
    """Parsers of a free text: `closer` where it holds something `special`, else `plain`."""

    closer: Callable[[str], ParsedCell]
    special: str = SPECIAL
    plain: Callable[[str], Any] = str


def literal(text: str) -> ParsedCell:
    """A text that may be any address or name of a source: only formulas are flagged."""
    return _text(text)


def proper_name(text: str) -> ParsedCell:
    """A title: on one line, people flagged, machine characters allowed."""
    cell = _text(text)
    if cell.is_refused:
        return cell
    one_line = re.sub(r"[\r\n\t]+", "", cell.value)
    spaces = (Note(CellFinding.SPACES, one_line),) if one_line != cell.value else ()
    return ParsedCell(one_line, cell.notes + spaces + _contacts(one_line))


def prose(text: str) -> ParsedCell:
    """A summary or note: people, contacts and machine characters flagged."""
    cell = _text(text)
    if cell.is_refused:
        return cell
    strange = "".join(dict.fromkeys(MACHINE_CHARACTER.findall(cell.value)))
    machine = (Note(CellFinding.MACHINE_CHARACTER, detail=f"文字: {strange}"),) if strange else ()
    return ParsedCell(cell.value, cell.notes + machine + _contacts(cell.value))


def organisations(text: str) -> ParsedCell:
    """Names of organisations, as a tuple."""
    cell = proper_name(re.sub(r"[\r\n]+", OWN_SEPARATOR, text.strip()))
    if cell.is_refused:
        return cell
    names = parts_of(cell.value, ORGANISATIONS_APART)
    joined = OWN_SEPARATOR.join(names)
    is_unusual = joined != text.strip() and len(names) > 1
    unusual = (Note(CellFinding.SEPARATOR, joined),) if is_unusual else ()
    alone = [name for name in names if PERSON_ALONE.fullmatch(name)]
    person = (Note(CellFinding.PERSON, detail=alone[0]),) if alone else ()
    return ParsedCell(names, cell.notes + unusual + person)


def _plain_names(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text.split(OWN_SEPARATOR))) if text else ()


LITERAL, PROPER_NAME, PROSE = FreeText(literal), FreeText(proper_name), FreeText(prose)
ORGANISATIONS = FreeText(organisations, SPECIAL_NAMES, _plain_names)


def _text(text: str) -> ParsedCell:
    """The text without what only looks; a quote before a formula is our export's."""
    if len(text) > LONGEST:
        return refused(CellFinding.TOO_LONG)
    if text in SPREADSHEET_ERRORS:
        return refused(CellFinding.SPREADSHEET_ERROR)
    notes = []
    clean = CONTROL.sub("", text)
    if clean != text:
        notes.append(Note(CellFinding.CONTROL_CHARACTER, clean))
    stripped = clean.strip()
    if stripped != clean:
        notes.append(Note(CellFinding.SPACES, stripped))
    if UNSEEN_CHARACTER.search(stripped):
        notes.append(Note(CellFinding.UNSEEN_CHARACTER))
    if stripped.startswith("'") and stripped[1:2] and stripped[1] in FORMULA_START:
        return ParsedCell(stripped[1:], tuple(notes))
    if stripped and stripped[0] in FORMULA_START and len(stripped) > 1:
        notes.append(Note(CellFinding.FORMULA_TEXT))
    return ParsedCell(stripped, tuple(notes))


def _contacts(text: str) -> tuple[Note, ...]:
    """Notes on what looks like a private person or a way to reach one."""
    plain = unicodedata.normalize("NFKC", text).replace("‐", "-").replace("−", "-")
    notes = []
    person = next((p[0] for p in PERSON.finditer(text) if not NO_PERSON.search(p[0])), "")
    for check, found in (
        (CellFinding.PERSON, person),
        (CellFinding.TELEPHONE, _first(TELEPHONE, plain)),
        (CellFinding.MAIL, _first(MAIL, plain)),
    ):
        if found:
            notes.append(Note(check, detail=found))
    return tuple(notes)


def _first(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    return found[0] if found else ""
