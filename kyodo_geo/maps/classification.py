"""Values into classes: natural breaks, equal counts or equal widths; zero stands apart."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum

import numpy as np

MOST_CLASSES = 5


class ClassMethod(Enum):
    """How class limits are found."""

    NATURAL = "自然分類"
    QUANTILE = "等量"
    EQUAL = "等間隔"


@dataclass(frozen=True)
class ClassBand:
    """One class: the values above the previous class up to and including `upper`.

    `lowest` and `highest` are the smallest and largest value in it; both are None in an
    empty class (only 等間隔 makes them).
    """

    upper: float
    lowest: float | None
    highest: float | None
    count: int


@dataclass(frozen=True)
class Classes:
    """Classes of the positive values; zeros and missing values are counted apart."""

    bands: tuple[ClassBand, ...]
    zero_count: int
    missing_count: int

    def index(self, value: float) -> int:
        """The position of the class of a positive value."""
        uppers = [band.upper for band in self.bands]
        return min(bisect_left(uppers, value), len(uppers) - 1)


def classify(
    values: Iterable[float | None], method: ClassMethod, most: int = MOST_CLASSES
) -> Classes:
    """Put values (None: missing) into at most `most` classes.

    There are never more classes than distinct positive values; all-equal, all-zero and
    all-missing input gives one class or none.
    """
    values = list(values)
    positive = sorted(v for v in values if v is not None and v > 0)
    count = min(most, len(set(positive)))
    uppers = _UPPERS[method](positive, count) if positive else []
    return Classes(
        bands=_bands(positive, uppers),
        zero_count=sum(v == 0 for v in values),
        missing_count=sum(v is None for v in values),
    )


def _bands(positive: Sequence[float], uppers: Sequence[float]) -> tuple[ClassBand, ...]:
    bands, start = [], 0
    for upper in uppers:
        stop = start
        while stop < len(positive) and positive[stop] <= upper:
            stop += 1
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
    n = len(positive)
    cost = _deviation_costs(positive)
    best = [cost[0][stop] for stop in range(n)]
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
    """Sum of squared deviations from the mean of every run start…stop of the values."""
    n = len(positive)
    total = np.concatenate(([0.0], np.cumsum(positive)))
    squares = np.concatenate(([0.0], np.cumsum(np.square(positive))))
    return [
        [
            float(squares[b + 1] - squares[a] - (total[b + 1] - total[a]) ** 2 / (b + 1 - a))
            if b >= a
            else 0.0
            for b in range(n)
        ]
        for a in range(n)
    ]


_UPPERS = {
    ClassMethod.NATURAL: _natural_uppers,
    ClassMethod.QUANTILE: _quantile_uppers,
    ClassMethod.EQUAL: _equal_uppers,
}
