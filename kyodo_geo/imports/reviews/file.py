"""A file of reviews: examined row by row and compared with those on record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, TypeAlias

from kyodo_geo.editions import Edition
from kyodo_geo.export.schema.columns import REVIEW_COLUMNS
from kyodo_geo.export.writers.formula_escaping import escape_formula
from kyodo_geo.export.writers.review_rows import review_texts
from kyodo_geo.imports.examination import OUTCOMES, RowExamination, sort_by_row
from kyodo_geo.imports.reviews.reading import (
    FIELDS,
    LABELS,
    activity_id_in,
    build_review,
    field_finding,
    known_ids,
    parse_review,
    unknown_activity,
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
    """Cell of a review on record that would change; `label` is that of the column."""

    row: int
    activity_id: str
    label: str
    old: str
    new: str


@dataclass(frozen=True)
class ReviewPlan:
    """New and changed reviews of a file, and the cells that change in those on record."""

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
    """Examine a file of reviews and plan its publication; changes nothing.

    Cells as our export wrote them change nothing; missing columns stay as they are on record.
    Never raises for what a file holds.
    """
    read = partial(_read, content, edition, today)
    return ReviewExamination.of(read, content, file_name, edition)


def _read(content: bytes, edition: Edition, today: date) -> Checked[ReviewPlan]:
    table = _read_known_columns(content)
    rows = _check_rows(table.value, edition, today)
    findings = [*table.findings, *(finding for row in rows for finding in row.findings)]
    plan = _plan(table.value.rows, [row.value for row in rows], edition)
    return Checked(plan, sort_by_row(findings))


def _read_known_columns(content: bytes) -> Checked[SmallTable]:
    table = read_table(content, "review", COLUMNS)
    # A misspelt column would silently leave the review as it is on record: the file is refused.
    unknown = [f.column for f in table.findings if f.kind is SmallTableFinding.UNKNOWN_COLUMN]
    if unknown:
        raise FileRefused(ReviewFinding.UNKNOWN_COLUMN, found="、".join(unknown))
    return table


def _check_rows(table: SmallTable, edition: Edition, today: date) -> list[Checked[Review | None]]:
    """Parse the rows and check them, by themselves and beside each other."""
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
        rows.append(Checked(None if is_blocked(findings) else build_review(one.value), placed))
    return rows


def _parse(row: TableRow, edition: Edition, today: date) -> Checked[Mapping[str, Any]]:
    """Parse one row; a cell that is as our export wrote it counts as the text on record."""
    present = all_reviews(edition).get(activity_id_in(row.texts["activity_id"]))
    same = review_texts(present) if present else {}
    changed = {
        name: text
        for name, text in row.texts.items()
        if name in FIELDS and text != escape_formula(same.get(name, ""))
    }
    return parse_review(same | changed, present, today)


def _plan(
    rows: Sequence[TableRow], reviews: Sequence[Review | None], edition: Edition
) -> ReviewPlan:
    on_record, counts = all_reviews(edition), dict.fromkeys(OUTCOMES, 0)
    published, changes = [], []
    for row, review in zip(rows, reviews, strict=True):
        present = on_record.get(review.activity_id) if review else None
        counts[_outcome(review, present)] += 1
        if review and review != present:
            published.append(review)
            changes += _changes(row.number, present, review) if present else []
    return ReviewPlan(counts, tuple(published), tuple(changes))


def _outcome(review: Review | None, present: Review | None) -> str:
    if review is None:
        return "refused"
    if present is None:
        return "new"
    return "unchanged" if review == present else "changed"


def _changes(row: int, old: Review, new: Review) -> list[ReviewChange]:
    before, after = review_texts(old), review_texts(new)
    return [
        ReviewChange(row, new.activity_id, LABELS[name], before[name], after[name])
        for name in before
        if before[name] != after[name]
    ]
