"""Texts of a review, from a form or a file, parsed to values."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

from kyodo_geo.export.schema.columns import NOT_APPLICABLE, REVIEW_COLUMNS
from kyodo_geo.export.writers.review_rows import review_texts
from kyodo_geo.imports.reviews.review_findings import ReviewFinding
from kyodo_geo.model import Rating, Review
from kyodo_geo.tabular.finding_kinds import CellFinding
from kyodo_geo.tabular.findings import Checked, Finding, FindingKind
from kyodo_geo.tabular.parsed import ParsedCell, ParseText, mended, refused
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


def parse_review(
    texts: Mapping[str, str], present: Review | None, today: date
) -> Checked[Mapping[str, Any]]:
    """Parse the texts of all FIELDS; one that is as in the `present` review stays as it is.

    Findings name the field by its label; in which row of a file, the file knows.
    """
    same = review_texts(present) if present else {}
    values = _values(present) if present else {}
    cells = {
        name: ParsedCell(values[name])
        if name in same and texts.get(name, "") == same[name]
        else parse(texts.get(name, ""))
        for name, parse in parsers(today).items()
    }
    findings = [field_finding(ReviewFinding.UNKNOWN_COLUMN, n, n) for n in texts if n not in LABELS]
    findings += [
        field_finding(kind, name, texts.get(name, ""), became, detail)
        for name, cell in cells.items()
        for kind, became, detail in cell.notes
    ]
    if cells["is_settled"].value and not cells["next_step"].value:
        findings.append(field_finding(ReviewFinding.SETTLED_NOTHING, "is_settled"))
    return Checked({name: cell.value for name, cell in cells.items()}, findings)


def field_finding(
    kind: FindingKind, name: str, found: str = "", became: str = "", detail: str = ""
) -> Finding:
    """Build a finding on a field."""
    return Finding(kind, "", None, LABELS.get(name, name), found, became, detail)


def build_review(values: Mapping[str, Any]) -> Review:
    """Build the review of parsed values, none of which is refused."""
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


@cache
def parsers(today: date) -> Mapping[str, ParseText]:
    """How the text of each of FIELDS is parsed."""
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
    """Clean a text to the id of an activity as the record has it."""
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
        return refused(CellFinding.DATE_UNREADABLE if text.strip() else CellFinding.MISSING)
    if cell.value.start > today:
        return refused(ReviewFinding.DAY_AHEAD)
    return ParsedCell(cell.value.start, cell.notes)


def _grade(text: str) -> ParsedCell:
    word = word_key(text)
    if not word:
        return refused(ReviewFinding.GRADE_MISSING)
    if word not in GRADE_OF_WORD:
        return refused(ReviewFinding.GRADE_UNKNOWN)
    grade = GRADE_OF_WORD[word]
    spelt = str(grade.step) if grade else NOT_APPLICABLE
    return ParsedCell(grade) if text == spelt else mended(grade, CellFinding.TERM_SPELLING, spelt)


def _settled(text: str) -> ParsedCell:
    is_settled = SETTLED_OF_WORD.get(word_key(text))
    return refused(ReviewFinding.SETTLED_UNKNOWN) if is_settled is None else ParsedCell(is_settled)


def _limited(text: str, parse: ParseText, most: int) -> ParsedCell:
    if len(text) > most:
        return refused(ReviewFinding.TOO_LONG, f"{most:,}字までです（いま{len(text):,}字）")
    return parse(text)


def _required(cell: ParsedCell) -> ParsedCell:
    return cell if cell.is_refused or cell.value else refused(CellFinding.MISSING)


def _terms(cell: ParsedCell) -> ParsedCell:
    return cell if cell.is_refused else ParsedCell(terms_in(Effect, cell.value), cell.notes)
