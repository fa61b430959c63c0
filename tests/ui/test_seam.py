"""The seam between Python and the browser scripts: both sides have the same types and fields.

A type (ui/components/parts.py) that is an `Element` is drawn by the script function of its
name, which takes its fields apart in its first parameter. Other types are read under their own
name in camelCase, e.g. `column.label`.
"""

import ast
import re
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest

from kyodo_geo.ui.components import parts
from kyodo_geo.ui.components.parts import Element, kind_of, name_in_script

ROOT = Path(__file__).parents[2]
STATIC = ROOT / "kyodo_geo" / "ui" / "components" / "static"
SCRIPTS = {path.stem: path.read_text("utf-8") for path in sorted(STATIC.rglob("*.js"))}
PARTS = ROOT / "kyodo_geo" / "ui" / "components" / "parts.py"
SENDERS = [*(ROOT / "pages").glob("*.py"), *(ROOT / "kyodo_geo" / "ui").rglob("*.py")]

OF_THE_EDITION = "edition_bundle.py"
"""What is the same for all pages of an edition: its places have a `kind` of their own."""

Seam = Mapping[str, set[str]]

TYPES = [one for one in vars(parts).values() if isinstance(one, type) and is_dataclass(one)]
DRAWN = [one for one in TYPES if issubclass(one, Element) and one is not Element]
READ = [one for one in TYPES if not issubclass(one, Element)]


def fields_of(types: Iterable[type]) -> Seam:
    """The fields of Python's types, as scripts call them."""
    return {
        kind_of(one): {name_in_script(field.name) for field in fields(one)}  # type: ignore[arg-type]
        for one in types
    }


def drawers() -> set[str]:
    """The names in `DRAWERS` of mount.js."""
    found = re.search(r"^const DRAWERS = \{([\w\s,]+)\};$", SCRIPTS["mount"], re.MULTILINE)
    assert found, "mount.js lists its drawers as `const DRAWERS = { name, … };`"
    return set(re.findall(r"\w+", found[1]))


def taken_apart(name: str, scripts: Iterable[str]) -> set[str]:
    """The fields that the function of a kind takes from its part: `{ a, b: other }`."""
    heads = [
        found[1]
        for script in scripts
        for found in re.finditer(rf"^export function {name}\((.*)\) \{{$", script, re.MULTILINE)
    ]
    assert len(heads) == 1, f"one script has a line `export function {name}({{ … }}) {{`"
    found = re.match(r"\{([\w\s,:]*)\}(?:, |$)", heads[0])
    assert found, f"{name} takes its fields apart: plain names, none with a default"
    return {one.split(":")[0].strip() for one in found[1].split(",") if one.strip()}


def unused(name: str, read: Iterable[str], scripts: Iterable[str]) -> set[str]:
    """Fields that a function takes from its part and then does nothing with."""
    [body] = [
        found[1]
        for script in scripts
        for found in re.finditer(
            rf"^export function {name}\((.*?)^\}}$", script, re.MULTILINE | re.DOTALL
        )
    ]
    aliases = dict(re.findall(r"(\w+): (\w+)", body.split("\n")[0]))
    rest = body.split("\n", 1)[1]
    return {one for one in read if not re.search(rf"\b{aliases.get(one, one)}\b", rest)}


def read_by_name(name: str, scripts: Iterable[str]) -> set[str]:
    """The fields read anywhere: as `name.field`, `...name.field` or `{ field } = name`."""
    single = re.compile(rf"(?:(?<=\.\.\.)|(?<![\w.])){name}\??\.(\w+)")
    several = re.compile(rf"\{{([\w\s,]+)\}} = {name};")
    text = "\n".join(scripts)
    taken = {field for names in several.findall(text) for field in re.findall(r"\w+", names)}
    return taken | set(single.findall(text))


def differences(python: Seam, scripts: Seam) -> list[str]:
    """What one side has and the other has not."""
    return sorted(
        f"{kind}.{field}"
        for kind in {*python, *scripts}
        for field in python.get(kind, set()) ^ scripts.get(kind, set())
    )


def drawn_fields(scripts: Iterable[str]) -> Seam:
    scripts = list(scripts)
    return {kind_of(one): taken_apart(kind_of(one), scripts) for one in DRAWN}


def test_every_type_has_a_script_function_and_every_function_a_type() -> None:
    assert drawers() == set(fields_of(DRAWN))


def test_every_field_of_a_part_is_read_and_no_other() -> None:
    assert differences(fields_of(DRAWN), drawn_fields(SCRIPTS.values())) == []
    for name, read in fields_of(DRAWN).items():
        assert unused(name, read, SCRIPTS.values()) == set()


def test_every_field_of_what_parts_hold_is_read_and_no_other() -> None:
    scripts = {kind_of(one): read_by_name(kind_of(one), SCRIPTS.values()) for one in READ}  # type: ignore[arg-type]

    assert differences(fields_of(READ), scripts) == []


def kinds_written_in(path: Path) -> set[str]:
    """The kinds of the dicts `{"kind": …}` that a module writes."""
    return {
        ast.unparse(value).strip("'")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Dict)
        for key, value in zip(node.keys, node.values, strict=True)
        if isinstance(key, ast.Constant) and key.value == "kind"
    }


def test_parts_are_written_as_types_alone() -> None:
    written = {
        path.name: found
        for path in SENDERS
        if path not in (PARTS, PARTS.parents[1] / "http" / OF_THE_EDITION)
        and (found := kinds_written_in(path))
    }

    assert set().union(*written.values()) == set()


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        ("function link({ label, page, view }", "function link({ label, page }", ["link.view"]),
        ("function link({ label, page, view }", "function link({ label, page, view, target }",
         ["link.target"]),
    ],
)  # fmt: skip
def test_a_field_on_one_side_only_is_found(before: str, after: str, found: list[str]) -> None:
    changed = [script.replace(before, after) for script in SCRIPTS.values()]

    assert changed != list(SCRIPTS.values())
    assert differences(fields_of(DRAWN), drawn_fields(changed)) == found


def test_a_field_of_python_alone_is_found() -> None:
    python = fields_of(DRAWN) | {"link": {"label", "page", "view", "target"}}

    assert differences(python, drawn_fields(SCRIPTS.values())) == ["link.target"]


def test_a_field_that_is_taken_and_not_used_is_found() -> None:
    script = "export function link({ label, page: path }) {\n  return label;\n}\n"

    assert unused("link", ["label", "page"], [script]) == {"page"}


@pytest.mark.parametrize(
    "head", ["part, context", "{ label = '' }", "{ ...part }", "{ view: { district } }"]
)
def test_a_style_that_cannot_be_read_fails(head: str) -> None:
    with pytest.raises(AssertionError, match="takes its fields apart"):
        taken_apart("link", [f"export function link({head}) {{\n"])


def test_a_script_function_that_is_not_there_fails() -> None:
    with pytest.raises(AssertionError, match="one script has a line"):
        taken_apart("nothing", SCRIPTS.values())
