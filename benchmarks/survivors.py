"""A plugin of pytest: run the tests that a file lists alone. Copied into a folder of its own."""

import os
import re
from pathlib import Path

import pytest

LISTED = "KYODO_LISTED_TESTS"
"""Names the file in the environment: one test a line, without folder and file."""


WINDOWS = {"1280": "desk", "390": "phone"}
"""What stood for a window in the names of tests before windows had names."""

WIDTH = re.compile(r"(?<=[\[-])(?:1280|390)(?=[\]-])")


def name_of(node_id: str) -> str:
    """The name of a test, which stays when its file moves: function and parameters."""
    return WIDTH.sub(lambda width: WINDOWS[width[0]], node_id.partition("::")[2])


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Deselect what the file does not list."""
    listed = set(Path(os.environ[LISTED]).read_text("utf-8").split("\n"))
    others = [item for item in items if name_of(item.nodeid) not in listed]
    config.hook.pytest_deselected(items=others)
    items[:] = [item for item in items if name_of(item.nodeid) in listed]
