"""Colours that differ for every eye: computed for three kinds of colour vision and for greyscale.

Differences are Euclidean in CAM02-UCS, where 1 is about the least that can be seen; colour
vision is simulated after Machado et al. (2009) at full severity.
"""

from itertools import combinations

import numpy as np
import pytest
from colorspacious import cspace_converter
from numpy.typing import NDArray

from kyodo_geo.maps import palette
from kyodo_geo.maps.palette import contrast
from kyodo_geo.vocabulary import VOCABULARIES, ActorType, Form, Grade, Scope

LEAST_APART = 7
LEAST_APART_IN_GREY = 5.5
LEAST_BESIDE_LINE = 3
"""WCAG 2.2, 1.4.11: what is needed to understand a picture."""

LEAST_FOR_TEXT = 4.5
"""WCAG 2.2, 1.4.3."""

SETS = {
    "sequential": (*palette.SEQUENTIAL, palette.ZERO),
    "forms": (*palette.FORM_COLOURS.values(), palette.ZERO),
    "actors": tuple(palette.ACTOR_COLOURS.values()),
    "scopes": tuple(palette.SCOPE_COLOURS.values()),
    "sides": (palette.CITY, palette.CITIZENS),
    "grades": tuple(palette.GRADE_COLOURS.values()),
}
ALL_COLOURS = {colour for colours in SETS.values() for colour in colours} | {
    palette.LAND,
    palette.MISSING,
    palette.HATCH_GROUND,
    palette.HATCH_LINE,
    palette.CIRCLE,
    palette.TIE,
}
KINDS = ("normal", "protanomaly", "deuteranomaly", "tritanomaly")

uniform = cspace_converter("sRGB1", "CAM02-UCS")


def rgb(colours: tuple[str, ...]) -> NDArray[np.float64]:
    return np.array([[int(c[n : n + 2], 16) / 255 for n in (1, 3, 5)] for c in colours])


def seen_by(kind: str, colours: NDArray[np.float64]) -> NDArray[np.float64]:
    if kind == "normal":
        return colours
    simulated = {"name": "sRGB1+CVD", "cvd_type": kind, "severity": 100}
    return np.clip(cspace_converter(simulated, "sRGB1")(colours), 0, 1)


def in_grey(colours: NDArray[np.float64]) -> NDArray[np.float64]:
    """As a printer without colour shows them: of the same luminance."""
    xyz = cspace_converter("sRGB1", "XYZ1")(colours)
    white = cspace_converter("sRGB1", "XYZ1")(np.ones(3))
    return np.asarray(np.clip(cspace_converter("XYZ1", "sRGB1")(xyz[:, 1:2] * white), 0, 1))


def least_apart(colours: NDArray[np.float64]) -> float:
    placed = uniform(colours)
    return min(float(np.linalg.norm(a - b)) for a, b in combinations(placed, 2))


@pytest.mark.parametrize("name", SETS)
def test_any_two_colours_of_a_set_differ_for_every_eye_and_in_grey(name: str) -> None:
    colours = rgb(SETS[name])
    apart = {kind: least_apart(seen_by(kind, colours)) for kind in KINDS}

    assert min(apart.values()) >= LEAST_APART, apart
    assert least_apart(in_grey(colours)) >= LEAST_APART_IN_GREY


def test_the_line_parts_neighbours_that_their_colours_alone_would_not() -> None:
    beside_line = {colour: contrast(colour, palette.LINE) for colour in ALL_COLOURS}

    assert min(beside_line.values()) >= LEAST_BESIDE_LINE, beside_line
    assert contrast(palette.MARKED, palette.LINE) >= LEAST_BESIDE_LINE


def test_letters_can_be_read_on_every_colour() -> None:
    inks = {
        colour: contrast(colour, palette.ink_on(colour))
        for colour in ALL_COLOURS - {palette.HATCH_LINE}
    }

    assert min(inks.values()) >= LEAST_FOR_TEXT, inks


def test_amounts_grow_darker_step_by_step() -> None:
    from_white = [contrast(colour, palette.ZERO) for colour in palette.SEQUENTIAL]

    assert from_white == sorted(from_white)


@pytest.mark.parametrize("vocabulary", [Form, ActorType, Scope, Grade])
def test_every_category_has_a_letter_of_its_own(vocabulary) -> None:  # type: ignore[no-untyped-def]
    marks = [term.mark for term in vocabulary]

    assert vocabulary in VOCABULARIES.values()
    assert all(marks)
    assert len(set(marks)) == len(marks)


def test_a_simulation_changes_what_it_should() -> None:
    red_and_green = rgb(("#d00000", "#5a7d00"))

    assert least_apart(seen_by("deuteranomaly", red_and_green)) < least_apart(red_and_green) / 2
