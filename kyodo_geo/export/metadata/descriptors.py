"""Descriptors of exported files by standard (CSVW, Data Package), and their names."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from kyodo_geo.editions import Edition
from kyodo_geo.errors import ExportError, refusal_to_write
from kyodo_geo.export.metadata.csvw import csvw_metadata
from kyodo_geo.export.metadata.data_package import data_package
from kyodo_geo.export.schema.tables import TableSchema, with_path
from kyodo_geo.japanese import JAPAN
from kyodo_geo.model import Filters

Describe = Callable[[Edition, Filters, Sequence[TableSchema], datetime | None], dict[str, Any]]


@dataclass(frozen=True)
class Standard:
    """A metadata standard; `ending` is appended to the name of the described file."""

    title: str
    ending: str
    media_type: str
    describe: Describe


CSVW = Standard("CSVW", "-metadata.json", "application/csvm+json", csvw_metadata)
DATA_PACKAGE = Standard(
    "Data Package", "-datapackage.json", "application/vnd.datapackage+json", data_package
)
STANDARDS = (CSVW, DATA_PACKAGE)


def standards_for(tables: Sequence[TableSchema]) -> tuple[Standard, ...]:
    """Return the standards for a file: CSVW for CSV alone, none for the self-describing ZIP."""
    if not tables:
        return ()
    is_csv = all(table.format.extension == "csv" for table in tables)
    return STANDARDS if is_csv else (DATA_PACKAGE,)


def descriptor_paths(target: Path, tables: Sequence[TableSchema]) -> list[Path]:
    """Return the paths of the descriptors beside the file at `target`."""
    return [target.with_name(f"{target.name}{s.ending}") for s in standards_for(tables)]


def write_descriptors(
    edition: Edition, filters: Filters, tables: Sequence[TableSchema], target: Path
) -> list[Path]:
    """Write the descriptors of the existing file at `target` beside it, and return their paths.

    Raises ExportError if the folder cannot be written to.
    """
    there = with_path(target.name, tables)
    paths = descriptor_paths(target, tables)
    for standard, path in zip(standards_for(tables), paths, strict=True):
        descriptor = standard.describe(edition, filters, there, datetime.now(JAPAN))
        if standard is DATA_PACKAGE:
            add_sizes(descriptor, target.parent)
        with refusal_to_write(ExportError, path):
            path.write_text(json_text(descriptor), "utf-8")
    return paths


def add_sizes(package: dict[str, Any], folder: Path) -> None:
    """Add size (bytes) and SHA-256 of the files in `folder` to a Data Package."""
    for resource in package["resources"]:
        path = folder / resource["path"]
        resource |= {"bytes": path.stat().st_size, "hash": f"sha256:{sha256(path)}"}


def sha256(path: Path) -> str:
    """Compute the SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def json_text(plain: dict[str, Any]) -> str:
    """Serialise to indented JSON without escaping Japanese."""
    return json.dumps(plain, ensure_ascii=False, indent=2)
