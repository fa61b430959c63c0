"""Everything of a view in one ZIP, with what is needed to understand it."""

from __future__ import annotations

import hashlib
import json
import zipfile
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from kyodo_geo.editions import Edition
from kyodo_geo.editions.edition import JAPAN
from kyodo_geo.export.about import ENCODING, about_lines, code_rows, manifest
from kyodo_geo.export.activities import activity_batches, long_batches, long_files
from kyodo_geo.export.columns import (
    CODE_COLUMNS,
    DEFINITION_COLUMNS,
    PLACE_COLUMNS,
    REVIEW_COLUMNS,
    definitions,
    names,
)
from kyodo_geo.export.csv_file import write_csv, write_rows
from kyodo_geo.export.csvw import GROUP_FILE, csvw_metadata, metadata_file
from kyodo_geo.export.data_package import PACKAGE_FILE, data_package, file_resource
from kyodo_geo.export.districts import district_geojson, place_cells
from kyodo_geo.export.reviews import review_cells
from kyodo_geo.export.tables import ACTIVITIES, TABLES
from kyodo_geo.model import Filters

READ_ME = "はじめにお読みください.txt"

GEOJSON = "districts.geojson"


def write_bundle(edition: Edition, filters: Filters, target: Path, generated_at: datetime) -> int:
    """Write the ZIP; returns the number of activities."""
    with TemporaryDirectory(dir=target.parent) as folder:
        rows = _write_members(edition, filters, Path(folder), generated_at)
        _write_descriptors(edition, filters, Path(folder), generated_at)
        members = sorted(Path(folder).iterdir())
        about = manifest(edition, filters, generated_at)
        about["files"] = {path.name: _sha256(path) for path in members}
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as bundle:
            for path in members:
                bundle.write(path, path.name)
            bundle.writestr("manifest.json", _json(about))
    return rows


def _write_members(edition: Edition, filters: Filters, folder: Path, generated_at: datetime) -> int:
    rows = write_csv(activity_batches(edition, filters), folder / "activities.csv")
    for file in long_files():
        write_csv(long_batches(edition, filters, file), folder / file)
    write_rows(folder / "districts.csv", names(PLACE_COLUMNS), place_cells(edition, filters))
    write_rows(folder / "reviews.csv", names(REVIEW_COLUMNS), review_cells(edition, filters))
    write_rows(folder / "codes.csv", names(CODE_COLUMNS), code_rows(edition))
    write_rows(
        folder / "definitions.csv",
        names(DEFINITION_COLUMNS),
        definitions((table.path, table.columns) for table in TABLES),
    )
    geojson = district_geojson(edition, filters, generated_at)
    (folder / GEOJSON).write_text(geojson, "utf-8")
    read_me = _read_me(edition, filters, generated_at)
    (folder / READ_ME).write_text(read_me, "utf-8-sig", newline="")
    return rows


def _write_descriptors(
    edition: Edition, filters: Filters, folder: Path, generated_at: datetime
) -> None:
    """Data Package and CSVW: of all tables, and of the activities for whoever takes only those."""
    package = data_package(edition, filters, TABLES, generated_at)
    package["resources"].append(
        file_resource("boundaries", "地区の境界と集計", GEOJSON, "application/geo+json")
    )
    for resource in package["resources"]:
        path = folder / resource["path"]
        resource |= {"bytes": path.stat().st_size, "hash": f"sha256:{_sha256(path)}"}
    for name, descriptor in (
        (PACKAGE_FILE, package),
        (GROUP_FILE, csvw_metadata(edition, filters, TABLES, generated_at)),
        (
            metadata_file(ACTIVITIES.path),
            csvw_metadata(edition, filters, [ACTIVITIES], generated_at),
        ),
    ):
        (folder / name).write_text(_json(descriptor), "utf-8")


def _json(plain: dict[str, Any]) -> str:
    return json.dumps(plain, ensure_ascii=False, indent=2)


def _read_me(edition: Edition, filters: Filters, generated_at: datetime) -> str:
    lines = (
        ("作成日", f"{generated_at.astimezone(JAPAN):%Y-%m-%d}"),
        *about_lines(edition, filters),
        ("文字コード", ENCODING),
    )
    return "".join(f"【{item}】{text}\r\n" for item, text in lines)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
