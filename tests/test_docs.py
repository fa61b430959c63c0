import re
from pathlib import Path

import pytest
from typer.main import get_command

from kyodo_geo.cli.app import app

ROOT = Path(__file__).parents[1]
DOCS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
COMMANDS = set(get_command(app).commands)  # type: ignore[attr-defined]


@pytest.mark.parametrize("path", DOCS, ids=lambda p: p.name)
def test_links_lead_somewhere(path: Path) -> None:
    targets = re.findall(r"\]\((?!https?:)([^)#]+)", path.read_text("utf-8"))

    assert [target for target in targets if not (path.parent / target).exists()] == []


def test_queries_are_written_as_they_are_sent() -> None:
    """Only browsers encode Japanese by themselves; `curl`, R and Python do not."""
    texts = [*DOCS, *ROOT.glob("kyodo_geo/ui/**/*.py")]
    raw = re.compile(r"""[?&]\w+=[\w%;,]*[^\x00-\x7f\s「」。、（）…]\w*""")

    assert [found for path in texts for found in raw.findall(path.read_text("utf-8"))] == []


@pytest.mark.parametrize("path", DOCS, ids=lambda p: p.name)
def test_commands_exist(path: Path) -> None:
    text = path.read_text("utf-8")
    named = set(re.findall(r"python -m kyodo_geo (\w+)", text))
    made = set(re.findall(r"\bmake (\w+)", "\n".join(re.findall(r"`[^`]+`|```[^`]+```", text))))
    targets = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))

    assert named <= COMMANDS
    assert made <= targets


def test_the_guide_names_every_command() -> None:
    guide = (ROOT / "docs" / "guide_ja.md").read_text("utf-8")

    assert {name for name in COMMANDS if f"kyodo_geo {name}" not in guide} == set()


def test_the_glossary_names_what_is_there() -> None:
    """Each row: Japanese, identifier, the file below kyodo_geo/ where it is defined, a note."""
    text = (ROOT / "docs" / "glossary.md").read_text("utf-8")
    rows = re.findall(r"^\| [^|]+ \| `(\w+)` \| `([\w/.]+)` \|", text, re.MULTILINE)
    missing = [
        (identifier, file)
        for identifier, file in rows
        if not re.search(rf"\b{identifier}\b", (ROOT / "kyodo_geo" / file).read_text("utf-8"))
    ]

    assert len(rows) > 50 and missing == []


@pytest.mark.parametrize("path", DOCS, ids=lambda p: p.name)
def test_files_that_documents_name_are_there(path: Path) -> None:
    named = re.findall(
        r"`((?:[\w-]+/)+[\w-]+\.(?:py|sql|js|css|typ|yml|sh))`", path.read_text("utf-8")
    )
    places = (ROOT, ROOT / "kyodo_geo", ROOT / "kyodo_geo" / "ui" / "components")

    assert [name for name in named if not any((place / name).exists() for place in places)] == []
