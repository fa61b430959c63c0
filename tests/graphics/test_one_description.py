"""Every chart on a page is sent from the description that its picture is painted from."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

import pytest

from kyodo_geo.editions import Edition, EditionStore
from kyodo_geo.filters.query_string import filters_from_texts
from kyodo_geo.graphics import GRAPHICS, GraphicContext
from kyodo_geo.graphics.chart import Bars, Chart, Columns, Heatmap, Panel, Scales, Slopes
from kyodo_geo.graphics.choropleths import DRAWINGS
from kyodo_geo.graphics.guideline_charts import BANDS_SIDES
from kyodo_geo.guideline.checks import check_results, with_all_bands
from kyodo_geo.maps import palette
from kyodo_geo.measures.districts.profile import Profile, district_profile
from kyodo_geo.measures.places.density import MEASURES, measure_places
from kyodo_geo.model import Filters
from kyodo_geo.ui.components import charts, district_figures
from kyodo_geo.ui.components.parts import Text
from kyodo_geo.ui.pages import actors, compare, density, forms, guide, promotion, review_overview
from kyodo_geo.ui.state import view_state
from kyodo_geo.vocabulary import Scope
from tests.imports.test_reviews import keep, review

DAY = date(2026, 6, 1)
WHOLE = Filters()


def profile(edition: Edition, district_id: str = "C03") -> Profile:
    return district_profile(edition, WHOLE, district_id)


def density_parts(edition: Edition) -> Iterable[Any]:
    measured = measure_places(edition, WHOLE, MEASURES["activities"])
    return [density.place_card(edition, WHOLE, measured, "C03")]


PAGES: dict[str, Callable[[Edition], Iterable[Any]]] = {
    "density-place": density_parts,
    "forms-place": lambda edition: [forms.place_card(edition, WHOLE, "C03")],
    "actors-place": lambda edition: [actors.place_card(edition, WHOLE, "C03")],
    "actors-together": lambda edition: actors.together(edition, WHOLE, "C03"),
    "district": lambda edition: district_figures.years(profile(edition)),
    "district-figures": lambda edition: district_figures.figures(edition, profile(edition)),
    "district-pairs": lambda edition: district_figures.forms_by_actors(profile(edition)),
    "compare": lambda edition: compare.years([profile(edition), profile(edition, "C07")]),
    "review": lambda edition: review_overview.principles(edition, WHOLE),
    "promotion": lambda edition: promotion.actions_by_year(edition, WHOLE),
}
"""The parts with the chart of each picture, as the page makes them under the same view."""

TEXTS_OF = {
    "compare": {"district": ["C03", "C07"]},
    **{name: {"district": ["C03"]} for name in PAGES if name.startswith("district")},
}
TABLES = {"district-quotients", "guide", "checks"}
"""Pictures that have a test of their own below."""


def panels_of(edition: Edition, name: str, **texts: list[str]) -> list[Panel]:
    view = GraphicContext(
        edition, filters_from_texts(edition, texts)[0], DAY, {"select": ["C03"]} | texts
    )
    chart = GRAPHICS[name].draw(view, "")
    assert isinstance(chart, Chart)
    return list(chart.panels)


def pieces_of(part: Any) -> Iterator[Any]:
    """Everything a part holds, at any depth."""
    yield part
    if is_dataclass(part):
        inner: Iterable[Any] = [getattr(part, field.name) for field in fields(part)]
    else:
        inner = part if isinstance(part, list | tuple) else ()
    for one in inner:
        yield from pieces_of(one)


def expected_of(panel: Panel) -> list[Any]:
    """What a page holds that shows this panel."""
    match panel:
        case Columns():
            stacked: Any = charts.stacked_columns(panel, "", (), Text(""))
            counted: Any = charts.counted_columns(panel, "")
            return [panel.name, stacked.columns if "図" in panel.name else counted.columns]
        case Bars(longest=1):  # shares of grades, in the cells of a table
            return [charts.shares(panel, bar, "").pieces for bar in panel.bars if bar.pieces]
        case Bars():
            return [charts.bars(panel)]
        case Scales():
            scales: list[Any] = [charts.scale(scale, "") for scale in panel.scales]
            return [scale.ticks for scale in scales if scale]
        case Heatmap():
            table: Any = charts.heatmap(panel, "", "")
            return [cell for row in table.rows for cell in row.cells]
        case _:
            raise AssertionError(panel)


@pytest.fixture(autouse=True)
def on_a_page(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (district_figures, actors, compare, review_overview, guide):
        monkeypatch.setattr(module, "image_buttons", lambda _: ())
    monkeypatch.setattr(view_state, "view", dict)


def test_every_picture_of_a_chart_is_compared_with_its_page(edition: Edition) -> None:
    maps = {*DRAWINGS, "district-location", "case-location"}

    assert set(PAGES) | TABLES | maps == set(GRAPHICS)


@pytest.mark.parametrize("name", PAGES)
def test_page_and_picture_have_one_description(
    name: str, edition: Edition, own_store: EditionStore
) -> None:
    if name == "review":
        steps = ("4324231", "33-4441", "2-1344-")
        found = [review(f"P000{n}", one) for n, one in enumerate(steps, start=1)]
        edition = keep(own_store, *found)
    shown = list(pieces_of(list(PAGES[name](edition))))
    panels = panels_of(edition, name, **TEXTS_OF.get(name, {}))

    assert panels
    for panel in panels:
        for one in expected_of(panel):
            is_count = name == "review" and isinstance(panel, Heatmap)
            assert (one.text if is_count else one) in shown


@pytest.mark.parametrize("chosen", [None, Scope.B])
def test_the_bands_of_the_guide(edition: Edition, chosen: Scope | None) -> None:
    [panel] = panels_of(edition, "guide", term=[chosen or ""])
    part = guide._bands(edition, list(Scope), chosen, False)[0]

    assert isinstance(panel, Slopes)
    assert part == charts.slopes(panel, reversed(BANDS_SIDES))
    assert part.colours == (palette.CITIZENS, palette.CITY)
    assert palette.SEQUENTIAL[-1] == palette.CITY


def test_tables_of_quotients_and_checks_have_the_lengths_of_the_bars(edition: Edition) -> None:
    folded = district_figures.forms_by_actors(profile(edition))[-1]
    rows = folded.content[0].rows
    bars = [
        bar
        for panel in panels_of(edition, "district-quotients", district=["C03"])
        for bar in panel.bars
    ]  # type: ignore[union-attr]
    lengths = [row.cells[-1] or 0 for row in rows]
    assert lengths == [sum(piece.length for piece in bar.pieces) for bar in bars]

    [checks] = panels_of(edition, "checks")
    found = [result.found for result in check_results(edition, with_all_bands(WHOLE), DAY)]
    assert isinstance(checks, Bars)
    assert found == [sum(piece.length for piece in bar.pieces) for bar in checks.bars]
