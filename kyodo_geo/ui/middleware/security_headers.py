"""What every answer tells the browser to refuse: other hosts, frames of others, guessed types.

Streamlit sends none of this. What its pages need was found by listening to the browser
(tests/ui/test_server_answers.py), and each exception says why it is there.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import file_util

from kyodo_geo.maps.folium_map import GSI_TILES
from kyodo_geo.settings import Settings
from kyodo_geo.ui.http.view_request import base_path
from kyodo_geo.ui.runtime import settings

UNUSED_FEATURES = (
    "accelerometer",
    "camera",
    "display-capture",
    "geolocation",
    "gyroscope",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "usb",
)

ALWAYS = {"X-Content-Type-Options": "nosniff"}
OF_PAGES = {
    # Our own sign-in asks where somebody came from; other hosts need not know what was looked at.
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in UNUSED_FEATURES),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
OF_DATA = {"Content-Security-Policy": "default-src 'none'"}
"""Data (JSON) are no page, load nothing and are public; a click waits for every byte of them."""

INLINE_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
HOST = re.compile(r"[A-Za-z0-9.-]+(:\d+)?|\[[0-9a-fA-F:]+\](:\d+)?")


class SecurityHeaders:
    """Middleware around everything; an answer that has one of the headers keeps its own."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                asked, kind = Headers(scope=scope), headers.get("content-type", "")
                for name, value in security_headers(scope["path"], asked, kind).items():
                    headers.setdefault(name, value)
                if "vary" in headers:  # Streamlit's compression repeats what the API's has said
                    headers["vary"] = ", ".join(dict.fromkeys(headers["vary"].split(", ")))
            await send(message)

        await self.app(scope, receive, send_guarded if scope["type"] == "http" else send)


def security_headers(path: str, asked: Headers, kind: str) -> dict[str, str]:
    """The headers of an answer to `path` of a media type; `asked` are those of the request."""
    if "json" in kind:
        return {**ALWAYS, **OF_DATA}
    is_component = path.startswith(f"{base_path()}/component/")
    policy = content_policy(settings(), asked.get("host", ""), is_component=is_component)
    return {**ALWAYS, **OF_PAGES, "Content-Security-Policy": policy}


def content_policy(deployment: Settings, host: str, *, is_component: bool = False) -> str:
    """The Content-Security-Policy of a document: this host and no other.

    `host` is the one that was asked. `is_component` is for frames of Streamlit's components.
    """
    tiles = urlsplit(GSI_TILES)
    sources = {
        "default-src": ["'self'"],
        "script-src": ["'self'", *_script_exceptions(is_component)],
        # Streamlit writes <style> elements and style attributes as it draws.
        "style-src": ["'self'", "'unsafe-inline'"],
        "img-src": ["'self'", "data:", "blob:"],
        "font-src": ["'self'", "data:"],
        # Not every browser takes 'self' to mean the socket as well.
        "connect-src": ["'self'", *_sockets(host)],
        "object-src": ["'none'"],
        "base-uri": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": [deployment.frame_ancestors],
    }
    if deployment.gsi_tiles:
        sources["img-src"].append(f"{tiles.scheme}://{tiles.netloc}")
    return "; ".join(" ".join([name, *values]) for name, values in sources.items())


def _script_exceptions(is_component: bool) -> Iterator[str]:
    if is_component:
        # streamlit-folium runs the script of the map as an element it writes into its frame.
        yield "'unsafe-inline'"
    else:
        yield "blob:"  # how Streamlit loads the script of a part (ui/assets.py: loader)
        yield from _INLINE_HASHES


def _sockets(host: str) -> list[str]:
    return [f"ws://{host}", f"wss://{host}"] if HOST.fullmatch(host) else []


def _inline_hashes() -> list[str]:
    """Hashes of the scripts that stand in Streamlit's own page itself."""
    page = (Path(file_util.get_static_dir()) / "index.html").read_text("utf-8")
    digests = (sha256(script.encode()).digest() for script in INLINE_SCRIPT.findall(page))
    return [f"'sha256-{b64encode(digest).decode()}'" for digest in digests]


_INLINE_HASHES = _inline_hashes()
