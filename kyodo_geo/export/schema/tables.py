"""Schemas of the exported tables: columns, keys, foreign keys, formats."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from kyodo_geo.export.schema.columns import (
    ABOUT_COLUMNS,
    ACTION_COLUMNS,
    ACTIVITY_COLUMNS,
    CHECK_COLUMNS,
    CODE_COLUMNS,
    DEFINITION_COLUMNS,
    LONG_COLUMNS,
    PLACE_COLUMNS,
    REVIEW_COLUMNS,
    SHAPE_COLUMNS,
    Column,
    names,
)
from kyodo_geo.export.schema.formats import FORMATS, ExportFormat

OF_ACTIVITY: Mapping[str, tuple[str, str]] = {"activity_id": ("activities", "activity_id")}


@dataclass(frozen=True)
class TableSchema:
    """Schema of one table in a file: a CSV, a sheet, the properties of a GeoJSON.

    `path` is relative to the descriptor, or an address; `title` is the name of the sheet. `key`
    is the primary key (empty: none), `references` holds the foreign keys: table and column by
    column. `is_counted` tells whether its rows are activities of a view or follow from them.
    """

    name: str
    title: str
    path: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    references: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    format: ExportFormat = FORMATS["csv"]
    is_counted: bool = True

    def references_among(self, tables: Iterable[TableSchema]) -> dict[str, tuple[TableSchema, str]]:
        """Return the foreign keys into `tables`, as table and column by column."""
        by_name = {table.name: table for table in tables}
        return {
            column: (by_name[name], target)
            for column, (name, target) in self.references.items()
            if name in by_name
        }


def _long(name: str, title: str, **references: tuple[str, str]) -> TableSchema:
    file, columns = f"{name}.csv", LONG_COLUMNS[f"{name}.csv"]
    # The second column tells the rows of an activity apart; certainty follows from it.
    key = names(columns)[:2]
    return TableSchema(name, title, file, columns, key, {**OF_ACTIVITY, **references})


def with_path(path: str, tables: Iterable[TableSchema]) -> tuple[TableSchema, ...]:
    """Copy the tables of one file with its `path`."""
    return tuple(replace(table, path=path) for table in tables)


def _in_format(format_id: str, *tables: TableSchema) -> tuple[TableSchema, ...]:
    return tuple(replace(table, format=FORMATS[format_id]) for table in tables)


ACTIVITIES = TableSchema("activities", "活動", "activities.csv", ACTIVITY_COLUMNS, ("activity_id",))
PLACES = TableSchema("districts", "地区の集計", "districts.csv", PLACE_COLUMNS, ("place_id",))
REVIEWS = TableSchema(
    "reviews", "ふりかえり", "reviews.csv", REVIEW_COLUMNS, ("activity_id",), OF_ACTIVITY
)
CODES = TableSchema(
    "codes", "コード表", "codes.csv", CODE_COLUMNS, ("kind", "id"), is_counted=False
)
DEFINITIONS = TableSchema(
    "definitions", "項目定義書", "definitions.csv", DEFINITION_COLUMNS, ("file", "name")
)
SHAPES = TableSchema(
    "boundaries",
    "地区の境界と集計",
    "districts.geojson",
    SHAPE_COLUMNS,
    ("district_id",),
    format=FORMATS["geojson"],
)
ACTIONS = TableSchema(
    "city_actions", "市の取り組み", "city_actions.csv", ACTION_COLUMNS, (), is_counted=False
)
CHECKED = TableSchema(
    "checks", "点検の結果", "checks.csv", CHECK_COLUMNS, ("check_id", "activity_id"), OF_ACTIVITY
)

TABLES: tuple[TableSchema, ...] = (
    ACTIVITIES,
    PLACES,
    _long("activity_districts", "活動の地区", district_id=("districts", "place_id")),
    _long("activity_forms", "活動の形態"),
    _long("activity_actors", "活動の主体"),
    REVIEWS,
    CODES,
    DEFINITIONS,
)
"""Tables of the ZIP."""

ABOUT = TableSchema("about", "この表について", "", ABOUT_COLUMNS, ())
SHEETS = _in_format("xlsx", ACTIVITIES, PLACES, REVIEWS, DEFINITIONS, CODES, ABOUT)
"""Sheets of the workbook, in their order."""

TABLES_IN: Mapping[str, tuple[TableSchema, ...]] = {
    "csv": (ACTIVITIES,),
    "csv-cp932": _in_format("csv-cp932", ACTIVITIES),
    "xlsx": SHEETS,
    "geojson": (SHAPES,),
    "zip": (),
}
"""Tables per format; none for the ZIP, which holds its own descriptors."""
