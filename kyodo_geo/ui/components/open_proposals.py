"""How many proposals wait for an official."""

from __future__ import annotations

from kyodo_geo.auth.roles import Person, Role
from kyodo_geo.errors import KyodoError
from kyodo_geo.proposals.query import count_open
from kyodo_geo.ui.runtime import store


def count_waiting(person: Person) -> int | None:
    """How many wait for this official; None for others, and where it can't be told."""
    if person.role is not Role.OFFICIAL:
        return None
    try:
        return count_open(store(), person)
    except KyodoError:
        return None  # the page itself will say why
