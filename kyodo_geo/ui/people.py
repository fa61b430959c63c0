"""Who has opened this page. Without sign-in nobody may write, but for the machine itself."""

from __future__ import annotations

import getpass

from streamlit import config

from kyodo_geo.access import Person, Role
from kyodo_geo.ui.runtime import settings

READER = Person("")
LOOPBACK = ("localhost", "127.0.0.1", "::1")


def person() -> Person:
    """The person of this session.

    An official where the setting says that whoever sits at this machine is one, and only while
    the server is bound to the machine itself: then nobody else can reach it.
    """
    is_local = config.get_option("server.address") in LOOPBACK
    if settings().local_official and is_local:
        return Person(getpass.getuser(), Role.OFFICIAL)
    return READER
