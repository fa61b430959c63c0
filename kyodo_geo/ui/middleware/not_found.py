"""Addresses that are none of ours: a page that says so, instead of an empty one.

Streamlit answers every address it does not know with its own page, which then looks for the
server below that address and stays blank.
"""

from __future__ import annotations

from html import escape

from starlette.datastructures import Headers
from starlette.responses import HTMLResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kyodo_geo.auth.roles import Role
from kyodo_geo.ui.assets import asset_address
from kyodo_geo.ui.auth.visitor import has_sign_in, is_desk
from kyodo_geo.ui.http.view_request import base_path
from kyodo_geo.ui.navigation import PAGES, PageCard

NOT_FOUND = 404
OTHER_PAGES = ("component/",)
"""Where components have pages of their own, below the base path."""

PAGE = """<!doctype html>
<html lang="ja">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>ページがありません｜Kyodo Geo</title>
<link rel="stylesheet" href="{base}/{tokens}">
<link rel="stylesheet" href="{base}/{style}">
<main>
<h1>このアドレスのページはありません</h1>
<p>アドレスの打ち間違いか、古いリンクかもしれません。次のページからお進みください。</p>
<ul>{links}</ul>
</main>
</html>
"""


class UnknownAddresses:
    """Middleware: where Streamlit would send its page for what is no page, 404 and the way on."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http" or _may_be_page(scope["path"]):
            await self.app(scope, receive, send)
            return
        is_refused = False

        async def send_or_refuse(message: Message) -> None:
            nonlocal is_refused
            if message["type"] == "http.response.start" and _is_page(message):
                is_refused = True
                await HTMLResponse(not_found_page(), NOT_FOUND)(scope, receive, send)
            if not is_refused:
                await send(message)

        await self.app(scope, receive, send_or_refuse)


def not_found_page() -> str:
    """The page, with links to all pages that are open to everybody."""
    base = escape(base_path())
    links = "".join(
        f'<li><a href="{base}/{card.path}">{escape(card.title)}</a>　{escape(card.question)}</li>'
        for card in PAGES.values()
        if card.role is Role.READER
    )
    tokens, style = asset_address("tokens.css"), asset_address("unknown.css")
    return PAGE.format(base=base, tokens=tokens, style=style, links=links)


def _may_be_page(path: str) -> bool:
    name = path.removeprefix(base_path()).strip("/")
    return not name or name.startswith(OTHER_PAGES) or (name in PAGES and _is_here(PAGES[name]))


def _is_here(card: PageCard) -> bool:
    """Where nobody can sign in, pages for members and officials are absent."""
    return card.role is Role.READER or has_sign_in() or is_desk()


def _is_page(message: Message) -> bool:
    kind = Headers(raw=message["headers"]).get("content-type", "")
    return message["status"] == 200 and kind.startswith("text/html")
