"""District sheets (地区カルテ) and hand-outs of cases as PDF, made at the click."""

from __future__ import annotations

from starlette.responses import Response

from kyodo_geo.errors import FilterError
from kyodo_geo.japanese import today
from kyodo_geo.ui.http.downloads import attachment
from kyodo_geo.ui.http.view_request import WRONG_USE, ViewRequest, refusing_problems, sentence
from kyodo_geo.ui.runtime import settings

PDF = "application/pdf"


@refusing_problems
def sheet(asked: ViewRequest) -> Response:
    """Return the sheet of the district that the address names."""
    # Imported when the first sheet is asked for: every start would wait for it.
    from kyodo_geo.report.district_sheets import district_named, district_sheet, sheet_name

    district = district_named(asked.edition, asked.name)
    pdf = district_sheet(asked.edition, asked.filters, district.district_id, asked.base_address)
    return attachment(pdf, PDF, sheet_name(asked.edition, asked.filters, district))


def handout(asked: ViewRequest) -> Response:
    """Return the hand-out of the cases `pick` under `title`; 400 where they cannot be printed."""
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
    return attachment(pdf, PDF, handout_name(asked.edition, title))
