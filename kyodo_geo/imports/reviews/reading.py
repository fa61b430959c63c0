"""Texts of a review, from a form or a file, as values."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any

from kyodo_geo.export.schema.columns import NOT_APPLICABLE, REVIEW_COLUMNS
from kyodo_geo.export.writers.review_rows import review_texts
from kyodo_geo.imports.reviews.review_findings import ReviewCheck
from kyodo_geo.model import Rating, Review
from kyodo_geo.tabular.findings import Catalogue, Check, Finding, Severity
from kyodo_geo.tabular.parsed import ParsedCell, mended, refused
from kyodo_geo.tabular.parsers.dates import days
from kyodo_geo.tabular.parsers.free_text import literal, prose
from kyodo_geo.tabular.parsers.terms import TermReader
from kyodo_geo.tabular.synonyms import word_key
from kyodo_geo.vocabulary import Effect, Grade, Principle, terms_in

LONGEST_NAME = 60
LONGEST_WORD = 200
LONGEST_PROSE = 1000

LABELS = {column.name: column.label for column in REVIEW_COLUMNS}
IGNORED = ("edition", "activity_title")
FIELDS = tuple(name for name in LABELS if name not in IGNORED)
WORDS = tuple(f"{principle}_word" for principle in Principle)

GRADE_OF_WORD: Mapping[str, Grade | None] = {
    **{word_key(word): None for word in (NOT_APPLICABLE, "該当なし", "非該当", "対象外")},
    **{
        word_key(word): grade
        for grade in Grade
        for word in (str(grade), str(grade.step), grade.label, f"{grade.step}{grade.label}")
    },
}
SETTLED_OF_WORD: Mapping[str, bool] = {
    **dict.fromkeys(("1", "済", "済み", "済んだ", "はい", "○", "true"), True),
    **dict.fromkeys(("", "0", "未", "未済", "まだ", "いいえ", "false"), False),
}

ParseText = Callable[[str], ParsedCell]


@dataclass
class ParsedReview:
    """The values of a review by field, as far as they can be read, and what was found.

    `row` and `sheet` are where the texts stand in a file.
    """

    sheet: str = ""
    row: int | None = None
    values: dict[str, Any] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def find(
        self, check: Catalogue, name: str, found: str = "", became: str = "", detail: str = ""
    ) -> None:
        """Add a finding on a field."""
        label = LABELS.get(name, name)
        self.findings.append(Finding(check, self.sheet, self.row, label, found, became, detail))

    @property
    def is_refused(self) -> bool:
        """Whether anything keeps it from being a review."""
        return any(finding.severity is Severity.BLOCKS for finding in self.findings)

    def review(self) -> Review | None:
        """The review; None if anything blocks it."""
        if self.is_refused:
            return None
        values = self.values
        return Review(
            activity_id=values["activity_id"],
            reviewed_on=values["reviewed_on"],
            reviewed_by=values["reviewed_by"],
            ratings={p: Rating(values[str(p)], values[f"{p}_word"]) for p in Principle},
            expected=values["expected_effects"],
            seen=values["seen_effects"],
            lesson=values["lesson"],
            next_step=values["next_step"],
            is_settled=values["is_settled"],
        )


def read_texts(
    reading: ParsedReview, texts: Mapping[str, str], present: Review | None, today: date
) -> None:
    """Read the texts of all FIELDS; one that is as in the `present` review stays as it is."""
    for name in texts:
        if name not in LABELS:
            reading.find(ReviewCheck.UNKNOWN_COLUMN, name, found=name)
    same = review_texts(present) if present else {}
    values = _values(present) if present else {}
    for name, read in readers(today).items():
        text = texts.get(name, "")
        if name in same and text == same[name]:
            reading.values[name] = values[name]
            continue
        cell = read(text)
        reading.values[name] = cell.value
        for check, became, detail in cell.notes:
            reading.find(check, name, text, became, detail)
    if reading.values["is_settled"] and not reading.values["next_step"]:
        reading.find(ReviewCheck.SETTLED_NOTHING, "is_settled")


@cache
def readers(today: date) -> dict[str, ParseText]:
    """How the text of each of FIELDS is read."""
    effects = TermReader("effect", Effect).mask
    return {
        "activity_id": lambda text: ParsedCell(activity_id_in(text)),
        "reviewed_on": lambda text: _day(text, today),
        "reviewed_by": lambda text: _required(_limited(text, literal, LONGEST_NAME)),
        **{str(p): _grade for p in Principle},
        **{name: lambda text: _limited(text, prose, LONGEST_WORD) for name in WORDS},
        "expected_effects": lambda text: _terms(effects(text)),
        "seen_effects": lambda text: _terms(effects(text)),
        "lesson": lambda text: _limited(text, prose, LONGEST_PROSE),
        "next_step": lambda text: _limited(text, prose, LONGEST_PROSE),
        "is_settled": _settled,
    }


def activity_id_in(text: str) -> str:
    """The id of an activity as the record has it."""
    return unicodedata.normalize("NFKC", text).strip()


def _values(review: Review) -> dict[str, Any]:
    return {
        "activity_id": review.activity_id,
        "reviewed_on": review.reviewed_on,
        "reviewed_by": review.reviewed_by,
        **{str(p): rating.grade for p, rating in review.ratings.items()},
        **{f"{p}_word": rating.word for p, rating in review.ratings.items()},
        "expected_effects": review.expected,
        "seen_effects": review.seen,
        "lesson": review.lesson,
        "next_step": review.next_step,
        "is_settled": review.is_settled,
    }


def _day(text: str, today: date) -> ParsedCell:
    cell = days(text)
    if cell.is_refused:
        return cell
    if cell.value.start is None or cell.value.end is not None:
        return refused(Check.DATE_UNREADABLE if text.strip() else Check.MISSING)
    if cell.value.start > today:
        return refused(ReviewCheck.DAY_AHEAD)
    return ParsedCell(cell.value.start, cell.notes)


def _grade(text: str) -> ParsedCell:
    word = word_key(text)
    if not word:
        return refused(ReviewCheck.GRADE_MISSING)
    if word not in GRADE_OF_WORD:
        return refused(ReviewCheck.GRADE_UNKNOWN)
    grade = GRADE_OF_WORD[word]
    spelt = str(grade.step) if grade else NOT_APPLICABLE
    return ParsedCell(grade) if text == spelt else mended(grade, Check.TERM_SPELLING, spelt)


def _settled(text: str) -> ParsedCell:
    is_settled = SETTLED_OF_WORD.get(word_key(text))
    return refused(ReviewCheck.SETTLED_UNKNOWN) if is_settled is None else ParsedCell(is_settled)


def _limited(text: str, read: ParseText, most: int) -> ParsedCell:
    if len(text) > most:
        return refused(ReviewCheck.TOO_LONG, f"{most:,}字までです（いま{len(text):,}字）")
    return read(text)


def _required(cell: ParsedCell) -> ParsedCell:
    return cell if cell.is_refused or cell.value else refused(Check.MISSING)


def _terms(cell: ParsedCell) -> ParsedCell:
    return cell if cell.is_refused else ParsedCell(terms_in(Effect, cell.value), cell.notes)
