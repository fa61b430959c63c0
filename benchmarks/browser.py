"""What a user waits for: filter change to new colours, and start to first polygons."""

from __future__ import annotations

import time
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import psutil
from playwright.sync_api import Page

from benchmarks.setting import ROOT, Result, chromium, data_dir, serving, tutorial_data

CHANGES = 12
MAP = "iframe[title*='st_folium']"
MOST_KB = 8
MOST_MB = 350


def measure_change(activities_count: int) -> list[Result]:
    """Filter change to new colours, ours against the tutorial's; bytes sent by ours."""
    environment = {"KYODO_DATA_DIR": str(data_dir(activities_count))}
    with chromium() as browser, serving(ROOT / "app.py", environment) as (address, _):
        ours, kilobytes = _our_changes(browser.new_page(), address)
    tutorial = {"TUTORIAL_DATA": str(tutorial_data(activities_count))}
    script = ROOT / "benchmarks" / "tutorial" / "app.py"
    options = ("--server.enableStaticServing", "true")
    with chromium() as browser, serving(script, tutorial, *options) as (address, _):
        theirs = _tutorial_changes(browser.new_page(), address)
    return [
        Result(
            f"filter change to new colours, {activities_count:,} activities: ours / tutorial",
            f"{ours:.0f} ms",
            f"{theirs:.0f} ms",
            ours / theirs,
            1 / 8,
        ),
        Result("sent on a filter change (kB)", f"{kilobytes:.1f} kB", "8 kB", kilobytes, MOST_KB),
    ]


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


def _tutorial_changes(page: Page, address: str) -> float:
    page.goto(address)
    shapes = "path.leaflet-interactive"
    page.frame_locator(MAP).locator(shapes).nth(26).wait_for(state="attached", timeout=120_000)
    page.wait_for_timeout(2000)
    times = []
    for n in range(6):
        page.locator("[data-testid=stMultiSelect] input").nth(1).click()
        page.wait_for_timeout(300)
        option = page.locator("[role=option]").nth(n % 3)
        page.frame_locator(MAP).locator("body").evaluate("b => { b.dataset.old = 'yes' }")
        start = time.perf_counter()
        option.click()
        frame = page.frame_locator(MAP).locator("body:not([data-old])")
        frame.locator(shapes).nth(26).wait_for(state="attached", timeout=60_000)
        times.append((time.perf_counter() - start) * 1000)
        page.wait_for_timeout(1500)
    return median(times)


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
