"""Page options with fixed values, and the errors for other values in an address."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kyodo_geo.editions import Edition
from kyodo_geo.errors import FilterError
from kyodo_geo.filters.query_string import printable_excerpt
from kyodo_geo.graphics.image_options import OPTIONS as PICTURE_OPTIONS
from kyodo_geo.graphics.image_options import Option
from kyodo_geo.guideline.checks import CHECKS
from kyodo_geo.measures.activities.listing import Order

ORDERS = {order.order_id: order for order in Order}


PLAIN = Option("plain", "plain", "やさしい日本語", {"1": "やさしい日本語"}, "", "toggle")
ORDER = Option("order", "order", "並べ方", {o.order_id: o.label for o in Order}, "newest")
CHECK = Option(
    "check",
    "check",
    "点検",
    {"": "すべて", **{one.check_id: f"{one.check_id} {one.title}" for one in CHECKS}},
    "",
)
HINTS = Option(
    "hints", "hints", "次の一歩の手がかり", {"on": "示す", "off": "示さない"}, "on", "one"
)

FIXED_OPTIONS = (*PICTURE_OPTIONS, ORDER, PLAIN, CHECK, HINTS)


def unknown_values(edition: Edition, texts: Mapping[str, Sequence[str]]) -> dict[str, FilterError]:
    """Return an error per key whose last text is unknown; an empty text is no choice.

    A key may have other values on another page, and a view goes along from page to page: the
    values of all pages are known.
    """
    known: dict[str, list[str]] = {"select": list(edition.district_by_id)}
    labels = {"select": "選んだ地区"}
    for option in FIXED_OPTIONS:
        known.setdefault(option.key, []).extend(filter(None, option.labels))
        labels[option.key] = option.label
    return {
        key: FilterError(
            labels[key],
            f"「{printable_excerpt(texts[key][-1])}」という値はありません",
            f"使えるのは {'、'.join(values)} です",
        )
        for key, values in known.items()
        if texts.get(key) and texts[key][-1] not in ("", *values)
    }
