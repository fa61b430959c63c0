"""What a session looks at, and the address that says so.

A view is texts by name: the filters and the options of a page. The session holds it, the
address follows, so that it can be bookmarked and sent. A changed address (bookmark, back
button) wins over the session; a change of page keeps the session's view and writes it into
the new page's address.

Pages of places (地区カルテ, 比較) are about the districts in their address: there `district`
names them and narrows nothing, and what the maps are narrowed to by place waits meanwhile.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from kyodo_geo.editions import Edition
from kyodo_geo.errors import FilterError, KyodoError
from kyodo_geo.measures.parsing import filters_from_texts, texts_from_filters
from kyodo_geo.model import Filters

FILTERS, OPTIONS, ADDRESS, PAGE, NOTICES, HEARD, TOLD = (
    f"kyodo_{name}"
    for name in ("filters", "options", "address", "page", "notices", "heard", "told")
)

Texts = Mapping[str, Sequence[str]]

OPTION_NAMES = (
    "measure",
    "classes",
    "view",
    "picture",
    "shown_form",
    "shown_actor",
    "select",
    "order",
    "page",
    "activity",
    "compare",
    "town",
    "before",
    "after",
)
"""Page options that belong to the address, beside the filters."""

PLACES_OF_PAGE = {"district": ("select", 1), "compare": ("compare", 3)}
"""Pages of places: the option that holds the ids (joined by spaces), and how many at most."""

OF_ONE_PAGE = ("compare", "town", "before", "after")
"""Options that don't go along to another page."""

PLACE_KEYS = ("region", "district")

LONGEST_TEXT = 200
MOST_TEXTS = 100
"""More than any view of ours has; a page that says more is not ours."""


def open_page(edition: Edition, page: str) -> None:
    """Bring session and address together at the start of a run."""
    address = _address()
    state = st.session_state
    moved = state.get(PAGE) not in (None, page)
    is_first = PAGE not in state
    state[PAGE] = page
    state.setdefault(FILTERS, Filters())
    state.setdefault(OPTIONS, {})
    state[NOTICES] = ()
    if moved:
        state[OPTIONS] = {k: v for k, v in state[OPTIONS].items() if k not in OF_ONE_PAGE}
    # A click may be faster than the address of the click before it: then the browser sends
    # an old one along, which is nobody's wish.
    was_told = state.pop(TOLD, False)
    has_changed = address != state.get(ADDRESS, {}) and not was_told
    # Streamlit empties the address on a change of page: that is not the user's doing.
    if is_first or (has_changed and (address or not moved)):
        state[NOTICES] = _adopt(edition, address)


def close_page() -> None:
    """Write the session's view into the address, at the end of a run."""
    wanted = view()
    st.session_state[ADDRESS] = wanted
    if wanted != _address():
        st.query_params.from_dict(wanted)


def hear(edition: Edition, said: Any) -> None:
    """Take over the view that a page says, unless a newer one was heard already.

    `said` comes from a browser: what is not `{"n": int, "view": {name: [text]}}` is passed
    over, and so is what no filter or option is called.
    """
    if not isinstance(said, dict) or not isinstance(said.get("n"), int):
        return
    texts = _texts_in(said.get("view"))
    if texts is not None and said["n"] > heard():
        st.session_state[HEARD] = said["n"]
        st.session_state[TOLD] = True
        _adopt(edition, texts)


def heard() -> int:
    """The number of the newest view heard from the page; 0 before any."""
    number: int = st.session_state.get(HEARD, 0)
    return number


def view() -> dict[str, list[str]]:
    """The view of this session as texts; what is as in the unfiltered view is left out."""
    texts = map_view()
    if _page() not in PLACES_OF_PAGE:
        return texts
    hidden = (*PLACE_KEYS, *(option for option, _ in PLACES_OF_PAGE.values()))
    shown = {name: values for name, values in texts.items() if name not in hidden}
    return shown | ({"district": list(places())} if places() else {})


def map_view() -> dict[str, list[str]]:
    """The view as the maps have it, whatever page this is."""
    options = {name: [value] for name, value in st.session_state[OPTIONS].items()}
    return {**texts_from_filters(filters()), **options}


def places() -> tuple[str, ...]:
    """Ids of the districts that a page of places is about; empty before any is chosen."""
    option, most = PLACES_OF_PAGE[_page()]
    options = st.session_state[OPTIONS]
    return tuple((options.get(option) or options.get("select", "")).split())[:most]


def filters() -> Filters:
    """The filters of this session."""
    found: Filters = st.session_state[FILTERS]
    return found


def notices() -> tuple[KyodoError, ...]:
    """What in the address could not be used."""
    found: tuple[KyodoError, ...] = st.session_state[NOTICES]
    return found


def option(name: str, known: Sequence[str], default: str = "") -> str:
    """A page option, if it is one of the known values, else the default."""
    value = st.session_state[OPTIONS].get(name, default)
    return str(value) if value in known else default


def text_option(name: str) -> str:
    """A page option that may be any text; empty where it is not set."""
    return str(st.session_state[OPTIONS].get(name, ""))


def set_option(name: str, value: str | None) -> None:
    """Set a page option; None or an empty text removes it from the address."""
    options = {k: v for k, v in st.session_state[OPTIONS].items() if k != name}
    st.session_state[OPTIONS] = options | ({name: value} if value else {})


def tell_option(name: str, value: str | None) -> None:
    """Set a page option that a person has clicked on outside of the parts (the map)."""
    set_option(name, value)
    st.session_state[TOLD] = True


def _adopt(edition: Edition, texts: Texts) -> tuple[KyodoError, ...]:
    filters, problems = filters_from_texts(edition, texts)
    options = {
        name: texts[name][-1] for name in OPTION_NAMES if texts.get(name) and texts[name][-1]
    }
    if _page() in PLACES_OF_PAGE:
        ids, more_problems = _districts_in(edition, filters)
        before = st.session_state[FILTERS]
        filters = filters.but(regions=before.regions, districts=before.districts)
        options |= _places_as_options(ids)
        problems += more_problems
    st.session_state[FILTERS] = filters
    st.session_state[OPTIONS] = options
    return problems


def _places_as_options(ids: Sequence[str]) -> dict[str, str]:
    """The option that holds the places of this page; what the maps have selected stays."""
    name, _ = PLACES_OF_PAGE[_page()]
    selected = st.session_state[OPTIONS].get("select", "")
    options = {"select": selected} if name != "select" else {}
    return {key: text for key, text in (options | {name: " ".join(ids)}).items() if text}


def _districts_in(
    edition: Edition, filters: Filters
) -> tuple[tuple[str, ...], tuple[FilterError, ...]]:
    """The districts an address of a page of places names, and what of it can't be shown."""
    _, most = PLACES_OF_PAGE[_page()]
    ids = tuple(id_ for id_ in filters.districts if id_ in edition.district_by_id)
    problems = []
    for place_id in filters.districts:
        if place_id not in ids:
            label = edition.place_by_id[place_id].label
            problems.append(FilterError("地区", f"「{label}」は地区ではありません"))
    if len(ids) > most:
        expected = f"一度に見られるのは{most}地区までです。最初の{most}つを使いました"
        problems.append(FilterError("地区", f"{len(ids)}地区が指定されています", expected))
    return ids[:most], tuple(problems)


def _page() -> str:
    return str(st.session_state.get(PAGE, ""))


def _address() -> dict[str, list[str]]:
    return {name: st.query_params.get_all(name) for name in st.query_params}


def _texts_in(value: Any) -> dict[str, list[str]] | None:
    """`value` if it is a view, None if it is anything else."""
    if not isinstance(value, dict) or len(value) > MOST_TEXTS:
        return None
    for texts in value.values():
        if not isinstance(texts, list) or len(texts) > MOST_TEXTS:
            return None
        if not all(isinstance(text, str) and len(text) <= LONGEST_TEXT for text in texts):
            return None
    return value
