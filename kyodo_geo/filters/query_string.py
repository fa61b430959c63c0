"""Filters from texts and back: how they stand in addresses and on the command line."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from kyodo_geo.city import city
from kyodo_geo.editions import Edition
from kyodo_geo.errors import FilterError
from kyodo_geo.japanese import search_key
from kyodo_geo.model import Filters
from kyodo_geo.vocabulary import ActorType, Certainty, Field, Form, Scope, Status, Term

FIRST_YEAR, LAST_YEAR = 1900, 2100
KEYWORD_LENGTH = 100
SHOWN_LENGTH = 40
"""As much of a wrong value as a message repeats."""

MOST_PROBLEMS = 5
"""As many as people read, and as a request may cost: finding what is like a value takes time."""
MORE_PROBLEMS = FilterError("指定", "読めない値がほかにもあります", "残りは読んでいません")

YES, NO = "1", "0"


@dataclass(frozen=True)
class FilterKey:
    """How one field of `Filters` is called where people write it.

    `key` is its name in addresses, `option` the one on the command line. `vocabulary` is
    None where values are not terms of the guideline.
    """

    key: str
    option: str
    field: str
    label: str
    help: str
    is_repeatable: bool = False
    vocabulary: type[Term] | None = None


FILTER_KEYS: tuple[FilterKey, ...] = (
    FilterKey("year_from", "--year-from", "year_from", "年度（始まり）", "この年度から（西暦）"),
    FilterKey("year_to", "--year-to", "year_to", "年度（終わり）", "この年度まで（西暦）"),
    FilterKey("region", "--region", "regions", "地域", f"地域（例: {city().regions[0]}）", True),
    FilterKey("district", "--district", "districts", "地区", "地区（例: C03、花北、全市）", True),
    FilterKey("form", "--form", "forms", "形態", "形態（例: 共催、co_hosting）", True, Form),
    FilterKey("actor", "--actor", "actors", "主体", "主体（例: 学校、school）", True, ActorType),
    FilterKey("scope", "--scope", "scopes", "範囲", "範囲（例: a、市民の範囲）", True, Scope),
    FilterKey("field", "--field", "fields", "分野", "分野（例: 環境・美化）", True, Field),
    FilterKey("status", "--status", "status", "実施/予定", "実施 または 予定", False, Status),
    FilterKey(
        "certainty",
        "--certainty",
        "certainty",
        "確実度",
        "推定を含む または 明記のみ",
        False,
        Certainty,
    ),
    FilterKey("keyword", "--keyword", "keyword", "キーワード", "題名・説明・団体名に含まれる語"),
    FilterKey(
        "context",
        "--with-context",
        "with_context",
        "協働ではない活動",
        "市民の範囲・市の範囲の活動も含める",
    ),
)
"""All filters, in the order of the fields of `Filters`."""


def filters_from_texts(
    edition: Edition, values: Mapping[str, Sequence[str]]
) -> tuple[Filters, tuple[FilterError, ...]]:
    """The filters that `values` (texts by key) ask for, and what could not be followed.

    Identifiers and Japanese labels are understood, in any width and case. Empty texts
    count as not given and keys that are not filters are passed over. Unknown and
    unreadable values are left out, a keyword too long is cut and years the wrong way
    round are exchanged, each with an error that says so; behind MOST_PROBLEMS wrong values
    nothing is read any more. Never raises.
    """
    read: dict[str, Any] = {}
    errors: list[FilterError] = []
    for key in FILTER_KEYS:
        texts = list(dict.fromkeys(text for text in values.get(key.key, ()) if text))
        found = list(_values(edition, key, texts, errors)) if texts else []
        if key.is_repeatable:
            read[key.field] = tuple(dict.fromkeys(found))
        elif found:
            read[key.field] = found[0]
            errors += _surplus(key, found)
    filters = Filters(**read)
    errors += _corrections(filters)
    if len(errors) > MOST_PROBLEMS:
        errors[MOST_PROBLEMS:] = [MORE_PROBLEMS]
    return _corrected(filters), tuple(errors)


def texts_by_name(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """The texts of a query by name, in one pass: an address may hold thousands of names."""
    texts: dict[str, list[str]] = {}
    for name, text in pairs:
        texts.setdefault(name, []).append(text)
    return texts


def texts_from_filters(filters: Filters) -> dict[str, list[str]]:
    """The texts by key from which `filters_from_texts` reads the same filters.

    Only what is narrowed is there: nothing at all for the unfiltered view.
    """
    unfiltered = Filters()
    return {
        key.key: _texts(getattr(filters, key.field))
        for key in FILTER_KEYS
        if getattr(filters, key.field) != getattr(unfiltered, key.field)
    }


def _texts(value: Any) -> list[str]:
    if isinstance(value, tuple):
        return [str(item) for item in value]
    return [YES if value is True else str(value)]


def _values(
    edition: Edition, key: FilterKey, texts: Sequence[str], errors: list[FilterError]
) -> Iterator[Any]:
    """What the texts stand for; `errors` get what can't be said of the others."""
    read = _reader(edition, key)
    for text in texts:
        if len(errors) > MOST_PROBLEMS:
            return
        try:
            _refuse_unreadable(key, text)
            yield read(text)
        except FilterError as error:
            errors.append(error)


def _refuse_unreadable(key: FilterKey, text: str) -> None:
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise FilterError(
            key.label, f"「{printable_excerpt(text)}」は文字として読めません"
        ) from error


def _reader(edition: Edition, key: FilterKey) -> Callable[[str], Any]:
    """How one text is read. What it returns raises FilterError if that can't be done."""
    if key.field == "keyword":
        return str
    if key.field in ("year_from", "year_to"):
        return partial(_year, key)
    choices = dict(_choices(edition, key))
    by_key = {search_key(name): value for name, value in choices.items()}
    return partial(_choice, key, choices, by_key)


def _year(key: FilterKey, text: str) -> int:
    digits = search_key(text)
    if re.fullmatch("[0-9]{4}", digits) and FIRST_YEAR <= int(digits) <= LAST_YEAR:
        return int(digits)
    raise FilterError(
        where=key.label,
        found=f"「{printable_excerpt(text)}」は年度として読めません",
        expected=f"{FIRST_YEAR}から{LAST_YEAR}までの西暦4桁です（例: 2024）",
    )


def _choices(edition: Edition, key: FilterKey) -> Iterator[tuple[str, Any]]:
    """Every way to write a value, with the value; the first way is the one to teach."""
    if key.vocabulary is not None:
        yield from ((term.label, term) for term in key.vocabulary)
        yield from ((str(term), term) for term in key.vocabulary)
    elif key.field == "with_context":
        yield from ((YES, True), (NO, False))
    elif key.field == "regions":
        regions = [place for place in edition.places if place.kind == "region"]
        yield from ((place.region, place.region) for place in regions)
        yield from ((place.label, place.region) for place in regions)
    else:
        places = [place for place in edition.places if place.kind not in ("region", "all")]
        yield from ((place.label, place.place_id) for place in places)
        yield from ((place.place_id, place.place_id) for place in places)
        yield from ((f"{place.label}{city().district_noun}", place.place_id) for place in places)


def _choice(
    key: FilterKey, choices: Mapping[str, Any], by_key: Mapping[str, Any], text: str
) -> Any:
    if search_key(text) in by_key:
        return by_key[search_key(text)]
    near = difflib.get_close_matches(text[:SHOWN_LENGTH], choices, n=3, cutoff=0.5)
    if near:
        expected = f"近いものは 「{'」「'.join(sorted(near))}」 です"
    else:
        taught = {value: name for name, value in reversed(list(choices.items()))}
        expected = f"使えるのは {'、'.join(reversed(taught.values()))} です"
    raise FilterError(key.label, f"「{printable_excerpt(text)}」という値はありません", expected)


def _surplus(key: FilterKey, found: Sequence[Any]) -> list[FilterError]:
    if len(set(found)) == 1:
        return []
    return [
        FilterError(key.label, "値がいくつもあります", "1つだけ選べます", "最初の値を使いました")
    ]


def _corrections(filters: Filters) -> list[FilterError]:
    """What `_corrected` will change."""
    errors = []
    if _is_backwards(filters):
        found = f"始まり（{filters.year_from}）が終わり（{filters.year_to}）より後です"
        errors.append(FilterError("年度", found, next_step="入れ替えて読みました"))
    if len(filters.keyword) > KEYWORD_LENGTH:
        found = f"長すぎます（{len(filters.keyword):,}文字）"
        errors.append(
            FilterError(
                "キーワード",
                found,
                f"{KEYWORD_LENGTH}文字までです",
                f"最初の{KEYWORD_LENGTH}文字を使いました",
            )
        )
    return errors


def _corrected(filters: Filters) -> Filters:
    if _is_backwards(filters):
        filters = filters.but(year_from=filters.year_to, year_to=filters.year_from)
    return filters.but(keyword=filters.keyword[:KEYWORD_LENGTH])


def _is_backwards(filters: Filters) -> bool:
    start, end = filters.year_from, filters.year_to
    return start is not None and end is not None and start > end


def printable_excerpt(text: str) -> str:
    """The start of a text from outside, with what can't be printed replaced."""
    start = text if len(text) <= SHOWN_LENGTH else text[:SHOWN_LENGTH] + "…"
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in start)
