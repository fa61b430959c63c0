"""A skip fails where CI is set, and nowhere else."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

TESTS = """
import pytest

def test_whole(): pass

@pytest.mark.skip(reason="no such program")
def test_skipped(): pass

@pytest.mark.xfail(reason="known")
def test_known(): assert False
"""
SKIPPED_MODULE = "import pytest\npytest.skip('not here', allow_module_level=True)\n"


@pytest.mark.parametrize(
    ("text", "ci", "counts"),
    [
        (TESTS, "true", "1 passed, 1 xfailed, 1 error"),
        (TESTS, "", "1 passed, 1 skipped, 1 xfailed"),
        (SKIPPED_MODULE, "true", "1 error"),
    ],
)
def test_a_skip_fails_in_ci(text: str, ci: str, counts: str, tmp_path: Path) -> None:
    (tmp_path / "test_it.py").write_text(text)
    plugins = ["-p", "skips", "-p", "no:cacheprovider"]
    command = [sys.executable, "-m", "pytest", *plugins, "test_it.py"]
    environment = {**os.environ, "CI": ci, "PYTHONPATH": str(Path(__file__).parent)}
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True)

    assert counts in done.stdout
    assert (done.returncode == 0) == (not ci)
