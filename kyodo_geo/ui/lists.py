"""The tables of the guideline's pages as files: the choices they follow, and their addresses."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from starlette.responses import Response

from kyodo_geo.api.files import made_file
from kyodo_geo.editions.edition import JAPAN
from kyodo_geo.export import FORMATS
from kyodo_geo.export.lists import (
    actions_file_name,
    checks_file_name,
    write_actions,
    write_checks,
)
from kyodo_geo.guideline.checks import CHECK_BY_ID, CHECKS, Check, with_all_bands
from kyodo_geo.pictures.options import Option, effort_in
from kyodo_geo.ui import address
from kyodo_geo.ui.answers import WRONG_USE, Asked, sentence
from kyodo_geo.ui.options import CHECK
from kyodo_geo.ui.parts import Part

CITY_ACTIONS, CHECK_LIST = "city_actions", "checks"


def list_file(asked: Asked) -> Response:
    """The table that an address names, narrowed as the page shows it."""
    if asked.problems:
        return sentence(asked.problems[0].sentence, WRONG_USE)
    mime, edition, filters = FORMATS["csv"].mime, asked.edition, asked.filters
    if asked.name == CITY_ACTIONS:
        effort = effort_in(asked.texts)
        return made_file(
            actions_file_name(edition, filters, effort),
            mime,
            lambda target: write_actions(edition, filters, effort, target),
        )
    if asked.name == CHECK_LIST:
        checks, filters = checks_in(asked.texts), with_all_bands(filters)
        return made_file(
            checks_file_name(edition, filters, checks),
            mime,
            lambda target: write_checks(edition, filters, checks, today(), target),
        )
    return sentence(f"表があるのは {CITY_ACTIONS} と {CHECK_LIST} です。", WRONG_USE)


def checks_in(texts: address.Texts) -> Sequence[Check]:
    """The check a view has chosen, else all."""
    chosen = CHECK.chosen_in(texts)
    return (CHECK_BY_ID[chosen],) if chosen else CHECKS


def download(label: str, name: str, option: Option) -> Part:
    """A button for one of the tables, with the filters and the choice of the page."""
    return {"kind": "tableFile", "label": label, "name": name, "options": [option.key]}


def today() -> date:
    """The day in Japan."""
    return datetime.now(JAPAN).date()
