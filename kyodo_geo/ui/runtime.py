"""What all sessions of a server share: settings and the store of editions."""

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
    """Long work inside a page: others are drawn meanwhile."""
    TURN.release()
    try:
        yield
    finally:
        TURN.acquire()


@st.cache_resource(show_spinner=False)
def settings() -> Settings:
    """The settings of this server."""
    return read_settings()


@st.cache_resource(show_spinner="最初の版を作っています…")
def store() -> EditionStore:
    """The store of this server; makes the first edition if there is none."""
    made = ensure_first_edition(settings())
    # What is loaded by now stays for good: spare each collection from walking it.
    gc.collect()
    gc.freeze()
    gc.set_threshold(*COLLECT_AFTER)
    sys.setswitchinterval(SWITCH_S)
    return made


def current_edition() -> Edition:
    """The newest edition that can be read; looked up anew at every run."""
    return store().current()


def edition_name(edition: Edition) -> str:
    """Name of what a browser loads once an edition; another edition has another name, and
    so has another version of the program, whose scripts want more."""
    stamp = f"{edition.info.published_at:%Y%m%d%H%M%S}"
    return f"{edition.info.number}-{stamp}-{__version__}"


def edition_address(edition: Edition) -> str:
    """Its address below `/kyodo/`."""
    return f"edition/{edition_name(edition)}.js"


def log_detail(error: KyodoError) -> None:
    """Write down of a refusal what only whoever runs the server is to know."""
    if error.detail:
        log.warning(error.sentence_in_detail)
