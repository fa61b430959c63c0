"""The vocabularies by the names that texts and addresses use for them."""

from __future__ import annotations

from kyodo_geo.vocabulary import (
    ActorType,
    Certainty,
    Effect,
    Effort,
    Field,
    Form,
    Grade,
    Principle,
    Scope,
    Status,
    Term,
)

VOCABULARIES: dict[str, type[Term]] = {
    "actor": ActorType,
    "form": Form,
    "scope": Scope,
    "effect": Effect,
    "principle": Principle,
    "effort": Effort,
    "certainty": Certainty,
    "status": Status,
    "field": Field,
    "grade": Grade,
}

_NAMES = {vocabulary: name for name, vocabulary in VOCABULARIES.items()}


def vocabulary_of(term: Term) -> str:
    """The name of the vocabulary a term belongs to."""
    return _NAMES[type(term)]
