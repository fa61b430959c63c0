"""Examination of a file of reference data."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Protocol, TypeVar

import duckdb

from kyodo_geo.editions import Edition
from kyodo_geo.imports.examination import Examination, Plan
from kyodo_geo.imports.reference.dataset import DatasetKind
from kyodo_geo.tabular.findings import Checked, is_blocked


class ReferencePlan(Plan, Protocol):
    """Plan of replacing reference data of an edition."""

    @property
    def description(self) -> str:
        """Summary for the log of editions."""

    def write(self, con: duckdb.DuckDBPyConnection) -> None:
        """Write it to the draft of an edition."""


AnyReferencePlan = TypeVar("AnyReferencePlan", bound=ReferencePlan, covariant=True)


@dataclass(frozen=True)
class ReferenceExamination(Examination[AnyReferencePlan]):
    """Examination of a file of one kind of reference data."""

    kind: DatasetKind


def examine_dataset(
    kind: DatasetKind,
    content: bytes,
    file_name: str,
    edition: Edition,
    read: Callable[[], Checked[AnyReferencePlan]],
) -> ReferenceExamination[AnyReferencePlan]:
    """Examine a file by `read`; the plan is None if any finding blocks."""
    examination = ReferenceExamination.of(read, content, file_name, edition, kind=kind)
    return replace(examination, plan=None) if is_blocked(examination.findings) else examination
