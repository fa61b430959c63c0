"""A descriptor of exported tables as Data Package with Table Schema (Frictionless, version 2)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from kyodo_geo.city import city
from kyodo_geo.editions import Edition
from kyodo_geo.export.metadata.manifest import LICENCE, LICENCE_ADDRESS, in_words, title_of
from kyodo_geo.export.schema.code_lists import choices, one_of
from kyodo_geo.export.schema.columns import Column
from kyodo_geo.export.schema.tables import TableSchema
from kyodo_geo.model import Filters

PACKAGE_FILE = "datapackage.json"
PROFILES = "https://datapackage.org/profiles/2.0"
TYPES = {"text": "string", "integer": "integer", "number": "number", "date": "date"}
DIALECT = {"header": True, "delimiter": ",", "quoteChar": '"', "lineTerminator": "\r\n"}


def data_package(
    edition: Edition, filters: Filters, tables: Sequence[TableSchema], generated_at: datetime | None
) -> dict[str, Any]:
    """The descriptor of tables of a view, as plain values for JSON.

    `created` is left out where `generated_at` is None. Tables refer only to those among `tables`.
    """
    made = {"created": generated_at.isoformat(timespec="seconds")} if generated_at else {}
    return {
        "$schema": f"{PROFILES}/datapackage.json",
        "name": f"kyodo-geo-{city().romaji}",
        "title": title_of(tables),
        "description": in_words(edition, filters, tables),
        "version": str(edition.info.number),
        **made,
        "licenses": [{"name": "CC-BY-4.0", "title": LICENCE, "path": LICENCE_ADDRESS}],
        "sources": [_source(card) for card in edition.sources],
        "resources": [_resource(edition, table, tables) for table in tables],
    }


def table_schema(
    edition: Edition, table: TableSchema, tables: Sequence[TableSchema]
) -> dict[str, Any]:
    """The Table Schema of one table."""
    keys = [
        {
            "fields": [column],
            "reference": {"resource": target.name, "fields": [target_column]},
        }
        for column, (target, target_column) in table.references_among(tables).items()
    ]
    return {
        "$schema": f"{PROFILES}/tableschema.json",
        "fields": [_field(edition, table, column) for column in table.columns],
        "missingValues": [""],
        **({"primaryKey": list(table.key)} if table.key else {}),
        **({"foreignKeys": keys} if keys else {}),
    }


def _resource(
    edition: Edition, table: TableSchema, tables: Sequence[TableSchema]
) -> dict[str, Any]:
    form = table.format
    return {
        "$schema": f"{PROFILES}/dataresource.json",
        "name": table.name,
        "title": table.title,
        "path": table.path,
        "format": form.extension,
        "mediatype": form.mime,
        **({"encoding": form.encoding} if form.encoding else {}),
        **_dialect(table),
        "schema": table_schema(edition, table, tables),
    }


def _dialect(table: TableSchema) -> dict[str, Any]:
    """How the rows stand in the file; a GeoJSON has none, its schema is of the properties."""
    if table.format.extension == "geojson":
        return {}
    # Validators of version 1 look for the name of the sheet where Frictionless's own has it.
    in_workbook = {"header": True, "sheetName": table.title, "excel": {"sheet": table.title}}
    dialect = in_workbook if _is_sheet(table) else DIALECT
    return {"type": "table", "dialect": {"$schema": f"{PROFILES}/tabledialect.json", **dialect}}


def _is_sheet(table: TableSchema) -> bool:
    return table.format.extension == "xlsx"


def _field(edition: Edition, table: TableSchema, column: Column) -> dict[str, Any]:
    unit = f"。単位: {column.unit}" if column.unit else ""
    values = choices(edition, column)
    # In a sheet digits among words are numbers, so that one can calculate with grades.
    is_mixed = _is_sheet(table) and column.kind == "text" and any(map(str.isdecimal, values))
    constraints = _constraints(column, values)
    if is_mixed:
        constraints["enum"] = [int(v) if v.isdecimal() else v for v in values]
    return {
        "name": column.name,
        "title": column.label,
        "description": f"{column.definition}{unit}",
        "type": "any" if is_mixed else TYPES[column.kind],
        **({"constraints": constraints} if constraints else {}),
    }


def _constraints(column: Column, values: Sequence[str]) -> dict[str, Any]:
    constraints: dict[str, Any] = {"required": True} if column.is_required else {}
    # The type "list" can't say what its items may be, and clients of version 1 don't know it.
    if values and column.is_several:
        constraints["pattern"] = _several(values)
    elif values:
        constraints["enum"] = [int(v) for v in values] if column.kind == "integer" else [*values]
    for name, limit in (("minimum", column.least), ("maximum", column.most)):
        if limit is not None:
            constraints[name] = limit
    return constraints


def _several(values: Sequence[str]) -> str:
    one = one_of(values)
    return f"({one})(;({one}))*"


def _source(card: dict[str, Any]) -> dict[str, str]:
    address = str(card.get("address", ""))
    path = {"path": address} if address.startswith(("https://", "http://")) else {}
    return {"title": f"{card.get('title', '')}（{card.get('publisher', '')}）", **path}
