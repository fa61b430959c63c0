"""Descriptor of exported tables: CSV on the Web (CSVW, W3C)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from kyodo_geo.editions import Edition
from kyodo_geo.export.metadata.manifest import LICENCE_ADDRESS, in_words, title_of
from kyodo_geo.export.schema.columns import Column, choices, one_of
from kyodo_geo.export.schema.tables import TableSchema
from kyodo_geo.model import Filters

GROUP_FILE = "csv-metadata.json"
"""Name under which CSVW clients look for the metadata of all CSV files of a folder."""

SEPARATOR = ";"
DIALECT = {"lineTerminators": ["\r\n"], "header": True}
DATATYPES = {"text": "string", "integer": "integer", "number": "double", "date": "date"}


def csvw_metadata(
    edition: Edition, filters: Filters, tables: Sequence[TableSchema], generated_at: datetime | None
) -> dict[str, Any]:
    """Build the table group of a view as JSON values, without `dc:created` if that is None.

    Foreign keys into tables that are not among `tables` are left out.
    """
    made = {"dc:created": generated_at.isoformat(timespec="seconds")} if generated_at else {}
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "ja"}],
        "dc:title": title_of(tables),
        "dc:description": in_words(edition, filters, tables),
        "dc:license": {"@id": LICENCE_ADDRESS},
        "dc:source": [str(card.get("title", "")) for card in edition.sources],
        "dc:hasVersion": str(edition.info.number),
        **made,
        "tables": [_table(edition, table, tables) for table in tables],
    }


def _table(edition: Edition, table: TableSchema, tables: Sequence[TableSchema]) -> dict[str, Any]:
    keys = [
        {
            "columnReference": column,
            "reference": {"resource": target.path, "columnReference": target_column},
        }
        for column, (target, target_column) in table.references_among(tables).items()
    ]
    schema: dict[str, Any] = {
        "columns": [_column(edition, column) for column in table.columns],
        **({"primaryKey": list(table.key)} if table.key else {}),
        **({"foreignKeys": keys} if keys else {}),
    }
    return {
        "url": table.path,
        "dc:title": table.title,
        "dialect": {"encoding": table.format.encoding, **DIALECT},
        "tableSchema": schema,
    }


def _column(edition: Edition, column: Column) -> dict[str, Any]:
    return {
        "name": column.name,
        # The name as it stands in the file has to be among the titles.
        "titles": [column.name, column.label],
        "dc:description": column.definition,
        **({"schema:unitText": column.unit} if column.unit else {}),
        "datatype": _datatype(column, choices(edition, column)),
        **({"separator": SEPARATOR} if column.is_several else {}),
        **({"required": True} if column.is_required else {}),
    }


def _datatype(column: Column, values: Sequence[str]) -> dict[str, Any]:
    datatype: dict[str, Any] = {"base": DATATYPES[column.kind]}
    if column.kind == "date":
        datatype["format"] = "yyyy-MM-dd"
    elif column.kind == "integer" and values:
        numbers = [int(value) for value in values]
        datatype |= {"minimum": min(numbers), "maximum": max(numbers)}
    elif values:
        datatype["format"] = one_of(values)
    return datatype | column.limits
