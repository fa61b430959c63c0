"""Which format a file has, by its content, and which one the ending of its name promises."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from pathlib import PurePath

from kyodo_geo.machine_readability.grid import Grid, Spot


class Format(StrEnum):
    """The formats of rule L1-01, as people call them."""

    CSV = "CSV"
    JSON = "JSON"
    XLSX = "XLSX"
    ODS = "ODS"


PROMISED = {
    ".csv": Format.CSV,
    ".tsv": Format.CSV,
    ".json": Format.JSON,
    ".geojson": Format.JSON,
    ".xlsx": Format.XLSX,
    ".ods": Format.ODS,
}
"""Other endings promise nothing that could be held to."""


def promised_format(name: str) -> Format | None:
    """The format that the name of a file promises; None if it has no name or no known ending."""
    return PROMISED.get(PurePath(name).suffix.lower())


def misleading_ending(name: str, found: Format) -> Iterator[Spot]:
    """L1-01: a name that promises another format than the file has."""
    if promised_format(name) not in (None, found):
        yield Spot("", found=f"名前は {PurePath(name).suffix} で、中身は {found} です")


def prose(grid: Grid) -> Iterator[Spot]:
    """L1-01: a text that can be read as a table because every text can."""
    if grid.is_csv and len(grid.names) == 1 and "。" in grid.names[0]:
        yield grid.spot(grid.header, None, "表ではなく、文章のようです")
