"""Tables of the guideline's pages as files: the city's actions, the list of checks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from starlette.responses import Response

from kyodo_geo.export.schema.tables import ACTIONS, CHECKED
from kyodo_geo.export.writers.guideline_tables import (
    actions_file_name,
    checks_file_name,
    write_actions,
    write_checks,
)
from kyodo_geo.graphics.image_options import effort_in
from kyodo_geo.guideline.checks import CHECK_BY_ID, CHECKS, Check, with_all_bands
from kyodo_geo.japanese import today
from kyodo_geo.ui.components.export_buttons import CHECK_LIST, CITY_ACTIONS
from kyodo_geo.ui.http.downloads import file_or_description
from kyodo_geo.ui.http.view_request import WRONG_USE, ViewRequest, refusing_problems, sentence
from kyodo_geo.ui.state import view_state
from kyodo_geo.ui.state.page_options import CHECK
from kyodo_geo.web.descriptor_links import split_standard


@refusing_problems
def list_file(asked: ViewRequest) -> Response:
    """Return the table that an address names, filtered as on its page, or its description."""
    name, _ = split_standard(asked.name)
    if name == CITY_ACTIONS:
        return _city_actions(asked)
    if name == CHECK_LIST:
        # Decision 31: checks also see what passes for no 協働.
        return _checks(replace(asked, filters=with_all_bands(asked.filters)))
    return sentence(f"表があるのは {CITY_ACTIONS} と {CHECK_LIST} です。", WRONG_USE)


def _city_actions(asked: ViewRequest) -> Response:
    edition, filters, effort = asked.edition, asked.filters, effort_in(asked.texts)
    return file_or_description(
        asked,
        (ACTIONS,),
        actions_file_name(edition, filters, effort),
        lambda target: write_actions(edition, filters, effort, target),
    )


def _checks(asked: ViewRequest) -> Response:
    edition, filters, checks = asked.edition, asked.filters, checks_in(asked.texts)
    return file_or_description(
        asked,
        (CHECKED,),
        checks_file_name(edition, filters, checks),
        lambda target: write_checks(edition, filters, checks, today(), target),
    )


def checks_in(texts: view_state.Texts) -> Sequence[Check]:
    """Return the check that a view has chosen, else all."""
    chosen = CHECK.chosen_in(texts)
    return (CHECK_BY_ID[chosen],) if chosen else CHECKS
