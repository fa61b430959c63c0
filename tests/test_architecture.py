"""Where modules may stand and what they may import, read from the folders themselves."""

import ast
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "kyodo_geo"
PAGES = sorted((ROOT / "pages").glob("*.py"))

MOST_IN_FOLDER = 25
MOST_IN_ROOT = 9
MOST_PAGE_LINES = 60
OF_STREAMLIT = {"streamlit", "streamlit_folium"}


def name_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {name_of(path): path for path in sorted(PACKAGE.rglob("*.py"))}
FOLDERS = sorted({path.parent for path in MODULES.values()})


@cache
def imports_of(path: Path) -> frozenset[str]:
    """Every name that a file imports, wherever in it: modules and what is taken from them."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return frozenset(names)


@cache
def used_by(path: Path) -> frozenset[str]:
    """The modules of the package that a file imports; of a package only what it really names."""
    names = imports_of(path) & set(MODULES)
    inner = {name for name in names if any(other.startswith(f"{name}.") for other in names)}
    exported = {
        name
        for name in inner
        if any(full.rpartition(".")[0] == name and full not in MODULES for full in imports_of(path))
    }
    return frozenset(names - inner | exported)


def room_of(module: str) -> str:
    """The folder of a module; where a folder has folders, each module in it is a room."""
    path = MODULES[module]
    folder = path.parent
    has_folders = any(other.parent == folder for other in FOLDERS)
    return module if has_folders and path.name != "__init__.py" else name_of(folder / "x")[:-2]


def rooms() -> dict[str, set[str]]:
    """What each room imports from others. Only the front of a package may name its inside."""
    arrows: dict[str, set[str]] = defaultdict(set)
    for module, path in MODULES.items():
        own = room_of(module)
        arrows[own] |= {room_of(used) for used in used_by(path)} - {own}
    return arrows


def circles(arrows: Mapping[str, Iterable[str]]) -> list[str]:
    """What is left once all is taken away that imports nothing of what is left."""
    left = {name: set(used) for name, used in arrows.items()}
    while free := [name for name, used in left.items() if not used & set(left)]:
        for name in free:
            del left[name]
    return sorted(left)


def of_folder(name: str) -> Iterator[str]:
    return (module for module in MODULES if module.startswith(f"kyodo_geo.{name}."))


def sideways(*folders: str) -> list[tuple[str, str]]:
    """Imports from one of these folders into another of them."""
    owner = {module: folder for folder in folders for module in of_folder(folder)}
    return [
        (module, used)
        for module in owner
        for used in used_by(MODULES[module])
        if used in owner and owner[used] != owner[module]
    ]


def test_no_circle_between_modules() -> None:
    assert circles({module: used_by(path) for module, path in MODULES.items()}) == []


def test_no_circle_between_rooms_so_that_they_stand_in_layers() -> None:
    assert circles(rooms()) == []


def drawn_order() -> dict[str, int]:
    """The line of each room in the picture of docs/architecture.md, from above."""
    picture = (ROOT / "docs" / "architecture.md").read_text("utf-8").split("```")[1]
    lines = [re.split(r" {4,}", line.strip()) for line in picture.splitlines() if line.strip()]
    return {name: n for n, parts in enumerate(lines) for name in parts[1].split()}


def test_imports_point_down_in_the_picture_of_the_architecture() -> None:
    order = drawn_order()
    arrows = {
        (room.split(".")[1], used.split(".")[1])
        for room, found in rooms().items()
        for used in found
        if room != "kyodo_geo" != used
    }

    assert {name for arrow in arrows for name in arrow} <= set(order)
    assert [(a, b) for a, b in sorted(arrows) if a != b and order[a] >= order[b]] == []


def test_a_circle_would_be_found() -> None:
    assert circles({"a": ["b"], "b": ["c"], "c": ["b"], "d": []}) == ["a", "b", "c"]


def test_no_import_between_importers() -> None:
    importers = [f"imports.{path.name}" for path in sorted((PACKAGE / "imports").iterdir())]

    assert len(importers) > 2 and sideways(*importers) == []


def test_no_import_between_pages() -> None:
    pages = set(of_folder("ui.pages"))
    found = [(page, used) for page in pages for used in used_by(MODULES[page]) if used in pages]

    assert pages and found == []


def test_no_import_between_the_doors() -> None:
    assert sideways("ui", "api", "cli") == []


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda p: str(p.relative_to(ROOT)))
def test_a_folder_is_small_and_says_what_belongs_there(folder: Path) -> None:
    most = MOST_IN_ROOT if folder == PACKAGE else MOST_IN_FOLDER
    front = folder / "__init__.py"

    assert len([*folder.glob("*.py")]) - 1 <= most
    assert ast.get_docstring(ast.parse(front.read_text("utf-8")))


def test_no_two_modules_of_one_layer_share_a_name() -> None:
    """A layer is a folder of the package with all that is in it."""
    found = Counter(
        (path.relative_to(PACKAGE).parts[0], path.name)
        for path in MODULES.values()
        if path.name != "__init__.py"
    )

    assert [one for one, times in found.items() if times > 1] == []


SAME_CONCEPT = {
    "actors": "協働の主体: the measure, and its page",
    "checks": "記録の点検: the catalogue, and its page",
    "density": "協働の密度: the measure, and its page",
    "form_choice": "形態えらび: the rules, and the questions",
    "forms": "協働の形態: the measure, and its page",
    "guideline_tables": "tables of the guideline: the writer, and their addresses",
    "import_activities": "取り込み: the page, and the command",
    "pdf": "sheets and hand-outs: their addresses, and the commands",
    "proposals": "修正の提案: the page, and the commands",
    "reference": "基礎資料: the page, and the commands",
}
"""Modules of several layers that have one name, because they are about one thing."""


def test_modules_of_several_layers_share_a_name_only_for_one_concept() -> None:
    names = Counter(path.stem for path in MODULES.values() if path.name != "__init__.py")

    assert {name for name, times in names.items() if times > 1} == set(SAME_CONCEPT)


def test_only_ui_knows_streamlit() -> None:
    users = [
        path.relative_to(PACKAGE).parts[0]
        for path in MODULES.values()
        if {name.split(".")[0] for name in imports_of(path)} & OF_STREAMLIT
    ]

    assert set(users) == {"ui"}


@pytest.mark.parametrize("path", PAGES, ids=lambda p: p.name)
def test_pages_are_thin(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= MOST_PAGE_LINES
