"""Answers to addresses that name a view: the query holds filters and options as on the pages."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from streamlit import config

from kyodo_geo.editions import Edition
from kyodo_geo.errors import FilterError, KyodoError
from kyodo_geo.filters.query_string import (
    FILTER_KEYS,
    filters_from_texts,
    printable_excerpt,
    texts_by_name,
)
from kyodo_geo.model import Filters
from kyodo_geo.ui.runtime import current_edition, log_detail, settings
from kyodo_geo.ui.state.page_options import unknown_values
from kyodo_geo.ui.state.view_state import OPTION_NAMES, Texts

log = logging.getLogger(__name__)

WRONG_USE, BROKEN, REFUSED = 400, 500, 503

KNOWN_NAMES = {*(key.key for key in FILTER_KEYS), *OPTION_NAMES, "embed", "embed_options"}
"""What an address of a page may say: people change the page's address into that of a file."""

UNEXPECTED = (
    "予期しないエラーで作れません。内容は記録しました。"
    "続くときは、システムの担当者に知らせてください。"
)


@dataclass(frozen=True)
class ViewRequest:
    """What an address asks for: `name` is the last part of its path, `texts` its query.

    `problems` are names and values that could not be understood; they are left out of `filters`.
    `base_address` is where people reach the dashboard; `path` is below it, `query` as it was sent.
    """

    edition: Edition
    name: str
    filters: Filters
    texts: Texts
    problems: tuple[FilterError, ...]
    base_address: str = ""
    path: str = ""
    query: str = ""


def route_for(
    answer: Callable[[ViewRequest], Response],
) -> Callable[[Request], Awaitable[Response]]:
    """A route that answers with `answer`, or with a sentence where that is refused."""

    def answered(request: Request) -> Response:
        texts = texts_by_name(request.query_params.multi_items())
        name = str(request.path_params.get("name", ""))
        try:
            edition = current_edition()
            filters, problems = filters_from_texts(edition, texts)
            problems += (*unknown_values(edition, texts).values(), *_unknown_names(texts))
            base, path = base_address(request), request.url.path.removeprefix(base_path())
            query = request.url.query
            return answer(ViewRequest(edition, name, filters, texts, problems, base, path, query))
        except KyodoError as error:
            log_detail(error)
            return sentence(error.sentence, REFUSED)
        except Exception:
            log.exception("an address failed")
            return sentence(UNEXPECTED, BROKEN)

    async def route(request: Request) -> Response:
        return await run_in_threadpool(answered, request)

    return route


def _unknown_names(texts: Texts) -> Iterator[FilterError]:
    for name in texts:
        if name not in KNOWN_NAMES:
            yield FilterError("指定", f"「{printable_excerpt(name)}」という指定はありません")
            return


def base_path() -> str:
    """The path that the server is configured to lie below, e.g. /kyodo-geo; else empty."""
    base = str(config.get_option("server.baseUrlPath") or "").strip("/")
    return f"/{base}" if base else ""


def base_address(request: Request) -> str:
    """Where people reach the dashboard: as the deployment says, else as `request` reached it."""
    in_force = settings()
    if in_force.has_public_address:
        return in_force.public_address.rstrip("/")
    return f"{request.url.scheme}://{request.url.netloc}{base_path()}"


def sentence(text: str, status: int) -> Response:
    """A refusal in words."""
    return PlainTextResponse(text, status_code=status)
