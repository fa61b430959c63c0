"""The API as one ASGI application, to be mounted at PATH."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from kyodo_geo.api.conditional import ResponseCache, is_known, validators
from kyodo_geo.api.dcat import catalogue
from kyodo_geo.api.openapi import description
from kyodo_geo.api.problem_details import problem, problem_of
from kyodo_geo.api.request import ApiRequest, Host, read_request
from kyodo_geo.api.resources import (
    DATA,
    DESCRIPTORS,
    WHOLE,
    Resource,
    download_of,
    json_text,
    next_address,
)
from kyodo_geo.filters.query_string import printable_excerpt
from kyodo_geo.web.api_contract import JSON, PATH
from kyodo_geo.web.streaming import temporary_file_response

READING = ("GET", "HEAD")
GZIP_LEVEL = 5
"""Level 9 takes three times as long for a few per cent."""

VARY = {"Vary": "Accept-Encoding"}
"""Set by GZipMiddleware on answers with content only; 304 and HEAD need it as well."""

DESCRIPTIONS: tuple[Resource, ...] = (
    Resource(
        "openapi.json",
        "APIの説明",
        JSON,
        text=lambda asked: json_text(description(asked.edition, asked.base_address)),
        is_filtered=False,
    ),
    Resource(
        "catalog.json",
        "カタログ",
        "application/ld+json",
        text=lambda asked: json_text(catalogue(asked.edition, asked.settings, asked.base_address)),
        is_filtered=False,
    ),
)
RESOURCES = DATA + DESCRIPTORS + DESCRIPTIONS
NAMED = (*DATA, WHOLE, *DESCRIPTIONS)
"""Resources shown to people; the other descriptors are linked from what they describe."""


def api_app(host: Host) -> Starlette:
    """Return the application: read-only, open to any origin, with gzip."""
    cache = ResponseCache()
    app = Starlette(
        routes=[Route(f"/{one.path}", _endpoint(host, one, cache)) for one in RESOURCES],
        middleware=[
            Middleware(
                CORSMiddleware,
                allow_origins=["*"],
                allow_methods=READING,
                allow_headers=["If-None-Match", "If-Modified-Since"],
                expose_headers=["ETag", "Last-Modified", "Link", "Content-Disposition"],
            ),
            # From the first byte on, so that the encoding is what the ETag says.
            Middleware(GZipMiddleware, minimum_size=1, compresslevel=GZIP_LEVEL),
        ],
        exception_handlers={
            HTTPStatus.NOT_FOUND: _not_found,
            HTTPStatus.METHOD_NOT_ALLOWED: _not_allowed,
            HTTPException: _refused,
        },
    )
    app.router.redirect_slashes = False
    return app


def _endpoint(
    host: Host, resource: Resource, cache: ResponseCache
) -> Callable[[Request], Response]:
    """Return the function that answers requests; Starlette calls it in a thread."""

    def answered(request: Request) -> Response:
        try:
            asked = read_request(host, request, resource.parameters, resource.paging)
            return _answer(request, resource, asked, cache)
        except Exception as error:
            return problem_of(error)

    return answered


def _answer(
    request: Request, resource: Resource, asked: ApiRequest, cache: ResponseCache
) -> Response:
    headers = validators(request, asked)
    if is_known(request, headers):
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers | VARY)
    headers["Content-Disposition"] = resource.disposition(asked)
    if links := _links(asked, resource):
        headers["Link"] = links
    if request.method == "HEAD":
        response = Response(headers=headers | VARY, media_type=resource.media_type)
        # How long the content would be is known only once it is made.
        del response.headers["Content-Length"]
        return response
    if resource.file:
        return temporary_file_response(
            resource.stem, resource.media_type, resource.file(asked), headers
        )
    content = cache.answer(headers["ETag"], lambda: resource.text(asked).encode())
    return Response(content, headers=headers, media_type=resource.media_type)


def _links(asked: ApiRequest, resource: Resource) -> str:
    """Return the `Link` header: to descriptions or back from one, and to the next rows."""
    if resource.describes:
        return download_of(asked, resource.describes, ()).link_back
    # A CSVW client would otherwise ask /.well-known/csvm, where Streamlit answers with its page.
    links = download_of(asked, resource.path, resource.tables).links()
    if following := next_address(asked, resource.path) if resource.paging else None:
        links.append(f'<{following}>; rel="next"')
    return ", ".join(links)


async def _not_found(request: Request, error: Exception) -> Response:
    known = "、".join(f"{PATH}/{one.path}" for one in NAMED)
    where = printable_excerpt(request.url.path)
    return problem(
        HTTPStatus.NOT_FOUND, f"「{where}」というアドレスはありません。あるのは {known} です。"
    )


async def _not_allowed(request: Request, error: Exception) -> Response:
    method = printable_excerpt(request.method)
    return problem(
        HTTPStatus.METHOD_NOT_ALLOWED,
        f"読むこと（GET と HEAD）だけができます。{method} は使えません。",
        {"Allow": ", ".join(READING)},
    )


async def _refused(request: Request, error: Exception) -> Response:
    return problem_of(error)
