"""Arrays of Python values."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Objects: TypeAlias = NDArray[Any]
"""An array of values, one a row of the file."""


def objects(values: Iterable[Any], count: int) -> Objects:
    """An array of Python values, whatever they are."""
    return np.fromiter(values, dtype=object, count=count)
