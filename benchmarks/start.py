"""Start on the shipped record to first polygons on screen; memory of the server."""

from __future__ import annotations

import time
from collections.abc import Mapping
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser

from benchmarks.filter_change import HAS_POLYGONS, TIMEOUT_MS, probed_page
from benchmarks.report import Result
from benchmarks.serving import EMPTY, OURS, chromium, serving

OVER_EMPTY_PAGE = 2.5
MOST_MB = 350

EMPTY_SIGN = "document.querySelector('[data-testid=stMarkdownContainer]') !== null"


def measure(repeats: int) -> list[Result]:
    """Ours with a fresh data folder and an empty Streamlit page, in turns."""
    ours, empty = [], []
    with chromium() as browser:
        for _ in range(repeats):
            with TemporaryDirectory() as folder:
                settings = {"KYODO_DATA_DIR": folder}
                ours.append(_start(browser, OURS, "/density", settings, HAS_POLYGONS))
            empty.append(_start(browser, EMPTY, "/", {}, EMPTY_SIGN))
    (our_s, our_mb), (empty_s, empty_mb) = (
        (median(seconds for seconds, _ in starts), max(mb for _, mb in starts))
        for starts in (ours, empty)
    )
    return [
        Result(
            "start on the shipped record to first polygons",
            f"{our_s:.2f} s",
            f"{empty_s:.2f} s (empty page)",
            our_s / empty_s,
            OVER_EMPTY_PAGE,
        ),
        Result(
            "memory of the server then",
            f"{our_mb:.0f} MB",
            f"{empty_mb:.0f} MB (empty page)",
            our_mb,
            MOST_MB,
            "MB",
        ),
    ]


def _start(
    browser: Browser, script: Path, path: str, environment: Mapping[str, str], sign: str
) -> tuple[float, float]:
    """Seconds until the sign is there and megabytes of the server; nothing is cached."""
    with probed_page(browser) as page:
        start = time.perf_counter()
        with serving(script, environment) as server:
            page.goto(f"{server.address}{path}")
            page.wait_for_function(sign, timeout=TIMEOUT_MS)
            return time.perf_counter() - start, server.memory_mb()
