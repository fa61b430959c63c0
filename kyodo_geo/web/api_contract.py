"""Names of the API that its server and the page about it share: paths, parameters, types."""

from __future__ import annotations

from dataclasses import dataclass

from kyodo_geo.filters.query_string import FILTER_KEYS

PATH = "/api/v1"

FILTERS = tuple(key.key for key in FILTER_KEYS)

LIMIT, OFFSET, EDITION = "limit", "offset", "edition"

PAGING = (LIMIT, OFFSET, EDITION)


@dataclass(frozen=True)
class Paging:
    """Which rows: `default_rows` unless asked otherwise (None: all), at most `most_rows`."""

    default_rows: int | None
    most_rows: int


CSV, JSON, GEOJSON = "text/csv", "application/json", "application/geo+json"

PAGES_OF_ROWS = Paging(100, 1000)
