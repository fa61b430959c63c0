"""Settings, store of editions and turn-taking, shared by all sessions of a server."""

from __future__ import annotations

import gc
import logging
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from kyodo_geo import __version__
from kyodo_geo.editions import Edition, EditionStore
from kyodo_geo.errors import KyodoError
from kyodo_geo.seed.first_edition import ensure_first_edition
from kyodo_geo.settings import Settings, read_settings

log = logging.getLogger(__name__)

PAGES_AT_ONCE = 1

TURN = threading.BoundedSemaphore(PAGES_AT_ONCE)
"""Pages take turns: Python draws one at a time anyway. Of fifty that are drawn at once each
is as late as the last; one after the other, half of them are there in half the time."""


SWITCH_S = 0.001
"""How long a script may keep the event loop from sending what others wait for (Python: 5 ms)."""

COLLECT_AFTER = (5_000, 20, 20)
"""Allocations before a collection of garbage (Python: 700, 10, 10). A run leaves some hundred
objects in cycles. Collected late they are dead by then, in steps of 6 ms; collected early half
of them are still alive, and go with the next full collection, in 70 ms for all who wait."""


@contextmanager
def out_of_turn() -> Iterator[None]:
    """Let other pages be drawn during long work inside a page (decision 12)."""
    TURN.release()
    try:
        yield
    finally:
        TURN.acquire()


@st.cache_resource(show_spinner=False)
def settings() -> Settings:
    """Return the settings of this server."""
    return read_settings()


@st.cache_resource(show_spinner="最初の版を作っています…")
def store() -> EditionStore:
    """Return the store of this server; publish the first edition if there is none."""
    made = ensure_first_edition(settings())
    # Decision 14: what is loaded by now stays for good: spare each collection from walking it.
    gc.collect()
    gc.freeze()
    gc.set_threshold(*COLLECT_AFTER)
    sys.setswitchinterval(SWITCH_S)
    return made


def current_edition() -> Edition:
    """Return the newest readable edition; looked up anew at every run."""
    return store().current()


def edition_name(edition: Edition) -> str:
    """Return the name of the script that a browser loads once per edition and program version."""
    stamp = f"{edition.info.published_at:%Y%m%d%H%M%S}"
    return f"{edition.info.number}-{stamp}-{__version__}"


def edition_address(edition: Edition) -> str:
    """Return the address of that script below `/kyodo/`."""
    return f"edition/{edition_name(edition)}.js"


def log_detail(error: KyodoError) -> None:
    """Log the detail of an error, which is for whoever runs the server only."""
    if error.detail:
        log.warning(error.sentence_in_detail)
