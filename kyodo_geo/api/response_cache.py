"""Answers kept in memory, as many as fit into a fixed number of bytes."""

from __future__ import annotations

import threading
from collections.abc import Callable

from cachetools import LRUCache

KEPT_BYTES = 32 * 1024 * 1024
LARGEST_BYTES = KEPT_BYTES // 16


class ResponseCache:
    """Answers by their ETag: an edition never changes, and programs ask the same again."""

    def __init__(self) -> None:
        self._answers: LRUCache[str, bytes] = LRUCache(KEPT_BYTES, getsizeof=len)
        self._lock = threading.Lock()

    def answer(self, tag: str, produce: Callable[[], bytes]) -> bytes:
        """What is kept under `tag`, else `produce()`, which is kept unless it is very large."""
        with self._lock:
            if tag in self._answers:
                return self._answers[tag]
        made = produce()
        if len(made) <= LARGEST_BYTES:
            with self._lock:
                self._answers[tag] = made
        return made
