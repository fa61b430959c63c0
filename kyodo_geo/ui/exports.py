"""The export panel: files of the filtered view, built at the click."""

from __future__ import annotations

from kyodo_geo.editions import Edition
from kyodo_geo.model import Filters


def export_panel(edition: Edition, filters: Filters) -> None:
    """Buttons for every format."""
