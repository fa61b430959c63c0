"""Who may write: every function that needs a role, and how the person is known."""

import ast
import asyncio
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import streamlit as st
from builders import MOUNT
from pydantic import SecretStr
from starlette.types import Message
from streamlit.testing.v1 import AppTest

from kyodo_geo import proposals
from kyodo_geo.aggregation.publish_counts import publish_counts
from kyodo_geo.auth.roles import Person, Role
from kyodo_geo.editions import EditionStore
from kyodo_geo.editions.delete_activities import remove
from kyodo_geo.editions.diff import undo
from kyodo_geo.errors import AccessError, AccountError, KyodoError
from kyodo_geo.imports import activities, reference, reviews
from kyodo_geo.imports.activities.form_entry import Entry, publish_entry
from kyodo_geo.settings import Settings, read_settings
from kyodo_geo.ui.auth import identity, sign_in, visitor
from kyodo_geo.ui.middleware import oidc_redirects
from kyodo_geo.ui.middleware.oidc_redirects import SignInAnswers, own_page

PACKAGE = Path(__file__).parents[2] / "kyodo_geo"

NOBODY_ASKS: Any = None
"""What no function may look at before it knows who calls."""

ENTRY = Entry("", {}, {})

GUARDED: dict[str, tuple[Role, Callable[[EditionStore, Person], object]]] = {
    "imports/activities/publish_activities.publish": (
        Role.OFFICIAL,
        lambda store, who: activities.publish(store, NOBODY_ASKS, who),
    ),
    "imports/activities/form_entry.publish_entry": (
        Role.OFFICIAL,
        lambda store, who: publish_entry(store, ENTRY, NOBODY_ASKS, who),
    ),
    "editions/diff.undo": (Role.OFFICIAL, lambda store, who: undo(store, 1, who)),
    "editions/delete_activities.remove": (
        Role.OFFICIAL,
        lambda store, who: remove(store, [], who, ""),
    ),
    "aggregation/publish_counts.publish_counts": (
        Role.OFFICIAL,
        lambda store, who: publish_counts(store, NOBODY_ASKS, NOBODY_ASKS, "x", who),
    ),
    "imports/reviews/publish_reviews.save": (
        Role.OFFICIAL,
        lambda store, who: reviews.save(store, NOBODY_ASKS, {}, who),
    ),
    "imports/reviews/publish_reviews.publish_reviews": (
        Role.OFFICIAL,
        lambda store, who: reviews.publish_reviews(store, NOBODY_ASKS, who),
    ),
    "imports/reviews/drafts.keep": (
        Role.OFFICIAL,
        lambda store, who: reviews.Drafts(store, who).keep("P0001", {}, {}),
    ),
    "imports/reviews/drafts.drop": (
        Role.OFFICIAL,
        lambda store, who: reviews.Drafts(store, who).drop("P0001"),
    ),
    "imports/reference/publish_reference.publish": (
        Role.OFFICIAL,
        lambda store, who: reference.publish(
            store, reference.examine_towns(b"", "a.csv", store.current()), who
        ),
    ),
    "proposals/decide.approve": (
        Role.OFFICIAL,
        lambda store, who: proposals.approve(store, 1, who, 1),
    ),
    "proposals/decide.send_back": (
        Role.OFFICIAL,
        lambda store, who: proposals.send_back(store, 1, who, "x"),
    ),
    "proposals/submit.propose": (
        Role.COUNCIL,
        lambda store, who: proposals.propose(store, ENTRY, who),
    ),
    "proposals/submit.propose_removal": (
        Role.COUNCIL,
        lambda store, who: proposals.propose_removal(store, "a", who, "x"),
    ),
    "proposals/submit.withdraw": (
        Role.COUNCIL,
        lambda store, who: proposals.withdraw(store, 1, who),
    ),
    "proposals/query.list_proposals": (Role.COUNCIL, proposals.list_proposals),
    "proposals/query.count_open": (Role.COUNCIL, proposals.count_open),
    "proposals/query.find_proposal": (
        Role.COUNCIL,
        lambda store, who: proposals.find_proposal(store, 1, who),
    ),
}
"""Every function that needs a role, with a call of it; what calls `require` has to stand here."""


@pytest.mark.parametrize("name", GUARDED)
def test_every_function_that_needs_a_role_refuses_lower_ones(
    name: str, store: EditionStore
) -> None:
    needed, call = GUARDED[name]
    before = {path: path.stat().st_mtime_ns for path in store.folder.parent.rglob("*")}
    for role in Role:
        if role < needed:
            with pytest.raises(AccessError, match=f"{needed.label}の権限が要ります"):
                call(store, Person("だれか", role, "C03"))
    assert {path: path.stat().st_mtime_ns for path in store.folder.parent.rglob("*")} == before


def test_no_function_that_needs_a_role_is_missing_here() -> None:
    named = {
        f"{path.relative_to(PACKAGE).with_suffix('')}.{node.name}"
        for path in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef)
        and any(
            isinstance(call, ast.Call)
            and isinstance(call.func, ast.Name)
            and call.func.id == "require"
            for call in ast.walk(node)
        )
    }

    assert named == set(GUARDED)


SECRET = "only-the-proxy-and-the-server"
NOW = int(time.time())
VERIFIED = {
    **{"is_logged_in": True, "iss": "https://id.example.org", "sub": "1", "iat": NOW},
    **{"nonce": "n1", "email": "hanako@example.org", "email_verified": True},
}

SignIn = Callable[..., None]


@pytest.fixture
def in_force(monkeypatch: pytest.MonkeyPatch, store: EditionStore, tmp_path: Path) -> SignIn:
    """Set the settings in force; the file of accounts lies in `tmp_path`."""

    def set_to(**changes: Any) -> None:
        changed = Settings(data_dir=tmp_path, **changes)
        for module in (identity, visitor, sign_in, oidc_redirects):
            monkeypatch.setattr(module, "settings", lambda: changed)

    monkeypatch.setattr(visitor, "current_edition", store.current)
    return set_to


@pytest.fixture
def claimed(monkeypatch: pytest.MonkeyPatch, in_force: SignIn) -> Iterator[SignIn]:
    """Sign in by OpenID Connect with some claims."""
    in_force(sign_in="oidc")

    def claim(**claims: Any) -> None:
        user = SimpleNamespace(to_dict=lambda: claims, get=claims.get)
        monkeypatch.setattr(identity, "st", SimpleNamespace(user=user, logout=lambda: None))

    yield claim
    identity._ended.clear()


@pytest.mark.parametrize(
    ("changes", "account"),
    [
        ({}, "hanako@example.org"),
        ({"email_verified": "true"}, "hanako@example.org"),
        ({"is_logged_in": False}, ""),
        ({"iat": NOW - identity.SIGN_IN_LASTS_S - 3600}, ""),
        ({"iat": NOW - identity.SIGN_IN_LASTS_S + 3600}, "hanako@example.org"),
        ({"iat": None}, ""),
        ({"iat": "now"}, ""),
    ],
)
def test_an_account_by_openid_connect(
    claimed: SignIn, changes: dict[str, object], account: str
) -> None:
    claimed(**(VERIFIED | changes))

    assert identity.account() == account


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"email_verified": False}, "email_verified"),
        ({"email_verified": None}, "email_verified"),
        ({"email_verified": "false"}, "email_verified"),
        ({"email_verified": 1.5}, "email_verified"),
        ({"email": None}, "email がありません"),
        ({"email": " "}, "email がありません"),
        ({"email": ["hanako@example.org"]}, "email がありません"),
    ],
)
def test_a_sign_in_that_does_not_say_who_is_told(
    claimed: SignIn, changes: dict[str, object], why: str
) -> None:
    claimed(**(VERIFIED | changes))

    with pytest.raises(AccountError, match=why):
        identity.account()
    assert visitor.person() == visitor.READER
    assert why in visitor.visitor().problem


def test_headers_of_anybody_do_not_stand_in_for_claims(
    claimed: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    claimed(**VERIFIED)
    monkeypatch.setattr(identity.config, "get_option", lambda name: {"X-Email": "email"})

    with pytest.raises(AccountError, match="trustedUserHeaders"):
        identity.account()


def test_another_claim_can_be_the_account(claimed: SignIn, in_force: SignIn) -> None:
    in_force(sign_in="oidc", account_claim="preferred_username")
    claimed(**(VERIFIED | {"email_verified": False, "preferred_username": "h.hanamaki"}))

    assert identity.account() == "h.hanamaki"


def test_who_signs_out_in_one_tab_is_signed_out_in_all(claimed: SignIn) -> None:
    claimed(**VERIFIED)
    identity.end_sign_in()
    assert identity.account() == ""

    claimed(**(VERIFIED | {"nonce": "n2"}))  # has signed in again
    assert identity.account() == "hanako@example.org"


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch, in_force: SignIn) -> SignIn:
    """Open a session with some headers, where a proxy signs people in."""
    in_force(sign_in="header", proxy_secret=SecretStr(SECRET))

    def send(*headers: tuple[str, str]) -> None:
        def get_all(name: str) -> list[str]:
            return [value for header, value in headers if header.lower() == name.lower()]

        context = SimpleNamespace(headers=SimpleNamespace(get_all=get_all))
        monkeypatch.setattr(identity, "st", SimpleNamespace(context=context))

    return send


USER = ("X-Remote-User", "hanako@example.org")
PROOF = (identity.PROXY_SECRET_HEADER, SECRET)


def test_a_header_with_the_proof_of_the_proxy_is_believed(sent: SignIn) -> None:
    sent(USER, PROOF)
    assert identity.account() == "hanako@example.org"

    sent(PROOF)
    assert identity.account() == ""
    sent(("X-Remote-User", ""), PROOF)
    assert identity.account() == ""


@pytest.mark.parametrize(
    "headers",
    [
        [USER],
        [USER, (identity.PROXY_SECRET_HEADER, "")],
        [USER, (identity.PROXY_SECRET_HEADER, SECRET.upper())],
        [USER, (identity.PROXY_SECRET_HEADER, "秘密")],
        [USER, PROOF, PROOF],
        [USER, PROOF, USER],
        [USER, ("X-Forwarded-For", "127.0.0.1")],
    ],
)
def test_a_header_without_the_proof_is_not_believed(
    sent: SignIn, headers: list[tuple[str, str]], tmp_path: Path
) -> None:
    keep_accounts(tmp_path, "hanako@example.org,花巻 花子,職員,")
    sent(*headers)

    with pytest.raises(AccountError):
        identity.account()
    assert visitor.person() == visitor.READER


def keep_accounts(data_dir: Path, *rows: str) -> None:
    """Write the file of accounts."""
    lines = ["アカウント,氏名,役割,地区", *rows]
    (data_dir / "accounts.csv").write_text("\n".join(lines), "utf-8-sig")


def test_roles_follow_the_file_at_once(claimed: SignIn, tmp_path: Path) -> None:
    claimed(**(VERIFIED | {"email": "Hanako@Example.org"}))
    keep_accounts(tmp_path, "hanako@example.org,花巻 花子,職員,")
    assert visitor.person() == Person("花巻 花子", Role.OFFICIAL)

    keep_accounts(tmp_path, "hanako@example.org,花巻 花子,地区,花北")
    assert visitor.person() == Person("花巻 花子", Role.COUNCIL, "C03")

    keep_accounts(tmp_path, "other@example.org,別の人,職員,")
    assert visitor.visitor() == visitor.Visitor(visitor.READER, "Hanako@Example.org")


def test_a_broken_file_lets_nobody_in_and_says_so(claimed: SignIn, tmp_path: Path) -> None:
    claimed(**VERIFIED)
    assert "読めません" in visitor.visitor().problem

    keep_accounts(tmp_path, "hanako@example.org,花巻 花子,職員,", "taro@example.org,太郎,市長,")
    found = visitor.visitor()
    assert found.person == visitor.READER
    assert "3行目" in found.problem
    assert "taro" not in found.problem


def test_whoever_sits_at_the_machine_has_to_sign_in_too(
    claimed: SignIn, in_force: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_force(sign_in="oidc", local_official=True)
    monkeypatch.setattr(visitor.config, "get_option", lambda name: "localhost")
    claimed(is_logged_in=False)

    assert visitor.person() == visitor.READER


def test_the_proxy_needs_a_secret_that_no_message_tells(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KYODO_SIGN_IN", "header")
    monkeypatch.setenv("KYODO_PROXY_SECRET", "hunter2")

    with pytest.raises(KyodoError, match="KYODO_PROXY_SECRET") as refusal:
        read_settings()
    assert "hunter2" not in refusal.value.sentence

    monkeypatch.setenv("KYODO_PROXY_SECRET", SECRET)
    assert SECRET not in repr(read_settings())


@pytest.mark.parametrize(
    ("address", "page"),
    [
        ("http://localhost:8501/import", "/import"),
        ("https://kyodo.example/density?region=%E8%8A%B1&x=1", "/density?region=%E8%8A%B1&x=1"),
        ("https://elsewhere.example/import", "/import"),
        ("//elsewhere.example", ""),
        ("https://elsewhere.example/../import", ""),
        ("/import?a=b\r\nSet-Cookie: c=d", "/import?a=bSet-Cookie:%20c=d"),
        ("/import?" + "x" * 3000, ""),
        ("/nowhere", ""),
        ("/", ""),
        ("", ""),
    ],
)
def test_people_come_back_to_pages_of_ours_only(address: str, page: str) -> None:
    assert own_page(address) == page


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_cookies_of_a_deployment_with_https_go_over_https_only(
    in_force: SignIn, scheme: str
) -> None:
    in_force(public_address=f"{scheme}://kyodo.example")
    cookies = cookies_set("/oauth2callback", b"_streamlit_user=x; HttpOnly")

    assert len(cookies) == 2  # Streamlit's and ours
    assert all(cookie.endswith("; Secure") for cookie in cookies) is (scheme == "https")
    assert cookies_set(MOUNT) == []


def cookies_set(path: str, *cookies: bytes) -> list[str]:
    """What cookies an answer sets, once it has gone through the middleware."""
    started: list[Message] = []

    async def app(scope: object, receive: object, send: Callable[[Message], Any]) -> None:
        headers = [(b"set-cookie", cookie) for cookie in cookies]
        await send({"type": "http.response.start", "status": 302, "headers": headers})

    async def keep(message: Message) -> None:
        started.append(message)

    scope = {"type": "http", "method": "GET", "path": path, "headers": [], "query_string": b""}
    asyncio.run(SignInAnswers(app)(scope, None, keep))  # type: ignore[arg-type]
    return [v.decode() for name, v in started[0]["headers"] if name == b"set-cookie"]


def draw_the_bar() -> None:
    from kyodo_geo.ui.auth import sign_in, visitor

    sign_in.bar(visitor.visitor())


def test_a_sign_in_that_is_not_set_up_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    st.cache_resource.clear()
    assert not AppTest.from_function(draw_the_bar).run().button

    st.cache_resource.clear()
    monkeypatch.setenv("KYODO_SIGN_IN", "oidc")
    app = AppTest.from_function(draw_the_bar).run()
    app.button(key="kg_sign_in").click().run()
    assert [error.value for error in app.error] == [sign_in.NOT_READY]
    st.cache_resource.clear()
