"""What the benchmarks make of their measurements; they themselves run by `make bench`."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import before
from benchmarks.before import Program


def test_turns_alternate_who_comes_first() -> None:
    programs = (Program(Path("now"), Path("a")), Program(Path("then"), Path("b")))

    orders = [before.in_turn(programs, turn) for turn in range(3)]

    assert orders == [programs, programs[::-1], programs]


def test_medians_of_both_are_held_against_each_other() -> None:
    ours = [{"start": 1.05, "click": 0.3}, {"start": 9.0, "click": 0.1}, {"start": 1.0, "click": 1}]
    earlier = [{"start": 1.0, "click": 0.1}, {"start": 1.0, "click": 0.2}]

    start, click = before.results(ours, earlier, "abc1234")

    assert start.cells() == (
        *("start", "1050 ms", "1000 ms (abc1234)"),
        *("1.05 ×", "≤ 1.05 ×", "yes"),
    )
    assert click.value == pytest.approx(2.0)
    assert not click.is_met
