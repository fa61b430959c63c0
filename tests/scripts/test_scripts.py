"""Scripts of the pages: their logic in Node, and lines that a person can read."""

from pathlib import Path

from browsing import ROOT
from node import run_node

HERE = Path(__file__).parent
LONGEST_LINE = 110


def test_the_logic_of_scripts() -> None:
    ended = run_node("--test", *map(str, HERE.glob("*.test.mjs")))

    assert ended.returncode == 0, ended.stdout + ended.stderr


def test_lines_of_scripts_can_be_read() -> None:
    scripts = [*(ROOT / "kyodo_geo").rglob("*.js"), *(ROOT / "tests").rglob("*.[jm]*s")]
    found = {
        f"{path.parent.name}/{path.name}"
        for path in scripts
        if any(len(line) > LONGEST_LINE for line in path.read_text("utf-8").splitlines())
    }

    assert len(scripts) > 30
    assert found == set()
