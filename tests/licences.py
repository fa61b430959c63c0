"""List the licences of what runs here: `python tests/licences.py > docs/licences.md`."""

import re
import sys
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

ROOT = Path(__file__).parents[1]
HEAD = """# Licences

What the dashboard runs on (`requirements.txt`, the whole closure) and the licence that each package
states of itself. Made by `python tests/licences.py`; a test compares it with what is installed.

| package | licence |
|---|---|
"""
IN_THE_REPOSITORY = {"streamlit-folium": "MIT (in its repository; the package states none)"}
LONGEST = 80
"""Some packages put the text of their licence where its name belongs."""


def licence_of(name: str) -> str:
    """The licence that an installed package states: expression, classifiers, or the first line."""
    about = metadata(name)
    classifiers = [
        one.rpartition(" :: ")[2]
        for one in about.get_all("Classifier", [])
        if one.startswith("License :: OSI Approved ::")
    ]
    stated = (about.get("License") or "").strip().splitlines()
    short = [line.strip() for line in stated[:1] if len(line) <= LONGEST]
    found = about.get("License-Expression") or " / ".join(classifiers or short)
    return found or IN_THE_REPOSITORY.get(name, "")


def page() -> str:
    """The table as Markdown. Raises PackageNotFoundError for what is not installed."""
    text = (ROOT / "requirements.txt").read_text("utf-8")
    names = sorted(set(re.findall(r"^([\w.-]+)==", text, re.MULTILINE)))
    return HEAD + "".join(f"| {name} | {licence_of(name)} |\n" for name in names)


if __name__ == "__main__":
    try:
        sys.stdout.write(page())
    except PackageNotFoundError as error:
        sys.exit(f"{error.name} is not installed: pip install -r requirements.txt")
