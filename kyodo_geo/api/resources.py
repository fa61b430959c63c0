"""What can be asked for: one card an address, from which routes, description and page follow."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from kyodo_geo.api.asked import EDITION, FILTERS, LIMIT, OFFSET, PAGING, PATH, Asked, Paging
from kyodo_geo.api.places import MEASURE_COLUMNS, denominators, measure_cells
from kyodo_geo.export import japanese_view_name, view_name
from kyodo_geo.export.about import code_rows, manifest
from kyodo_geo.export.activities import activity_batches
from kyodo_geo.export.activity_values import activity_values
from kyodo_geo.export.columns import CODE_COLUMNS, names
from kyodo_geo.export.csv_file import write_csv, write_rows
from kyodo_geo.export.csvw import csvw_metadata, metadata_file
from kyodo_geo.export.data_package import PACKAGE_FILE, data_package
from kyodo_geo.export.districts import district_geojson
from kyodo_geo.export.tables import ACTIVITIES, CODES, Table
from kyodo_geo.measures.activities import Order, read_activities
from kyodo_geo.measures.summary import summarise

CSV, JSON, GEOJSON = "text/csv", "application/json", "application/geo+json"
CSVM = "application/csvm+json"

ALL_ROWS = Paging(None, 999_999_999)
PAGES_OF_ROWS = Paging(100, 1000)

Write = Callable[[Path], object]
"""What writes an answer that may be large to a file."""


@dataclass(frozen=True)
class Resource:
    """One address below PATH: its title (Japanese), its type, what it is narrowed by.

    What it answers is `text`, or `file` where that may be large.
    `download` says that a browser keeps it as a file instead of showing it.
    """

    path: str
    title: str
    media_type: str
    text: Callable[[Asked], str] = lambda _: ""
    file: Callable[[Asked], Write] | None = None
    is_filtered: bool = True
    paging: Paging | None = None
    download: bool = False

    @property
    def stem(self) -> str:
        """What it is called in names of files, e.g. density."""
        return Path(self.path).stem

    @property
    def parameters(self) -> tuple[str, ...]:
        """The names that may stand in its query."""
        return (FILTERS if self.is_filtered else ()) + (PAGING if self.paging else ())

    def disposition(self, asked: Asked) -> str:
        """`Content-Disposition`: a telling name in ASCII, and one in Japanese."""
        rows = _rows_mark(asked) if self.paging else ""
        ending = f"{rows}{Path(self.path).suffix}"
        ascii_name = view_name(asked.edition, asked.filters, self.stem) + ending
        japanese = japanese_view_name(asked.edition, asked.filters, self.title) + ending
        kind = "attachment" if self.download else "inline"
        return f"{kind}; filename=\"{ascii_name}\"; filename*=UTF-8''{quote(japanese)}"


def address_of(base_address: str, path: str, texts: Mapping[str, Any] | None = None) -> str:
    """The address of a resource for whoever reaches the dashboard at `base_address`."""
    query = f"?{urlencode(texts, doseq=True)}" if texts else ""
    return f"{base_address}{PATH}/{path}{query}"


def next_address(asked: Asked, path: str) -> str | None:
    """Where the rows after these are, in the same edition; None behind the last one."""
    total = summarise(asked.edition, asked.filters).total.activities
    if asked.limit is None or asked.offset + asked.limit >= total:
        return None
    there = {LIMIT: asked.limit, OFFSET: asked.offset + asked.limit}
    texts = {**asked.texts, **there, EDITION: asked.edition.info.number}
    return address_of(asked.base_address, path, texts)


def json_text(content: Mapping[str, Any]) -> str:
    """JSON with its letters as they are."""
    return json.dumps(content, ensure_ascii=False)


def _rows_mark(asked: Asked) -> str:
    if asked.limit is None:
        return f"_from{asked.offset + 1}" if asked.offset else ""
    return f"_{asked.offset + 1}-{asked.offset + asked.limit}"


def _activities_csv(asked: Asked) -> Write:
    batches = activity_batches(asked.edition, asked.filters, asked.limit, asked.offset)
    return lambda target: write_csv(batches, target)


def _activities_json(asked: Asked) -> str:
    edition, filters = asked.edition, asked.filters
    limit = asked.limit or PAGES_OF_ROWS.most_rows
    rows = read_activities(edition, filters, Order.NEWEST, limit, asked.offset)
    return json_text(
        {
            "about": manifest(edition, filters, None),
            "total": summarise(edition, filters).total.activities,
            "limit": limit,
            "offset": asked.offset,
            "next": next_address(asked, "activities.json"),
            "activities": [activity_values(edition, row) for row in rows],
        }
    )


def _districts_geojson(asked: Asked) -> str:
    return district_geojson(asked.edition, asked.filters, None)


def _measures_csv(measure: str, asked: Asked) -> Write:
    rows = measure_cells(asked.edition, asked.filters, measure)
    return lambda target: write_rows(target, names(MEASURE_COLUMNS[measure]), rows)


def _measures_json(measure: str, asked: Asked) -> str:
    header = names(MEASURE_COLUMNS[measure])
    rows = measure_cells(asked.edition, asked.filters, measure)
    content: dict[str, Any] = {"about": manifest(asked.edition, asked.filters, None)}
    if measure == "density":
        content["denominators"] = denominators(asked.edition, asked.filters)
    content["places"] = [dict(zip(header, row, strict=True)) for row in rows]
    return json_text(content)


def _data_package(asked: Asked) -> str:
    return json_text(data_package(asked.edition, asked.filters, TABLES, None))


def _csvw(asked: Asked) -> str:
    return json_text(csvw_metadata(asked.edition, asked.filters, [ACTIVITIES], None))


def _codes_csv(asked: Asked) -> Write:
    rows = code_rows(asked.edition)
    return lambda target: write_rows(target, names(CODE_COLUMNS), rows)


MEASURE_TITLES = {"density": "密度", "forms": "形態", "actors": "主体"}

DATA: tuple[Resource, ...] = (
    Resource("activities.csv", "活動", CSV, file=_activities_csv, paging=ALL_ROWS, download=True),
    Resource("activities.json", "活動", JSON, text=_activities_json, paging=PAGES_OF_ROWS),
    Resource("districts.geojson", "地区", GEOJSON, text=_districts_geojson, download=True),
    *(
        resource
        for measure, title in MEASURE_TITLES.items()
        for resource in (
            Resource(
                f"measures/{measure}.csv",
                f"地区別の{title}",
                CSV,
                file=partial(_measures_csv, measure),
                download=True,
            ),
            Resource(
                f"measures/{measure}.json",
                f"地区別の{title}",
                JSON,
                text=partial(_measures_json, measure),
            ),
        )
    ),
    Resource("codes.csv", "コード表", CSV, file=_codes_csv, is_filtered=False, download=True),
)
"""The data themselves."""

TABLES = (
    ACTIVITIES,
    *(
        Table(
            name, f"地区別の{title}", f"measures/{name}.csv", MEASURE_COLUMNS[name], ("place_id",)
        )
        for name, title in MEASURE_TITLES.items()
    ),
    CODES,
)
"""The tables among them, by the addresses beside their description."""

DESCRIPTORS = (
    Resource(PACKAGE_FILE, "Data Package", JSON, text=_data_package, is_filtered=False),
    Resource(
        metadata_file(ACTIVITIES.path),
        "CSVW",
        CSVM,
        text=_csvw,
        is_filtered=False,
    ),
)
"""What describes the tables, whole, to programs that read tables."""
