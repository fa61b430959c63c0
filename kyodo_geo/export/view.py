"""Writing of a filtered view to a file, for pages, API and command line alike."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from xlsxwriter.exceptions import XlsxWriterException

from kyodo_geo.editions import Edition
from kyodo_geo.export.file_names import draft_of
from kyodo_geo.export.writers.activity_batches import activity_batches
from kyodo_geo.export.writers.cp932 import Cp932Changes
from kyodo_geo.export.writers.csv import cp932_lines, write_cp932_csv, write_csv
from kyodo_geo.export.writers.geojson import district_geojson
from kyodo_geo.export.writers.xlsx import write_workbook
from kyodo_geo.export.writers.zip import write_bundle
from kyodo_geo.japanese import JAPAN
from kyodo_geo.measures.places.summary import summarise
from kyodo_geo.model import Filters


@dataclass(frozen=True)
class ExportReport:
    """Result of an export; `replaced_cells` counts cells that CP932 could not hold unchanged."""

    path: Path
    rows: int
    replaced_cells: int = 0
    replaced_characters: Mapping[str, int] = field(default_factory=dict)


def export_view(
    edition: Edition,
    filters: Filters,
    format_id: str,
    target: Path,
    generated_at: datetime | None = None,
) -> ExportReport:
    """Write the view to `target`, whole or not at all.

    Raises ExportError if the folder cannot be written to or the format cannot hold the view.
    """
    when, changes = generated_at or datetime.now(JAPAN), Cp932Changes()
    writers: Mapping[str, Callable[[Path], int]] = {
        "csv": lambda draft: write_csv(activity_batches(edition, filters), draft),
        "csv-cp932": lambda draft: write_cp932_csv(
            activity_batches(edition, filters), draft, changes
        ),
        "xlsx": lambda draft: write_workbook(edition, filters, draft),
        "geojson": lambda draft: _write_geojson(edition, filters, draft, when),
        "zip": lambda draft: write_bundle(edition, filters, draft, when),
    }
    with draft_of(target, also=(XlsxWriterException,)) as draft:
        rows = writers[format_id](draft)
    return ExportReport(target, rows, changes.cells, changes.characters)


def cp932_changes(edition: Edition, filters: Filters) -> Cp932Changes:
    """Count what a CP932 export of the view would have to change; cached per edition."""

    def count() -> Cp932Changes:
        changes = Cp932Changes()
        for batch in activity_batches(edition, filters):
            cp932_lines(batch, changes)
        return changes

    return edition.cached(("cp932", filters), count)


def _write_geojson(edition: Edition, filters: Filters, draft: Path, when: datetime) -> int:
    draft.write_text(district_geojson(edition, filters, when), "utf-8")
    return summarise(edition, filters).total.activities
