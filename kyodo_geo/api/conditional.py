"""Answers by edition: what a client that has one already need not be sent again."""

from __future__ import annotations

import hashlib
from datetime import UTC
from email.utils import format_datetime, parsedate_to_datetime

from starlette.requests import Request

from kyodo_geo import __version__
from kyodo_geo.api.request import ApiRequest
from kyodo_geo.editions.edition import EditionInfo

ALWAYS_ASK = "no-cache"
"""An answer may be kept, but whether it still holds is asked each time: an edition may come."""


def validators(request: Request, asked: ApiRequest) -> dict[str, str]:
    """The headers that name this answer: the edition, the address, the version, the encoding.

    The ETag is strong: whatever bears it is the same byte by byte.
    """
    info = asked.edition.info
    # The same test as in Starlette's GZipMiddleware, which encodes after us.
    encoding = "-gzip" if "gzip" in request.headers.get("Accept-Encoding", "") else ""
    whole = (asked.base_address, request.url.path, request.url.query, info, __version__)
    mark = hashlib.sha256(repr(whole).encode()).hexdigest()[:16]
    return {
        "ETag": f'"{info.number}-{mark}{encoding}"',
        "Last-Modified": last_modified(info),
        "Cache-Control": ALWAYS_ASK,
    }


def last_modified(info: EditionInfo) -> str:
    """The moment an edition was published, as HTTP writes it."""
    return format_datetime(info.published_at.astimezone(UTC), usegmt=True)


def is_known(request: Request, headers: dict[str, str]) -> bool:
    """Whether the client says that it has this answer (RFC 9110, 13.2.2).

    A date has to be the same: after a clock was set back, a newer edition has an earlier one.
    """
    tags = request.headers.get("If-None-Match")
    if tags is not None:
        known = {tag.strip().removeprefix("W/") for tag in tags.split(",")}
        return "*" in known or headers["ETag"] in known
    since = request.headers.get("If-Modified-Since")
    if since is None:
        return False
    try:
        return parsedate_to_datetime(since) == parsedate_to_datetime(headers["Last-Modified"])
    except (TypeError, ValueError):  # no date, or one without a zone
        return False
