"""Streamlit's answers on the way to the OpenID provider and back, mended.

Streamlit leads everybody to the start page after the sign-in, and lets its cookies go over
plain HTTP. Here people come back to the page they left, and the cookies of a deployment that
is reached by https are sent over https only.
"""

from __future__ import annotations

from urllib.parse import quote, unquote, urlsplit

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kyodo_geo.ui.http.view_request import base_path
from kyodo_geo.ui.navigation import PAGES
from kyodo_geo.ui.runtime import settings

LOGIN, LOGOUT, CALLBACK = "/auth/login", "/auth/logout", "/oauth2callback"
RETURN_COOKIE = "kyodo_return"
RETURN_WITHIN_S = 600
LONGEST_QUERY = 2000


class SignInAnswers:
    """Middleware around Streamlit's addresses; what is not about signing in passes through."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""

        async def send_mended(message: Message) -> None:
            if message["type"] == "http.response.start":
                _mend(Request(scope), MutableHeaders(scope=message))
            await send(message)

        await self.app(scope, receive, send_mended if scope["type"] == "http" else send)


def own_page(address: str) -> str:
    """Path and query of an address, if it is one of our pages; else empty."""
    parts = urlsplit(address)
    name = parts.path.removeprefix(f"{base_path()}/")
    if name not in PAGES or len(parts.query) > LONGEST_QUERY:
        return ""
    query = quote(parts.query, safe="%&=+,:;@/?!$'()*~")
    return f"{base_path()}/{name}" + (f"?{query}" if query else "")


def _mend(request: Request, headers: MutableHeaders) -> None:
    path = request.url.path.removeprefix(base_path())
    if path == LOGIN:
        _set_return_cookie(headers, own_page(request.headers.get("referer", "")))
    elif path in (LOGOUT, CALLBACK):
        page = own_page(unquote(request.cookies.get(RETURN_COOKIE, "")))
        if path == CALLBACK and page:
            headers["location"] = page
        _set_return_cookie(headers, "")
    if "set-cookie" in headers and settings().public_address.startswith("https:"):
        _send_over_https_only(headers)


def _set_return_cookie(headers: MutableHeaders, page: str) -> None:
    """Put the page to come back to into a cookie; an empty one takes the cookie away."""
    answer = Response()
    answer.set_cookie(
        RETURN_COOKIE,
        quote(page, safe=""),
        max_age=RETURN_WITHIN_S if page else 0,
        path=base_path() or "/",
        httponly=True,
        samesite="lax",
    )
    headers.append("set-cookie", answer.headers["set-cookie"])


def _send_over_https_only(headers: MutableHeaders) -> None:
    cookies = headers.getlist("set-cookie")
    del headers["set-cookie"]
    for cookie in cookies:
        is_secure = "; secure" in cookie.lower()
        headers.append("set-cookie", cookie if is_secure else f"{cookie}; Secure")
