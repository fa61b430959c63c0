"""形態えらび: choice of a form by answers, with the rules of `data/form_choice.csv` (decision 27).

A rule fires if each cell that is not empty contains the answer (alternatives are separated by
spaces, `unknown` is わからない). The column `lead` is who is responsible or, where that is unknown,
who starts. A rule without a form means that no collaboration is needed. Of forms with the same
fit, the one whose rule stands higher in the table comes first.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kyodo_geo.errors import SourceDataError
from kyodo_geo.guideline.guide_text import UNKNOWN_ANSWER, Question, shipped_guide
from kyodo_geo.settings import SHIPPED_DATA_DIR
from kyodo_geo.vocabulary import CONTEXT_SCOPES, SCOPE_FORMS, Form, Scope

RULES_FILE = "form_choice.csv"

STARTS, RESPONSIBLE, LEAD = "starts", "responsible", "lead"

FITS = ("1", "2")
"""Fit of a form: possible, or just what the answers ask for."""

Answers = Mapping[str, str]


@dataclass(frozen=True)
class ChoiceRule:
    """Row of the table; `conditions` are the allowed answers by question id (or `lead`)."""

    rule_id: str
    conditions: Mapping[str, frozenset[str]]
    form: Form | None
    bands: tuple[Scope, ...]
    fit: int
    why: str
    weigh: str

    def fires(self, answers: Answers) -> bool:
        """Return whether all conditions hold; missing answers count as わからない."""
        return all(
            _given_answer(name, answers) in allowed for name, allowed in self.conditions.items()
        )


@dataclass(frozen=True)
class Reason:
    """Reason for a form, what to weigh, and the answers it rests on by question id."""

    why: str
    weigh: str
    answers: Answers


@dataclass(frozen=True)
class FormOutcome:
    """A form that fits (None: no collaboration is needed) with its bands and reasons."""

    form: Form | None
    bands: tuple[Scope, ...]
    fit: int
    reasons: tuple[Reason, ...]


@cache
def shipped_rules() -> tuple[ChoiceRule, ...]:
    """Return the rules of the shipped table."""
    return read_rules(SHIPPED_DATA_DIR / RULES_FILE, shipped_guide().questions)


def choose(rules: Iterable[ChoiceRule], answers: Answers) -> tuple[FormOutcome, ...]:
    """Choose the forms that fit, best first; missing answers count as わからない."""
    fired: dict[Form | None, list[ChoiceRule]] = {}
    for rule in sorted(rules, key=lambda rule: -rule.fit):
        if rule.fires(answers):
            fired.setdefault(rule.form, []).append(rule)
    return tuple(_outcome(form, found, answers) for form, found in fired.items())


def read_rules(path: Path, questions: Iterable[Question]) -> tuple[ChoiceRule, ...]:
    """Read the rules of a table.

    Raises SourceDataError for unreadable files and rows, unknown answers, and bands that the
    guideline does not name for the form.
    """
    known = {q.question_id: frozenset(q.answers) for q in questions}
    known[LEAD] = known[STARTS] | known[RESPONSIBLE]
    try:
        rows = list(csv.DictReader(path.read_text("utf-8").splitlines()))
    except OSError as error:
        raise SourceDataError(path.name, f"読めません（{error}）") from error
    return tuple(_rule(row, known) for row in rows)


def _given_answer(name: str, answers: Answers) -> str:
    return _leading_answer(answers)[1] if name == LEAD else answers.get(name, UNKNOWN_ANSWER)


def _leading_answer(answers: Answers) -> tuple[str, str]:
    """Return the question that tells who leads, with its answer."""
    is_known = answers.get(RESPONSIBLE, UNKNOWN_ANSWER) != UNKNOWN_ANSWER
    question = RESPONSIBLE if is_known else STARTS
    return question, answers.get(question, UNKNOWN_ANSWER)


def _outcome(form: Form | None, rules: list[ChoiceRule], answers: Answers) -> FormOutcome:
    found = {band for rule in rules for band in rule.bands}
    reasons = tuple(Reason(rule.why, rule.weigh, _grounds(rule, answers)) for rule in rules)
    return FormOutcome(form, tuple(s for s in Scope if s in found), rules[0].fit, reasons)


def _grounds(rule: ChoiceRule, answers: Answers) -> dict[str, str]:
    """Return the answers that a rule rests on, without わからない."""
    given = dict(
        _leading_answer(answers) if name == LEAD else (name, _given_answer(name, answers))
        for name in rule.conditions
    )
    return {name: answer for name, answer in given.items() if answer != UNKNOWN_ANSWER}


def _rule(row: Mapping[str, str], known: Mapping[str, frozenset[str]]) -> ChoiceRule:
    where = f"{RULES_FILE} の {row.get('rule')}"
    try:
        conditions = {name: frozenset(row[name].split()) for name in known if row.get(name)}
        form = Form.of(row["form"]) if row["form"] else None
        bands = tuple(Scope.of(name) for name in row["bands"].split())
        fit = int(row["fit"]) if row["fit"] in FITS else 0
        rule = ChoiceRule(row["rule"], conditions, form, bands, fit, row["why"], row["weigh"])
    except (KeyError, AttributeError) as error:
        raise SourceDataError(where, f"読めません（{error}）") from error
    wrong = [name for name, allowed in conditions.items() if not allowed <= known[name]]
    if wrong or not (fit and bands and rule.why and rule.weigh):
        raise SourceDataError(where, f"知らない答えか、空の欄があります（{'、'.join(wrong)}）")
    if not all(_is_paired(form, band) for band in bands):
        raise SourceDataError(where, "指針がその形態に挙げていない範囲です")
    return rule


def _is_paired(form: Form | None, band: Scope) -> bool:
    return band in CONTEXT_SCOPES if form is None else form in SCOPE_FORMS.get(band, ())
