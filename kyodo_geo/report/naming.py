"""How people ask for a district's sheet, and what the files are called."""

from __future__ import annotations

import hashlib

from kyodo_geo.editions import Edition
from kyodo_geo.errors import FilterError
from kyodo_geo.filters.query_string import filters_from_texts
from kyodo_geo.measures.districts.profile import without_places
from kyodo_geo.model import District, Filters

NAME_LENGTH = 40
"""As much of a district's name as stands in a file name, which may have 255 bytes in all."""


def asked_district(edition: Edition, text: str) -> District:
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
    return _joined(edition, filters, "kyodo_sheet", district.district_id, name) + ".pdf"


def bundle_name(edition: Edition, filters: Filters) -> str:
    """The name of the ZIP with the sheets of all districts."""
    return _joined(edition, filters, "kyodo_sheets") + ".zip"


def _joined(edition: Edition, filters: Filters, *parts: str) -> str:
    filters = without_places(filters)
    words = ["fictional"] if edition.info.is_fictional else []
    words += [*parts, f"第{edition.info.number}版"]
    if filters.is_narrowed:
        words.append(hashlib.sha256(repr(filters).encode()).hexdigest()[:6])
    return "_".join(words)
