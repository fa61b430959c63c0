"""Conditional requests and the response cache: an answer is named by edition and address."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable
from datetime import UTC
from email.utils import format_datetime, parsedate_to_datetime

from cachetools import LRUCache
from starlette.requests import Request

from kyodo_geo import __version__
from kyodo_geo.api.request import ApiRequest
from kyodo_geo.editions.edition import EditionInfo

ALWAYS_ASK = "no-cache"
"""Clients may store an answer, but revalidate it each time: a new edition may come."""

KEPT_BYTES = 32 * 1024 * 1024
LARGEST_BYTES = KEPT_BYTES // 16


def validators(request: Request, asked: ApiRequest) -> dict[str, str]:
    """Return ETag, Last-Modified and Cache-Control of an answer.

    The ETag names edition, address, program version and encoding. It is strong: answers with
    the same ETag are the same byte by byte.
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
    """Return the time an edition was published as an HTTP date."""
    return format_datetime(info.published_at.astimezone(UTC), usegmt=True)


def is_known(request: Request, headers: dict[str, str]) -> bool:
    """Return whether the client has this answer already (RFC 9110, 13.2.2)."""
    tags = request.headers.get("If-None-Match")
    if tags is not None:
        known = {tag.strip().removeprefix("W/") for tag in tags.split(",")}
        return "*" in known or headers["ETag"] in known
    since = request.headers.get("If-Modified-Since")
    if since is None:
        return False
    try:
        # Equal, not later: after a clock was set back, a newer edition has an earlier date.
        return parsedate_to_datetime(since) == parsedate_to_datetime(headers["Last-Modified"])
    except (TypeError, ValueError):  # no date, or one without a zone
        return False


class ResponseCache:
    """Least recently used answers by ETag, up to KEPT_BYTES; safe between threads.

    An edition never changes, so an answer never goes stale.
    """

    def __init__(self) -> None:
        self._answers: LRUCache[str, bytes] = LRUCache(KEPT_BYTES, getsizeof=len)
        self._lock = threading.Lock()

    def answer(self, tag: str, produce: Callable[[], bytes]) -> bytes:
        """Return the answer cached under `tag`, else `produce()`; cache up to LARGEST_BYTES."""
        with self._lock:
            if tag in self._answers:
                return self._answers[tag]
        # Outside the lock: a slow answer must not hold up those that are cached.
        made = produce()
        if len(made) <= LARGEST_BYTES:
            with self._lock:
                self._answers[tag] = made
        return made
