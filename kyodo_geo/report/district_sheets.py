"""Sheets of districts (地区カルテ): found by name, made as PDF, named and written."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from kyodo_geo.editions import Edition
from kyodo_geo.errors import ExportError, FilterError, refusal_to_write
from kyodo_geo.filters.query_string import filters_from_texts
from kyodo_geo.measures.districts.profile import without_places
from kyodo_geo.model import District, Filters
from kyodo_geo.report.files import draft_folder, file_name_part, file_stem, write_whole
from kyodo_geo.report.sheet_content import sheet_content
from kyodo_geo.report.typst import compile_pdf

Progress = Callable[[int, int], None]


def write_sheet(
    edition: Edition, filters: Filters, district_id: str, target: Path, base_address: str
) -> None:
    """Write one district's sheet. Raises ExportError if `target` cannot be written to."""
    write_whole(district_sheet(edition, filters, district_id, base_address), target)


def write_sheets(
    edition: Edition, filters: Filters, folder: Path, base_address: str, progress: Progress
) -> Path:
    """Write the sheets of all districts and a ZIP of them into `folder`; return the ZIP's path.

    Creates the folder if needed and calls `progress(done, total)` after each sheet. Files
    appear, or replace those of the same names, once all are made. Raises ExportError if the
    folder cannot be written to.
    """
    with refusal_to_write(ExportError, folder), _new_folder(folder), draft_folder(folder) as drafts:
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
    """Return the names of the files that `write_sheets` writes."""
    sheets = [sheet_name(edition, filters, district) for district in edition.districts]
    return [*sheets, bundle_name(edition, filters)]


@contextmanager
def _new_folder(folder: Path) -> Iterator[None]:
    """Create the folder if it is missing; remove it again if what follows fails."""
    is_new = not folder.exists()
    folder.mkdir(exist_ok=True)
    try:
        yield
    except BaseException:
        if is_new:
            folder.rmdir()
        raise


NAME_LENGTH = 40
"""Characters of a district's name in a file name, which may have 255 bytes in all."""


def district_named(edition: Edition, text: str) -> District:
    """Return the district with an id, a name or a name with 地区.

    Raises FilterError, naming similar names, if there is none.
    """
    filters, errors = filters_from_texts(edition, {"district": [text]})
    for error in errors:
        raise error
    district = edition.district_by_id.get("".join(filters.districts))
    if district is None:  # nothing, 全市 or 地区不明
        shown = "".join(edition.place_by_id[place].label for place in filters.districts)
        raise FilterError(
            where="地区",
            found=f"「{shown}」の地区カルテはありません",
            expected=f"{len(edition.districts)}地区のどれかを選んでください（例: C03、花北）",
        )
    return district


def sheet_name(edition: Edition, filters: Filters, district: District) -> str:
    """Return the file name, e.g. kyodo_sheet_C03_花北_第1版.pdf, with a hash of the filters."""
    name = file_name_part(district.name[:NAME_LENGTH])
    return f"{_stem(edition, filters, 'kyodo_sheet', district.district_id, name)}.pdf"


def bundle_name(edition: Edition, filters: Filters) -> str:
    """Return the file name of the ZIP with the sheets of all districts."""
    return f"{_stem(edition, filters, 'kyodo_sheets')}.zip"


def _stem(edition: Edition, filters: Filters, *parts: str) -> str:
    filters, stem = without_places(filters), file_stem(edition, *parts)
    mark = hashlib.sha256(repr(filters).encode()).hexdigest()[:6]
    return f"{stem}_{mark}" if filters.is_narrowed else stem


def district_sheet(
    edition: Edition, filters: Filters, district_id: str, base_address: str
) -> bytes:
    """Return the sheet of one district as PDF; places in `filters` are ignored.

    The QR code leads to `base_address`, the dashboard's. Deterministic: same edition, filters
    and address give the same bytes. Raises KeyError for an unknown district.
    """
    content = sheet_content(edition, filters, district_id, base_address)
    return compile_pdf("sheet.typ", content, edition.info.published_at)
