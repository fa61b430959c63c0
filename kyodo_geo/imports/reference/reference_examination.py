"""What is known of a file of reference data before it is published."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

import duckdb

from kyodo_geo.editions import Edition
from kyodo_geo.imports.reference.dataset import DatasetKind
from kyodo_geo.tabular.findings import FileRefused, Finding, Severity


class ReferencePlan(Protocol):
    """What a file would do to an edition."""

    @property
    def is_empty(self) -> bool:
        """Whether it would change nothing."""

    @property
    def told(self) -> str:
        """What it would do, for the log of editions."""

    def write(self, con: duckdb.DuckDBPyConnection) -> None:
        """Do it to the draft of an edition."""


AnyPlan = TypeVar("AnyPlan", bound=ReferencePlan, covariant=True)


@dataclass(frozen=True)
class ReferenceExamination(Generic[AnyPlan]):
    """All that was found in a file. `plan` is None if the file cannot be used.

    `edition_number` is the edition it was compared with.
    """

    kind: DatasetKind
    file_name: str
    sha256: str
    edition_number: int
    findings: tuple[Finding, ...]
    plan: AnyPlan | None

    @property
    def is_nothing_new(self) -> bool:
        """Whether there is nothing to publish."""
        return self.plan is None or self.plan.is_empty


def examine_dataset(
    kind: DatasetKind,
    content: bytes,
    file_name: str,
    edition: Edition,
    read: Callable[[], tuple[AnyPlan, list[Finding]]],
) -> ReferenceExamination[AnyPlan]:
    """What `read` makes of a file; a finding that blocks leaves no plan."""
    plan: AnyPlan | None
    try:
        plan, findings = read()
    except FileRefused as refusal:
        plan, findings = None, [refusal.finding]
    if any(finding.severity is Severity.BLOCKS for finding in findings):
        plan = None
    sha256 = hashlib.sha256(content).hexdigest()
    number = edition.info.number
    return ReferenceExamination(kind, file_name, sha256, number, tuple(findings), plan)
