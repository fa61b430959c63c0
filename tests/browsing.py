"""A server of the dashboard and a real Chromium, with every host but the server blocked."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, expect, sync_playwright

ROOT = Path(__file__).parents[1]
ARGUMENTS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
WIDTHS = (1280, 390)


@contextmanager
def serving(folder: Path, **settings: str) -> Iterator[str]:
    """The dashboard on a fresh data folder; yields its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)],
            cwd=ROOT,
            env={**os.environ, "KYODO_DATA_DIR": str(folder / "data"), **settings},
            stdout=log,
            stderr=log,
        )
    address = f"http://localhost:{port}"
    try:
        _wait_for(f"{address}/_stcore/health")
        yield address
    finally:
        process.terminate()
        process.wait(10)


@contextmanager
def chromium() -> Iterator[Browser]:
    """A headless Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=ARGUMENTS
        )
        yield browser
        browser.close()


@contextmanager
def opened_page(browser: Browser, server: str, width: int, also: str = "") -> Iterator[Page]:
    """A page with all other hosts blocked; fails if anything of ours asked for one.

    `also` is a second address that may be opened; what its own pages ask for is blocked.
    """
    allowed = (server, "data:", "blob:", *([also] if also else []))
    context = browser.new_context(
        viewport={"width": width, "height": 900}, locale="ja-JP", accept_downloads=True
    )
    elsewhere: list[str] = []

    def only_here(route) -> None:  # type: ignore[no-untyped-def]
        url = route.request.url
        if url.startswith(allowed):
            route.continue_()
            return
        if not (also and route.request.frame.url.startswith(also)):
            elsewhere.append(url)
        route.abort()

    context.route("**/*", only_here)
    page = context.new_page()
    page.set_default_timeout(20_000)
    yield page
    context.close()
    assert elsewhere == []


def open_address(page: Page, address: str) -> None:
    """Open an address and wait until the page is drawn to its end."""
    page.goto(address)
    expect(page.locator(".kg-foot")).to_be_visible(timeout=30_000)


def _wait_for(address: str) -> None:
    for _ in range(120):
        try:
            with urllib.request.urlopen(address) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.25)
    raise TimeoutError(address)
