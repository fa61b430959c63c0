"""Set one district's sheet."""

from __future__ import annotations

from kyodo_geo.editions import Edition
from kyodo_geo.model import Filters
from kyodo_geo.report.sheet_content import sheet_content
from kyodo_geo.report.typst import typeset


def district_sheet(
    edition: Edition, filters: Filters, district_id: str, base_address: str
) -> bytes:
    """The sheet of one district as PDF; places in `filters` are passed over.

    `base_address` is where the dashboard is reached, for the way back. Raises KeyError for
    an unknown district. The same edition, view and address give the same bytes.
    """
    content = sheet_content(edition, filters, district_id, base_address)
    return typeset("sheet.typ", content, edition.info.published_at)
