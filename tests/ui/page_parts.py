"""Reads what a page sent to the browser: parts by kind or by look, those inside others too."""

from collections.abc import Iterator
from typing import Any


def inside(value: Any) -> Iterator[dict[str, Any]]:
    """Every part in a value, the outer ones first."""
    if isinstance(value, dict):
        if "kind" in value:
            yield value
        for one in value.values():
            yield from inside(one)
    elif isinstance(value, list):
        for one in value:
            yield from inside(one)


def with_style(value: Any, style: str) -> list[dict[str, Any]]:
    """The parts in a value that look alike, e.g. kg-notice."""
    return [one for one in inside(value) if one.get("style") == style]


def words(content: Any) -> str:
    """The texts of a content, one after the other."""
    if isinstance(content, str):
        return content
    if isinstance(content, list):
        return "".join(words(one) for one in content)
    return words(content.get("content", content.get("label", content.get("words", ""))))


def items_in(value: Any, style: str) -> list[dict[str, Any]]:
    """The buttons (kg-buttons) or links (kg-links) in a value."""
    return [item for box in with_style(value, style) for item in box["content"]]
