"""Names on maps cover nothing, and those that a map cannot do without are there."""

from itertools import combinations
from math import dist

from hypothesis import given, settings
from hypothesis import strategies as st

from kyodo_geo.maps.label_placement import LabelSpot, place_labels

BOUNDS = (0, 0, 1200, 800)


def circle(x: float, y: float, radius: float, *, is_needed: bool = False) -> LabelSpot:
    return LabelSpot(x, y, radius, radius + 1, 52, 20, is_beside=True, is_needed=is_needed)


@settings(max_examples=25)
@given(
    st.lists(
        st.builds(circle, st.floats(0, 1200), st.floats(0, 800), st.floats(3, 30)), max_size=27
    )
)
def test_names_lie_on_no_circle_and_on_no_other_name(spots: list[LabelSpot]) -> None:
    placed = [
        (place, spot)
        for place, spot in zip(place_labels(spots, BOUNDS), spots, strict=True)
        if place
    ]
    for place, spot in placed:
        for other in spots:
            across = max(abs(other.x - place.x) - spot.width / 2, 0)
            down = max(abs(other.y - place.y) - spot.height / 2, 0)
            assert dist((across, down), (0, 0)) >= other.radius - 1e-6
    for (one, spot), (other, _) in combinations(placed, 2):
        is_apart = abs(one.x - other.x) >= spot.width - 1e-6
        assert is_apart or abs(one.y - other.y) >= spot.height - 1e-6


def test_a_needed_name_in_a_crowd_is_led_to_by_a_line() -> None:
    crowd = [circle(400 + dx, 400 + dy, 20) for dx in (-30, 0, 30) for dy in (-30, 30)]
    needed = circle(400, 400, 30, is_needed=True)
    alone = circle(900, 400, 30, is_needed=True)
    *_, far, near = place_labels([*crowd, needed, alone], BOUNDS)

    assert far is not None
    assert far.line is not None
    assert dist(far.line[:2], (400, 400)) < 31
    assert near is not None
    assert (near.x, near.line) == (900, None)


def test_a_name_stands_in_its_district_where_there_is_room() -> None:
    roomy = LabelSpot(300, 300, 0, 80, 52, 20, has_room=True)
    small = LabelSpot(500, 300, 0, 15, 52, 20)
    selected = LabelSpot(700, 300, 0, 15, 52, 20, is_needed=True)
    inside, none, led_to = place_labels([roomy, small, selected], BOUNDS)

    assert inside is not None
    assert (inside.x, inside.y) == (300, 300)
    assert none is None
    assert led_to is not None
    assert led_to.line is not None
