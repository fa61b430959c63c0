"""Design tokens: contrasts in light and dark, and that nothing has colours beside them."""

import re
import tomllib
from pathlib import Path

import pytest

from kyodo_geo.maps import palette
from kyodo_geo.maps.palette import contrast

ROOT = Path(__file__).parents[2]
STATIC = ROOT / "kyodo_geo" / "ui" / "components" / "static"
MAP_STATIC = ROOT / "kyodo_geo" / "maps" / "static"
TOKENS = (STATIC / "tokens.css").read_text("utf-8")
USERS = [
    path
    for folder in (STATIC, MAP_STATIC)
    for path in sorted(folder.rglob("*"))
    if path.suffix in (".css", ".js") and path.name != "tokens.css"
]

PAIR = re.compile(r"--kg-([\w-]+): light-dark\((#\w{6}), (#\w{6})\);")
SINGLE = re.compile(r"--kg-([\w-]+): (#\w{6});")
COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}\b|\brgba?\(")
WRITTEN = re.compile(r"#(?:[0-9a-fA-F]{8}|[0-9a-fA-F]{6}|[0-9a-fA-F]{3})\b")

FOREIGN = {"workbook_features.py": "what spreadsheets write for a cell without a colour"}
PROGRAMS = [
    path
    for path in sorted((ROOT / "kyodo_geo").rglob("*"))
    if path.suffix in (".py", ".typ") and path.name not in {"palette.py", *FOREIGN}
]

PAIRS = {name: {"light": light, "dark": dark} for name, light, dark in PAIR.findall(TOKENS)}
OF_MAPS = dict(SINGLE.findall(TOKENS)) | {name: pair["light"] for name, pair in PAIRS.items()}

SURFACES = ("surface", "surface-quiet", "surface-raised")
TEXTS = [
    *((text, on) for text in ("text", "text-firm", "text-soft", "accent") for on in SURFACES),
    *(("text", on) for on in ("accent-quiet", "marked-quiet", "bar-quiet")),
    ("text-soft", "accent-quiet"),
    ("accent", "accent-quiet"),
    ("accent", "marked-quiet"),
    ("on-accent", "accent"),
    ("on-alarm", "alarm"),
]
OPERATED_OR_DRAWN = ("border-control", "line", "accent", "marked", "bar")

OF_PALETTE = {
    "map-line": palette.LINE,
    "map-edge": palette.LINE,
    "map-zero": palette.ZERO,
    "map-letters": palette.DARK_INK,
    "map-halo": palette.LIGHT_INK,
    "map-land": palette.LAND,
    "map-near": palette.SEQUENTIAL[0],
    "map-own": palette.SEQUENTIAL[-1],
    "map-marked": palette.MARKED,
    "map-large": palette.LARGE,
    "map-before": palette.BEFORE,
    "map-after": palette.AFTER,
    "map-text": palette.DARK_INK,
    "map-text-light": palette.LIGHT_INK,
    "map-hatch-ground": palette.HATCH_GROUND,
    "map-hatch-line": palette.HATCH_LINE,
}
THEME = {
    "primaryColor": "accent",
    "backgroundColor": "surface",
    "secondaryBackgroundColor": "surface-quiet",
    "textColor": "text",
    "borderColor": "border",
    "linkColor": "accent",
}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_texts_can_be_read_and_controls_be_seen(scheme: str) -> None:
    texts = {(t, on): contrast(PAIRS[t][scheme], PAIRS[on][scheme]) for t, on in TEXTS}
    seen = {
        name: contrast(PAIRS[name][scheme], PAIRS["surface"][scheme]) for name in OPERATED_OR_DRAWN
    }

    assert min(texts.values()) >= 4.5, texts
    assert min(seen.values()) >= 3, seen


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_streamlits_theme_is_the_same(scheme: str) -> None:
    config = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))
    expected = {option: PAIRS[token][scheme] for option, token in THEME.items()}

    assert config["theme"][scheme] == expected
    # A base would hold everybody to one of them, whatever their system has.
    assert "base" not in config["theme"]


def test_maps_are_drawn_in_the_colours_of_the_palette() -> None:
    assert {name: OF_MAPS[name] for name in OF_PALETTE} == OF_PALETTE


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_tells_no_figure_on_a_map_shows_on_any_surface(scheme: str) -> None:
    grounds = [PAIRS[f"map-{name}"][scheme] for name in ("zero", "land", "hatch-ground")]
    edge, letters = PAIRS["map-edge"][scheme], PAIRS["map-letters"][scheme]

    assert min(contrast(edge, ground) for ground in grounds) >= 3
    assert min(contrast(letters, ground) for ground in grounds) >= 4.5


def test_zero_stands_out_from_every_figure_in_the_dark() -> None:
    """Where it meets an area that has a colour, no line has to part them."""
    figures = (*palette.SEQUENTIAL, *palette.FORM_COLOURS.values(), palette.MARKED)

    assert min(contrast(PAIRS["map-zero"]["dark"], colour) for colour in figures) >= 3


@pytest.mark.parametrize("path", USERS, ids=lambda path: path.name)
def test_colours_stand_in_the_tokens_alone(path: Path) -> None:
    text = path.read_text("utf-8")
    defined = set(re.findall(r"(--kg-[\w-]+):", TOKENS))

    assert COLOUR.findall(text) == []
    assert set(re.findall(r"var\((--kg-[\w-]+)", text)) <= defined


def test_programs_and_templates_take_colours_from_the_palette() -> None:
    written = [(path, WRITTEN.findall(path.read_text("utf-8"))) for path in PROGRAMS]

    assert {path.suffix for path in PROGRAMS} == {".py", ".typ"}
    assert [(path, colours) for path, colours in written if colours] == []
