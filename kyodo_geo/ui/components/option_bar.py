"""Choices of a page that belong to its address: what can be chosen, and what is."""

from __future__ import annotations

from kyodo_geo.city import city
from kyodo_geo.editions import Edition
from kyodo_geo.graphics.image_options import CLASSES, Option
from kyodo_geo.ui.components.parts import Choice, OptionItem, Options, Part
from kyodo_geo.ui.state import view_state
from kyodo_geo.ui.state.page_options import FIXED_OPTIONS

TOWN_LENGTH = 100

DISTRICT = OptionItem("select")
"""The list beside the map: the way to a district without a pointing device."""

OF_DISTRICT, TOWN = OptionItem("district"), OptionItem("town")
"""Two ways to a district's own page: from the list, and by the name of a town."""


def choices(edition: Edition) -> dict[str, Choice]:
    """All choices by name."""
    with_kana = [
        (region, [(id_, _with_kana(edition, id_)) for id_, _ in districts])
        for region, districts in district_groups(edition)
    ]
    choices = [
        Choice(
            "select",
            "list",
            "選んだ地区",
            [("", "市全体（地区を選ぶ）")],
            district_groups(edition),
        ),
        Choice("district", "list", "地区（よみ）", [("", "選んでください")], with_kana),
        Choice(
            "town",
            "text",
            "町名・大字・よみで探す",
            longest=TOWN_LENGTH,
            placeholder=f"例: {city().place_examples}",
        ),
        Choice("page", "pages", "ページ"),
        *_edition_choices(edition),
    ]
    fixed = {option.name: _fixed_choice(option) for option in FIXED_OPTIONS}
    return fixed | {choice.key: choice for choice in choices}


def editions_chosen(edition: Edition) -> tuple[str, str]:
    """The editions to compare as the address has them, else the two newest; any texts."""
    before, after = _newest_two(edition)
    return view_state.text_option("before") or before, view_state.text_option("after") or after


def _newest_two(edition: Edition) -> tuple[str, str]:
    """The edition before the newest and the newest; twice the same where there is but one."""
    log = edition.log
    return str(log[min(1, len(log) - 1)].number), str(log[0].number)


def _fixed_choice(option: Option) -> Choice:
    options = list(option.labels.items())
    return Choice(option.key, option.kind, option.label, options, default=option.default)


def _edition_choices(edition: Edition) -> list[Choice]:
    """The choice of two editions to compare."""
    editions = [
        (str(e.number), f"第{e.number}版（{e.published_at:%Y-%m-%d}）{e.action}")
        for e in edition.log
    ]
    before, after = _newest_two(edition)
    return [
        Choice("before", "list", "前の版", editions, default=before),
        Choice("after", "list", "後の版", editions, default=after),
    ]


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


def option_item(option: Option) -> OptionItem:
    """A choice of a page."""
    return OptionItem(option.name)


def class_option_item(*, disabled: bool = False) -> OptionItem:
    """How classes are made; circles have no classes."""
    if disabled:
        return OptionItem(CLASSES.name, True, "円で表す指標では使いません")
    return option_item(CLASSES)


def page_item(last: int) -> OptionItem:
    """Which page of a list is shown, of so many."""
    return OptionItem("page", last=last)


def row(*items: OptionItem, style: str = "kg-options") -> Part:
    """The row of choices of a page; `style` names another look."""
    return Options(items, style)
