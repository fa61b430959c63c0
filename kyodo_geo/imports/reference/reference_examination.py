"""What is known of a file of reference data before it is published."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

import duckdb

from kyodo_geo.editions import Edition
from kyodo_geo.imports.reference.dataset import Kind
from kyodo_geo.tabular.findings import FileRefused, Finding, Severity


class Plan(Protocol):
    """What a file would do to an edition."""

    @property
    def is_empty(self) -> bool:
        """Whether it would change nothing."""

    @property
    def told(self) -> str:
        """What it would do, for the log of editions."""

    def write(self, con: duckdb.DuckDBPyConnection) -> None:
        """Do it to the draft of an edition."""


AnyPlan = TypeVar("AnyPlan", bound=Plan, covariant=True)


@dataclass(frozen=True)
class Examination(Generic[AnyPlan]):
    """All that was found in a file. `plan` is None if the file cannot be used.

    `edition_number` is the edition it was compared with.
    """

    kind: Kind
    file_name: str
    sha256: str
    edition_number: int
    findings: tuple[Finding, ...]
    plan: AnyPlan | None

    @property
    def is_nothing_new(self) -> bool:
        """Whether there is nothing to publish."""
        return self.plan is None or self.plan.is_empty


def examined(
    kind: Kind,
    content: bytes,
    file_name: str,
    edition: Edition,
    read: Callable[[], tuple[AnyPlan, list[Finding]]],
) -> Examination[AnyPlan]:
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
    return Examination(kind, file_name, sha256, number, tuple(findings), plan)
