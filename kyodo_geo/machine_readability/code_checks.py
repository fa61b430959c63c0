"""Rules about choices: spelt one way, terms where there are terms, areas by code or name.

A file is anybody's: our terms and districts are asked for only where most values are such.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from kyodo_geo.machine_readability.grid import Grid, Spot
from kyodo_geo.machine_readability.prefectures import PLACES, district_names
from kyodo_geo.machine_readability.value_checks import is_number
from kyodo_geo.tabular.header_row import field_of
from kyodo_geo.tabular.parsers.terms import APART
from kyodo_geo.tabular.synonyms import word_key
from kyodo_geo.vocabulary import ActorType, Field, Form, Scope, Status, Term

VOCABULARIES: Mapping[str, type[Term]] = {
    "actors": ActorType,
    "forms_stated": Form,
    "forms_implied": Form,
    "scopes": Scope,
    "field": Field,
    "status": Status,
}
AREA_CODE_NAME = re.compile(r"(?:地方公共団体|市区?町村|自治体|団体|標準地域)コード")
CHECK_WEIGHTS = (6, 5, 4, 3, 2)


def spellings(grid: Grid) -> Iterator[Spot]:
    """L2-04: one choice written in several ways, or no term where most are terms."""
    with_terms = grid.known(*VOCABULARIES) if _has_our_terms(grid) else []
    for position, name in enumerate(grid.names):
        times = grid.distinct(position)
        if position in with_terms:
            odd = {text for text in times if not _terms(field_of(name)).issuperset(_parts(text))}
        else:
            odd = _odd_spellings(times)
        if odd:
            yield from grid.where(position, odd.__contains__)


def _odd_spellings(times: Mapping[str, int]) -> set[str]:
    """All but the usual spelling of texts that are the same, in columns of choices."""
    if len(times) > sum(times.values()) / 2:
        return set()
    groups = defaultdict(list)
    for text in times:
        if not is_number(text):
            groups[word_key(text)].append(text)
    usual = {max(group, key=lambda text: times[text]) for group in groups.values()}
    return {text for group in groups.values() for text in group} - usual


def areas(grid: Grid) -> Iterator[Spot] | None:
    """L3-06: codes and names of areas that are none; None if there is no column of areas."""
    codes = [n for n, name in enumerate(grid.names) if AREA_CODE_NAME.search(name)]
    districts = [
        n
        for n in grid.known(*PLACES)
        if _has_our_terms(grid) or _known_share(grid, n, district_names()) > 0.5
    ]
    return _wrong_areas(grid, codes, districts) if codes or districts else None


def _wrong_areas(grid: Grid, codes: Sequence[int], districts: Sequence[int]) -> Iterator[Spot]:
    for position in codes:
        yield from grid.where(position, lambda text: text.strip() and not _is_area_code(text))
    for position in districts:
        yield from grid.where(position, lambda text: not district_names().issuperset(_parts(text)))


def _has_our_terms(grid: Grid) -> bool:
    """Whether most values of the columns that have our names are our terms."""
    positions = grid.known(*VOCABULARIES)
    shares = [_known_share(grid, n, _terms(field_of(grid.names[n]))) for n in positions]
    return bool(shares) and sum(shares) > len(shares) / 2


def _known_share(grid: Grid, position: int, known: frozenset[str]) -> float:
    """The share of known values among those of a column; 1 for an empty one."""
    times = grid.distinct(position)
    total = sum(times.values())
    counted = sum(n for text, n in times.items() if known.issuperset(_parts(text)))
    return counted / total if total else 1.0


def _parts(text: str) -> list[str]:
    return [part.strip() for part in APART.split(text) if part.strip()]


def _is_area_code(text: str) -> bool:
    """Five digits, or six of which the last checks the others."""
    if not re.fullmatch(r"[0-9]{5,6}", text):
        return False
    total = sum(int(digit) * weight for digit, weight in zip(text, CHECK_WEIGHTS, strict=False))
    return len(text) == 5 or int(text[5]) == (11 - total % 11) % 10


@cache
def _terms(field: str | None) -> frozenset[str]:
    """The ids and labels that may stand in one of our columns; none for another."""
    vocabulary = VOCABULARIES.get(field or "", ())
    return frozenset(text for term in vocabulary for text in (str(term), term.label))
