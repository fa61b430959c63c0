"""Buttons that ask for files: the export panel, and tables of the guideline's pages."""

from __future__ import annotations

from kyodo_geo.graphics.image_options import Option
from kyodo_geo.ui.components.parts import FileButton, Files

FILES = Files()
CITY_ACTIONS, CHECK_LIST = "city_actions", "checks"


def download(label: str, name: str, option: Option) -> FileButton:
    """A button for one of the tables, with the filters and the choice of the page."""
    return FileButton(label, name, f"list/{name}", [option.key])
