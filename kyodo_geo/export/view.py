"""Write a filtered view to a file: one function behind the pages and the command line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from xlsxwriter.exceptions import XlsxWriterException

from kyodo_geo.editions import Edition
from kyodo_geo.errors import ExportError, refusal_to_write
from kyodo_geo.export.schema.formats import FORMATS
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
    """What was written. `replaced_cells` is what CP932 could not hold as it was."""

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

    Raises ExportError if the place cannot be written to or the format cannot hold it.
    """
    when = generated_at or datetime.now(JAPAN)
    with (
        refusal_to_write(ExportError, target, also=(XlsxWriterException,)),
        TemporaryDirectory(dir=target.parent, prefix=".kyodo-") as folder,
    ):
        draft = Path(folder) / f"draft.{FORMATS[format_id].extension}"
        report = _write(edition, filters, format_id, draft, when)
        draft.replace(target)
    return ExportReport(target, report.rows, report.replaced_cells, report.replaced_characters)


def cp932_changes(edition: Edition, filters: Filters) -> Cp932Changes:
    """What a CP932 export of the view would have to change."""

    def count() -> Cp932Changes:
        changes = Cp932Changes()
        for batch in activity_batches(edition, filters):
            cp932_lines(batch, changes)
        return changes

    return edition.cached(("cp932", filters), count)


def _write(
    edition: Edition, filters: Filters, format_id: str, draft: Path, when: datetime
) -> ExportReport:
    if format_id == "csv":
        return ExportReport(draft, write_csv(activity_batches(edition, filters), draft))
    if format_id == "csv-cp932":
        changes = Cp932Changes()
        rows = write_cp932_csv(activity_batches(edition, filters), draft, changes)
        return ExportReport(draft, rows, changes.cells, changes.characters)
    if format_id == "xlsx":
        return ExportReport(draft, write_workbook(edition, filters, draft))
    if format_id == "geojson":
        draft.write_text(district_geojson(edition, filters, when), "utf-8")
        return ExportReport(draft, summarise(edition, filters).total.activities)
    return ExportReport(draft, write_bundle(edition, filters, draft, when))
