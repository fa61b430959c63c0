"""A server of the dashboard and a real Chromium, with every host but the server blocked."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from functools import partialmethod
from pathlib import Path
from typing import Any
from zlib import crc32

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Locator,
    Page,
    Request,
    ViewportSize,
    expect,
    sync_playwright,
)

ROOT = Path(__file__).parents[1]
ARGUMENTS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost",
]
"""No other host has an address."""
PRESS_MS = 90
"""How long a hand presses a button: what is drawn anew meanwhile loses the click."""


AT_REST = """() => document.getAnimations().every(
  ({playState, effect}) => playState !== "running" || !isFinite(effect.getTiming().iterations)
)"""
"""Whether nothing moves on a page: a hand presses a button where it comes to lie."""


class Window(StrEnum):
    """Where somebody sits; the windows of offices' laptops and of phones are low."""

    DESK = "desk"
    PHONE = "phone"


SIZES = {Window.DESK: ((1366, 657), (1024, 768)), Window.PHONE: ((390, 740),)}
at_a_desk = pytest.mark.parametrize("page", [Window.DESK], indirect=True)
"""For journeys that are the same however wide the window is."""

REFUSAL = "refused by our policy: "
NOTE_REFUSALS = f"""
addEventListener("securitypolicyviolation", e =>
    console.debug("{REFUSAL}" + [e.effectiveDirective, e.blockedURI, e.sourceFile].join(" ")))
"""
EXPECTED_REFUSAL = "wasm-eval"
"""Streamlit's protobuf tries WebAssembly for numbers of 64 bits, and does without."""

expect.set_options(timeout=30_000)  # several journeys share the machine


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def started_server(folder: Path, port: int, **settings: str) -> subprocess.Popen[bytes]:
    """A process of the dashboard on the data of a folder, as soon as it answers."""
    with (folder / "log").open("a") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)],
            cwd=ROOT,
            env={**os.environ, "KYODO_DATA_DIR": str(folder / "data"), **settings},
            stdout=log,
            stderr=log,
        )
    try:
        _wait_for(f"http://localhost:{port}/_stcore/health")
    except BaseException:
        process.kill()
        raise
    return process


@contextmanager
def serving(folder: Path, **settings: str) -> Iterator[str]:
    """The dashboard on a fresh data folder; yields its address."""
    port = free_port()
    process = started_server(folder, port, **settings)
    try:
        yield f"http://localhost:{port}"
    finally:
        process.terminate()
        process.wait(10)


def _press(locator: Locator, click: Callable[..., None], **options: Any) -> None:
    locator.page.wait_for_function(AT_REST)
    click(locator, **{"delay": PRESS_MS, **options})


@contextmanager
def chromium() -> Iterator[Browser]:
    """A headless Chromium, whose clicks are those of a hand."""
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setattr(Locator, "click", partialmethod(_press, Locator.click))
        # The shell draws the same with a fifth less work.
        program = shutil.which("chromium-headless-shell") or shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        _new_context(browser)
        yield browser
        browser.close()


def noted_refusals(page: Page) -> list[str]:
    """What a page is refused by its Content-Security-Policy, as it happens."""
    refused: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if message.text.startswith(REFUSAL) and EXPECTED_REFUSAL not in message.text:
            refused.append(message.text.removeprefix(REFUSAL))

    page.add_init_script(NOTE_REFUSALS)
    page.on("console", note)
    return refused


@contextmanager
def opened_page(browser: Browser, server: str, window: Window, also: str = "") -> Iterator[Page]:
    """A page with all other hosts blocked; fails if anything of ours asked for one, or was
    refused by the policy the server sends.

    `also` is a second address that may be opened; what its own pages ask for is blocked.
    """
    allowed = (server, "data:", "blob:", *([also] if also else []))
    elsewhere: list[str] = []

    def note(request: Request) -> None:
        if not request.url.startswith(allowed) and not (
            also and request.frame.url.startswith(also)
        ):
            elsewhere.append(request.url)

    # Who signs in has cookies of their own; all others share what is compiled already.
    context = _new_context(browser) if also else browser.contexts[0]
    page = context.new_page()
    page.set_viewport_size(size_of(window))
    page.set_default_timeout(20_000)
    # Noted, not routed: what is routed is slow and never comes from the browser's cache.
    page.on("request", note)
    refused = noted_refusals(page)
    yield page
    page.close()
    if also:
        context.close()
    assert elsewhere == []
    assert refused == []


def size_of(window: Window) -> ViewportSize:
    """Width and height of a window; tests at a desk take its sizes in turn, by their names."""
    test, sizes = os.environ.get("PYTEST_CURRENT_TEST", ""), SIZES[window]
    width, height = sizes[crc32(test.partition(" ")[0].encode()) % len(sizes)]
    return ViewportSize(width=width, height=height)


def _new_context(browser: Browser) -> BrowserContext:
    return browser.new_context(locale="ja-JP", accept_downloads=True)


def open_address(page: Page, address: str) -> None:
    """Open an address and wait until the page is drawn to its end."""
    page.goto(address)
    expect(page.locator(".kg-foot")).to_be_visible(timeout=30_000)


def is_as_wide_as_the_window(page: Page) -> bool:
    """Whether nothing of a page has to be looked for to the right."""
    width = page.evaluate("document.documentElement.scrollWidth")
    return bool(page.viewport_size and width <= page.viewport_size["width"])


def hand_in(page: Page, name: str, content: bytes) -> None:
    """Choose a file in the uploader of a page."""
    page.locator("input[type=file]").set_input_files(
        {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    )


def _wait_for(address: str) -> None:
    for _ in range(120):
        try:
            with urllib.request.urlopen(address) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.25)
    raise TimeoutError(address)
