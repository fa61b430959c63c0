from importlib import import_module
from types import ModuleType

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kyodo_geo.editions import Edition
from kyodo_geo.maps.choropleth import Unit, circle_map, class_choropleth
from kyodo_geo.maps.classification import ClassMethod, classify
from kyodo_geo.maps.geometry import tile_positions
from kyodo_geo.maps.palette import FORM_COLOURS, contrast
from kyodo_geo.measures.places.district_shapes import district_boundaries
from kyodo_geo.vocabulary import Form

VALUES = st.lists(
    st.none() | st.just(0.0) | st.integers(1, 40).map(float) | st.floats(0.01, 500), max_size=27
)


@given(VALUES, st.sampled_from(ClassMethod))
def test_every_value_is_in_exactly_one_class(
    values: list[float | None], method: ClassMethod
) -> None:
    classes = classify(values, method)
    counted = sum(band.count for band in classes.bands)

    assert counted + classes.zero_count + classes.missing_count == len(values)
    for value in (v for v in values if v):
        band = classes.bands[classes.index(value)]
        assert band.lowest is not None
        assert band.lowest <= value <= band.highest


def _deviation(values: list[float], uppers: list[float]) -> float:
    total, below = 0.0, -1.0
    for upper in uppers:
        members = [v for v in values if below < v <= upper]
        total += float(np.var(members)) * len(members) if members else 0.0
        below = upper
    return total


@pytest.fixture(scope="module")
def mapclassify() -> ModuleType:
    """The library, which takes seconds to load: only where it is asked."""
    return import_module("mapclassify")


@pytest.mark.filterwarnings("ignore:Numba not installed")
@given(st.lists(st.integers(1, 60).map(float), min_size=5, max_size=27))
def test_natural_classes_are_as_good_as_mapclassify(
    mapclassify: ModuleType, values: list[float]
) -> None:
    count = min(5, len(set(values)))
    ours = [band.upper for band in classify(values, ClassMethod.NATURAL).bands]
    theirs = list(mapclassify.FisherJenks(values, k=count).bins) if count > 1 else [max(values)]

    assert _deviation(values, ours) <= _deviation(values, theirs) + 1e-6


def test_zero_and_no_data_look_different_and_are_counted() -> None:
    values = {"a": 0, "b": None, "c": 3}
    picture = class_choropleth("件数", values, Unit("件"), ClassMethod.NATURAL)
    items = {item["label"]: item for item in picture.legend("件")["items"]}

    assert len({p.swatch for p in picture.patches.values()}) == 3
    assert items["0件"]["count"] == items["データなし"]["count"] == "1地区"
    assert picture.patches["b"].swatch == items["データなし"]["swatch"]


def test_circles_grow_with_the_value_by_area() -> None:
    values = {"a": 100.0, "b": 25.0, "c": 0.0}
    patches = circle_map("件数", values, Unit("件"), [100]).patches

    assert patches["a"].radius_px == 2 * patches["b"].radius_px
    assert patches["c"].swatch != patches["b"].swatch


def test_a_picture_says_its_numbers_as_rounded_as_they_are_shown() -> None:
    picture = class_choropleth(
        "件/10km²", {"a": 1 / 3, "b": None}, Unit("件", 2), ClassMethod.EQUAL
    )

    assert picture.state()["districts"] == [[0, 0.33], [2, None]]
    assert picture.with_notes({"a": 1}, 2).state()["districts"][0] == [0, 0.33, 1]


def test_tiles_resemble_the_map(edition: Edition) -> None:
    boundaries = district_boundaries(edition)
    tiles = tile_positions(list(boundaries.index))
    assert len(set(tiles.values())) == 27
    order = list(tiles)
    columns, rows = np.array([tiles[d] for d in order]).T
    east, north = (boundaries.loc[order, name].to_numpy() for name in ("anchor_lng", "anchor_lat"))

    assert np.corrcoef(columns, east)[0, 1] > 0.85
    assert np.corrcoef(rows, -north)[0, 1] > 0.75


def test_known_forms_have_colours_of_their_own() -> None:
    assert len(set(FORM_COLOURS.values())) == len(Form)
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
