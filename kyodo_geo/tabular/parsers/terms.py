"""Terms of the vocabulary and districts, by their labels, ids and usual other words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from typing import Any

from kyodo_geo.city import city
from kyodo_geo.editions import Edition
from kyodo_geo.geo.places import PlaceOutcome, TownIndex, place_key
from kyodo_geo.tabular.finding_kinds import CellFinding
from kyodo_geo.tabular.parsed import Note, ParsedCell, mended, refused
from kyodo_geo.tabular.synonyms import synonyms, word_key
from kyodo_geo.vocabulary import Term

APART = re.compile(r"[;；、，,\n\r/／]+")
APART_TOO = re.compile(r"[・･\s　]+")
"""Part values only where the text is no term as it stands: 産業・観光 is one."""

OWN_SEPARATOR = ";"
UNKNOWN = "unknown"
UNKNOWN_PLACE = "C99"
PLACE_TAIL = re.compile(
    rf"(?:{city().district_noun}|地域)?(?:コミュニティ(?:地区|会議|協議会)?|まちづくり(?:協議会|委員会)|振興会|振興センター)?$"
)


class TermReader:
    """Reads texts that hold terms of one vocabulary."""

    def __init__(self, kind: str, vocabulary: type[Term]) -> None:
        self._terms: dict[str, Term] = {}
        for word, identifier in synonyms(kind).items():
            self._terms[word] = vocabulary.of(identifier)
        for term in vocabulary:
            self._terms |= {word_key(str(term)): term, word_key(term.label): term}
        self._choices = "、".join(term.label for term in vocabulary)

    def one(self, text: str) -> ParsedCell:
        """A term's identifier; None for an empty text."""
        if _is_empty(text):
            return ParsedCell()
        cell = self._term(text.strip())
        return cell if cell.is_refused else ParsedCell(str(cell.value), cell.notes)

    def mask(self, text: str) -> ParsedCell:
        """The bitmask of the terms of a text, without the bit of "unknown"; 0 for none."""
        if _is_empty(text):
            return ParsedCell(0, _blank_note(text))
        return _several(
            text, self._term, lambda term: 0 if term == UNKNOWN else term.bit, lambda t: t.label
        )

    def _term(self, text: str) -> ParsedCell:
        term = self._terms.get(word_key(text))
        if term is None:
            return refused(CellFinding.TERM_UNKNOWN, f"使えるのは {self._choices} です")
        is_own = text == term.label
        return ParsedCell(term) if is_own else mended(term, CellFinding.TERM_SPELLING, term.label)


class PlaceReader:
    """Reads texts that hold districts: ids, names with any tail, towns and addresses."""

    def __init__(self, edition: Edition) -> None:
        self._index = TownIndex(edition.towns, edition.districts)
        self._masks = {place.place_id: place.mask for place in edition.places}
        self._labels = {place.place_id: place.label for place in edition.places}
        own = [place for place in edition.places if place.kind in ("district", "citywide")]
        self._own = {text: p.place_id for p in own for text in (p.place_id, p.label)}
        self._councils = {
            place_key(d.council_name): d.district_id for d in edition.districts if d.council_name
        }

    def mask(self, text: str) -> ParsedCell:
        """The mask of the places of a text; 0 if it names none or says that it is unknown."""
        if _is_empty(text) and word_key(text) not in synonyms("place"):
            return ParsedCell(0, _blank_note(text))
        return _several(
            text, self._place, lambda place: self._masks.get(place, 0), lambda place: place or ""
        )

    def _place(self, text: str) -> ParsedCell:
        if text in self._own:
            return ParsedCell(self._own[text])
        code = unicodedata.normalize("NFKC", text).strip().upper()
        known = synonyms("place").get(word_key(text)) or (code if code in self._own else None)
        if known == UNKNOWN_PLACE:
            return mended(None, CellFinding.BLANK_WORD)
        known = known or self._councils.get(place_key(text))
        if known:
            return mended(known, CellFinding.PLACE_SPELLING, self._spelt(known))
        return self._by_name(text)

    def _by_name(self, text: str) -> ParsedCell:
        tailless = PLACE_TAIL.sub("", unicodedata.normalize("NFKC", text).strip(), count=1)
        # 大迫地域 is a region of several districts, 大迫 and 大迫地区 are one of them.
        for name in (text,) if text.strip().endswith("地域") else (tailless, text):
            match = self._index.match(name)
            if match.outcome is PlaceOutcome.MATCHED and match.district_id:
                is_town = "町名表" in match.rule
                check = CellFinding.PLACE_BY_TOWN if is_town else CellFinding.PLACE_SPELLING
                spelt = self._spelt(match.district_id)
                return mended(match.district_id, check, spelt, match.rule)
        names = f"近い名: {'、'.join(match.candidates)}" if match.candidates else ""
        return refused(CellFinding.PLACE_UNKNOWN, match.rule + names)

    def _spelt(self, place_id: str) -> str:
        return f"{place_id} {self._labels[place_id]}"


def parts_of(text: str, separators: re.Pattern[str] = APART) -> Sequence[str]:
    """The values of a cell that holds several, each once."""
    parts = (part.strip() for part in separators.split(text))
    return tuple(dict.fromkeys(part for part in parts if part))


def _several(
    text: str,
    read: Callable[[str], ParsedCell],
    bit: Callable[[Any], int],
    label: Callable[[Any], str],
) -> ParsedCell:
    """The bits of one value or, if the text is none, of its parts."""
    whole = read(text.strip())
    if not whole.is_refused:
        return ParsedCell(bit(whole.value), whole.notes)
    pieces = [piece for part in parts_of(text) for piece in _pieces(part, read)]
    cells = [read(piece) for piece in pieces]
    unreadable = next((cell for cell in cells if cell.is_refused), None)
    if unreadable or len(cells) < 2:
        return unreadable or whole
    became = OWN_SEPARATOR.join(label(cell.value) for cell in cells)
    said = {note.kind: Note(note.kind, became, note.detail) for c in cells for note in c.notes}
    if _is_unusual(text):
        said[CellFinding.SEPARATOR] = Note(CellFinding.SEPARATOR, became)
    mask = 0
    for cell in cells:
        mask |= bit(cell.value)
    return ParsedCell(mask, tuple(said.values()))


def _pieces(part: str, read: Callable[[str], ParsedCell]) -> Sequence[str]:
    return parts_of(part, APART_TOO) if read(part).is_refused else (part,)


def _is_unusual(text: str) -> bool:
    return OWN_SEPARATOR not in text or APART.search(text.replace(OWN_SEPARATOR, "")) is not None


def _is_empty(text: str) -> bool:
    return not text.strip() or word_key(text) in synonyms("blank")


def _blank_note(text: str) -> tuple[Note, ...]:
    return (Note(CellFinding.BLANK_WORD),) if text.strip() else ()
