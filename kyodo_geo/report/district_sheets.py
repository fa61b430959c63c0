"""Sheets as files: one, or those of all districts and a ZIP of them. Whole or not at all."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from kyodo_geo.editions import Edition
from kyodo_geo.errors import ExportError, refusal_to_write
from kyodo_geo.model import Filters
from kyodo_geo.report.naming import bundle_name, sheet_name
from kyodo_geo.report.sheet import district_sheet

Progress = Callable[[int, int], None]


def write_sheet(
    edition: Edition, filters: Filters, district_id: str, target: Path, base_address: str
) -> None:
    """Write one district's sheet. Raises ExportError if `target` cannot be written to."""
    pdf = district_sheet(edition, filters, district_id, base_address)
    with refusal_to_write(ExportError, target), draft_folder(target.parent) as drafts:
        draft = drafts / "sheet.pdf"
        draft.write_bytes(pdf)
        draft.replace(target)


def write_sheets(
    edition: Edition, filters: Filters, folder: Path, base_address: str, progress: Progress
) -> Path:
    """Write the sheets of all districts and a ZIP of them into `folder`; returns the ZIP.

    The folder is made where there is none. `progress` hears after each sheet how many there
    are, and of how many. Nothing appears in the folder before everything is there; files of
    the same names are replaced. Raises ExportError if it cannot be written to.
    """
    with refusal_to_write(ExportError, folder), _made(folder), draft_folder(folder) as drafts:
        bundle = drafts / bundle_name(edition, filters)
        # A PDF is compressed already.
        with zipfile.ZipFile(bundle, "w", zipfile.ZIP_STORED) as archive:
            for number, district in enumerate(edition.districts, start=1):
                sheet = drafts / sheet_name(edition, filters, district)
                pdf = district_sheet(edition, filters, district.district_id, base_address)
                sheet.write_bytes(pdf)
                archive.write(sheet, sheet.name)
                progress(number, len(edition.districts))
        for draft in sorted(drafts.iterdir()):
            draft.replace(folder / draft.name)
    return folder / bundle.name


def all_names(edition: Edition, filters: Filters) -> list[str]:
    """The names of the files that `write_sheets` writes."""
    sheets = [sheet_name(edition, filters, district) for district in edition.districts]
    return [*sheets, bundle_name(edition, filters)]


@contextmanager
def _made(folder: Path) -> Iterator[None]:
    """The folder, and if it was made for nothing, not even that."""
    is_new = not folder.exists()
    folder.mkdir(exist_ok=True)
    try:
        yield
    except BaseException:
        if is_new:
            folder.rmdir()
        raise


@contextmanager
def draft_folder(folder: Path) -> Iterator[Path]:
    """A hidden folder on the same disk, gone afterwards."""
    with TemporaryDirectory(dir=folder, prefix=".kyodo-") as drafts:
        yield Path(drafts)
