"""How many proposals wait for an official."""

from __future__ import annotations

from kyodo_geo.auth.roles import Person, Role
from kyodo_geo.errors import KyodoError
from kyodo_geo.proposals.query import count_open
from kyodo_geo.ui.runtime import store


def count_waiting(person: Person) -> int | None:
    """Count the open proposals for an official; None for others, and where they can't be read."""
    if person.role is not Role.OFFICIAL:
        return None
    try:
        return count_open(store(), person)
    except KyodoError:
        return None  # the page itself will say why
