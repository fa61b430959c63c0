"""Write a filtered view to a file: one function behind the pages and the command line."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from xlsxwriter.exceptions import XlsxWriterException

from kyodo_geo.editions import Edition
from kyodo_geo.editions.edition import JAPAN
from kyodo_geo.errors import ExportError, refusal_to_write
from kyodo_geo.export.schema.formats import FORMATS
from kyodo_geo.export.writers.activity_batches import activity_batches
from kyodo_geo.export.writers.cp932 import Cp932Changes
from kyodo_geo.export.writers.csv import cp932_lines, write_cp932_csv, write_csv
from kyodo_geo.export.writers.geojson import district_geojson
from kyodo_geo.export.writers.xlsx import write_workbook
from kyodo_geo.export.writers.zip import write_bundle
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


def file_name(edition: Edition, filters: Filters, format_id: str) -> str:
    """A telling ASCII name: edition, period, a short mark of the filters."""
    encoding = "_cp932" if format_id == "csv-cp932" else ""
    return f"{view_name(edition, filters)}{encoding}.{FORMATS[format_id].extension}"


def view_name(edition: Edition, filters: Filters, what: str = "") -> str:
    """The same without an ending; `what` says which table of the view it is."""
    parts = ["fictional"] if edition.info.is_fictional else []
    parts += ["kyodo", *([what] if what else []), f"ed{edition.info.number:04}", _marks(filters)]
    return "_".join(parts)


def japanese_view_name(edition: Edition, filters: Filters, what: str) -> str:
    """The same for Japanese readers."""
    fictional = "架空データ_" if edition.info.is_fictional else ""
    return f"{fictional}花巻市の協働_{what}_第{edition.info.number}版_{_marks(filters)}"


def _marks(filters: Filters) -> str:
    """The period, and a short mark of the filters where the view is narrowed."""
    start, end = filters.year_from, filters.year_to
    period = "all" if start is None and end is None else f"{start or ''}-{end or ''}"
    mark = hashlib.sha256(repr(filters).encode()).hexdigest()[:6]
    return f"{period}_{mark}" if filters.is_narrowed else period


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
