"""Reject requests whose Host header is not localhost (DNS-rebinding protection, decision 48).

Being bound to the machine keeps others out, but not pages of others in a browser on it: their
name may be made to resolve to it, and they are then of one origin with ours.
"""

from __future__ import annotations

import re

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from kyodo_geo.ui.auth.visitor import is_desk

OWN_NAME = re.compile(r"(localhost|127\.0\.0\.1|\[::1\])(:\d+)?", re.IGNORECASE)
FORBIDDEN = 403
REFUSAL = (
    "このコンピューターで開いた人を職員とする設定（KYODO_LOCAL_OFFICIAL）なので、"
    "localhost か 127.0.0.1 で始まるアドレスでだけ開けます。"
    "ほかの名前で開くには、この設定を外してサーバーを起動し直してください。"
)


class OwnNames:
    """ASGI middleware with the check, for pages, sockets, files and API; only where `is_desk`."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer 403."""
        is_request = scope["type"] in ("http", "websocket")
        if is_request and is_desk() and not _names_this_machine(scope):
            await PlainTextResponse(REFUSAL, FORBIDDEN)(scope, receive, send)
        else:
            await self.app(scope, receive, send)


def _names_this_machine(scope: Scope) -> bool:
    return OWN_NAME.fullmatch(Headers(scope=scope).get("host", "")) is not None
