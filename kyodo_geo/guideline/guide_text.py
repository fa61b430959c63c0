"""Texts of the guideline's page, read from `data/guide.yml` and checked.

Markup: `{form:co_hosting}` is a term, `{form:co_hosting|…}` a term in other words,
`{公益|こうえき}` a word with its reading.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from kyodo_geo.errors import SourceDataError
from kyodo_geo.settings import SHIPPED_DATA_DIR
from kyodo_geo.vocabulary import VOCABULARIES, Term, vocabulary_of

GUIDE_FILE = "guide.yml"

MARKUP = re.compile(r"\{([^{}|]+)(?:\|([^{}|]+))?\}")

UNKNOWN_ANSWER = "unknown"
UNKNOWN_LABEL = "わからない"


@dataclass(frozen=True)
class TermRun:
    """A term in a text, shown as `words` or, where these are empty, as its label."""

    term: Term
    words: str = ""

    def __str__(self) -> str:
        return self.words or self.term.label


@dataclass(frozen=True)
class Ruby:
    """A word with its reading in kana."""

    base: str
    kana: str

    def __str__(self) -> str:
        return self.base


Runs = tuple[str | TermRun | Ruby, ...]


@dataclass(frozen=True)
class Block:
    """A block of text; `kind` is paragraph or heading (one item) or list (several)."""

    kind: str
    items: tuple[Runs, ...]


@dataclass(frozen=True)
class GuidePart:
    """Part of the guideline (a screen) with its source, `chapter`.

    `plain` is `text` in やさしい日本語. The part explains the terms of `vocabularies`.
    """

    part_id: str
    title: str
    chapter: str
    vocabularies: tuple[str, ...]
    text: tuple[Block, ...]
    plain: tuple[Block, ...]


@dataclass(frozen=True)
class TermText:
    """Texts of a term beside its definition; `more` may be empty."""

    yomi: str
    more: str
    plain: str


@dataclass(frozen=True)
class Wording:
    """Text in usual and in plain Japanese (やさしい日本語)."""

    text: str
    plain: str

    def shown(self, is_plain: bool) -> str:
        """Return the plain or the usual text."""
        return self.plain if is_plain else self.text


@dataclass(frozen=True)
class Question:
    """Question of 形態えらび with its answers by id, the last one わからない.

    `topic` is its short form, which stands before an answer.
    """

    question_id: str
    topic: Wording
    wording: Wording
    answers: Mapping[str, Wording]


@dataclass(frozen=True)
class Guide:
    """All texts of the guide; `terms` are by vocabulary and term.

    Terms of two vocabularies may have one identifier.
    """

    parts: tuple[GuidePart, ...]
    terms: Mapping[tuple[str, Term], TermText]
    questions: tuple[Question, ...]

    def part(self, part_id: str) -> GuidePart:
        """Return the part of an id. Raises KeyError for an unknown one."""
        return {part.part_id: part for part in self.parts}[part_id]

    def text_of(self, term: Term) -> TermText:
        """Return the texts of a term."""
        return self.terms[vocabulary_of(term), term]

    def part_of(self, term: Term) -> str:
        """Return the id of the part that explains a term."""
        name = vocabulary_of(term)
        return next(part.part_id for part in self.parts if name in part.vocabularies)


@cache
def shipped_guide() -> Guide:
    """Return the shipped guide."""
    return read_guide(SHIPPED_DATA_DIR / GUIDE_FILE)


def read_guide(path: Path) -> Guide:
    """Read the texts of a file. Raises SourceDataError for an unreadable or incomplete one."""
    try:
        content = yaml.safe_load(path.read_text("utf-8"))
        guide = Guide(
            tuple(map(_part, content["parts"])),
            dict(_terms(content["terms"])),
            tuple(map(_question, content["questions"])),
        )
    except (OSError, yaml.YAMLError, KeyError, TypeError, AttributeError) as error:
        raise _data_error(path.name, f"読めません（{error}）") from error
    _check_completeness(guide, path.name)
    return guide


def runs_of(text: str) -> Runs:
    """Parse the markup of a text. Raises SourceDataError for an unknown term."""
    found: list[str | TermRun | Ruby] = []
    end = 0
    for match in MARKUP.finditer(text):
        found += [text[end : match.start()], _parse_markup(match[1], match[2] or "")]
        end = match.end()
    found.append(text[end:])
    return tuple(run for run in found if run != "")


def _parse_markup(name: str, words: str) -> TermRun | Ruby:
    if ":" in name:
        return TermRun(_term(name), words)
    if not words:
        raise _data_error(GUIDE_FILE, f"{{{name}}} に読みがありません")
    return Ruby(name, words)


def _term(name: str) -> Term:
    vocabulary, _, identifier = name.partition(":")
    try:
        return VOCABULARIES[vocabulary].of(identifier)
    except KeyError:
        raise _data_error(GUIDE_FILE, f"{{{name}}} という用語はありません") from None


def _part(item: Mapping[str, Any]) -> GuidePart:
    unknown = set(item["vocabularies"]) - set(VOCABULARIES)
    if unknown:
        raise _data_error(GUIDE_FILE, f"{'、'.join(sorted(unknown))} という用語の種類はありません")
    return GuidePart(
        item["id"],
        item["title"],
        item["chapter"],
        tuple(item["vocabularies"]),
        tuple(map(_block, item["text"])),
        tuple(map(_block, item["plain"])),
    )


def _block(item: str | Mapping[str, Any]) -> Block:
    if isinstance(item, str):
        return Block("paragraph", (runs_of(item),))
    if "heading" in item:
        return Block("heading", (runs_of(item["heading"]),))
    return Block("list", tuple(runs_of(line) for line in item["list"]))


def _terms(content: Mapping[str, Any]) -> Iterator[tuple[tuple[str, Term], TermText]]:
    for name, texts in content.items():
        for identifier, item in texts.items():
            text = TermText(item["yomi"], item.get("more", ""), item["plain"])
            yield (name, _term(f"{name}:{identifier}")), text


def _question(item: Mapping[str, Any]) -> Question:
    answers = {id_: _wording(answer) for id_, answer in item["answers"].items()}
    unknown = {UNKNOWN_ANSWER: Wording(UNKNOWN_LABEL, UNKNOWN_LABEL)}
    return Question(item["id"], _wording(item["topic"]), _wording(item), answers | unknown)


def _wording(item: Mapping[str, Any]) -> Wording:
    return Wording(item["text"], item["plain"])


def _check_completeness(guide: Guide, file: str) -> None:
    """Raise SourceDataError unless each vocabulary has one part and each term its texts."""
    explained = [name for part in guide.parts for name in part.vocabularies]
    for name, vocabulary in VOCABULARIES.items():
        if explained.count(name) != 1:
            raise _data_error(file, f"用語の種類 {name} を説明する部分が一つではありません")
        missing = [str(term) for term in vocabulary if (name, term) not in guide.terms]
        if missing:
            raise _data_error(file, f"{name} の {'、'.join(missing)} の説明がありません")


def _data_error(where: str, found: str) -> SourceDataError:
    return SourceDataError(where, found, next_step="data の中のファイルを元に戻してください")
