"""Queries for figures: of the cube where an edition has one, else of its activities."""

from __future__ import annotations

from typing import Any

from numpy.typing import NDArray

from kyodo_geo.editions import Edition, figures_text
from kyodo_geo.filters.conditions import query_parameters
from kyodo_geo.model import Filters

OF_TEXTS = ("keyword", "more_keywords")
"""Parameters that only activities can be narrowed by."""


def figure_rows(
    edition: Edition, filters: Filters, name: str, **others: object
) -> list[tuple[Any, ...]]:
    """The rows of `queries/NAME.sql` for a view; `others` are parameters of its own."""
    text, parameters = _asked(edition, filters, name)
    return edition.rows(text, parameters | others)


def figure_columns(edition: Edition, filters: Filters, name: str) -> dict[str, NDArray[Any]]:
    """The same as one array a column; the result must hold no NULL."""
    return edition.columns(*_asked(edition, filters, name))


def _asked(edition: Edition, filters: Filters, name: str) -> tuple[str, dict[str, Any]]:
    parameters = query_parameters(edition, filters)
    from_cube = edition.has_cube and parameters["keyword"] is None
    if from_cube:
        parameters = {key: value for key, value in parameters.items() if key not in OF_TEXTS}
    return figures_text(name, from_cube=from_cube), parameters
