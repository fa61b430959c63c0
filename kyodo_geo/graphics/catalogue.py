"""Every picture that can be kept: its name in addresses, its page, what draws it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeAlias

from kyodo_geo.errors import ExportError, FilterError, refusal_to_write
from kyodo_geo.export import japanese_view_name
from kyodo_geo.graphics import district_charts, guideline_charts, place_charts
from kyodo_geo.graphics.chart import Chart
from kyodo_geo.graphics.choropleths import DRAWINGS
from kyodo_geo.graphics.context import GraphicContext
from kyodo_geo.graphics.svg.chart_sheet import chart_svg
from kyodo_geo.graphics.svg.map_sheet import MapSheet, svg

Drawing: TypeAlias = MapSheet | Chart
KINDS = {"svg": "image/svg+xml", "png": "image/png"}

PAGE_TITLES = {
    "density": "協働の密度",
    "forms": "協働の形態",
    "actors": "協働の主体",
    "district": "地区カルテ",
    "compare": "地区の比較",
    "cases": "事例",
    "review": "ふりかえり",
    "guide": "協働の指針",
    "promotion": "推進方針",
    "checks": "記録の点検",
}
"""As the navigation has them."""


@dataclass(frozen=True)
class GraphicCard:
    """A picture: the page it is of, what it shows, what draws it under a view and a title.

    What `shows` activities one by one is not there for an edition of figures alone.
    """

    page: str
    shows: str
    draw: Callable[[GraphicContext, str], Drawing]
    needs_activities: bool = False

    @property
    def page_title(self) -> str:
        """The title of its page."""
        return PAGE_TITLES[self.page]


GRAPHICS: dict[str, GraphicCard] = {
    **{
        page: GraphicCard(page, "地図", partial(place_charts.place_map, page=page))
        for page in DRAWINGS
    },
    "density-place": GraphicCard(
        "density", "選んだ地区の位置・形態・主体", place_charts.density_card
    ),
    "forms-place": GraphicCard("forms", "選んだ地区の形態", place_charts.forms_card),
    "actors-place": GraphicCard("actors", "選んだ地区の主体", place_charts.actors_card),
    "actors-together": GraphicCard("actors", "だれとだれが", place_charts.together),
    "district": GraphicCard("district", "年度ごとの変化", district_charts.years),
    "district-location": GraphicCard("district", "位置と隣の地区", district_charts.location),
    "district-figures": GraphicCard("district", "数値", district_charts.figures),
    "district-pairs": GraphicCard("district", "形態と主体", district_charts.pairs),
    "district-quotients": GraphicCard("district", "特化係数", district_charts.quotients),
    "compare": GraphicCard("compare", "年度ごとの変化", district_charts.compared_years),
    "case-location": GraphicCard("cases", "事例の地区の位置", district_charts.case_location, True),
    "review": GraphicCard("review", "七つの考え方の評価", guideline_charts.ratings, True),
    "guide": GraphicCard("guide", "協働の範囲", guideline_charts.bands),
    "promotion": GraphicCard("promotion", "市の取り組みの年度", guideline_charts.efforts),
    "checks": GraphicCard("checks", "気づいた件数", guideline_charts.checks, True),
}
"""By name: that of the page for its main picture."""


def render_graphic(name: str, kind: str, view: GraphicContext) -> bytes:
    """A picture as a file of one of KINDS.

    Raises FilterError for a picture or kind that is not there, and for a view that it cannot
    show.
    """
    if name not in GRAPHICS or kind not in KINDS:
        known = "、".join(GRAPHICS)
        raise FilterError("画像", "その画像はありません", f"あるのは {known} の svg と png です")
    drawn = svg_of(name, view)
    if kind == "svg":
        return drawn.encode()
    # Imported when the first one is asked for: every start would wait for it.
    from kyodo_geo.graphics.png import png

    return png(drawn)


def svg_of(name: str, view: GraphicContext) -> str:
    """A picture of PICTURES as SVG text. Raises FilterError for a view it cannot show."""
    card = GRAPHICS[name]
    if card.needs_activities and view.edition.holds_figures_only:
        raise FilterError("画像", f"{view.edition.info.label}は件数だけの版で、この図はありません")
    mark = "【架空データ】" if view.edition.info.is_fictional else ""
    drawn = card.draw(view, f"{mark}{card.page_title}")
    return svg(drawn) if isinstance(drawn, MapSheet) else chart_svg(drawn)


def file_name(name: str, kind: str, view: GraphicContext) -> str:
    """A telling file name for Japanese readers."""
    card = GRAPHICS[name]
    what = f"{card.page_title}_{card.shows}"
    return f"{japanese_view_name(view.edition, view.filters, what)}.{kind}"


def write_graphic(content: bytes, target: Path) -> None:
    """Write a picture, whole or not at all. Raises ExportError if that is refused."""
    with (
        refusal_to_write(ExportError, target),
        TemporaryDirectory(dir=target.parent, prefix=".kyodo-") as folder,
    ):
        draft = Path(folder) / f"picture{target.suffix}"
        draft.write_bytes(content)
        draft.replace(target)
