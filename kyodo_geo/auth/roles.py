"""Roles and persons: who may write.

Everyone may read and export. A function that writes takes a `Person` and calls `require`
itself, wherever it is called from (decision 20).
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import IntEnum

from kyodo_geo.errors import AccessError


class Role(IntEnum):
    """Roles in ascending order; each includes the rights of the lower ones."""

    READER = 0
    COUNCIL = 1
    OFFICIAL = 2

    @property
    def label(self) -> str:
        """Name as shown."""
        return {Role.READER: "閲覧者", Role.COUNCIL: "地区", Role.OFFICIAL: "職員"}[self]


@dataclass(frozen=True)
class Person:
    """The acting person; `name` appears in the log of editions.

    `district_id` is the district of a council's member; empty for other roles.
    """

    name: str
    role: Role = Role.READER
    district_id: str = ""


def official(name: str) -> Person:
    """Return an official of this name, for commands."""
    # Decision 20: whoever runs a command can reach the files anyway.
    return Person(name, Role.OFFICIAL)


def require(person: Person, role: Role, what: str) -> None:
    """Raise AccessError unless `person` has `role`; `what` names the action."""
    if person.role < role:
        raise AccessError(
            where=what,
            found=f"{person.role.label}の方は使えません",
            expected=f"{role.label}の権限が要ります",
            next_step="権限のある人に頼んでください",
        )


def may_correct(person: Person, place_ids: Collection[str]) -> bool:
    """Return whether a person may change, or propose to change, an activity of these places."""
    is_own = person.role is Role.COUNCIL and person.district_id in place_ids
    return is_own or person.role is Role.OFFICIAL
