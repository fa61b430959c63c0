"""Errors of the API as problem JSON (RFC 9457) with one Japanese sentence."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from http import HTTPStatus

from starlette.exceptions import HTTPException
from starlette.responses import Response

from kyodo_geo.errors import FilterError, KyodoError, StaleError

log = logging.getLogger(__name__)

PROBLEM = "application/problem+json"
UNEXPECTED = (
    "予期しないエラーで答えられません。内容は記録しました。"
    "続くときは、システムの担当者に知らせてください。"
)


def problem(
    status: HTTPStatus, sentence: str, headers: Mapping[str, str] | None = None
) -> Response:
    """Return problem JSON: the title is the status in English, the detail `sentence`."""
    content = {
        "type": "about:blank",
        "title": status.phrase,
        "status": status.value,
        "detail": sentence,
    }
    return Response(
        json.dumps(content, ensure_ascii=False),
        status_code=status,
        headers={"Cache-Control": "no-store", **(headers or {})},
        media_type=PROBLEM,
    )


def problem_of(error: Exception) -> Response:
    """Return an error as problem JSON: 400, 409, 503, or 500 for a defect, which is logged."""
    if isinstance(error, HTTPException):
        return problem(HTTPStatus(error.status_code), error.detail, error.headers)
    if isinstance(error, KyodoError) and error.detail:
        log.warning("%s（%s）", error.sentence, error.detail)
    if isinstance(error, FilterError):
        return problem(HTTPStatus.BAD_REQUEST, error.sentence)
    if isinstance(error, StaleError):
        return problem(HTTPStatus.CONFLICT, error.sentence)
    if isinstance(error, KyodoError):
        return problem(HTTPStatus.SERVICE_UNAVAILABLE, error.sentence)
    log.error("an address of the API failed", exc_info=error)
    return problem(HTTPStatus.INTERNAL_SERVER_ERROR, UNEXPECTED)
