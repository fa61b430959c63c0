"""Paths, parameters and media types of the API, shared by its server and its page."""

from __future__ import annotations

from dataclasses import dataclass

from kyodo_geo.filters.query_string import FILTER_KEYS

PATH = "/api/v1"

FILTERS = tuple(key.key for key in FILTER_KEYS)

LIMIT, OFFSET, EDITION = "limit", "offset", "edition"

PAGING = (LIMIT, OFFSET, EDITION)


@dataclass(frozen=True)
class Paging:
    """Paging limits: `default_rows` without a `limit` (None: all rows), at most `most_rows`."""

    default_rows: int | None
    most_rows: int


CSV, JSON, GEOJSON = "text/csv", "application/json", "application/geo+json"

PAGES_OF_ROWS = Paging(100, 1000)
