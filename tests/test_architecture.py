import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

LAYERS = (
    {"vocabulary", "errors", "japanese"},
    {"auth", "model", "settings", "sqlite"},
    {"editions", "geo"},
    {"filters", "measures", "maps", "guideline"},
    {"aggregation", "export", "imports", "machine_readability", "seed", "tabular"},
    {"api", "graphics", "proposals", "report", "web"},
    {"ui", "cli", "__main__"},
)
"""Lowest first: a module may import its own layer and the ones before it."""

FILES = sorted((ROOT / "kyodo_geo").rglob("*.py"))


def imports_of(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
    return names


def layer_of(part: str) -> int:
    return next(n for n, parts in enumerate(LAYERS) if part in parts)


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(ROOT)))
def test_imports_point_one_way(path: Path) -> None:
    parts = path.relative_to(ROOT / "kyodo_geo").with_suffix("").parts
    if parts == ("__init__",):
        return
    own = layer_of(parts[0])
    used = {n.split(".")[1] for n in imports_of(path) if n.startswith("kyodo_geo.")}

    assert [name for name in used if layer_of(name) > own] == []


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(ROOT)))
def test_only_ui_knows_streamlit(path: Path) -> None:
    uses = any(name.split(".")[0] in ("streamlit", "streamlit_folium") for name in imports_of(path))

    assert not uses or "ui" in path.parts


@pytest.mark.parametrize("path", sorted((ROOT / "pages").glob("*.py")), ids=lambda p: p.name)
def test_pages_are_thin(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= 60
