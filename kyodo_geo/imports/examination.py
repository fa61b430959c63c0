"""Result of examining a file before it is published: the same for every importer."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Protocol, Self, TypeVar

from kyodo_geo.auth.roles import Person
from kyodo_geo.editions import Edition, Publication
from kyodo_geo.errors import IntakeError
from kyodo_geo.tabular.findings import Checked, FileRefused, Finding

UNCHANGED = "いまの版と変わるところがありません"
OUTCOMES = ("new", "changed", "unchanged", "refused")
"""What becomes of a row."""


class Plan(Protocol):
    """Change that publishing a file would make to an edition."""

    @property
    def is_empty(self) -> bool:
        """Whether it would change nothing."""


class RowPlan(Plan, Protocol):
    """The same row by row."""

    @property
    def counts(self) -> Mapping[str, int]:
        """Number of rows per outcome (OUTCOMES)."""

    @property
    def changes(self) -> Sequence[Any]:
        """Cells on record that would change, each a dataclass."""


AnyPlan = TypeVar("AnyPlan", bound=Plan, covariant=True)
AnyRowPlan = TypeVar("AnyRowPlan", bound=RowPlan, covariant=True)


@dataclass(frozen=True)
class Examination(Generic[AnyPlan]):
    """Findings in a file, and the plan of publishing it; None if nothing of it can be used.

    `edition_number` is the edition it was compared with.
    """

    file_name: str
    sha256: str
    edition_number: int
    findings: tuple[Finding, ...]
    plan: AnyPlan | None

    @classmethod
    def of(
        cls,
        read: Callable[[], Checked[AnyPlan]],
        content: bytes,
        file_name: str,
        edition: Edition,
        **more: Any,
    ) -> Self:
        """Examine a file by `read`; where that raises FileRefused, its finding is the only one."""
        try:
            checked: Checked[AnyPlan | None] = read()
        except FileRefused as refusal:
            checked = Checked(None, (refusal.finding,))
        sha256, findings = hashlib.sha256(content).hexdigest(), tuple(checked.findings)
        return cls(file_name, sha256, edition.info.number, findings, checked.value, **more)

    @property
    def is_nothing_new(self) -> bool:
        """Whether there is nothing to publish."""
        return self.plan is None or self.plan.is_empty

    def plan_to_publish(self, unusable: str = UNCHANGED) -> AnyPlan:
        """Return the plan.

        Raises IntakeError if it is empty, or None (with `unusable` as what was found).
        """
        if self.plan is None or self.plan.is_empty:
            raise IntakeError(
                where=self.file_name,
                found=unusable if self.plan is None else UNCHANGED,
                next_step="新しい版は作りませんでした",
            )
        return self.plan

    def publication(self, person: Person, action: str, description: str) -> Publication:
        """Build the log entry of an edition made of the file."""
        source = f"{self.file_name}:{self.sha256}"
        return Publication(person.name, action, description, source_files=(source,))


@dataclass(frozen=True)
class RowExamination(Examination[AnyRowPlan]):
    """Examination of a file whose rows are taken in one by one."""

    @property
    def counts(self) -> Mapping[str, int]:
        """Number of rows per outcome (OUTCOMES); zeros without a plan."""
        return self.plan.counts if self.plan else dict.fromkeys(OUTCOMES, 0)

    @property
    def is_refused(self) -> bool:
        """Whether not a single row can be taken in."""
        return not any(self.counts[name] for name in OUTCOMES if name != "refused")


def sort_by_row(findings: Iterable[Finding]) -> list[Finding]:
    """Sort findings by row; those on the whole file come first."""
    return sorted(findings, key=lambda finding: finding.row or 0)
