"""A plugin of pytest: run the tests that a file lists alone. Copied into a folder of its own."""

import os
from pathlib import Path

import pytest

LISTED = "KYODO_LISTED_TESTS"
"""Names the file in the environment: one test a line, without folder and file."""


def test_name(item: pytest.Item) -> str:
    """The name of a test, which stays when its file moves: function and parameters."""
    return item.nodeid.partition("::")[2]


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Deselect what the file does not list."""
    listed = set(Path(os.environ[LISTED]).read_text("utf-8").split("\n"))
    others = [item for item in items if test_name(item) not in listed]
    config.hook.pytest_deselected(items=others)
    items[:] = [item for item in items if test_name(item) in listed]
