"""The nouns of proposals as frozen records."""

from __future__ import annotations

import csv
import hashlib
import io
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from kyodo_geo.auth.roles import Person, Role
from kyodo_geo.imports.activities.form_entry import Entry


class ProposalKind(StrEnum):
    """What a proposal wants; the value is what people read."""

    ADDITION = "追加"
    CHANGE = "変更"
    REMOVAL = "削除"


class ProposalState(StrEnum):
    """What has become of a proposal; the value is what people read."""

    PROPOSED = "提案"
    APPROVED = "承認"
    RETURNED = "差し戻し"
    WITHDRAWN = "取り下げ"


@dataclass(frozen=True)
class Proposal:
    """One proposal; times are Japanese time.

    `entry.before` is what the record held in edition `base_edition`. `word` is the proposer's,
    `answer` the official's. Who decided, when, and the edition made are None until then;
    `edition` stays None where none was made.
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
        """Whether nobody has decided yet."""
        return self.state is ProposalState.PROPOSED

    @property
    def name(self) -> str:
        """What people call it."""
        return f"提案第{self.number}号"

    @property
    def source_file(self) -> str:
        """How the log of an edition names what it was made of: NAME:SHA-256."""
        lines = io.StringIO(newline="")
        writer = csv.writer(lines)
        writer.writerow(["kind", "proposed_at", "activity_id", *self.entry.texts])
        writer.writerow(
            [
                self.kind,
                self.proposed_at.isoformat(),
                self.entry.activity_id,
                *self.entry.texts.values(),
            ]
        )
        sha256 = hashlib.sha256(lines.getvalue().encode()).hexdigest()
        return f"{self.name}.csv:{sha256}"

    def is_visible_to(self, person: Person) -> bool:
        """Officials see all proposals, councils those of their own district."""
        is_own = person.role is Role.COUNCIL and person.district_id == self.district_id
        return is_own or person.role is Role.OFFICIAL

    def is_of(self, person: Person) -> bool:
        """Whether this person has made it."""
        return (person.name, person.district_id) == (self.proposed_by, self.district_id)


@dataclass(frozen=True)
class Event:
    """One change of a proposal's state; `before` is None for the first one."""

    at: datetime
    by: str
    before: ProposalState | None
    after: ProposalState
    word: str
