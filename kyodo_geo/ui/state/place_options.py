"""Pages about places (地区カルテ, 比較): in their address `district` names the page's subject.

It is no filter there. The maps' filters by place and their selected district stay in the session
until the way back.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kyodo_geo.editions import Edition
from kyodo_geo.errors import FilterError
from kyodo_geo.model import Filters

SELECTED = "select"
"""Option with the district selected on the maps."""

PLACE_KEYS = ("region", "district")
"""Names of the filters by place in addresses."""


@dataclass(frozen=True)
class PlacePage:
    """A page about places: the session option with its ids, joined by spaces, and their limit."""

    option: str
    most: int


PLACE_PAGES = {"district": PlacePage(SELECTED, 1), "compare": PlacePage("compare", 3)}


def chosen(page: PlacePage, options: Mapping[str, str]) -> tuple[str, ...]:
    """Return the ids of the districts a page is about; empty before any is chosen."""
    return tuple((options.get(page.option) or options.get(SELECTED, "")).split())[: page.most]


def place_address(
    page: PlacePage, texts: Mapping[str, list[str]], options: Mapping[str, str]
) -> dict[str, list[str]]:
    """Return the view of a session in the form of such a page's address."""
    hidden = (*PLACE_KEYS, *(other.option for other in PLACE_PAGES.values()))
    kept = {name: values for name, values in texts.items() if name not in hidden}
    ids = chosen(page, options)
    return kept | ({"district": list(ids)} if ids else {})


def options_for(page: PlacePage, ids: Sequence[str], options: Mapping[str, str]) -> dict[str, str]:
    """Return the options that hold the places of a page; the maps' selection stays."""
    selected = {SELECTED: options.get(SELECTED, "")} if page.option != SELECTED else {}
    held = selected | {page.option: " ".join(ids)}
    return {name: text for name, text in held.items() if text}


def districts_in(
    page: PlacePage, edition: Edition, filters: Filters
) -> tuple[tuple[str, ...], tuple[FilterError, ...]]:
    """Return the ids of the districts in an address up to the limit, and errors for the rest."""
    ids = tuple(id_ for id_ in filters.districts if id_ in edition.district_by_id)
    problems = []
    for place_id in filters.districts:
        if place_id not in ids:
            label = edition.place_by_id[place_id].label
            problems.append(FilterError("地区", f"「{label}」は地区ではありません"))
    if len(ids) > page.most:
        expected = f"一度に見られるのは{page.most}地区までです。最初の{page.most}つを使いました"
        problems.append(FilterError("地区", f"{len(ids)}地区が指定されています", expected))
    return ids[: page.most], tuple(problems)
