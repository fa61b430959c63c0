"""What a session looks at, and the address that says so.

Filters and page options live in the session; the address follows them, so that a view can
be bookmarked and sent. A changed address (bookmark, back button) wins over the session; a
change of page keeps the session's view and writes it into the new page's address.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from kyodo_geo.editions import Edition
from kyodo_geo.errors import KyodoError
from kyodo_geo.measures.parsing import filters_from_texts, texts_from_filters
from kyodo_geo.model import Filters

FILTERS, OPTIONS, ADDRESS, PAGE, NOTICES = (
    f"kyodo_{name}" for name in ("filters", "options", "address", "page", "notices")
)
WIDGET_PREFIX = "w_"

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
)
"""Page options that belong to the address, beside the filters."""


def open_page(edition: Edition, page: str) -> None:
    """Bring session and address together at the start of a run."""
    address = {name: st.query_params.get_all(name) for name in st.query_params}
    state = st.session_state
    moved = state.get(PAGE) not in (None, page)
    is_first = PAGE not in state
    state[PAGE] = page
    state.setdefault(FILTERS, Filters())
    state.setdefault(OPTIONS, {})
    state[NOTICES] = ()
    has_changed = address != state.get(ADDRESS, {})
    # Streamlit empties the address on a change of page: that is not the user's doing.
    if is_first or (has_changed and (address or not moved)):
        _adopt(edition, address)


def _adopt(edition: Edition, address: Texts) -> None:
    filters, problems = filters_from_texts(edition, address)
    st.session_state[FILTERS] = filters
    st.session_state[NOTICES] = problems
    st.session_state[OPTIONS] = {
        name: address[name][-1] for name in OPTION_NAMES if address.get(name)
    }
    forget_widgets()


def close_page() -> None:
    """Write the session's view into the address, at the end of a run."""
    options = {name: [value] for name, value in st.session_state[OPTIONS].items() if value}
    address = {**texts_from_filters(filters()), **options}
    current = {name: st.query_params.get_all(name) for name in st.query_params}
    st.session_state[ADDRESS] = address
    if address != current:
        st.query_params.from_dict(address)


def filters() -> Filters:
    """The filters of this session."""
    found: Filters = st.session_state[FILTERS]
    return found


def set_filters(changed: Filters) -> None:
    """Replace the filters; the widgets follow at the next run."""
    st.session_state[FILTERS] = changed
    forget_widgets()


def notices() -> tuple[KyodoError, ...]:
    """What in the address could not be used."""
    found: tuple[KyodoError, ...] = st.session_state[NOTICES]
    return found


def option(name: str, known: Sequence[str], default: str = "") -> str:
    """A page option, if it is one of the known values, else the default."""
    value = st.session_state[OPTIONS].get(name, default)
    return str(value) if value in known else default


def set_option(name: str, value: str | None) -> None:
    """Set a page option; None or an empty text removes it from the address."""
    options = {k: v for k, v in st.session_state[OPTIONS].items() if k != name}
    st.session_state[OPTIONS] = options | ({name: value} if value else {})


def widget(name: str, value: Any) -> str:
    """The key of a widget, holding `value` unless the user has set it already."""
    key = f"{WIDGET_PREFIX}{name}"
    st.session_state.setdefault(key, value)
    return key


def widget_value(name: str, value: Any) -> Any:
    """What the user has set a widget to, before it is drawn; else `value`."""
    return st.session_state.get(f"{WIDGET_PREFIX}{name}", value)


def forget_widgets() -> None:
    """Let every widget take its value from the session's view again."""
    for key in [str(k) for k in st.session_state if str(k).startswith(WIDGET_PREFIX)]:
        del st.session_state[key]
