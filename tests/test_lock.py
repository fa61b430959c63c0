"""What is installed is what is locked: every package of a closure, by version and hash."""

import re
import tomllib
from importlib.metadata import distributions
from pathlib import Path

import licences
import pytest

ROOT = Path(__file__).parents[1]
LOCKS = {
    "requirements.txt": None,
    "tests/requirements.txt": "test",
    "benchmarks/requirements.txt": "bench",
    "deploy/requirements-spark.txt": "spark",
}
"""Locks, and the group of pyproject.toml that each holds beside what the dashboard runs on."""

LOCKED = re.compile(
    r"^([\w.-]+)==(\S+)(?: ; [^\\]+)? \\\n((?: {4}--hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)",
    re.MULTILINE,
)
OWN_TOOLS = {"pip", "setuptools", "wheel"}
"""What a new environment brings along."""


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def locked(file: str) -> dict[str, set[str]]:
    """Versions by package: two where Pythons need different ones."""
    found: dict[str, set[str]] = {}
    for name, version, _ in LOCKED.findall((ROOT / file).read_text("utf-8")):
        found.setdefault(plain(name), set()).add(version)
    return found


def asked_for(group: str | None) -> dict[str, str]:
    """The direct pins of pyproject.toml, those of a group included."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    lines = list(project["project"]["dependencies"])
    groups = [group] if group else []
    for name in groups:
        for line in project["dependency-groups"][name]:
            if isinstance(line, dict):
                groups.append(line["include-group"])
            else:
                lines.append(line)
    pins = [re.fullmatch(r"([\w.-]+)==([\w.]+)(?:; .+)?", line) for line in lines]
    assert all(pins), "every direct dependency is pinned exactly"
    return {plain(pin[1]): pin[2] for pin in pins if pin}


@pytest.mark.parametrize(("file", "group"), LOCKS.items())
def test_a_lock_holds_all_that_is_asked_for_and_only_hashed_pins(
    file: str, group: str | None
) -> None:
    text, packages = (ROOT / file).read_text("utf-8"), locked(file)

    assert LOCKED.sub("", text) == ""
    for name, version in asked_for(group).items():
        assert packages[name] == {version}


@pytest.mark.parametrize("file", [file for file, group in LOCKS.items() if group])
def test_locks_agree_on_what_the_dashboard_runs_on(file: str) -> None:
    other = locked(file)

    assert {name: other.get(name) for name in locked("requirements.txt")} == locked(
        "requirements.txt"
    )


def test_nothing_is_installed_that_is_not_locked() -> None:
    """In the environment of the tests, which `make bench` and developers may add to."""
    packages = locked("benchmarks/requirements.txt")
    installed = {plain(one.metadata["Name"]): one.version for one in distributions()}

    assert {
        name: version
        for name, version in installed.items()
        if name not in OWN_TOOLS and version not in packages.get(name, ())
    } == {}


def test_the_licences_are_listed_and_known() -> None:
    listed = (ROOT / "docs" / "licences.md").read_text("utf-8")
    unknown = re.findall(r"^\| ([\w.-]+) \|  \|$", listed, re.MULTILINE)

    assert listed == licences.page()
    assert unknown == []
