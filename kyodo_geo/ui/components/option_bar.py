"""Choices of a page that belong to its address: what can be chosen, and what is."""

from __future__ import annotations

from typing import Any

from kyodo_geo.city import city
from kyodo_geo.editions import Edition
from kyodo_geo.graphics.image_options import CLASSES, Option
from kyodo_geo.ui.components.mount import Part
from kyodo_geo.ui.state import view_state
from kyodo_geo.ui.state.page_options import FIXED_OPTIONS

TOWN_LENGTH = 100

Item = tuple[str, dict[str, Any]]
"""One choice of a page: its name, and what differs from one run to the next."""

DISTRICT: Item = ("select", {})
"""The list beside the map: the way to a district without a pointing device."""

OF_DISTRICT: Item = ("district", {})
TOWN: Item = ("town", {})
"""Two ways to a district's own page: from the list, and by the name of a town."""


def cards(edition: Edition) -> dict[str, dict[str, Any]]:
    """All choices by name, as static/widgets/fields.js takes them."""
    cards = {option.name: option.card() for option in FIXED_OPTIONS}
    cards["select"] = {
        "key": "select",
        "kind": "list",
        "label": "選んだ地区",
        "options": [["", "市全体（地区を選ぶ）"]],
        "groups": district_groups(edition),
        "default": "",
    }
    cards["district"] = {
        "key": "district",
        "kind": "list",
        "label": "地区（よみ）",
        "options": [["", "選んでください"]],
        "groups": [
            (region, [(id_, _with_kana(edition, id_)) for id_, _ in districts])
            for region, districts in district_groups(edition)
        ],
        "default": "",
    }
    cards["town"] = {
        "key": "town",
        "kind": "text",
        "label": "町名・大字・よみで探す",
        "longest": TOWN_LENGTH,
        "placeholder": f"例: {city().place_examples}",
    }
    cards["page"] = {"key": "page", "kind": "pages", "label": "ページ"}
    return cards | _edition_cards(edition)


def editions_chosen(edition: Edition) -> tuple[str, str]:
    """The editions to compare as the address has them, else the two newest; any texts."""
    before, after = _newest_two(edition)
    return view_state.text_option("before") or before, view_state.text_option("after") or after


def _newest_two(edition: Edition) -> tuple[str, str]:
    """The edition before the newest and the newest; twice the same where there is but one."""
    log = edition.log
    return str(log[min(1, len(log) - 1)].number), str(log[0].number)


def _edition_cards(edition: Edition) -> dict[str, dict[str, Any]]:
    """The choice of two editions to compare."""
    choices = [
        (str(e.number), f"第{e.number}版（{e.published_at:%Y-%m-%d}）{e.action}")
        for e in edition.log
    ]
    labels = {"before": "前の版", "after": "後の版"}
    return {
        key: {"key": key, "kind": "list", "label": label, "options": choices, "default": default}
        for (key, label), default in zip(labels.items(), _newest_two(edition), strict=True)
    }


def _with_kana(edition: Edition, district_id: str) -> str:
    district = edition.district_by_id[district_id]
    return f"{district.name}（{district.name_kana}）" if district.name_kana else district.name


def district_groups(edition: Edition) -> list[tuple[str, list[tuple[str, str]]]]:
    """Districts by region: (region, [(id, name), …])."""
    regions = dict.fromkeys(district.region for district in edition.districts)
    return [
        (region, [(d.district_id, d.name) for d in edition.districts if d.region == region])
        for region in regions
    ]


def chosen(option: Option) -> str:
    """What this session has chosen, else the default."""
    return option.chosen_in(view_state.view())


def option_item(option: Option, *, disabled: bool = False, explanation: str = "") -> Item:
    """A choice of a page; a disabled one says why in `explanation`."""
    return option.name, ({"disabled": True, "help": explanation} if disabled else {})


def class_option_item(*, disabled: bool = False) -> Item:
    """How classes are made; circles have no classes."""
    return option_item(CLASSES, disabled=disabled, explanation="円で表す指標では使いません")


def row(*items: Item, style: str = "") -> Part:
    """The row of choices of a page; `style` names another look."""
    return {"kind": "options", "items": items} | ({"style": style} if style else {})
