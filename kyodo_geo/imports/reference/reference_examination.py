"""What is known of a file of reference data before it is published."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, TypeVar

import duckdb

from kyodo_geo.editions import Edition
from kyodo_geo.imports.examination import Examination, Plan, read_or_refuse
from kyodo_geo.imports.reference.dataset import DatasetKind
from kyodo_geo.tabular.findings import Checked, is_blocked


class ReferencePlan(Plan, Protocol):
    """What a file would do to the reference data of an edition."""

    @property
    def description(self) -> str:
        """What it would do, for the log of editions."""

    def write(self, con: duckdb.DuckDBPyConnection) -> None:
        """Do it to the draft of an edition."""


AnyReferencePlan = TypeVar("AnyReferencePlan", bound=ReferencePlan, covariant=True)


@dataclass(frozen=True)
class ReferenceExamination(Examination[AnyReferencePlan]):
    """All that was found in a file of one kind of reference data."""

    kind: DatasetKind


def examine_dataset(
    kind: DatasetKind,
    content: bytes,
    file_name: str,
    edition: Edition,
    read: Callable[[], Checked[AnyReferencePlan]],
) -> ReferenceExamination[AnyReferencePlan]:
    """Examine a file by `read`; a finding that blocks leaves no plan."""
    checked = read_or_refuse(read)
    return ReferenceExamination(
        file_name,
        hashlib.sha256(content).hexdigest(),
        edition.info.number,
        tuple(checked.findings),
        None if is_blocked(checked.findings) else checked.value,
        kind,
    )
