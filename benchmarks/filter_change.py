"""A filter change: from the click to new colours on screen, and what is sent for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from playwright.sync_api import Browser, Page, Request

from benchmarks.report import Result
from benchmarks.serving import Server, chromium, serving_ours, serving_tutorial

DISTRICTS = 27
FASTER = 8
MOST_KB = 8
TIMEOUT_MS = 180_000
QUIET_MS = 700
"""The server has nothing more to send when nothing came for this long."""

HAS_POLYGONS = "kyodoProbe.picture() !== null"
REGION_PILLS = (
    "details[data-chip=region] .kg-pill,"  # ours
    "[data-testid=stButtonGroup]:has-text('石鳥谷') button"  # the tutorial's
)

# Runs in the page. The map is drawn when one frame holds a path for every district. It has
# changed when the colours have; ours also counts how often it painted, so that a change is
# seen where all colours stay. A callback before each frame sees a change in the very frame
# that shows it; the message after it comes when that frame is done.
PROBE = """
window.kyodoProbe = {
  picture() {
    for (const { contentDocument } of document.querySelectorAll("iframe")) {
      const paths = contentDocument?.querySelectorAll("path.leaflet-interactive") ?? [];
      if (paths.length < DISTRICTS) continue;
      const colours = [...paths].map((path) => path.getAttribute("fill"));
      return [contentDocument.body.dataset.painted, ...colours].join();
    }
    return null;
  },
  sentence() {
    return document.querySelector(".kg-sentence")?.textContent ?? null;
  },
  arm(...names) {
    this.elapsed = Promise.all(names.map((name) => this.untilChanged(name)));
  },
  untilChanged(name) {
    const before = this[name]();
    return new Promise((done, failed) => {
      setTimeout(failed, TIMEOUT, new Error(`no new ${name}`));
      const watch = (click) => {
        const look = () => {
          const now = this[name]();
          if (now === null || now === before) return requestAnimationFrame(look);
          const after = new MessageChannel();
          after.port1.onmessage = () => done(performance.now() - click.timeStamp);
          after.port2.postMessage(null);
        };
        requestAnimationFrame(look);
      };
      document.addEventListener("click", watch, { capture: true, once: true });
    });
  },
};
""".replace("DISTRICTS", str(DISTRICTS)).replace("TIMEOUT", str(TIMEOUT_MS))


@dataclass
class Changes:
    """What was seen: milliseconds to new colours and kilobytes received, one a change."""

    times_ms: list[float] = field(default_factory=list)
    received_kb: list[float] = field(default_factory=list)


def measure(activities_count: int, changes_count: int) -> list[Result]:
    """Ours against the tutorial on the same activities and the same clicks."""
    query = "?measure=per_10km2&form=subsidy&form=committee&actor=local_group"
    ours = _changes(serving_ours(activities_count), f"/density{query}", changes_count)
    tutorial = _changes(serving_tutorial(activities_count), "/", changes_count)
    our_ms, their_ms = median(ours.times_ms), median(tutorial.times_ms)
    our_kb, their_kb = median(ours.received_kb), median(tutorial.received_kb)
    return [
        Result(
            f"filter change to new colours, {activities_count:,} activities",
            f"{our_ms:.0f} ms",
            f"{their_ms:.0f} ms (tutorial)",
            their_ms / our_ms,
            FASTER,
            "× faster",
            at_least=True,
        ),
        Result(
            "sent to the browser for it",
            f"{our_kb:.1f} kB",
            f"{their_kb:.1f} kB (tutorial)",
            our_kb,
            MOST_KB,
            "kB",
        ),
    ]


def _changes(server: AbstractContextManager[Server], path: str, count: int) -> Changes:
    seen = Changes()
    sizes: list[int] = []
    with server as running, chromium() as browser, probed_page(browser) as page:
        page.on("websocket", lambda ws: ws.on("framereceived", lambda f: sizes.append(len(f))))
        page.on("requestfinished", lambda request: sizes.append(_received(request)))
        page.goto(f"{running.address}{path}")
        page.wait_for_function(HAS_POLYGONS, timeout=TIMEOUT_MS)
        _wait_until_quiet(page, sizes)
        show_regions(page)
        # The first change loads what is loaded once: it is not counted.
        for index, region in enumerate(_clicks(count + 1)):
            sizes.clear()
            (elapsed_ms,) = toggle_region(page, region, "picture")
            _wait_until_quiet(page, sizes)
            if index:
                seen.times_ms.append(elapsed_ms)
                seen.received_kb.append(sum(sizes) / 1000)
    return seen


def _received(request: Request) -> int:
    sizes = request.sizes()
    return sizes["responseBodySize"] + sizes["responseHeadersSize"]


@contextmanager
def probed_page(browser: Browser) -> Iterator[Page]:
    """A page of a browser context of its own, with the probe; nothing is cached."""
    context = browser.new_context(bypass_csp=True)  # the probe's conditions are evaluated texts
    page = context.new_page()
    page.add_init_script(f"if (window === window.top) {{ {PROBE} }}")
    yield page
    context.close()


def show_regions(page: Page) -> None:
    """Open the choice of regions."""
    # Ours keeps its regions behind a chip of the filter row; the tutorial's are always there.
    chip = page.locator("details[data-chip=region] summary")
    if chip.count():
        chip.click()
    page.wait_for_timeout(QUIET_MS)


def toggle_region(page: Page, region: int, *names: str) -> list[float]:
    """Click a region's pill; milliseconds until `picture` or `sentence` have changed, in order."""
    page.evaluate("names => kyodoProbe.arm(...names)", names)
    page.locator(REGION_PILLS).nth(region).click()
    elapsed_ms: list[float] = page.evaluate("kyodoProbe.elapsed")
    return elapsed_ms


def _clicks(count: int) -> Sequence[int]:
    """Which of four pills to click so that no set of regions comes up twice."""
    gray = [number ^ (number >> 1) for number in range(16)]
    return [(one ^ other).bit_length() - 1 for one, other in pairwise(gray)][:count]


def _wait_until_quiet(page: Page, sizes: list[int]) -> None:
    while True:
        before = len(sizes)
        page.wait_for_timeout(QUIET_MS)
        if len(sizes) == before:
            return
