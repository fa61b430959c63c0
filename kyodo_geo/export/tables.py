"""The tables of an export: their columns, keys, and how they belong together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from kyodo_geo.export.columns import (
    ACTIVITY_COLUMNS,
    CODE_COLUMNS,
    DEFINITION_COLUMNS,
    LONG_COLUMNS,
    PLACE_COLUMNS,
    REVIEW_COLUMNS,
    Column,
    names,
)

OF_ACTIVITY: Mapping[str, tuple[str, str]] = {"activity_id": ("activities", "activity_id")}


@dataclass(frozen=True)
class Table:
    """One table as a CSV file.

    `path` is where it lies: a file beside the descriptor, or an address. No two rows have the
    same values in `key`. `references` gives for a column the table and column in which its
    values are found.
    """

    name: str
    title: str
    path: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    references: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    def references_among(self, tables: Iterable[Table]) -> dict[str, tuple[Table, str]]:
        """The references to tables that are there too, by column."""
        by_name = {table.name: table for table in tables}
        return {
            column: (by_name[name], target)
            for column, (name, target) in self.references.items()
            if name in by_name
        }


def _long(name: str, title: str, references: Mapping[str, tuple[str, str]]) -> Table:
    columns = LONG_COLUMNS[f"{name}.csv"]
    # The second column tells the rows of an activity apart; certainty follows from it.
    return Table(name, title, f"{name}.csv", columns, names(columns)[:2], references)


ACTIVITIES = Table("activities", "活動", "activities.csv", ACTIVITY_COLUMNS, ("activity_id",))
CODES = Table("codes", "コード表", "codes.csv", CODE_COLUMNS, ("kind", "id"))

TABLES: tuple[Table, ...] = (
    ACTIVITIES,
    Table("districts", "地区の集計", "districts.csv", PLACE_COLUMNS, ("place_id",)),
    _long(
        "activity_districts",
        "活動の地区",
        {**OF_ACTIVITY, "district_id": ("districts", "place_id")},
    ),
    _long("activity_forms", "活動の形態", OF_ACTIVITY),
    _long("activity_actors", "活動の主体", OF_ACTIVITY),
    Table("reviews", "ふりかえり", "reviews.csv", REVIEW_COLUMNS, ("activity_id",), OF_ACTIVITY),
    CODES,
    Table("definitions", "項目定義書", "definitions.csv", DEFINITION_COLUMNS, ("file", "name")),
)
"""All tables of the ZIP."""
