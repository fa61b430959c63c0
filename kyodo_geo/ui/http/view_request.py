"""Requests whose query holds the filters and options of a view, as on the pages."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps

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
"""Names known in addresses of pages: people change the page's address into that of a file."""

UNEXPECTED = (
    "予期しないエラーで作れません。内容は記録しました。"
    "続くときは、システムの担当者に知らせてください。"
)


@dataclass(frozen=True)
class ViewRequest:
    """A parsed request: `name` is the last part of its path, `texts` its query by name.

    `problems` are unknown names and values; they are left out of `filters`. `base_address` is
    where people reach the dashboard; `path` is below it, `query` as it was sent.
    """

    edition: Edition
    name: str
    filters: Filters
    texts: Texts
    problems: tuple[FilterError, ...]
    base_address: str = ""
    path: str = ""
    query: str = ""


Answer = Callable[[ViewRequest], Response]


def refusing_problems(answer: Answer) -> Answer:
    """Decorate `answer`: 400 for a request with problems, and for a FilterError inside.

    A file must not hold another view than its address says; a page tells what it passed over.
    """

    @wraps(answer)
    def checked(asked: ViewRequest) -> Response:
        try:
            if asked.problems:
                raise asked.problems[0]
            return answer(asked)
        except FilterError as error:
            return sentence(error.sentence, WRONG_USE)

    return checked


def route_for(answer: Answer) -> Callable[[Request], Response]:
    """Return an endpoint for `answer`: 503 for a KyodoError, 500 for any other exception.

    It is no coroutine, so Starlette runs it in a thread.
    """

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

    return answered


def _unknown_names(texts: Texts) -> list[FilterError]:
    """Return an error for the first unknown name, if any."""
    unknown = [name for name in texts if name not in KNOWN_NAMES]
    return [
        FilterError("指定", f"「{printable_excerpt(name)}」という指定はありません")
        for name in unknown[:1]
    ]


def base_path() -> str:
    """Return the base path that the server is configured for, e.g. /kyodo-geo; else empty."""
    base = str(config.get_option("server.baseUrlPath") or "").strip("/")
    return f"/{base}" if base else ""


def base_address(request: Request) -> str:
    """Return the public address of the deployment, else the one that `request` reached."""
    in_force = settings()
    if in_force.has_public_address:
        return in_force.public_address.rstrip("/")
    return f"{request.url.scheme}://{request.url.netloc}{base_path()}"


def sentence(text: str, status: int) -> Response:
    """Return a refusal in words."""
    return PlainTextResponse(text, status_code=status)
