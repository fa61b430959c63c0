"""Resources of the API, one per address; routes, OpenAPI, catalogue and page follow from them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from kyodo_geo.api.request import ApiRequest
from kyodo_geo.editions import Edition
from kyodo_geo.export import japanese_view_name, view_name
from kyodo_geo.export.metadata.data_package import PACKAGE_FILE, data_package
from kyodo_geo.export.metadata.descriptors import DATA_PACKAGE, Standard, standards_for
from kyodo_geo.export.metadata.manifest import code_rows, manifest
from kyodo_geo.export.schema.columns import CODE_COLUMNS, PLACE_COLUMNS, Column, names
from kyodo_geo.export.schema.tables import ACTIVITIES, CODES, SHAPES, TableSchema
from kyodo_geo.export.writers.activity_batches import activity_batches
from kyodo_geo.export.writers.activity_values import activity_values
from kyodo_geo.export.writers.csv import write_csv, write_rows
from kyodo_geo.export.writers.geojson import district_geojson, place_cells
from kyodo_geo.measures.activities.listing import Order, read_activities
from kyodo_geo.measures.places.density import MEASURES, measure_places
from kyodo_geo.measures.places.summary import summarise
from kyodo_geo.model import Filters
from kyodo_geo.web.api_contract import (
    CSV,
    EDITION,
    FILTERS,
    GEOJSON,
    JSON,
    LIMIT,
    OFFSET,
    PAGES_OF_ROWS,
    PAGING,
    PATH,
    Paging,
)
from kyodo_geo.web.descriptor_links import Download

ALL_ROWS = Paging(None, 999_999_999)

Write = Callable[[Path], object]
"""Function that writes a possibly large answer to a file."""

OF_EACH = ("place_id", "kind", "name", "region", "activities")
RATES = ("per_10km2", "per_1000")
OF_DENSITY = (
    *("area_km2", "kyodo", *RATES, "per_1000_basis"),
    *("participants", "participants_known", "actor_kinds"),
)

MEASURE_COLUMNS: dict[str, tuple[Column, ...]] = {
    "density": tuple(c for c in PLACE_COLUMNS if c.name in (*OF_EACH, *OF_DENSITY)),
    "forms": tuple(c for c in PLACE_COLUMNS if c.name in OF_EACH or c.name.startswith("form_")),
    "actors": tuple(
        c
        for c in PLACE_COLUMNS
        if c.name in (*OF_EACH, "actor_kinds") or c.name.startswith("actor_")
    ),
}
"""Columns per measure table, in the order of the export's districts.csv."""


@dataclass(frozen=True)
class Resource:
    """An address below PATH: its Japanese title, its media type, how it can be narrowed.

    Its content is `text`, or `file` where that may be large. `tables` are the tables in it, and
    make it a download; messages in JSON have none and are described by OpenAPI. `describes` is
    the path of the resource that it describes; empty for none.
    """

    path: str
    title: str
    media_type: str
    text: Callable[[ApiRequest], str] = lambda _: ""
    file: Callable[[ApiRequest], Write] | None = None
    is_filtered: bool = True
    paging: Paging | None = None
    tables: tuple[TableSchema, ...] = ()
    describes: str = ""

    @property
    def stem(self) -> str:
        """The stem for file names, e.g. density."""
        return Path(self.path).stem

    @property
    def parameters(self) -> tuple[str, ...]:
        """The names allowed in its query."""
        return (FILTERS if self.is_filtered else ()) + (PAGING if self.paging else ())

    def disposition(self, asked: ApiRequest) -> str:
        """Return `Content-Disposition` with a file name in ASCII and one in Japanese."""
        rows = _rows_mark(asked) if self.paging else ""
        ending = f"{rows}{Path(self.path).suffix}"
        ascii_name = view_name(asked.edition, asked.filters, self.stem) + ending
        japanese = japanese_view_name(asked.edition, asked.filters, self.title) + ending
        kind = "attachment" if self.tables else "inline"
        return f"{kind}; filename=\"{ascii_name}\"; filename*=UTF-8''{quote(japanese)}"


def address_of(base_address: str, path: str, texts: Mapping[str, Any] | None = None) -> str:
    """Return the address of a resource below `base_address`, with `texts` as its query."""
    query = f"?{urlencode(texts, doseq=True)}" if texts else ""
    return f"{base_address}{PATH}/{path}{query}"


def download_of(asked: ApiRequest, path: str, tables: Sequence[TableSchema]) -> Download:
    """Return the file at `path` under the view of the request."""
    address = address_of(asked.base_address, path)
    return Download(asked.edition, asked.filters, tables, address, asked.query)


def next_address(asked: ApiRequest, path: str) -> str | None:
    """Return the address of the next rows in the same edition; None after the last row."""
    total = summarise(asked.edition, asked.filters).total.activities
    if asked.limit is None or asked.offset + asked.limit >= total:
        return None
    there = {LIMIT: asked.limit, OFFSET: asked.offset + asked.limit}
    texts = {**asked.texts, **there, EDITION: asked.edition.info.number}
    return address_of(asked.base_address, path, texts)


def json_text(content: Mapping[str, Any]) -> str:
    """Return JSON with Japanese unescaped."""
    return json.dumps(content, ensure_ascii=False)


def _measure_cells(edition: Edition, filters: Filters, measure: str) -> list[tuple[Any, ...]]:
    """Return one row per place, with the columns of a measure table; None: no data."""
    chosen = [PLACE_COLUMNS.index(column) for column in MEASURE_COLUMNS[measure]]
    return [tuple(row[n] for n in chosen) for row in place_cells(edition, filters)]


def _rows_mark(asked: ApiRequest) -> str:
    if asked.limit is None:
        return f"_from{asked.offset + 1}" if asked.offset else ""
    return f"_{asked.offset + 1}-{asked.offset + asked.limit}"


def _activities_csv(asked: ApiRequest) -> Write:
    batches = activity_batches(asked.edition, asked.filters, asked.limit, asked.offset)
    return lambda target: write_csv(batches, target)


def _activities_json(asked: ApiRequest) -> str:
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


def _measures_csv(measure: str, asked: ApiRequest) -> Write:
    rows = _measure_cells(asked.edition, asked.filters, measure)
    return lambda target: write_rows(target, names(MEASURE_COLUMNS[measure]), rows)


def _measures_json(measure: str, asked: ApiRequest) -> str:
    header = names(MEASURE_COLUMNS[measure])
    rows = _measure_cells(asked.edition, asked.filters, measure)
    content: dict[str, Any] = {"about": manifest(asked.edition, asked.filters, None)}
    if measure == "density":
        content["denominators"] = {
            rate: measure_places(asked.edition, asked.filters, MEASURES[rate]).denominator
            for rate in RATES
        }
    content["places"] = [dict(zip(header, row, strict=True)) for row in rows]
    return json_text(content)


def _data_package(asked: ApiRequest) -> str:
    tables = [table for one in data_of(asked.edition) for table in one.tables]
    return json_text(data_package(asked.edition, asked.filters, tables, None))


def _description(described: Resource, standard: Standard, asked: ApiRequest) -> str:
    return download_of(asked, described.path, described.tables).description(standard)


def _codes_csv(asked: ApiRequest) -> Write:
    rows = code_rows(asked.edition)
    return lambda target: write_rows(target, names(CODE_COLUMNS), rows)


MEASURE_TABLES = tuple(
    TableSchema(
        name, f"地区別の{title}", f"measures/{name}.csv", MEASURE_COLUMNS[name], ("place_id",)
    )
    for name, title in (("density", "密度"), ("forms", "形態"), ("actors", "主体"))
)


def _csv(
    table: TableSchema, title: str, file: Callable[[ApiRequest], Write], **more: Any
) -> Resource:
    return Resource(table.path, title, CSV, file=file, tables=(table,), **more)


DATA: tuple[Resource, ...] = (
    _csv(ACTIVITIES, "活動", _activities_csv, paging=ALL_ROWS),
    Resource("activities.json", "活動", JSON, text=_activities_json, paging=PAGES_OF_ROWS),
    Resource(
        SHAPES.path,
        "地区",
        GEOJSON,
        text=lambda asked: district_geojson(asked.edition, asked.filters, None),
        tables=(SHAPES,),
    ),
    *(
        resource
        for table in MEASURE_TABLES
        for resource in (
            _csv(table, table.title, partial(_measures_csv, table.name)),
            Resource(
                f"measures/{table.name}.json",
                table.title,
                JSON,
                text=partial(_measures_json, table.name),
            ),
        )
    ),
    _csv(CODES, "コード表", _codes_csv, is_filtered=False),
)
"""Resources that hold data."""


def data_of(edition: Edition) -> list[Resource]:
    """Return the resources of an edition; one of figures alone has no activities."""
    return [one for one in DATA if not (one.paging and edition.holds_figures_only)]


WHOLE = Resource(
    PACKAGE_FILE, "すべての表の説明", DATA_PACKAGE.media_type, text=_data_package, is_filtered=False
)
"""Data Package of all tables, referring to them by their relative addresses."""

DESCRIPTORS = (
    WHOLE,
    *(
        Resource(
            f"{one.path}{standard.ending}",
            f"{one.title}の説明",
            standard.media_type,
            text=partial(_description, one, standard),
            is_filtered=one.is_filtered,
            paging=one.paging,
            describes=one.path,
        )
        for one in DATA
        for standard in standards_for(one.tables)
    ),
)
"""Descriptions of the data for programs that read tables: CSVW and Data Package."""
