"""What a user waits for: filter change to new colours, and start to first polygons."""

from __future__ import annotations

import time
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import psutil
from playwright.sync_api import Page

from benchmarks.setting import ROOT, Result, chromium, data_dir, serving

CHANGES = 12
MAP = "iframe[title*='st_folium']"
MOST_KB = 8
MOST_MB = 350


def measure_change(activities_count: int) -> list[Result]:
    """What a filter change sends to the browser, and how long it takes to new colours."""
    environment = {"KYODO_DATA_DIR": str(data_dir(activities_count))}
    with chromium() as browser, serving(ROOT / "app.py", environment) as (address, _):
        took, kilobytes = _our_changes(browser.new_page(), address)
    name = f"sent on a filter change ({activities_count:,} activities, {took:.0f} ms to colours)"
    return [Result(name, f"{kilobytes:.1f} kB", f"{MOST_KB} kB", kilobytes, MOST_KB)]


def _our_changes(page: Page, address: str) -> tuple[float, float]:
    received: list[int] = []
    page.on("websocket", lambda ws: ws.on("framereceived", lambda f: received.append(len(f))))
    page.goto(f"{address}/density?measure=per_10km2")
    frame = page.frame_locator(MAP)
    frame.locator("path[data-district]").nth(26).wait_for(state="attached", timeout=60_000)
    page.wait_for_timeout(1500)
    page.get_by_role("button", name="形態 すべて").click()
    body = frame.locator("body")
    times, sizes = [], []
    pills = page.locator("[data-testid=stPopoverBody] button")
    for n in range(CHANGES):
        received.clear()
        before = body.evaluate("b => b.dataset.painted")
        start = time.perf_counter()
        pills.nth(n % 6).click()
        body.evaluate(
            "(b, before) => new Promise(done => { const look = () =>"
            " b.dataset.painted !== before ? done() : setTimeout(look, 2); look(); })",
            before,
        )
        times.append((time.perf_counter() - start) * 1000)
        page.wait_for_timeout(700)
        sizes.append(sum(received) / 1000)
    return median(times), median(sizes)


def measure_start() -> list[Result]:
    """Start on the shipped record to first polygons, against an empty Streamlit page."""
    ours, memory = zip(*(_our_start() for _ in range(3)), strict=True)
    empty = [_empty_start() for _ in range(3)]
    ratio = median(ours) / median(empty)
    peak = max(memory)
    return [
        Result(
            "start to first polygons: ours / empty page",
            f"{median(ours):.1f} s",
            f"{median(empty):.1f} s",
            ratio,
            2.5,
        ),
        Result("memory of the server (MB)", f"{peak:.0f} MB", f"{MOST_MB} MB", peak, MOST_MB),
    ]


def _our_start() -> tuple[float, float]:
    with TemporaryDirectory() as folder, chromium() as browser:
        page = browser.new_page()
        start = time.perf_counter()
        with serving(ROOT / "app.py", {"KYODO_DATA_DIR": folder}) as (address, process):
            page.goto(f"{address}/density")
            shapes = page.frame_locator(MAP).locator("path[data-district]")
            shapes.nth(26).wait_for(state="attached", timeout=60_000)
            took = time.perf_counter() - start
            memory = psutil.Process(process.pid).memory_info().rss / 1e6
    return took, memory


def _empty_start() -> float:
    with TemporaryDirectory() as folder, chromium() as browser:
        script = Path(folder) / "empty.py"
        script.write_text('import streamlit as st\nst.write("empty")\n')
        page = browser.new_page()
        start = time.perf_counter()
        with serving(script, {}) as (address, _):
            page.goto(address)
            page.get_by_text("empty").wait_for(timeout=60_000)
            return time.perf_counter() - start
