"""Data model of proposals: kinds, states, proposals and their events."""

from __future__ import annotations

import csv
import hashlib
import io
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from kyodo_geo.auth.roles import Person, may_correct
from kyodo_geo.imports.activities.form_entry import Entry


class ProposalKind(StrEnum):
    """Kind of a proposal; the value is its label."""

    ADDITION = "追加"
    CHANGE = "変更"
    REMOVAL = "削除"


class ProposalState(StrEnum):
    """State of a proposal; the value is its label."""

    PROPOSED = "提案"
    APPROVED = "承認"
    RETURNED = "差し戻し"
    WITHDRAWN = "取り下げ"


@dataclass(frozen=True)
class Proposal:
    """A stored proposal; times are Japanese time.

    `entry.before` holds the cells of edition `base_edition`. `word` is the proposer's message,
    `answer` the official's. `decided_by` and `decided_at` are None while it is open; `edition`
    is the edition made by an approval, else None.
    """

    number: int
    kind: ProposalKind
    entry: Entry
    base_edition: int
    word: str
    proposed_by: str
    district_id: str
    proposed_at: datetime
    state: ProposalState
    decided_by: str | None
    decided_at: datetime | None
    answer: str
    edition: int | None

    @property
    def is_open(self) -> bool:
        """Whether it awaits a decision."""
        return self.state is ProposalState.PROPOSED

    @property
    def name(self) -> str:
        """Name as shown, e.g. 提案第12号."""
        return f"提案第{self.number}号"

    @property
    def source_file(self) -> str:
        """Entry of `source_files` in the edition log: NAME:SHA-256.

        By it an approval finds its edition again (`query.mark_approved`), so it must never change.
        """
        cells = {
            "kind": self.kind,
            "proposed_at": self.proposed_at.isoformat(),
            "activity_id": self.entry.activity_id,
            **self.entry.texts,
        }
        lines = io.StringIO(newline="")
        csv.writer(lines).writerows([cells, cells.values()])
        sha256 = hashlib.sha256(lines.getvalue().encode()).hexdigest()
        return f"{self.name}.csv:{sha256}"

    def is_visible_to(self, person: Person) -> bool:
        """Return whether a person may see it: officials all, councils those of their district."""
        return may_correct(person, (self.district_id,))

    def is_of(self, person: Person) -> bool:
        """Return whether this person made it."""
        # Accounts are not stored: two members of one name in one district are one (K015).
        return (person.name, person.district_id) == (self.proposed_by, self.district_id)


@dataclass(frozen=True)
class Event:
    """Transition of a proposal's state; `before` is None for its creation."""

    at: datetime
    by: str
    before: ProposalState | None
    after: ProposalState
    word: str
