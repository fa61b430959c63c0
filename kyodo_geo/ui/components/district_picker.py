"""How a district is chosen: from a list, by a town's name, on a small map."""

from __future__ import annotations

from collections.abc import Iterable

from kyodo_geo.city import city
from kyodo_geo.editions import Edition
from kyodo_geo.geo.places import PlaceMatch, PlaceOutcome, TownIndex
from kyodo_geo.graphics.place_charts import shapes
from kyodo_geo.maps.alt_text import locator_alt
from kyodo_geo.maps.locator_map import locator_map
from kyodo_geo.model import District
from kyodo_geo.ui.components import prose
from kyodo_geo.ui.components.data_table import row_table, texts
from kyodo_geo.ui.components.parts import Button, ButtonStyle, Locator, Part
from kyodo_geo.ui.state import view_state

SHOWN_LENGTH = 40


def chosen(edition: Edition) -> str | None:
    """The district this page is about; None before one is chosen."""
    return next((id_ for id_ in view_state.places() if id_ in edition.district_by_id), None)


def receive_town(edition: Edition) -> tuple[Part, ...]:
    """Go to the district of the town that was typed, and say how it was found."""
    name = view_state.text_option("town")
    if not name:
        return ()
    match = find_town(edition, name)
    view_state.set_option("town", None)
    if match.district_id:
        view_state.set_option("select", match.district_id)
    return town_answer(edition, name, match)


def find_town(edition: Edition, name: str) -> PlaceMatch:
    """The district of a town, an address, a district's name or kana, typed in any usual way."""
    index = edition.cached("town_index", lambda: TownIndex(edition.towns, edition.districts))
    return index.match(name)


def town_answer(edition: Edition, name: str, match: PlaceMatch) -> tuple[Part, ...]:
    """What became of a town that was looked for: which rule found it, or what is near."""
    shown = name if len(name) <= SHOWN_LENGTH else f"{name[:SHOWN_LENGTH]}…"
    if match.outcome is PlaceOutcome.MATCHED and match.district_id:
        district = edition.district_by_id[match.district_id]
        return (prose.notice(f"「{shown}」は{district.full_name}です。{match.rule}"),)
    text = f"「{shown}」がどの地区か、わかりませんでした。{match.rule}"
    if not match.candidates:
        next_step = "町名表の書き方で入力するか、下の一覧か地図から選んでください。"
        return (prose.notice(text + next_step),)
    near = [Button(name, {"town": [name]}) for name in match.candidates]
    return prose.notice(f"{text}近い名は次のとおりです。"), prose.buttons(*near)


def picker(edition: Edition) -> tuple[Part, ...]:
    """Where no district is chosen: the whole city to click on, and every district by name."""
    rows = [
        (d.district_id, (d.name, d.name_kana, d.region, d.council_name)) for d in edition.districts
    ]
    columns = texts("地区", "よみ", "地域", f"{city().council_noun}など")
    return (
        prose.notice("地区を選んでください。一覧、町名、地図のどれからでも選べます。"),
        locator(edition, None, ()),
        row_table(f"{len(edition.districts)}地区", columns, rows, picks="district"),
    )


def locator(
    edition: Edition, here: str | None, near: Iterable[District], *, is_still: bool = False
) -> Part:
    """Where a district lies: its shape, its neighbours named; a click goes to another, unless
    it `is_still`."""
    order = [district.district_id for district in edition.districts]
    number = order.index(here) if here else None
    around = [order.index(district.district_id) for district in near]
    names = [edition.districts[n].full_name for n in (number, *around) if n is not None]
    drawn = locator_map(shapes(edition), number, around)
    return Locator(number, around, locator_alt(names, len(order)), **drawn, is_still=is_still)


def place_button(district: District, style: ButtonStyle = "kg-button") -> Button:
    """A button that goes to a district."""
    return Button(district.full_name, {"district": [district.district_id]}, style)
