"""Classification of map values: natural breaks, quantiles or equal widths; zero stands apart."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum

import numpy as np

MOST_CLASSES = 5


class ClassMethod(Enum):
    """Method of finding class limits."""

    NATURAL = "自然分類"
    QUANTILE = "等量"
    EQUAL = "等間隔"


@dataclass(frozen=True)
class ClassBand:
    """Class of the values above the previous class up to and including `upper`.

    `lowest` and `highest` are its smallest and largest value, None in an empty class (only
    等間隔 makes them).
    """

    upper: float
    lowest: float | None
    highest: float | None
    count: int


@dataclass(frozen=True)
class Classes:
    """Classes of the positive values; zero and missing values are counted apart."""

    bands: tuple[ClassBand, ...]
    zero_count: int
    missing_count: int

    def index(self, value: float | None) -> int:
        """Return the position of a value's class; zero, then None, come behind all classes."""
        count = len(self.bands)
        if value is None or value <= 0:
            return count + (value is None)
        return min(bisect_left(self.bands, value, key=lambda band: band.upper), count - 1)


def classify(values: Iterable[float | None], method: ClassMethod) -> Classes:
    """Put values (None: missing) into at most MOST_CLASSES classes.

    There are never more classes than distinct positive values; all-equal, all-zero and
    all-missing input gives one class or none.
    """
    values = list(values)
    positive = sorted(v for v in values if v is not None and v > 0)
    count = min(MOST_CLASSES, len(set(positive)))
    uppers = _UPPERS[method](positive, count) if positive else []
    return Classes(
        bands=_bands(positive, uppers),
        zero_count=sum(v == 0 for v in values),
        missing_count=sum(v is None for v in values),
    )


def _bands(positive: Sequence[float], uppers: Sequence[float]) -> tuple[ClassBand, ...]:
    bands, start = [], 0
    for upper in uppers:
        stop = bisect_right(positive, upper)
        members = positive[start:stop]
        lowest, highest = (members[0], members[-1]) if members else (None, None)
        bands.append(ClassBand(upper, lowest, highest, len(members)))
        start = stop
    return tuple(bands)


def _equal_uppers(positive: Sequence[float], count: int) -> list[float]:
    lowest, highest = positive[0], positive[-1]
    width = (highest - lowest) / count
    return [lowest + width * n for n in range(1, count)] + [highest]


def _quantile_uppers(positive: Sequence[float], count: int) -> list[float]:
    shares = [n / count for n in range(1, count + 1)]
    # A limit is always a value that occurs: 0.4件 would mean nothing.
    limits = np.quantile(positive, shares, method="inverted_cdf")
    return sorted({float(limit) for limit in limits})


def _natural_uppers(positive: Sequence[float], count: int) -> list[float]:
    """Fisher's exact classes: the least sum of squared deviations from class means.

    Dynamic programming over the sorted values; O(count · n²), with n ≤ 27 here. Source:
    Fisher (1958), On Grouping for Maximum Homogeneity.
    """
    # Decision 3: mapclassify would cost 1.6 s of start-up and 90 MB.
    n = len(positive)
    cost = _deviation_costs(positive)
    best = cost[0]
    starts: list[list[int]] = [[0] * n]
    for size in range(1, count):
        choices = [
            min((best[start - 1] + cost[start][stop], start) for start in range(size, stop + 1))
            if stop >= size
            else (float("inf"), 0)
            for stop in range(n)
        ]
        best = [deviation for deviation, _ in choices]
        starts.append([start for _, start in choices])
    uppers, stop = [], n - 1
    for size in reversed(range(count)):
        uppers.append(positive[stop])
        stop = starts[size][stop] - 1
    return sorted(set(uppers))


def _deviation_costs(positive: Sequence[float]) -> list[list[float]]:
    """Sum of squared deviations from the mean per run start…stop; 0 where stop < start."""
    total, squares = (np.append(0.0, np.cumsum(np.power(positive, p))) for p in (1, 2))
    start, stop = np.ogrid[: len(positive), 1 : len(positive) + 1]
    lengths = np.maximum(stop - start, 1)
    sums = total[stop] - total[start]
    costs = np.where(stop > start, squares[stop] - squares[start] - sums**2 / lengths, 0.0)
    found: list[list[float]] = costs.tolist()
    return found


_UPPERS = {
    ClassMethod.NATURAL: _natural_uppers,
    ClassMethod.QUANTILE: _quantile_uppers,
    ClassMethod.EQUAL: _equal_uppers,
}
