"""Streamlit servers and a browser to measure them with."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil
from playwright.sync_api import Browser, sync_playwright

from benchmarks.data import ROOT, data_dir, pandas_dir

OURS = ROOT / "app.py"
TUTORIAL = ROOT / "benchmarks" / "tutorial" / "dashboard.py"
EMPTY = ROOT / "benchmarks" / "empty" / "page.py"

CHROMIUM_ARGUMENTS = [
    *("--no-sandbox", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
]
START_TIMEOUT_S = 60.0


@dataclass(frozen=True)
class Server:
    """A running Streamlit server."""

    address: str
    process: subprocess.Popen[bytes]

    def memory_mb(self) -> float:
        """Resident memory of the server and its children."""
        root = psutil.Process(self.process.pid)
        return sum(p.memory_info().rss for p in (root, *root.children(recursive=True))) / 1e6


@contextmanager
def serving(script: Path, environment: Mapping[str, str]) -> Iterator[Server]:
    """Run a script as `streamlit run` does in its folder, with the settings it finds there."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = ["--server.port", str(port), "--server.headless", "true"]
    process = subprocess.Popen(
        [sys.executable, "-m", "streamlit", "run", script.name, *options],
        cwd=script.parent,
        env={**os.environ, "STREAMLIT_BROWSER_GATHER_USAGE_STATS": "false", **environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_for(f"http://localhost:{port}/_stcore/health", process)
        yield Server(f"http://localhost:{port}", process)
    finally:
        process.terminate()
        process.wait(START_TIMEOUT_S)


def serving_ours(activities_count: int) -> AbstractContextManager[Server]:
    """Our dashboard on fictional activities."""
    return serving(OURS, {"KYODO_DATA_DIR": str(data_dir(activities_count))})


def serving_tutorial(activities_count: int) -> AbstractContextManager[Server]:
    """The tutorial's dashboard on the same activities."""
    return serving(TUTORIAL, {"TUTORIAL_DATA_DIR": str(pandas_dir(activities_count))})


@contextmanager
def chromium() -> Iterator[Browser]:
    """A headless Chromium: KYODO_CHROMIUM, else the system's, else Playwright's own."""
    installed = shutil.which("chromium") or shutil.which("chromium-headless-shell")
    path = os.environ.get("KYODO_CHROMIUM") or installed
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM_ARGUMENTS)
        yield browser
        browser.close()


def wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    """Return as soon as `address` answers. Raises TimeoutError if it doesn't."""
    deadline = time.monotonic() + START_TIMEOUT_S
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(address):
                return
        except OSError:
            time.sleep(0.02)
    raise TimeoutError(f"no server at {address}")
