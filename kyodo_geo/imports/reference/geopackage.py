"""What is looked up in a GeoPackage, an SQLite file, before GDAL reads it."""

from __future__ import annotations

import sqlite3
from typing import Any

from kyodo_geo.imports.reference.reference_findings import ReferenceFinding
from kyodo_geo.tabular.findings import FileRefused

WRITE_AHEAD, ROLLBACK = b"\x02\x02", b"\x01\x01"
JOURNAL = slice(18, 20)
"""Where a SQLite file says how it is written to."""

HEAD_LENGTHS = {0: 8, 1: 40, 2: 56, 3: 56, 4: 72}
"""Bytes of a GeoPackage's geometry before the geometry itself, by what its flags say."""

LONGEST_HEAD = 80
CURVE_KINDS = (8, 9, 10, 11, 12)
"""CircularString, CompoundCurve, CurvePolygon, MultiCurve, MultiSurface."""

VIEWS = """
SELECT name FROM sqlite_master AS m
WHERE type = 'view' OR (sql LIKE 'CREATE VIRTUAL%' AND EXISTS (
    SELECT 1 FROM gpkg_contents AS c WHERE c.table_name = m.name COLLATE NOCASE))
"""


def readable(content: bytes) -> bytes:
    """The file without the mark that a program had it open while it was copied: what is in it
    is whole, and it is only read."""
    if content[JOURNAL] != WRITE_AHEAD:
        return content
    return content[: JOURNAL.start] + ROLLBACK + content[JOURNAL.stop :]


def geometry_columns(content: bytes) -> dict[str, str]:
    """The column of geometries of each layer. Views are refused: they may call functions of
    GDAL that open files and addresses."""
    views = _fetch_all(content, VIEWS)
    if views:
        raise FileRefused(ReferenceFinding.VIEW, found="、".join(str(name) for (name,) in views))
    return dict(_fetch_all(content, "SELECT table_name, column_name FROM gpkg_geometry_columns"))


def refuse_curves(content: bytes, layer: str, column: str) -> None:
    """GDAL would make lines of them without a word; only the shapes themselves tell."""
    table, geometry = (name.replace('"', '""') for name in (layer, column))
    heads = _fetch_all(content, f'SELECT substr("{geometry}", 1, {LONGEST_HEAD}) FROM "{table}"')
    if any(_kind_of(head) in CURVE_KINDS for (head,) in heads):
        raise FileRefused(ReferenceFinding.CURVES, found=layer)


def _kind_of(head: bytes | None) -> int:
    """The kind of a geometry by its first bytes, in the numbers of OGC; 0 where there is none."""
    if not isinstance(head, bytes) or len(head) < 4:
        return 0
    start = HEAD_LENGTHS.get(head[3] >> 1 & 7, 0)
    wkb = head[start : start + 5]
    return int.from_bytes(wkb[1:], "little" if wkb[:1] == b"\x01" else "big") % 1000


def _fetch_all(content: bytes, query: str) -> list[Any]:
    con = sqlite3.connect(":memory:")
    try:
        con.deserialize(content)
        return con.execute(query).fetchall()
    except (sqlite3.Error, UnicodeDecodeError) as error:
        raise FileRefused(ReferenceFinding.NOT_GEOGRAPHIC, "GeoPackageとして読めません") from error
    finally:
        con.close()
