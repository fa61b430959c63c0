"""What all measurements share: editions of any size, servers, a browser, a table."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from kyodo_geo.editions import Edition, EditionStore
from kyodo_geo.ingest.demo import publish_demo

ROOT = Path(__file__).parents[1]
CACHE = Path(os.environ.get("KYODO_BENCH_DIR", Path.home() / ".cache" / "kyodo-bench"))
ARGUMENTS = ["--no-sandbox", "--disable-background-networking", "--no-first-run"]


@dataclass(frozen=True)
class Result:
    """One line of the table; `target` is what `ratio` (or `ours`) must not exceed."""

    name: str
    ours: str
    alternative: str
    ratio: float
    target: float

    @property
    def is_met(self) -> bool:
        """Whether the target is kept."""
        return self.ratio <= self.target


def data_dir(activities_count: int) -> Path:
    """A data folder with a fictional edition of that size, made once."""
    folder = CACHE / f"demo-{activities_count}"
    store = EditionStore(folder / "editions")
    if not store.numbers():
        publish_demo(store, activities_count)
    return folder


def open_edition(activities_count: int) -> Edition:
    """That edition, open."""
    return EditionStore(data_dir(activities_count) / "editions").current()


@contextmanager
def serving(
    script: Path, environment: dict[str, str], *options: str
) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """Run a Streamlit script; yields its address and process once it is healthy."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", str(script)]
    flags = ["--server.port", str(port), "--server.headless", "true", *options]
    process = subprocess.Popen(
        [*command, *flags],
        cwd=script.parent,
        env={**os.environ, **environment, "STREAMLIT_BROWSER_GATHER_USAGE_STATS": "false"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_for(f"http://localhost:{port}/_stcore/health")
        yield f"http://localhost:{port}", process
    finally:
        process.terminate()
        process.wait(20)


@contextmanager
def chromium() -> Iterator[Browser]:
    """A headless Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=ARGUMENTS
        )
        yield browser
        browser.close()


def _wait_for(address: str) -> None:
    for _ in range(1200):
        try:
            with urllib.request.urlopen(address):
                return
        except OSError:
            time.sleep(0.05)
    raise TimeoutError(address)
