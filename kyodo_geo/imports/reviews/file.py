"""A file of reviews: examined row by row and compared with those on record."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from kyodo_geo.editions import Edition
from kyodo_geo.export.schema.columns import REVIEW_COLUMNS
from kyodo_geo.export.writers.formula_escaping import escape_formula
from kyodo_geo.export.writers.review_rows import review_texts
from kyodo_geo.imports.reviews.entry import refuse_unknown_activities
from kyodo_geo.imports.reviews.reading import (
    FIELDS,
    LABELS,
    ParsedReview,
    activity_id_in,
    read_texts,
)
from kyodo_geo.imports.reviews.review_findings import ReviewCheck
from kyodo_geo.measures.activities.reviews import all_reviews
from kyodo_geo.model import Review
from kyodo_geo.tabular.findings import Check, FileRefused, Finding
from kyodo_geo.tabular.small_tables import SmallTable, TableCheck, TableColumn, TableRow, read_table
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


@dataclass(frozen=True)
class ReviewFile:
    """All that was found in a file of reviews.

    `edition_number` is the edition it was compared with; `reviews` are those that are new or
    changed.
    """

    file_name: str
    sha256: str
    edition_number: int
    findings: tuple[Finding, ...]
    counts: Mapping[str, int]
    reviews: tuple[Review, ...] = ()
    changes: tuple[ReviewChange, ...] = ()

    @property
    def is_nothing_new(self) -> bool:
        """Whether there is nothing to publish."""
        return not self.reviews

    @property
    def is_refused(self) -> bool:
        """Whether not a single row of it can be taken in."""
        return not self.reviews and not self.counts["unchanged"]


def examine_reviews(content: bytes, file_name: str, edition: Edition, today: date) -> ReviewFile:
    """Read a file of reviews and say all that was found; changes nothing.

    What our export wrote changes nothing; columns that are missing stay as they are on record.
    Never raises for what a file holds.
    """
    sha256, number = hashlib.sha256(content).hexdigest(), edition.info.number
    try:
        table = _read(content)
    except FileRefused as refusal:
        nothing = dict.fromkeys(("new", "changed", "unchanged", "refused"), 0)
        return ReviewFile(file_name, sha256, number, (refusal.finding,), nothing)
    readings = [_reading(table, row, edition, today) for row in table.rows]
    refuse_unknown_activities(readings, edition)
    _refuse_same(readings)
    taken = [reading.review() for reading in readings]
    on_record = [all_reviews(edition).get(reading.values["activity_id"]) for reading in readings]
    found = [*table.findings, *(finding for one in readings for finding in one.findings)]
    return ReviewFile(
        file_name,
        sha256,
        number,
        tuple(sorted(found, key=lambda finding: finding.row or 0)),
        _counts(taken, on_record),
        tuple(new for new, old in zip(taken, on_record, strict=True) if new and new != old),
        tuple(
            change
            for row, new, old in zip(table.rows, taken, on_record, strict=True)
            if new and old and new != old
            for change in _changes(row.number, old, new)
        ),
    )


def _read(content: bytes) -> SmallTable:
    table = read_table(content, "review", COLUMNS)
    unknown = [f.column for f in table.findings if f.check is TableCheck.UNKNOWN_COLUMN]
    if unknown:
        raise FileRefused(ReviewCheck.UNKNOWN_COLUMN, found="、".join(unknown))
    return table


def _reading(table: SmallTable, row: TableRow, edition: Edition, today: date) -> ParsedReview:
    """One row; a cell that is as our export wrote it counts as the text on record."""
    reading = ParsedReview(table.sheet, row.number)
    present = all_reviews(edition).get(activity_id_in(row.texts["activity_id"]))
    same = review_texts(present) if present else {}
    given = {name: text for name, text in row.texts.items() if name in FIELDS}
    changed = {
        name: text for name, text in given.items() if text != escape_formula(same.get(name, ""))
    }
    read_texts(reading, same | changed, present, today)
    return reading


def _refuse_same(readings: Sequence[ParsedReview]) -> None:
    times = Counter(reading.values["activity_id"] for reading in readings)
    for reading in readings:
        activity_id = reading.values["activity_id"]
        if times[activity_id] > 1:
            reading.find(Check.SAME_ID, "activity_id", found=activity_id)


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
