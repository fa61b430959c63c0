"""A skip fails where CI is set: what was not run is not proved. Loaded by conftest.py."""

import os
from collections.abc import Generator
from typing import TypeVar

import pytest

Report = TypeVar("Report", pytest.TestReport, pytest.CollectReport)

MAY_BE_SKIPPED: dict[str, str] = {}
"""Ids of tests that may be skipped in CI, each with the reason why it can't run there."""


def fail_if_skipped(report: Report) -> Report:
    """Turn a skip into a failure where CI is set; expected failures and listed ids stay."""
    is_skip = report.skipped and not hasattr(report, "wasxfail")
    if is_skip and os.environ.get("CI") and report.nodeid not in MAY_BE_SKIPPED:
        report.outcome = "failed"
        report.longrepr = f"skipped in CI, and not listed in tests/skips.py: {report.longrepr}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Look at each phase of a test."""
    return fail_if_skipped((yield))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Look at modules that skip themselves."""
    return fail_if_skipped((yield))
