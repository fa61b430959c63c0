"""View of a session, and the address that follows it (decision 4).

A view is texts by name: the filters and the options of a page. The session holds it, the
address follows, so that it can be bookmarked and sent. A changed address (bookmark, back
button) wins over the session; a change of page keeps the session's view and writes it into
the new page's address.

Pages about places have a way of their own with `district` (place_options.py).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from kyodo_geo.editions import Edition
from kyodo_geo.errors import KyodoError
from kyodo_geo.filters.query_string import filters_from_texts, texts_from_filters
from kyodo_geo.model import Filters
from kyodo_geo.ui.state import place_options
from kyodo_geo.ui.state.page_options import unknown_values
from kyodo_geo.ui.state.place_options import PLACE_PAGES, PlacePage

FILTERS, OPTIONS, ADDRESS, PAGE, NOTICES, HEARD, TOLD = (
    f"kyodo_{name}"
    for name in ("filters", "options", "address", "page", "notices", "heard", "told")
)

Texts = Mapping[str, Sequence[str]]

GUIDE_OPTIONS = (
    *("part", "plain", "term", "near"),
    *("starts", "responsible", "money", "asks", "place", "parties", "duration"),
)
"""Options of the guideline's page, including the answers of 形態えらび."""

OWN_VIEWS = {"guide": GUIDE_OPTIONS}
"""Options per page whose address holds no others; the maps' view stays in the session."""

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
    "proposal",
    "pick",
    "title",
    "effort",
    "check",
    "hints",
    *GUIDE_OPTIONS,
)
"""Page options in addresses, beside the filters; in the order of addresses."""

OF_SEVERAL = ("pick",)
"""Options with several texts, none with spaces: the session joins them by spaces."""

OF_ONE_PAGE = ("compare", "town", "before", "after", "proposal", "effort", "check", *GUIDE_OPTIONS)
"""Options dropped on a change of page."""

LONGEST_TEXT = 200
MOST_TEXTS = 100
"""Limits beyond any view of ours; a message from a browser that exceeds them is passed over."""


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


def write_address() -> None:
    """Write the session's view into the address: before a page is drawn, and after it.

    Before, so that a click on what is drawn comes after the step in the browser's history that
    led there; after, because a page drops what it cannot show.
    """
    wanted = view()
    st.session_state[ADDRESS] = wanted
    if wanted != _address():
        st.query_params.from_dict(wanted)


def receive_view(edition: Edition, said: Any) -> None:
    """Adopt the view that a page sends, unless a newer one was received already.

    `said` comes from a browser: anything but `{"n": int, "view": {name: [text]}}` is ignored,
    and so are unknown names.
    """
    if not isinstance(said, dict) or not isinstance(said.get("n"), int):
        return
    texts = _texts_in(said.get("view"))
    if texts is not None and said["n"] > newest_received():
        st.session_state[HEARD] = said["n"]
        st.session_state[TOLD] = True
        _adopt(edition, texts)


def newest_received() -> int:
    """Return the number of the newest view received from the page; 0 before any."""
    number: int = st.session_state.get(HEARD, 0)
    return number


def view() -> dict[str, list[str]]:
    """Return the view of this session as texts by name, without default values."""
    texts, page = map_view(), _place_page()
    own = _own_options()
    if own is not None:
        return {name: texts[name] for name in own if name in texts}
    return place_options.place_address(page, texts, st.session_state[OPTIONS]) if page else texts


def map_view() -> dict[str, list[str]]:
    """Return the view in the form of the maps' addresses, on any page."""
    options = {
        name: value.split() if name in OF_SEVERAL else [value]
        for name, value in st.session_state[OPTIONS].items()
    }
    return {**texts_from_filters(filters()), **options}


def places() -> tuple[str, ...]:
    """Return the ids of the districts on a page about places; empty before any is chosen."""
    page = _place_page()
    return place_options.chosen(page, st.session_state[OPTIONS]) if page else ()


def filters() -> Filters:
    """Return the filters of this session."""
    found: Filters = st.session_state[FILTERS]
    return found


def notices() -> tuple[KyodoError, ...]:
    """Return the errors of the address adopted last."""
    found: tuple[KyodoError, ...] = st.session_state[NOTICES]
    return found


def option(name: str, known: Sequence[str], default: str = "") -> str:
    """Return a page option if its value is known, else the default."""
    value = st.session_state[OPTIONS].get(name, default)
    return str(value) if value in known else default


def text_option(name: str) -> str:
    """Return a page option with any text; empty if it is not set."""
    return str(st.session_state[OPTIONS].get(name, ""))


def set_option(name: str, value: str | None) -> None:
    """Set a page option; None or an empty text removes it from the address."""
    options = {k: v for k, v in st.session_state[OPTIONS].items() if k != name}
    st.session_state[OPTIONS] = options | ({name: value} if value else {})


def receive_option(name: str, value: str | None) -> None:
    """Set a page option after a click outside of the parts (on the map)."""
    set_option(name, value)
    st.session_state[TOLD] = True


def _adopt(edition: Edition, texts: Texts) -> tuple[KyodoError, ...]:
    filters, problems = filters_from_texts(edition, texts)
    unknown = unknown_values(edition, texts)
    problems += tuple(unknown.values())
    options = {
        name: " ".join(texts[name]) if name in OF_SEVERAL else texts[name][-1]
        for name in OPTION_NAMES
        if name not in unknown and texts.get(name) and texts[name][-1]
    }
    if page := _place_page():
        ids, more_problems = place_options.districts_in(page, edition, filters)
        before = st.session_state[FILTERS]
        filters = filters.but(regions=before.regions, districts=before.districts)
        options |= place_options.options_for(page, ids, st.session_state[OPTIONS])
        problems += more_problems
    own = _own_options()
    if own is not None:
        before = st.session_state[OPTIONS]
        options = {name: text for name, text in before.items() if name not in own} | options
        filters = filters if filters.is_narrowed else st.session_state[FILTERS]
    st.session_state[FILTERS] = filters
    st.session_state[OPTIONS] = options
    return problems


def _own_options() -> tuple[str, ...] | None:
    return OWN_VIEWS.get(str(st.session_state.get(PAGE)))


def _place_page() -> PlacePage | None:
    return PLACE_PAGES.get(str(st.session_state.get(PAGE)))


def _address() -> dict[str, list[str]]:
    return {name: st.query_params.get_all(name) for name in st.query_params}


def _texts_in(value: Any) -> dict[str, list[str]] | None:
    """Return `value` if it is a view, None if it is anything else."""
    if not isinstance(value, dict) or len(value) > MOST_TEXTS:
        return None
    for texts in value.values():
        if not isinstance(texts, list) or len(texts) > MOST_TEXTS:
            return None
        if not all(isinstance(text, str) and len(text) <= LONGEST_TEXT for text in texts):
            return None
    return value
