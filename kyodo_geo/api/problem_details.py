"""Refusals for programs: one Japanese sentence as problem JSON (RFC 9457)."""

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
    """A refusal: the title is the status in English, the detail the Japanese sentence."""
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
    """What is said of an error; a defect of ours goes to the log and is not told."""
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
