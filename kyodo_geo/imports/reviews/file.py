"""A file of reviews: examined row by row and compared with those on record."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, NamedTuple, TypeAlias

from kyodo_geo.editions import Edition
from kyodo_geo.export.schema.columns import REVIEW_COLUMNS
from kyodo_geo.export.writers.formula_escaping import escape_formula
from kyodo_geo.export.writers.review_rows import review_texts
from kyodo_geo.imports.examination import RowExamination, read_or_refuse
from kyodo_geo.imports.reviews.entry import known_ids, unknown_activity
from kyodo_geo.imports.reviews.reading import (
    FIELDS,
    LABELS,
    activity_id_in,
    build_review,
    field_finding,
    parse_review,
)
from kyodo_geo.imports.reviews.review_findings import ReviewFinding
from kyodo_geo.measures.activities.reviews import all_reviews
from kyodo_geo.model import Review
from kyodo_geo.tabular.finding_kinds import SmallTableFinding, TableFinding
from kyodo_geo.tabular.findings import Checked, FileRefused, is_blocked
from kyodo_geo.tabular.small_tables import SmallTable, TableColumn, TableRow, read_table
from kyodo_geo.vocabulary import Principle

REQUIRED = ("activity_id", "reviewed_on", *map(str, Principle))
COLUMNS = tuple(
    TableColumn(c.name, c.label, c.definition, c.name in REQUIRED) for c in REVIEW_COLUMNS
)


@dataclass(frozen=True)
class ReviewChange:
    """One cell of a review on record that would change; `label` is what it is called."""

    row: int
    activity_id: str
    label: str
    old: str
    new: str


class ParsedRow(NamedTuple):
    """One row of a file: its activity, and the review; None if anything blocks it."""

    activity_id: str
    review: Review | None


@dataclass(frozen=True)
class ReviewPlan:
    """The reviews of a file that are new or changed, and what changes in those on record."""

    counts: Mapping[str, int]
    reviews: tuple[Review, ...]
    changes: tuple[ReviewChange, ...]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to publish."""
        return not self.reviews


ReviewExamination: TypeAlias = RowExamination[ReviewPlan]


def examine_reviews(
    content: bytes, file_name: str, edition: Edition, today: date
) -> ReviewExamination:
    """Examine a file of reviews: what was found in it, what it would do; changes nothing.

    What our export wrote changes nothing; columns that are missing stay as they are on record.
    Never raises for what a file holds.
    """
    sha256, number = hashlib.sha256(content).hexdigest(), edition.info.number
    table = read_or_refuse(partial(_read, content))
    if table.value is None:
        return RowExamination(file_name, sha256, number, tuple(table.findings), None)
    rows = _check_rows(table.value, edition, today)
    findings = [*table.findings, *(finding for row in rows for finding in row.findings)]
    plan = _plan(table.value.rows, [row.value for row in rows], edition)
    in_order = tuple(sorted(findings, key=lambda finding: finding.row or 0))
    return RowExamination(file_name, sha256, number, in_order, plan)


def _read(content: bytes) -> Checked[SmallTable]:
    table = read_table(content, "review", COLUMNS)
    unknown = [f.column for f in table.findings if f.kind is SmallTableFinding.UNKNOWN_COLUMN]
    if unknown:
        raise FileRefused(ReviewFinding.UNKNOWN_COLUMN, found="、".join(unknown))
    return table


def _check_rows(table: SmallTable, edition: Edition, today: date) -> list[Checked[ParsedRow]]:
    """Parse and check the rows, by themselves and beside each other."""
    parsed = [_parse(row, edition, today) for row in table.rows]
    ids = [one.value["activity_id"] for one in parsed]
    known, times = known_ids(ids, edition), Counter(ids)
    rows = []
    for row, activity_id, one in zip(table.rows, ids, parsed, strict=True):
        findings = [*one.findings]
        if activity_id not in known:
            findings.append(unknown_activity(activity_id))
        if times[activity_id] > 1:
            findings.append(field_finding(TableFinding.SAME_ID, "activity_id", activity_id))
        placed = [f._replace(sheet=table.sheet, row=row.number) for f in findings]
        review = None if is_blocked(findings) else build_review(one.value)
        rows.append(Checked(ParsedRow(activity_id, review), placed))
    return rows


def _parse(row: TableRow, edition: Edition, today: date) -> Checked[Mapping[str, Any]]:
    """Parse one row; a cell that is as our export wrote it counts as the text on record."""
    present = all_reviews(edition).get(activity_id_in(row.texts["activity_id"]))
    same = review_texts(present) if present else {}
    given = {name: text for name, text in row.texts.items() if name in FIELDS}
    changed = {
        name: text for name, text in given.items() if text != escape_formula(same.get(name, ""))
    }
    return parse_review(same | changed, present, today)


def _plan(rows: Sequence[TableRow], parsed: Sequence[ParsedRow], edition: Edition) -> ReviewPlan:
    on_record = [all_reviews(edition).get(one.activity_id) for one in parsed]
    taken = [one.review for one in parsed]
    return ReviewPlan(
        _counts(taken, on_record),
        tuple(new for new, old in zip(taken, on_record, strict=True) if new and new != old),
        tuple(
            change
            for row, new, old in zip(rows, taken, on_record, strict=True)
            if new and old and new != old
            for change in _changes(row.number, old, new)
        ),
    )


def _counts(
    taken: Sequence[Review | None], on_record: Sequence[Review | None]
) -> Mapping[str, int]:
    pairs = list(zip(taken, on_record, strict=True))
    return {
        "new": sum(bool(new and not old) for new, old in pairs),
        "changed": sum(bool(new and old and new != old) for new, old in pairs),
        "unchanged": sum(bool(new and new == old) for new, old in pairs),
        "refused": sum(new is None for new in taken),
    }


def _changes(row: int, old: Review, new: Review) -> list[ReviewChange]:
    before, after = review_texts(old), review_texts(new)
    return [
        ReviewChange(row, new.activity_id, LABELS[name], before[name], after[name])
        for name in before
        if before[name] != after[name]
    ]
