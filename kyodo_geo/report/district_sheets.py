"""Sheets of districts (地区カルテ): asked for, set, named, and written whole or not at all."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from kyodo_geo.editions import Edition
from kyodo_geo.errors import ExportError, FilterError, refusal_to_write
from kyodo_geo.filters.query_string import filters_from_texts
from kyodo_geo.measures.districts.profile import without_places
from kyodo_geo.model import District, Filters
from kyodo_geo.report.sheet_content import sheet_content
from kyodo_geo.report.typst import compile_pdf

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
    """The names of the files that `write_sheets` writes."""
    sheets = [sheet_name(edition, filters, district) for district in edition.districts]
    return [*sheets, bundle_name(edition, filters)]


@contextmanager
def _new_folder(folder: Path) -> Iterator[None]:
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


NAME_LENGTH = 40
"""As much of a district's name as stands in a file name, which may have 255 bytes in all."""


def district_named(edition: Edition, text: str) -> District:
    """The district that `text` (an id, a name, a name with 地区) means.

    Raises FilterError, with names that are near, where it means none.
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
    """A telling file name: kyodo_sheet_C03_花北_第1版.pdf, with a short mark of the filters."""
    name = "".join(c if c.isalnum() else "-" for c in district.name[:NAME_LENGTH])
    return _file_stem(edition, filters, "kyodo_sheet", district.district_id, name) + ".pdf"


def bundle_name(edition: Edition, filters: Filters) -> str:
    """The name of the ZIP with the sheets of all districts."""
    return _file_stem(edition, filters, "kyodo_sheets") + ".zip"


def _file_stem(edition: Edition, filters: Filters, *parts: str) -> str:
    filters = without_places(filters)
    words = ["fictional"] if edition.info.is_fictional else []
    words += [*parts, f"第{edition.info.number}版"]
    if filters.is_narrowed:
        words.append(hashlib.sha256(repr(filters).encode()).hexdigest()[:6])
    return "_".join(words)


def district_sheet(
    edition: Edition, filters: Filters, district_id: str, base_address: str
) -> bytes:
    """The sheet of one district as PDF; places in `filters` are passed over.

    `base_address` is where the dashboard is reached, for the way back. Raises KeyError for
    an unknown district. The same edition, view and address give the same bytes.
    """
    content = sheet_content(edition, filters, district_id, base_address)
    return compile_pdf("sheet.typ", content, edition.info.published_at)
