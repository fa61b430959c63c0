"""The rules as data: `data/machine_readability.yml`, read once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml

from kyodo_geo.settings import SHIPPED_DATA_DIR

FILE = SHIPPED_DATA_DIR / "machine_readability.yml"


@dataclass(frozen=True)
class Rule:
    """Rule: its official id, what it asks for in our words, and how that is checked.

    Where a program can't check it, `is_checked` is false and `how` says why.
    """

    rule_id: str
    text: str
    is_checked: bool
    how: str


@cache
def rules() -> Sequence[Rule]:
    """All rules, in the official order."""
    return tuple(Rule(r["id"], r["text"], r["checked"], r["how"]) for r in _file()["rules"])


def source() -> str:
    """Source of the rules."""
    return str(_file()["source"])


@cache
def _file() -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load(FILE.read_text("utf-8"))
    return content
