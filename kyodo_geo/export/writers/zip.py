"""ZIP of a view: all tables with manifest, descriptors and a read-me."""

from __future__ import annotations

import zipfile
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from kyodo_geo.editions import Edition
from kyodo_geo.export.metadata.csvw import GROUP_FILE, csvw_metadata
from kyodo_geo.export.metadata.data_package import PACKAGE_FILE, data_package
from kyodo_geo.export.metadata.descriptors import CSVW, add_sizes, json_text, sha256
from kyodo_geo.export.metadata.manifest import ENCODING, about_lines, code_rows, manifest
from kyodo_geo.export.schema.columns import LONG_COLUMNS, definitions, names
from kyodo_geo.export.schema.tables import (
    ACTIVITIES,
    CODES,
    DEFINITIONS,
    PLACES,
    REVIEWS,
    SHAPES,
    TABLES,
)
from kyodo_geo.export.writers.activity_batches import activity_batches, long_batches
from kyodo_geo.export.writers.csv import write_csv, write_rows
from kyodo_geo.export.writers.geojson import district_geojson, place_cells
from kyodo_geo.export.writers.review_rows import review_cells
from kyodo_geo.japanese import JAPAN
from kyodo_geo.model import Filters

READ_ME = "はじめにお読みください.txt"


def write_bundle(edition: Edition, filters: Filters, target: Path, generated_at: datetime) -> int:
    """Write the ZIP and return the number of activities."""
    with TemporaryDirectory(dir=target.parent) as folder:
        rows = _write_members(edition, filters, Path(folder), generated_at)
        _write_descriptors(edition, filters, Path(folder), generated_at)
        members = sorted(Path(folder).iterdir())
        about = manifest(edition, filters, generated_at)
        about["files"] = {path.name: sha256(path) for path in members}
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as bundle:
            for path in members:
                bundle.write(path, path.name)
            bundle.writestr("manifest.json", json_text(about))
    return rows


def _write_members(edition: Edition, filters: Filters, folder: Path, generated_at: datetime) -> int:
    rows = write_csv(activity_batches(edition, filters), folder / ACTIVITIES.path)
    for file in LONG_COLUMNS:
        write_csv(long_batches(edition, filters, file), folder / file)
    for table, cells in (
        (PLACES, place_cells(edition, filters)),
        (REVIEWS, review_cells(edition, filters)),
        (CODES, code_rows(edition)),
        (DEFINITIONS, definitions((table.path, table.columns) for table in TABLES)),
    ):
        write_rows(folder / table.path, names(table.columns), cells)
    geojson = district_geojson(edition, filters, generated_at)
    (folder / SHAPES.path).write_text(geojson, "utf-8")
    read_me = _read_me(edition, filters, generated_at)
    (folder / READ_ME).write_text(read_me, "utf-8-sig", newline="")
    return rows


def _write_descriptors(
    edition: Edition, filters: Filters, folder: Path, generated_at: datetime
) -> None:
    """CSVW of the activities alone too, for those who take only that file out of the ZIP."""
    package = data_package(edition, filters, (*TABLES, SHAPES), generated_at)
    add_sizes(package, folder)
    (folder / PACKAGE_FILE).write_text(json_text(package), "utf-8")
    for name, tables in (
        (GROUP_FILE, TABLES),
        (f"{ACTIVITIES.path}{CSVW.ending}", (ACTIVITIES,)),
    ):
        group = csvw_metadata(edition, filters, tables, generated_at)
        (folder / name).write_text(json_text(group), "utf-8")


def _read_me(edition: Edition, filters: Filters, generated_at: datetime) -> str:
    lines = (
        ("作成日", f"{generated_at.astimezone(JAPAN):%Y-%m-%d}"),
        *about_lines(edition, filters),
        ("文字コード", ENCODING),
    )
    return "".join(f"【{item}】{text}\r\n" for item, text in lines)
