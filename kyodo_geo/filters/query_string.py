"""Filters read from and written to texts, for addresses and the command line."""

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
"""As many as people read, and as a request may cost: looking for similar values takes time."""
MORE_PROBLEMS = FilterError("指定", "読めない値がほかにもあります", "残りは読んでいません")

YES, NO = "1", "0"


@dataclass(frozen=True)
class FilterKey:
    """Names of one field of `Filters`: `key` in addresses, `option` on the command line.

    `vocabulary` is None where values are not terms of the guideline.
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

_KEY_OF_VOCABULARY = {key.vocabulary: key for key in FILTER_KEYS if key.vocabulary}


def filters_from_texts(
    edition: Edition, values: Mapping[str, Sequence[str]]
) -> tuple[Filters, tuple[FilterError, ...]]:
    """Read filters from `values` (texts by key), with an error per value that was not followed.

    Accepts identifiers and Japanese labels in any width and case; ignores empty texts and
    unknown keys. Leaves out unknown and unreadable values, cuts a keyword that is too long,
    exchanges years that are the wrong way round, and stops after MOST_PROBLEMS errors.
    Never raises.
    """
    read: dict[str, Any] = {}
    errors: list[FilterError] = []
    for key in FILTER_KEYS:
        texts = list(dict.fromkeys(text for text in values.get(key.key, ()) if text))
        found = list(_read_values(edition, key, texts, errors)) if texts else []
        if key.is_repeatable:
            read[key.field] = tuple(dict.fromkeys(found))
        elif found:
            read[key.field] = found[0]
            if len(set(found)) > 1:
                several = ("値がいくつもあります", "1つだけ選べます", "最初の値を使いました")
                errors.append(FilterError(key.label, *several))
    filters = _correct_filters(Filters(**read), errors)
    if len(errors) > MOST_PROBLEMS:
        errors[MOST_PROBLEMS:] = [MORE_PROBLEMS]
    return filters, tuple(errors)


def texts_by_name(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """Group the texts of a query by name."""
    # In one pass: an address may hold thousands of names.
    texts: dict[str, list[str]] = {}
    for name, text in pairs:
        texts.setdefault(name, []).append(text)
    return texts


def texts_from_filters(filters: Filters) -> dict[str, list[str]]:
    """Return the texts by key from which `filters_from_texts` reads the same filters.

    Keys that narrow nothing are missing; the unfiltered view gives an empty mapping.
    """
    unfiltered = Filters()
    return {
        key.key: _value_texts(getattr(filters, key.field))
        for key in FILTER_KEYS
        if getattr(filters, key.field) != getattr(unfiltered, key.field)
    }


def narrowed_to(filters: Filters, term: Term) -> Filters:
    """Narrow filters to one term. Raises KeyError if its vocabulary is no filter."""
    key = _KEY_OF_VOCABULARY[type(term)]
    return filters.but(**{key.field: (term,) if key.is_repeatable else term})


def view_of(term: Term) -> Filters | None:
    """Return the view of a term's activities; None if its vocabulary is no filter."""
    return narrowed_to(Filters(), term) if type(term) in _KEY_OF_VOCABULARY else None


def _value_texts(value: Any) -> list[str]:
    if isinstance(value, tuple):
        return [str(item) for item in value]
    return [YES if value is True else str(value)]


def _read_values(
    edition: Edition, key: FilterKey, texts: Sequence[str], errors: list[FilterError]
) -> Iterator[Any]:
    """Yield the values of the texts; append an error per unreadable one to `errors`."""
    read = _value_parser(edition, key)
    for text in texts:
        if len(errors) > MOST_PROBLEMS:
            return
        try:
            text.encode()
            yield read(text)
        except UnicodeEncodeError:
            found = f"「{printable_excerpt(text)}」は文字として読めません"
            errors.append(FilterError(key.label, found))
        except FilterError as error:
            errors.append(error)


def _value_parser(edition: Edition, key: FilterKey) -> Callable[[str], Any]:
    """Return the parser of one text, which raises FilterError for an unreadable one."""
    if key.field == "keyword":
        return str
    if key.field in ("year_from", "year_to"):
        return partial(_read_year, key)
    choices = dict(_choices(edition, key))
    by_key = {search_key(name): value for name, value in choices.items()}
    return partial(_read_choice, key, choices, by_key)


def _read_year(key: FilterKey, text: str) -> int:
    digits = search_key(text)
    if re.fullmatch("[0-9]{4}", digits) and FIRST_YEAR <= int(digits) <= LAST_YEAR:
        return int(digits)
    raise FilterError(
        where=key.label,
        found=f"「{printable_excerpt(text)}」は年度として読めません",
        expected=f"{FIRST_YEAR}から{LAST_YEAR}までの西暦4桁です（例: 2024）",
    )


def _choices(edition: Edition, key: FilterKey) -> Iterator[tuple[str, Any]]:
    """Yield all spellings with their value; messages suggest the first spelling of a value."""
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


def _read_choice(
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


def _correct_filters(filters: Filters, errors: list[FilterError]) -> Filters:
    """Exchange years the wrong way round, cut a long keyword; append an error for each."""
    start, end, keyword = filters.year_from, filters.year_to, filters.keyword
    if start is not None and end is not None and start > end:
        found = f"始まり（{start}）が終わり（{end}）より後です"
        errors.append(FilterError("年度", found, next_step="入れ替えて読みました"))
        filters = filters.but(year_from=end, year_to=start)
    if len(keyword) > KEYWORD_LENGTH:
        found = f"長すぎます（{len(keyword):,}文字）"
        most, used = f"{KEYWORD_LENGTH}文字までです", f"最初の{KEYWORD_LENGTH}文字を使いました"
        errors.append(FilterError("キーワード", found, most, used))
        filters = filters.but(keyword=keyword[:KEYWORD_LENGTH])
    return filters


def printable_excerpt(text: str) -> str:
    """Return the start of a text from outside, with unprintable characters replaced."""
    start = text if len(text) <= SHOWN_LENGTH else text[:SHOWN_LENGTH] + "…"
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in start)
