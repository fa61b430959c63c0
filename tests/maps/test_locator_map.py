"""The small map of where a district lies: what is in sight, and names that can be told apart."""

from itertools import combinations

import pytest

from kyodo_geo.editions import Edition
from kyodo_geo.graphics.place_charts import shapes
from kyodo_geo.maps.alt_text import locator_alt, small_map_alt
from kyodo_geo.maps.locator_map import locator_map
from kyodo_geo.measures.places.district_shapes import district_neighbours

SQUARE = [[0, 0], [0, 0.1], [0.1, 0.1], [0.1, 0]]
LEFT = [[0, -1], [0, 0], [0.1, 0], [0.1, -1]]
POND = [[0.02, -0.04], [0.02, -0.01], [0.08, -0.01], [0.08, -0.04]]
TOWN = {
    "bounds": [[0, -1], [0.1, 0.1]],
    "districts": [
        {"name": "右", "anchor": [0.05, 0.05], "rings": [SQUARE]},
        {"name": "左", "anchor": [0.05, -0.9], "rings": [LEFT, POND]},
    ],
}


def test_half_of_its_size_is_shown_around_a_district_and_names_stand_in_their_own() -> None:
    drawn = locator_map(TOWN, 0, [1])
    (own, *here), (other, x, y) = drawn["wide"]["names"]

    assert drawn["box"] == [950, -150, 200, 200]
    assert drawn["wide"] == drawn["narrow"]
    assert (own, other) == (0, 1)
    assert here == [1050, -50]
    # Its anchor is out of sight: its name stands on what is seen of it, not on its water.
    assert 950 < x < 1000 and -100 < y < 0
    assert not (960 < x < 990 and -80 < y < -20)


def test_what_is_out_of_sight_has_no_name() -> None:
    far = {"name": "遠", "anchor": [9, 9], "rings": [[[9, 9], [9, 9.1], [9.1, 9.1]]]}
    town = {**TOWN, "districts": [*TOWN["districts"], far]}

    assert [n for n, *_ in locator_map(town, 0, [1, 2])["wide"]["names"]] == [0, 1]


@pytest.mark.parametrize("here", [None, 0, 2, 12, 16])
def test_names_lie_in_sight_and_on_no_other_name(edition: Edition, here: int | None) -> None:
    ids = [district.district_id for district in edition.districts]
    near = [ids.index(id_) for id_ in district_neighbours(edition)[ids[here]]] if here else []
    geometry = shapes(edition)
    drawn = locator_map(geometry, here, near)
    left, top, width, height = drawn["box"]
    for lettering in (drawn["wide"], drawn["narrow"]):
        size, names = lettering["size"], lettering["names"]
        halves = {n: size * len(edition.districts[n].name) / 2 for n, _, _ in names}

        assert names and {n for n, _, _ in names} <= {
            *(range(27) if here is None else [here, *near])
        }
        for n, x, y in names:
            assert left < x - halves[n] and x + halves[n] < left + width
            assert top < y - size / 2 and y + size / 2 < top + height
        for (n, x, y), (other, other_x, other_y) in combinations(names, 2):
            is_apart = abs(x - other_x) >= halves[n] + halves[other] - 0.1
            assert is_apart or abs(y - other_y) >= size - 0.1


def test_a_map_is_told_in_words() -> None:
    names = {"a": "一地区", "b": "二地区", "c": "三地区", "d": "四地区"}
    some, none = {"a": 3, "b": 1, "c": 3, "d": 0}, dict.fromkeys(names, 0)

    assert small_map_alt("共催", "延べ7件", some, names) == (
        "共催の地図。延べ7件。最も多いのは一地区・三地区の3件。"
    )
    assert "一地区・二地区・三地区などの1,200件" in small_map_alt(
        "共催", "", dict.fromkeys(names, 1200), names
    )
    assert small_map_alt("共催", "延べ0件", none, names) == "共催の地図。延べ0件。"
    assert locator_alt(["花北地区", "花南地区", "松園地区"], 27) == (
        "花北地区の位置の地図。隣は花南地区、松園地区です。"
    )
    assert locator_alt([], 27) == "27地区の地図。地区の一覧からも選べます。"
