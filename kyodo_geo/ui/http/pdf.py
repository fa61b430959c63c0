"""Printed 地区カルテ and hand-outs by address: made at the click, from what the address says."""

from __future__ import annotations

from urllib.parse import quote

from starlette.responses import Response

from kyodo_geo.errors import FilterError
from kyodo_geo.japanese import today
from kyodo_geo.ui.http.view_request import WRONG_USE, ViewRequest, sentence
from kyodo_geo.ui.runtime import settings


def sheet(asked: ViewRequest) -> Response:
    """The sheet of the district that the address names, as PDF."""
    # Imported when the first sheet is asked for: every start would wait for it.
    from kyodo_geo.report.district_sheets import district_named, district_sheet, sheet_name

    if asked.problems:
        return sentence(asked.problems[0].sentence, WRONG_USE)
    try:
        district = district_named(asked.edition, asked.name)
    except FilterError as error:
        return sentence(error.sentence, WRONG_USE)
    pdf = district_sheet(asked.edition, asked.filters, district.district_id, asked.base_address)
    return _pdf(pdf, sheet_name(asked.edition, asked.filters, district))


def handout(asked: ViewRequest) -> Response:
    """The hand-out of the cases that the address names (`pick`), under its `title`, as PDF."""
    from kyodo_geo.report.handout import handout as made
    from kyodo_geo.report.handout import handout_name

    title = (asked.texts.get("title") or [""])[-1]
    try:
        pdf = made(
            asked.edition,
            asked.texts.get("pick", ()),
            title,
            settings=settings(),
            base_address=asked.base_address,
            day=today(),
        )
    except FilterError as error:
        return sentence(error.sentence, WRONG_USE)
    return _pdf(pdf, handout_name(asked.edition, title))


def _pdf(pdf: bytes, name: str) -> Response:
    """A PDF to be kept under this name."""
    headers = {
        "Content-Disposition": f"attachment; filename*=utf-8''{quote(name)}",
        # The same address gives another document with another edition.
        "Cache-Control": "no-store",
    }
    return Response(pdf, media_type="application/pdf", headers=headers)
