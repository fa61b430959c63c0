"""Buttons that ask for files: the export panel, and tables of the guideline's pages."""

from __future__ import annotations

from kyodo_geo.graphics.image_options import Option
from kyodo_geo.ui.components.mount import Part

FILES: Part = {"kind": "files"}
"""Buttons, one a format; nothing is built before it is clicked. The page puts its filters
into the address it asks for."""


CITY_ACTIONS, CHECK_LIST = "city_actions", "checks"


def download(label: str, name: str, option: Option) -> Part:
    """A button for one of the tables, with the filters and the choice of the page."""
    return {"kind": "tableFile", "label": label, "name": name, "options": [option.key]}
