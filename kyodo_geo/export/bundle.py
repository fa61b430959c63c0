"""Everything of a view in one ZIP, with what is needed to understand it."""

from __future__ import annotations

import csv
import hashlib
import json
import zipfile
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from kyodo_geo.editions import Edition
from kyodo_geo.export.about import about_lines, code_rows, manifest
from kyodo_geo.export.activities import activity_batches, long_batches, long_files
from kyodo_geo.export.columns import (
    ACTIVITY_COLUMNS,
    DEFINITION_HEADER,
    LONG_COLUMNS,
    PLACE_COLUMNS,
    definitions,
)
from kyodo_geo.export.csv_file import write_csv
from kyodo_geo.export.districts import district_geojson, place_cells
from kyodo_geo.export.formulas import neutral
from kyodo_geo.export.workbook import CODE_HEADER
from kyodo_geo.model import Filters

READ_ME = "はじめにお読みください.txt"


def write_bundle(edition: Edition, filters: Filters, target: Path, generated_at: datetime) -> int:
    """Write the ZIP; returns the number of activities."""
    with TemporaryDirectory(dir=target.parent) as folder:
        rows = _write_members(edition, filters, Path(folder))
        members = sorted(Path(folder).iterdir())
        about = manifest(edition, filters, generated_at)
        about["files"] = {path.name: _sha256(path) for path in members}
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as bundle:
            for path in members:
                bundle.write(path, path.name)
            bundle.writestr("manifest.json", json.dumps(about, ensure_ascii=False, indent=2))
    return rows


def _write_members(edition: Edition, filters: Filters, folder: Path) -> int:
    rows = write_csv(activity_batches(edition, filters), folder / "activities.csv")
    for file in long_files():
        write_csv(long_batches(edition, filters, file), folder / file)
    places = [column.name for column in PLACE_COLUMNS]
    _write_rows(folder / "districts.csv", places, place_cells(edition, filters))
    _write_rows(folder / "codes.csv", CODE_HEADER, code_rows(edition))
    tables = {
        "activities.csv": ACTIVITY_COLUMNS,
        "districts.csv": PLACE_COLUMNS,
        **LONG_COLUMNS,
    }
    _write_rows(folder / "definitions.csv", DEFINITION_HEADER, definitions(tables.items()))
    (folder / "districts.geojson").write_text(district_geojson(edition, filters), "utf-8")
    lines = "\r\n".join(f"【{item}】{text}" for item, text in about_lines(edition, filters))
    (folder / READ_ME).write_text(f"{lines}\r\n", "utf-8-sig", newline="")
    return rows


def _write_rows(path: Path, header: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        writer.writerows([neutral(c) if isinstance(c, str) else c for c in row] for row in rows)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
