"""The import doctor: all there is to say of a file, and what publishing it would do."""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from kyodo_geo.editions import Edition
from kyodo_geo.imports.activities.change_plan import ChangePlan, incoming, make_plan
from kyodo_geo.imports.activities.current_rows import VALUES
from kyodo_geo.imports.activities.duplicates import find_doubles
from kyodo_geo.imports.activities.records import Records, read_records
from kyodo_geo.imports.activities.row_checks import check_records
from kyodo_geo.imports.activities.table import ActivityTable, read_table
from kyodo_geo.model import Activity
from kyodo_geo.tabular.findings import FileRefused, Finding, Severity
from kyodo_geo.vocabulary import ActorType, Field, Form, Scope, Status, terms_in

Step = Callable[[str], None]

STEPS = ("ファイルを読む", "セルを読む", "行を調べる", "いまの記録と比べる")
"""What `examine` tells of, one after the other."""


@dataclass(frozen=True)
class ReadFile:
    """What could be read of a file: its table, the rows as values, and what is planned."""

    table: ActivityTable
    records: Records
    plan: ChangePlan
    places: Mapping[str, int]


@dataclass(frozen=True)
class Examination:
    """All that was found in a file. `read` is None if nothing of it can be read.

    `edition_number` is the edition it was compared with.
    """

    file_name: str
    sha256: str
    edition_number: int
    findings: tuple[Finding, ...]
    read: ReadFile | None = None

    @property
    def counts(self) -> Mapping[str, int]:
        """Rows that are new, changed, unchanged and refused."""
        nothing = {"new": 0, "changed": 0, "unchanged": 0, "refused": 0}
        return self.read.plan.counts if self.read else nothing

    @property
    def is_nothing_new(self) -> bool:
        """Whether there is nothing to publish."""
        return self.read is None or self.read.plan.is_empty

    def incoming(self) -> pa.Table:
        """The new and changed rows as the edition takes them."""
        assert self.read is not None
        rows = sorted([*self.read.plan.new, *self.read.plan.changed])
        with _collection_paused():
            return incoming(self.read.records, np.array(rows, dtype=np.int64))

    def outcomes(self) -> Iterator[tuple[int, Activity | tuple[Finding, ...]]]:
        """For each row its number, and the activity or why it was refused."""
        if self.read is None:
            return
        refusals = self.refusals()
        for position, number in enumerate(self.read.table.numbers):
            yield number, refusals.get(number) or _activity(self.read, position)

    def refusals(self) -> Mapping[int, tuple[Finding, ...]]:
        """Why rows cannot be taken in, by number of the row."""
        reasons: dict[int, tuple[Finding, ...]] = {}
        for finding in self.findings:
            if finding.severity is Severity.BLOCKS and finding.row is not None:
                reasons[finding.row] = (*reasons.get(finding.row, ()), finding)
        return reasons


def examine(
    content: bytes, file_name: str, edition: Edition, on_step: Step | None = None
) -> Examination:
    """Read a file, mend what is safe and say all that was found; changes nothing.

    `on_step` is told each of STEPS. Never raises for what a file holds.
    """
    sha256 = hashlib.sha256(content).hexdigest()
    step = on_step or (lambda name: None)
    step(STEPS[0])
    try:
        with _collection_paused():
            table = read_table(content)
    except FileRefused as refusal:
        number = edition.info.number
        return Examination(file_name, sha256, number, (refusal.finding,))
    return examine_table(table, file_name, sha256, edition, step)


def examine_table(
    table: ActivityTable, file_name: str, sha256: str, edition: Edition, step: Step
) -> Examination:
    """The same for a table that has been read already; `step` is told all STEPS but the first."""
    with _collection_paused():
        read = _read(table, edition, step)
    findings = sorted(table.findings, key=lambda finding: finding.row or 0)
    return Examination(file_name, sha256, edition.info.number, tuple(findings), read)


def _read(table: ActivityTable, edition: Edition, step: Step) -> ReadFile:
    places = {p.place_id: p.mask for p in edition.places if p.kind in ("district", "citywide")}
    step(STEPS[1])
    records = read_records(table, edition)
    step(STEPS[2])
    check_records(table, records, edition)
    step(STEPS[3])
    on_record = find_doubles(table, records, edition)
    return ReadFile(table, records, make_plan(table, records, on_record, edition), places)


@contextmanager
def _collection_paused() -> Iterator[None]:
    # Hundreds of thousands of rows live to the end: each collection would walk through them.
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _activity(read: ReadFile, position: int) -> Activity:
    value: dict[str, Any] = {name: read.records.values[name][position] for name in VALUES}
    mask = value.pop("district_mask")
    recorded = value.pop("scope_recorded")
    return Activity(
        activity_id=read.records.ids[position],
        district_ids=tuple(place for place, bit in read.places.items() if mask & bit),
        actors=terms_in(ActorType, value.pop("actor_mask")),
        forms_stated=terms_in(Form, value.pop("stated")),
        forms_implied=terms_in(Form, value.pop("implied")),
        scope=Scope.of(recorded) if recorded else None,
        field=Field.of(value.pop("field")),
        status=Status.of(value.pop("status")),
        **value,
    )
