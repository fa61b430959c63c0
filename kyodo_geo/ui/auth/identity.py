"""Account of a session as the sign-in states it; it gives no right by itself (decision 21).

Two ways, chosen by the setting `sign_in`: the claims of an OpenID provider, which Streamlit
keeps in a signed cookie, or a header of a proxy that proves with a secret that it is the proxy.
"""

from __future__ import annotations

import hmac
import threading
import time
from collections.abc import Hashable, Mapping
from typing import Any

import streamlit as st
from cachetools import TTLCache
from streamlit import config

from kyodo_geo.errors import AccountError
from kyodo_geo.ui.runtime import settings

PROXY_SECRET_HEADER = "X-Kyodo-Proxy-Secret"  # noqa: S105 - the name of the header

SIGN_IN_LASTS_S = 21 * 3600
"""Less than from one morning to the next; Streamlit would keep the cookie for thirty days. Below
20 hours people would have to be warned and could ask for more time (WCAG 2.2.1)."""

# Streamlit forgets a sign-in only in the tab that signs out: the others ask here.
_ended: TTLCache[Hashable, bool] = TTLCache(maxsize=10_000, ttl=SIGN_IN_LASTS_S)
_ending = threading.Lock()


def account() -> str:
    """Return the account of this session; empty if nobody has signed in.

    Raises AccountError if somebody has, but it cannot be told who.
    """
    ways = {"oidc": _from_provider, "header": _from_proxy}
    way = ways.get(settings().sign_in)
    return way() if way else ""


def end_sign_in() -> None:
    """Forget the sign-in of this session, in all tabs, and sign out at the provider."""
    with _ending:
        _ended[_sign_in_key(st.user)] = True
    st.logout()


def _from_provider() -> str:
    claims: Mapping[str, Any] = st.user.to_dict()
    if not claims.get("is_logged_in") or _is_over(claims):
        return ""
    if config.get_option("server.trustedUserHeaders"):
        # Anybody's header would stand in for a claim.
        raise _unknown("server.trustedUserHeaders が設定されています")
    claim = settings().account_claim
    value = claims.get(claim)
    if not isinstance(value, str) or not value.strip():
        raise _unknown(f"サインインの情報に {claim} がありません")
    if claim == "email" and claims.get("email_verified") not in (True, "true"):
        raise _unknown("メールアドレスが本人のものと確かめられていません（email_verified）")
    return value


def _is_over(claims: Mapping[str, Any]) -> bool:
    issued_at = claims.get("iat")
    if not isinstance(issued_at, int | float) or time.time() - issued_at > SIGN_IN_LASTS_S:
        return True
    return _sign_in_key(claims) in _ended


def _sign_in_key(claims: Mapping[str, Any]) -> Hashable:
    return tuple(str(claims.get(name)) for name in ("iss", "sub", "iat", "nonce"))


def _from_proxy() -> str:
    # Not Streamlit's trustedUserHeaders, which believes whoever sends them, nor the address of
    # the peer, which X-Forwarded-For replaces.
    named = st.context.headers.get_all(settings().user_header)
    if not any(named):
        return ""
    proofs = st.context.headers.get_all(PROXY_SECRET_HEADER)
    secret = settings().proxy_secret.get_secret_value()
    if len(proofs) != 1 or not hmac.compare_digest(proofs[0].encode(), secret.encode()):
        raise _unknown(f"プロキシから来たことを確かめられません（{PROXY_SECRET_HEADER}）")
    if len(named) != 1:
        raise _unknown(f"{settings().user_header} がいくつもあります")
    return named[0]


def _unknown(found: str) -> AccountError:
    return AccountError(
        where="サインイン",
        found=f"だれのサインインかわかりません。{found}",
        next_step="閲覧と書き出しはできます。システムの担当者に知らせてください",
    )
