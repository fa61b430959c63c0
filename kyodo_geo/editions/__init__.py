"""The data as a series of immutable, numbered DuckDB files (editions, 版)."""

from kyodo_geo.editions.edition import (
    Edition,
    EditionInfo,
    LogEntry,
    Place,
    query_text,
)
from kyodo_geo.editions.store import EditionStore, Publication

__all__ = [
    "Edition",
    "EditionInfo",
    "EditionStore",
    "LogEntry",
    "Place",
    "Publication",
    "query_text",
]
