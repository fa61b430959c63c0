"""Names on maps cover nothing, and those that a map cannot do without are there."""

from dataclasses import asdict
from itertools import combinations
from math import dist
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from node import evaluated

import kyodo_geo.maps
from kyodo_geo.maps.label_placement import LabelSpot, place_labels

BOUNDS = (0, 0, 1200, 800)
SCRIPT = Path(kyodo_geo.maps.__file__).parent / "static" / "names.js"
ON_THE_PAGE = """(([spots, bounds]) => {
  const own = spots.map((one) => ({
    ...one, hasRoom: one.has_room, isBeside: one.is_beside, isNeeded: one.is_needed,
  }));
  const found = script.standings(own, bounds);
  return own.map((one) => found.get(one) && [found.get(one).x, found.get(one).y]);
})(value)"""


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


def test_names_stand_at_the_same_places_on_the_page() -> None:
    chance = Random(7)
    spots = [
        circle(
            chance.uniform(0, 600), chance.uniform(0, 400), chance.uniform(3, 30), is_needed=n < 4
        )
        for n in range(20)
    ]
    spots += [
        LabelSpot(900, y, 8, 20, 52, 20, has_room=y < 200, is_needed=y > 300)
        for y in (90, 200, 350)
    ]
    found = evaluated(SCRIPT, ON_THE_PAGE, [[asdict(spot) for spot in spots], BOUNDS])
    expected = [(place.x, place.y) if place else None for place in place_labels(spots, BOUNDS)]

    assert None in expected
    for ours, theirs in zip(expected, found, strict=True):
        assert ours == (theirs and pytest.approx(theirs))
