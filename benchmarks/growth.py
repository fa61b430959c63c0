"""What the map costs as the record grows, with and without the cube of an edition."""

from __future__ import annotations

import time
from collections.abc import Callable
from statistics import median

from benchmarks.data import open_edition
from benchmarks.queries import Uncached
from benchmarks.report import Result
from kyodo_geo.editions import Edition
from kyodo_geo.measures.places.density import MEASURES, measure_places
from kyodo_geo.measures.places.summary import summarise
from kyodo_geo.model import Filters
from kyodo_geo.vocabulary import Field, Form

THOUSAND_TIMES_MORE = 60
TEN_TIMES_MORE = 4.5
FASTER_WITH_CUBE = 2.5
KEPT_TEN_TIMES_MORE = 5

NEW_PERIOD = Filters(year_from=2012, year_to=2024)
NEW_FIELD = Filters(fields=(Field.WELFARE, Field.TOURISM))
KEPT_FORM = Filters(forms=(Form.SUBSIDY,))


def measure(small: int, large: int, larger: int, repeats: int) -> list[Result]:
    """Processor time of the map on three sizes, each a new question, and on the largest without
    its cube, where it has one."""

    def cost_ms(size: int, asked: Filters, *, has_cube: bool = True) -> float:
        edition = Uncached(open_edition(size).path)
        if not has_cube:
            edition.__dict__["has_cube"] = False
        return _cost_ms(lambda: summarise(edition, asked), repeats)

    results = []
    for what, asked in (("a new period", NEW_PERIOD), ("a field", NEW_FIELD)):
        few, many, most = (cost_ms(size, asked) for size in (small, large, larger))
        results += [
            _grown(f"map under {what}", small, few, larger, most, THOUSAND_TIMES_MORE),
            _grown("the same", large, many, larger, most, TEN_TIMES_MORE),
        ]
        if open_edition(larger).has_cube:
            scanned = cost_ms(larger, asked, has_cube=False)
            results.append(_faster(f"the same, {larger:,} activities", most, scanned))
    kept = [_kept_ms(open_edition(size), repeats) for size in (large, larger)]
    name = "map under a form, no query needed"
    return [*results, _grown(name, large, kept[0], larger, kept[1], KEPT_TEN_TIMES_MORE)]


def _grown(
    name: str, size: int, value_ms: float, larger: int, larger_ms: float, limit: float
) -> Result:
    return Result(
        f"{name}, {larger:,} activities against {size:,} (processor time)",
        f"{larger_ms:.1f} ms",
        f"{value_ms:.1f} ms ({size:,})",
        larger_ms / value_ms,
        limit,
    )


def _faster(name: str, with_cube_ms: float, without_ms: float) -> Result:
    return Result(
        f"{name}, with the cube (processor time)",
        f"{with_cube_ms:.0f} ms",
        f"{without_ms:.0f} ms (without)",
        without_ms / with_cube_ms,
        FASTER_WITH_CUBE,
        "× faster",
        at_least=True,
    )


def _kept_ms(edition: Edition, repeats: int) -> float:
    """A click on a filter of sets: what the period holds is in memory by then."""
    measure_places(edition, Filters(), MEASURES["activities"])

    def click() -> None:
        edition._cache.clear()
        summarise(edition, KEPT_FORM)

    return _cost_ms(click, repeats)


def _cost_ms(call: Callable[[], object], repeats: int) -> float:
    """Middle processor time of a call, all threads of this process together."""
    call()
    costs_ms = []
    for _ in range(repeats):
        start = time.process_time()
        call()
        costs_ms.append((time.process_time() - start) * 1000)
    return median(costs_ms)
