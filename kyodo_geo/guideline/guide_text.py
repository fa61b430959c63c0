"""The texts of the guideline's page, read from `data/guide.yml` and checked.

In them `{form:co_hosting}` is a term, `{form:co_hosting|…}` the same with other words, and
`{公益|こうえき}` a word with its reading.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
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
    """A term in a text; `words` stand for its label where they are not empty."""

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
    """A paragraph or heading (one item) or a list (several); `kind` says which."""

    kind: str
    items: tuple[Runs, ...]


@dataclass(frozen=True)
class GuidePart:
    """One part of the guideline, one screen: `chapter` says what it rests on.

    `plain` says the same as `text` in やさしい日本語. The terms of `vocabularies` are
    explained here.
    """

    part_id: str
    title: str
    chapter: str
    vocabularies: tuple[str, ...]
    text: tuple[Block, ...]
    plain: tuple[Block, ...]


@dataclass(frozen=True)
class TermText:
    """What is said of a term beside its definition; `more` may be empty."""

    yomi: str
    more: str
    plain: str


@dataclass(frozen=True)
class Wording:
    """One text, usual and plain."""

    text: str
    plain: str

    def shown(self, is_plain: bool) -> str:
        """The one that is wanted."""
        return self.plain if is_plain else self.text


@dataclass(frozen=True)
class Question:
    """One question of 形態えらび with its answers by id, the last one わからない.

    `topic` stands before an answer where the question itself would be too long.
    """

    question_id: str
    topic: Wording
    wording: Wording
    answers: Mapping[str, Wording]


@dataclass(frozen=True)
class Guide:
    """All texts: parts in order, terms, the questions of 形態えらび.

    `terms` are by vocabulary and term: terms of two vocabularies may have one identifier.
    """

    parts: tuple[GuidePart, ...]
    terms: Mapping[tuple[str, Term], TermText]
    questions: tuple[Question, ...]

    def part(self, part_id: str) -> GuidePart:
        """The part of that id. Raises KeyError for an unknown one."""
        return {part.part_id: part for part in self.parts}[part_id]

    def text_of(self, term: Term) -> TermText:
        """What is said of a term."""
        return self.terms[vocabulary_of(term), term]

    def part_of(self, term: Term) -> str:
        """The id of the part that explains a term."""
        name = vocabulary_of(term)
        return next(part.part_id for part in self.parts if name in part.vocabularies)


@cache
def shipped_guide() -> Guide:
    """The guide that ships with the product."""
    return read_guide(SHIPPED_DATA_DIR / GUIDE_FILE)


def read_guide(path: Path) -> Guide:
    """The texts of a file. Raises SourceDataError where it is not what it should be."""
    try:
        content = yaml.safe_load(path.read_text("utf-8"))
        guide = Guide(
            tuple(_part(item) for item in content["parts"]),
            dict(_terms(content["terms"])),
            tuple(_question(item) for item in content["questions"]),
        )
    except (OSError, yaml.YAMLError, KeyError, TypeError, AttributeError) as error:
        raise _wrong(path.name, f"読めません（{error}）") from error
    _refuse_gaps(guide, path.name)
    return guide


def runs_of(text: str) -> Runs:
    """A text with its terms and readings. Raises SourceDataError for an unknown term."""
    found: list[str | TermRun | Ruby] = []
    end = 0
    for match in MARKUP.finditer(text):
        found += [text[end : match.start()], _marked(match[1], match[2] or "")]
        end = match.end()
    found.append(text[end:])
    return tuple(run for run in found if run != "")


def _marked(name: str, words: str) -> TermRun | Ruby:
    vocabulary, colon, identifier = name.partition(":")
    if not colon:
        if not words:
            raise _wrong(GUIDE_FILE, f"{{{name}}} に読みがありません")
        return Ruby(name, words)
    try:
        return TermRun(VOCABULARIES[vocabulary].of(identifier), words)
    except KeyError:
        raise _wrong(GUIDE_FILE, f"{{{name}}} という用語はありません") from None


def _part(item: Mapping[str, Any]) -> GuidePart:
    unknown = set(item["vocabularies"]) - set(VOCABULARIES)
    if unknown:
        raise _wrong(GUIDE_FILE, f"{'、'.join(sorted(unknown))} という用語の種類はありません")
    return GuidePart(
        item["id"],
        item["title"],
        item["chapter"],
        tuple(item["vocabularies"]),
        _blocks(item["text"]),
        _blocks(item["plain"]),
    )


def _blocks(items: Sequence[Any]) -> tuple[Block, ...]:
    return tuple(_block(item) for item in items)


def _block(item: str | Mapping[str, Any]) -> Block:
    if isinstance(item, str):
        return Block("paragraph", (runs_of(item),))
    if "heading" in item:
        return Block("heading", (runs_of(item["heading"]),))
    return Block("list", tuple(runs_of(line) for line in item["list"]))


def _terms(content: Mapping[str, Any]) -> Iterator[tuple[tuple[str, Term], TermText]]:
    for name, texts in content.items():
        for identifier, item in texts.items():
            run = _marked(f"{name}:{identifier}", "")
            if isinstance(run, TermRun):
                text = TermText(item["yomi"], item.get("more", ""), item["plain"])
                yield (name, run.term), text


def _question(item: Mapping[str, Any]) -> Question:
    answers = {id_: _wording(answer) for id_, answer in item["answers"].items()}
    unknown = {UNKNOWN_ANSWER: Wording(UNKNOWN_LABEL, UNKNOWN_LABEL)}
    return Question(item["id"], _wording(item["topic"]), _wording(item), answers | unknown)


def _wording(item: Mapping[str, Any]) -> Wording:
    return Wording(item["text"], item["plain"])


def _refuse_gaps(guide: Guide, file: str) -> None:
    """Every term is explained, in one part."""
    explained = [name for part in guide.parts for name in part.vocabularies]
    for name, vocabulary in VOCABULARIES.items():
        if explained.count(name) != 1:
            raise _wrong(file, f"用語の種類 {name} を説明する部分が一つではありません")
        missing = [str(term) for term in vocabulary if (name, term) not in guide.terms]
        if missing:
            raise _wrong(file, f"{name} の {'、'.join(missing)} の説明がありません")


def _wrong(where: str, found: str) -> SourceDataError:
    return SourceDataError(where, found, next_step="data の中のファイルを元に戻してください")
