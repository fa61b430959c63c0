"""Texts of the guideline's 推進方針: efforts of the city, wishes to the citizens' side."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from kyodo_geo.errors import SourceDataError
from kyodo_geo.settings import SHIPPED_DATA_DIR
from kyodo_geo.vocabulary import CITIZEN_SIDE, ActorType, AnyTerm, Effort

POLICY_FILE = "promotion.yml"


@dataclass(frozen=True)
class Wish:
    """Aim and promises of one effort or actor type in our words, with the guideline's chapter."""

    chapter: str
    aim: str
    promises: tuple[str, ...]


@dataclass(frozen=True)
class Policy:
    """推進方針: the three efforts of the city and the five actor types of the citizens' side."""

    city: Mapping[Effort, Wish]
    citizens: Mapping[ActorType, Wish]


@cache
def shipped_policy() -> Policy:
    """Return the shipped texts."""
    return read_policy(SHIPPED_DATA_DIR / POLICY_FILE)


def read_policy(path: Path) -> Policy:
    """Read the texts of a file. Raises SourceDataError if one is missing or unreadable."""
    try:
        content = yaml.safe_load(path.read_text("utf-8"))
        return Policy(_wishes(content["city"], Effort), _wishes(content["citizens"], CITIZEN_SIDE))
    except (OSError, yaml.YAMLError, KeyError, TypeError) as error:
        found = f"推進方針の文章が読めません（{error}）"
        next_step = "data の中のファイルを元に戻してください"
        raise SourceDataError(path.name, found, next_step=next_step) from error


def _wishes(content: Mapping[str, Any], terms: Iterable[AnyTerm]) -> dict[AnyTerm, Wish]:
    return {
        term: Wish(item["chapter"], item["aim"], tuple(item["promises"]))
        for term, item in ((term, content[str(term)]) for term in terms)
    }
