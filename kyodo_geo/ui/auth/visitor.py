"""Visitor of a page and their role.

Without sign-in nobody may write, but for the machine itself (decision 20).
"""

from __future__ import annotations

import getpass
from dataclasses import dataclass

from streamlit import config

from kyodo_geo.auth.accounts import account_key, read_accounts
from kyodo_geo.auth.roles import Person, Role
from kyodo_geo.errors import KyodoError
from kyodo_geo.ui.auth import identity
from kyodo_geo.ui.runtime import current_edition, settings

READER = Person("")
LOOPBACK = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True)
class Visitor:
    """The person of a session, and how they are known.

    `account` is empty where nobody has signed in; `problem` says why somebody who has signed
    in is a reader all the same.
    """

    person: Person = READER
    account: str = ""
    problem: str = ""

    @property
    def is_known(self) -> bool:
        """Whether somebody has signed in, even if it cannot be told who."""
        return bool(self.account or self.problem)

    def may_use(self, role: Role) -> bool:
        """Whether what needs `role` is open to them."""
        return self.person.role >= role


def person() -> Person:
    """Return the person of this session; looked up anew at each call."""
    return visitor().person


def visitor() -> Visitor:
    """Return who has opened this page. Never raises: what fails gives no right."""
    if is_desk():
        return Visitor(Person(getpass.getuser(), Role.OFFICIAL))
    account = ""
    try:
        account = identity.account()
        return Visitor(_person_of(account), account) if account else Visitor()
    except KyodoError as error:
        return Visitor(account=account, problem=error.sentence)


def has_sign_in() -> bool:
    """Return whether people can sign in at this deployment."""
    return bool(settings().sign_in)


def is_desk() -> bool:
    """Return whether whoever sits at this machine is an official (`KYODO_LOCAL_OFFICIAL`).

    Only while the server is bound to the machine itself. Then nobody else can reach it, but for
    pages of others in a browser here, which `ui/middleware/host_check.py` refuses.
    """
    is_local = config.get_option("server.address") in LOOPBACK
    return is_local and settings().local_official and not has_sign_in()


def _person_of(account: str) -> Person:
    """Return the person of an account; READER for one that is not in the file of accounts."""
    accounts = read_accounts(settings().accounts_path, current_edition().districts)
    return accounts.get(account_key(account), READER)
