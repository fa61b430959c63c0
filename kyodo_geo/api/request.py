"""Requests to the API, parsed strictly: unknown parameters and values are refused.

Filters have the names and spellings of page addresses. A page passes over what it can't
follow, because a person sees that; a program would take the answer for what it asked for
(decision 40).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from http import HTTPStatus
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.requests import Request

from kyodo_geo.editions import Edition
from kyodo_geo.errors import FilterError, StaleError
from kyodo_geo.filters.query_string import (
    filters_from_texts,
    printable_excerpt,
    texts_by_name,
)
from kyodo_geo.model import Filters
from kyodo_geo.settings import Settings
from kyodo_geo.web.api_contract import EDITION, LIMIT, OFFSET, Paging

HIGHEST_NUMBER = 999_999_999
ADDRESS_SIGNS = ":/@[]%~!$&'()*+,;="

Texts = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Host:
    """Interface to the server: current edition, settings, base address of a request."""

    edition: Callable[[], Edition]
    settings: Callable[[], Settings]
    base_address: Callable[[Request], str]


@dataclass(frozen=True)
class ApiRequest:
    """A parsed request; a `limit` of None means all rows from `offset` on.

    `query` is the string that `texts` were read from.
    """

    edition: Edition
    settings: Settings
    base_address: str
    filters: Filters
    texts: Texts
    query: str
    limit: int | None = None
    offset: int = 0


def read_request(
    host: Host, request: Request, parameters: Sequence[str], paging: Paging | None
) -> ApiRequest:
    """Parse a request that may have these `parameters`.

    Raises FilterError for an unknown parameter and for an unknown or empty value, StaleError
    if `edition` is not the current edition, HTTPException (404) if rows are asked of an
    edition that has figures only.
    """
    texts = texts_by_name(request.query_params.multi_items())
    edition = host.edition()
    _refuse_unknown(texts, parameters)
    filters = _filters(edition, texts)
    # Headers are ASCII, and it comes from a setting or from whoever asks.
    base_address = quote(host.base_address(request), safe=ADDRESS_SIGNS)
    asked = ApiRequest(edition, host.settings(), base_address, filters, texts, request.url.query)
    if paging is None:
        return asked
    _refuse_figures_only(edition)
    _refuse_another_edition(edition, _number(texts, EDITION, 1, HIGHEST_NUMBER))
    limit = _number(texts, LIMIT, 1, paging.most_rows)
    offset = _number(texts, OFFSET, 0, HIGHEST_NUMBER)
    rows = paging.default_rows if limit is None else limit
    return replace(asked, limit=rows, offset=offset or 0)


def _refuse_unknown(texts: Texts, parameters: Sequence[str]) -> None:
    unknown = [name for name in texts if name not in parameters]
    if unknown:
        known = f"使えるのは {'、'.join(parameters)} です" if parameters else "何も指定できません"
        raise FilterError(
            "指定", f"「{printable_excerpt(unknown[0])}」という指定はありません", known
        )
    empty = [name for name, given in texts.items() if not all(text.strip() for text in given)]
    if empty:
        raise FilterError(empty[0], "値が空です", "値を書くか、指定を外してください")


def _filters(edition: Edition, texts: Texts) -> Filters:
    filters, problems = filters_from_texts(edition, texts)
    if problems:
        # What a page does next (`next_step`) does not happen here.
        told = (FilterError(one.where, one.found, one.expected).sentence for one in problems)
        raise FilterError("", "".join(told))
    return filters


def _number(texts: Texts, name: str, least: int, most: int) -> int | None:
    given = texts.get(name)
    if given is None:
        return None
    if len(given) == 1 and re.fullmatch("[0-9]{1,9}", given[0]) and least <= int(given[0]) <= most:
        return int(given[0])
    raise FilterError(
        where=name,
        found=f"「{printable_excerpt('、'.join(given))}」は使えません",
        expected=f"{least:,}から{most:,}までの整数を1つ指定してください",
    )


def _refuse_figures_only(edition: Edition) -> None:
    if edition.holds_figures_only:
        raise HTTPException(
            HTTPStatus.NOT_FOUND,
            f"{edition.info.label}は件数だけの版で、活動の一つ一つはありません。"
            "地区ごとの件数は measures にあります。",
        )


def _refuse_another_edition(edition: Edition, number: int | None) -> None:
    if number not in (None, edition.info.number):
        raise StaleError(
            where=EDITION,
            found=f"第{number}版ではなく、いまは{edition.info.label}です",
            next_step="最初のページから読み直してください",
        )
