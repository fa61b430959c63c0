"""Who may write: roles, and the person in whose name something is written.

Everyone reads and exports. A function that writes takes a `Person` and calls `require`, so
that it is refused wherever it is called from; pages that write are not even shown.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import IntEnum

from kyodo_geo.errors import AccessError


class Role(IntEnum):
    """What a person may do; a higher role may do all that a lower one may."""

    READER = 0
    COUNCIL = 1
    OFFICIAL = 2

    @property
    def label(self) -> str:
        """What people call it."""
        return {Role.READER: "閲覧者", Role.COUNCIL: "地区", Role.OFFICIAL: "職員"}[self]


@dataclass(frozen=True)
class Person:
    """Who is at work; `name` stands in the log of editions.

    `district_id` is the district a council's member proposes for; empty for all others.
    """

    name: str
    role: Role = Role.READER
    district_id: str = ""


def official(name: str) -> Person:
    """An official: whoever runs a command on the machine that holds the data."""
    return Person(name, Role.OFFICIAL)


def require(person: Person, role: Role, what: str) -> None:
    """Raise AccessError unless `person` has the role that `what` needs."""
    if person.role < role:
        raise AccessError(
            where=what,
            found=f"{person.role.label}の方は使えません",
            expected=f"{role.label}の権限が要ります",
            next_step="権限のある人に頼んでください",
        )


def may_correct(person: Person, place_ids: Collection[str]) -> bool:
    """Whether a person may change an activity of these places, or propose to."""
    is_own = person.role is Role.COUNCIL and person.district_id in place_ids
    return is_own or person.role is Role.OFFICIAL
