"""A picture in sentences, for people who do not see it: highest, lowest, zero, unknown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kyodo_geo.city import city
from kyodo_geo.japanese import count_label
from kyodo_geo.maps.choropleth import Choropleth

MOST_NAMED = 3


def alt_text(picture: Choropleth, names: Mapping[str, str]) -> str:
    """What a picture shows, e.g. 「件数。最も多いのは花巻中央地区（26件）、…」.

    `names` are the districts' by id. Numbers are told by their ends, categories by how many
    districts each has; how many have no data is always said.
    """
    values = {place_id: patch.value for place_id, patch in picture.patches.items()}
    numbers = {p: v for p, v in values.items() if isinstance(v, int | float)}
    missing = sum(value is None for value in values.values())
    told = _ends(picture, numbers, names) if numbers else _categories(picture)
    unknown = f"データのない地区は{missing}です。" if missing or numbers else ""
    return f"{picture.title}。{told}{unknown}"


def small_map_alt(
    title: str, note: str, counts: Mapping[str, int], names: Mapping[str, str]
) -> str:
    """What one of several small maps shows: its districts with the highest count."""
    highest = max(counts.values())
    places = [names[place_id] for place_id, count in counts.items() if count == highest]
    named = "・".join(places[:MOST_NAMED]) + ("など" if len(places) > MOST_NAMED else "")
    peak = f"最も多いのは{named}の{count_label(highest)}。" if highest else ""
    return f"{title}の地図。{note}。{peak}"


def locator_alt(names: Sequence[str], district_count: int) -> str:
    """What the map of a district and its neighbours shows; without names, of the whole city."""
    if not names:
        return f"{district_count}地区の地図。地区の一覧からも選べます。"
    here, *neighbours = names
    return f"{here}の位置の地図。隣は{'、'.join(neighbours)}です。"


def _ends(picture: Choropleth, numbers: Mapping[str, float], names: Mapping[str, str]) -> str:
    digits, unit = picture.unit.digits, picture.unit.name
    rounded = {place_id: round(value, digits) for place_id, value in numbers.items()}
    high, low = max(rounded.values()), min(rounded.values())
    if high == low:
        return f"{len(rounded)}地区がどこも{count_label(high, unit, digits)}です。"

    def at(value: float) -> str:
        places = [names[place_id] for place_id, found in rounded.items() if found == value]
        return f"{_name_list(places)}（{count_label(value, unit, digits)}）"

    return f"最も多いのは{at(high)}、最も少ないのは{at(low)}です。"


def _categories(picture: Choropleth) -> str:
    counted = [f"{s.label}が{s.count}地区" for s in picture.swatches if s.count]
    return f"{'、'.join(counted)}です。" if counted else ""


def _name_list(names: Sequence[str]) -> str:
    """District names, of many the first ones: 好地地区・八幡地区 ほか2地区."""
    shown = "・".join(f"{name}{city().district_noun}" for name in names[:MOST_NAMED])
    more = len(names) - MOST_NAMED
    return f"{shown} ほか{more}地区" if more > 0 else shown
