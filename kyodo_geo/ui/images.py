"""Pictures to be kept or passed on: a page's maps as SVG or PNG, from the view in the address.

They show what the page shows, with title, view, legend, source, edition and licence in them.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import streamlit as st
from starlette.responses import Response

from kyodo_geo.editions import Edition
from kyodo_geo.errors import FilterError
from kyodo_geo.export import japanese_view_name
from kyodo_geo.export.about import LICENCE
from kyodo_geo.export.districts import attribution
from kyodo_geo.maps.chart import Bar, Chart, chart_svg
from kyodo_geo.maps.geometry import geometry
from kyodo_geo.maps.legend import legend
from kyodo_geo.maps.svg import Sheet, svg
from kyodo_geo.measures.geography import district_boundaries
from kyodo_geo.measures.profile import district_profile, without_places
from kyodo_geo.measures.sentence import describe_view
from kyodo_geo.pictures.maps import DRAWINGS
from kyodo_geo.pictures.options import VIEW
from kyodo_geo.text import fiscal_year_label
from kyodo_geo.ui.answers import WRONG_USE, Asked, sentence
from kyodo_geo.ui.district_figures import YEARS_CAPTION, highest_bar, year_label
from kyodo_geo.ui.page_cards import PAGES
from kyodo_geo.ui.parts import Part

FEW_RECORDS_NOTE = "件数の少なさは、活動の少なさを意味しません。"
FICTIONAL = "架空データです。実際の活動ではありません。"
YEARS = "district"
"""The page whose picture is a chart of years."""

EMBEDDED_MAP_PX, EMBEDDED_CHART_PX = 900, 560
"""Heights of the frames that are offered, for pages some 700 pixels wide."""

PICTURED = (*DRAWINGS, YEARS)
KINDS = {"svg": "image/svg+xml", "png": "image/png"}


def keeping(page: str) -> tuple[Part, ...]:
    """Buttons that copy a link, keep or copy the picture, or copy what embeds it elsewhere.

    None where the picture is embedded already: the full page has them.
    """
    if st.context.is_embedded:
        return ()
    height = EMBEDDED_CHART_PX if page == YEARS else EMBEDDED_MAP_PX
    return ({"kind": "keeping", "page": page, "title": PAGES[page].title, "height": height},)


def image(asked: Asked) -> Response:
    """The picture that the address names, `PAGE.svg` or `PAGE.png`, as a file."""
    page, _, kind = asked.name.rpartition(".")
    if page not in PICTURED or kind not in KINDS:
        known = "、".join(f"{name}.{ending}" for name in PICTURED for ending in KINDS)
        return sentence(f"画像は {known} です。", WRONG_USE)
    if asked.problems:
        return sentence(asked.problems[0].sentence, WRONG_USE)
    try:
        drawn = chart_svg(years(asked)) if page == YEARS else svg(sheet(asked, page))
    except FilterError as error:
        return sentence(error.sentence, WRONG_USE)
    content = _png(drawn) if kind == "png" else drawn.encode()
    name = f"{japanese_view_name(asked.edition, asked.filters, PAGES[page].title)}.{kind}"
    headers = {
        "Content-Disposition": f"attachment; filename*=utf-8''{quote(name)}",
        # The same address gives another picture with another edition.
        "Cache-Control": "no-store",
    }
    return Response(content, media_type=KINDS[kind], headers=headers)


def sheet(asked: Asked, page: str) -> Sheet:
    """What the picture of a page shows under a view."""
    edition, filters, texts = asked.edition, asked.filters, asked.texts
    drawn = DRAWINGS[page](edition, filters, texts)
    shown = legend(drawn.picture, drawn.unit, drawn.notes, drawn.counter)
    selected = (texts.get("select") or [""])[-1]
    return Sheet(
        title=f"{PAGES[page].title}　{shown['heading']}",
        sentence=describe_view(edition, filters),
        pictures=drawn.panels or (drawn.picture,),
        legend=shown,
        foot=(*foot(edition), f"Kyodo Geo　{asked.base_address}"),
        geometry=edition.cached("geometry", lambda: _geometry(edition)),
        selected=selected or None,
        as_tiles=VIEW.chosen_in(texts) == "tiles",
    )


def years(asked: Asked) -> Chart:
    """The years of the district that a view names. Raises FilterError where it names none."""
    edition = asked.edition
    ids = [one for one in asked.filters.districts if one in edition.district_by_id]
    if not ids:
        raise FilterError("地区", "地区が指定されていません", "例: district=C03")
    profile = district_profile(edition, without_places(asked.filters), ids[0])
    return Chart(
        title=f"{PAGES[YEARS].title}　{profile.district.name}地区の年度ごとの変化",
        sentence=describe_view(edition, profile.own_filters),
        caption=YEARS_CAPTION,
        bars=[
            Bar(
                year_label(year.fiscal_year),
                fiscal_year_label(year.fiscal_year),
                year.activities,
                year.forms,
            )
            for year in profile.years
        ],
        highest=highest_bar(profile.years),
        foot=(*foot(edition, has_map=False), f"Kyodo Geo　{asked.base_address}"),
    )


def _geometry(edition: Edition) -> dict[str, Any]:
    return geometry(district_boundaries(edition), edition.districts)


def foot(edition: Edition, *, has_map: bool = True) -> tuple[str, ...]:
    """Source, edition, boundaries and licence; that the data are made up, where they are."""
    fictional = (FICTIONAL,) if edition.info.is_fictional else ()
    return (
        *fictional,
        f"出典: 公開資料による活動の記録　花巻市の協働 {edition.info.label}　{FEW_RECORDS_NOTE}",
        *((f"境界: {attribution(edition)}",) if has_map else ()),
        f"ライセンス: {LICENCE}",
    )


def _png(drawn: str) -> bytes:
    # Imported when the first one is asked for: every start would wait for it.
    from kyodo_geo.report.png import png

    return png(drawn)
