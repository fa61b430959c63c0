"""Findings in files: how grave, of which kind, and in which place."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import Generic, NamedTuple, TypeVar

from kyodo_geo.city import city
from kyodo_geo.settings import SHIPPED_DATA_DIR
from kyodo_geo.vocabulary import Principle, Term

FILE = SHIPPED_DATA_DIR / "findings.csv"
WORDS = {
    "principles": "、".join(principle.label for principle in Principle),
    "district_range": city().district_range,
    "district_count": city().district_count,
    "district_noun": city().district_noun,
    "shared_name": city().shared_name,
    "shared_name_district": city().shared_name_district,
}
"""What stands in the texts of kinds for a name in braces."""


FOUND_SHOWN = 80
"""Longer texts are cut where a finding is shown."""

Value = TypeVar("Value", covariant=True)


class Severity(Term):
    """Severity of a finding, gravest first (decision 17)."""

    BLOCKS = ("blocks", "取り込めない")
    WARNS = ("warns", "確認")
    MENDED = ("mended", "直した")


@cache
def _texts() -> Mapping[str, Mapping[str, str]]:
    """The rows of `data/findings.csv` by id."""
    with FILE.open(encoding="utf-8", newline="") as file:
        return {row["id"]: row for row in csv.DictReader(file)}


class FindingKind(Enum):
    """A catalogue of kinds of findings: what code calls them, and their permanent ids.

    Official rule (empty where none applies), severity, text and advice stand in
    `data/findings.csv`. An id is never used for something else.
    """

    def __init__(self, finding_id: str) -> None:
        row = _texts()[finding_id]
        self.finding_id = finding_id
        self.rule = row["rule"]
        self.severity = Severity[row["severity"].upper()]
        self.text = row["text"].format_map(WORDS)
        self.advice = row["advice"].format_map(WORDS)


class Finding(NamedTuple):
    """Finding with its place.

    `row` is the row a spreadsheet shows (None: the whole file or column), `column` the name
    that stands in the file, `found` what stood there, `became` what it was mended to and
    `detail` the reason in this case. Texts that do not apply are empty.
    """

    kind: FindingKind
    sheet: str = ""
    row: int | None = None
    column: str = ""
    found: str = ""
    became: str = ""
    detail: str = ""

    @property
    def severity(self) -> Severity:
        """Severity of its kind."""
        return self.kind.severity

    @property
    def where(self) -> str:
        """Sheet, row and column in words; empty for the whole file."""
        return place_in_words(self.sheet, self.row, self.column)

    @property
    def sentence(self) -> str:
        """Return what was found, what became of it and what to do, in Japanese."""
        found = f"「{_cut(self.found)}」" if self.found else ""
        became = f"（→「{_cut(self.became)}」）" if self.became else ""
        detail = f"{self.detail.removesuffix('。')}。" if self.detail else ""
        text = f"{found}: {self.kind.text}" if found else self.kind.text
        return f"{text}{became}。{detail}{self.kind.advice}"

    def as_dict(self) -> dict[str, str | int | None]:
        """Plain values for JSON."""
        return {
            "id": self.kind.finding_id,
            "rule": self.kind.rule,
            "severity": self.severity.value,
            **{name: value for name, value in self._asdict().items() if name != "kind"},
            "text": self.kind.text,
            "advice": self.kind.advice,
        }


class FileRefused(Exception):  # noqa: N818 - it is an outcome, not a defect
    """Says why nothing of a file can be read, as `finding`."""

    def __init__(self, kind: FindingKind, detail: str = "", found: str = "") -> None:
        super().__init__(kind.text)
        self.finding = Finding(kind, detail=detail, found=found)


@dataclass(frozen=True)
class Checked(Generic[Value]):
    """Result of a stage of an examination, with its findings."""

    value: Value
    findings: Sequence[Finding] = ()


def is_blocked(findings: Iterable[Finding]) -> bool:
    """Whether any finding keeps something from being taken in."""
    return any(finding.severity is Severity.BLOCKS for finding in findings)


def worst_first(findings: Iterable[Finding]) -> list[Finding]:
    """Sort findings by severity, the gravest first, else in their order."""
    return sorted(findings, key=lambda finding: list(Severity).index(finding.severity))


def place_in_words(sheet: str, row: int | None, column: str) -> str:
    """Describe a place in a file in words; empty for the whole file."""
    parts = (sheet, f"{row}行目" if row is not None else "", f"「{column}」列" if column else "")
    return " ".join(filter(None, parts))


def _cut(text: str) -> str:
    return text if len(text) <= FOUND_SHOWN else f"{text[:FOUND_SHOWN]}…"
