"""What is known of a file before it is published: the same for all that is taken in."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from kyodo_geo.auth.roles import Person
from kyodo_geo.editions import Publication
from kyodo_geo.errors import IntakeError
from kyodo_geo.tabular.findings import Checked, FileRefused, Finding, Value

UNCHANGED = "いまの版と変わるところがありません"


class Plan(Protocol):
    """What publishing a file would do to an edition."""

    @property
    def is_empty(self) -> bool:
        """Whether it would change nothing."""


class RowPlan(Plan, Protocol):
    """What it would do row by row."""

    @property
    def counts(self) -> Mapping[str, int]:
        """How many rows are new, changed, unchanged and refused."""

    @property
    def changes(self) -> Sequence[Any]:
        """The cells of records that would change, each a dataclass."""


AnyPlan = TypeVar("AnyPlan", bound=Plan, covariant=True)
AnyRowPlan = TypeVar("AnyRowPlan", bound=RowPlan, covariant=True)


@dataclass(frozen=True)
class Examination(Generic[AnyPlan]):
    """All that was found in a file. `plan` is None if nothing of it can be used.

    `edition_number` is the edition it was compared with.
    """

    file_name: str
    sha256: str
    edition_number: int
    findings: tuple[Finding, ...]
    plan: AnyPlan | None

    @property
    def is_nothing_new(self) -> bool:
        """Whether there is nothing to publish."""
        return self.plan is None or self.plan.is_empty

    def plan_to_publish(self, unusable: str = UNCHANGED) -> AnyPlan:
        """The plan. Raises IntakeError if it is empty; `unusable` is found where there is none."""
        if self.plan is None or self.plan.is_empty:
            raise IntakeError(
                where=self.file_name,
                found=unusable if self.plan is None else UNCHANGED,
                next_step="新しい版は作りませんでした",
            )
        return self.plan

    def publication(self, person: Person, action: str, description: str) -> Publication:
        """Describe an edition made of the file, for the log."""
        source = f"{self.file_name}:{self.sha256}"
        return Publication(person.name, action, description, source_files=(source,))


@dataclass(frozen=True)
class RowExamination(Examination[AnyRowPlan]):
    """All that was found in a file whose rows are taken in one by one."""

    @property
    def counts(self) -> Mapping[str, int]:
        """How many rows are new, changed, unchanged and refused."""
        nothing = dict.fromkeys(("new", "changed", "unchanged", "refused"), 0)
        return self.plan.counts if self.plan else nothing

    @property
    def is_refused(self) -> bool:
        """Whether not a single row can be taken in."""
        return not any(self.counts[name] for name in ("new", "changed", "unchanged"))


def read_or_refuse(read: Callable[[], Checked[Value]]) -> Checked[Value | None]:
    """Read a file; for one that is refused there is only the finding that says why."""
    try:
        return read()
    except FileRefused as refusal:
        return Checked(None, (refusal.finding,))
