"""The API described for programs (OpenAPI 3.1), from the same cards as everything else."""

from __future__ import annotations

from typing import Any

from kyodo_geo.api.measure_tables import MEASURE_COLUMNS, RATES
from kyodo_geo.api.problem_details import PROBLEM
from kyodo_geo.api.request import HIGHEST_NUMBER
from kyodo_geo.api.resources import DATA, Resource
from kyodo_geo.editions import Edition
from kyodo_geo.export.metadata.manifest import (
    CAVEAT,
    COUNTING_RULE,
    LICENCE,
    LICENCE_ADDRESS,
    TITLE,
)
from kyodo_geo.export.schema.columns import ACTIVITY_COLUMNS, Column
from kyodo_geo.filters.conditions import region_names
from kyodo_geo.filters.query_string import (
    FILTER_KEYS,
    FIRST_YEAR,
    KEYWORD_LENGTH,
    LAST_YEAR,
    NO,
    YES,
    FilterKey,
)
from kyodo_geo.web.api_contract import CSV, EDITION, GEOJSON, JSON, LIMIT, OFFSET, PATH, Paging

VERSION = "1.0.0"

KINDS = {"text": "string", "integer": "integer", "number": "number", "date": "string"}

DESCRIBED = (
    "CSV と GeoJSON の項目の説明（CSVW、Data Package）は、Link ヘッダーの describedby にあります。"
)

REFUSALS = {
    "400": "指定が読めません。何が違うかを一文で示します",
    "404": "そのアドレスはありません",
    "405": "読むこと（GET と HEAD）だけができます",
    "409": "edition で指定した版ではなくなりました。最初のページから読み直してください",
    "500": "予期しないエラーです。内容は記録されます",
    "503": "版のファイルなどが使えません",
}


def description(edition: Edition, base_address: str) -> dict[str, Any]:
    """The whole description; districts and regions are those of the edition."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": TITLE,
            "version": VERSION,
            "description": f"読むだけの窓口です。{COUNTING_RULE}{CAVEAT}{DESCRIBED}",
            "license": {"name": LICENCE, "url": LICENCE_ADDRESS},
        },
        "servers": [{"url": f"{base_address}{PATH}"}],
        "paths": {f"/{one.path}": {"get": _operation(edition, one)} for one in DATA},
        "components": {
            "schemas": _schemas(edition),
            "responses": {code: _refusal(text) for code, text in REFUSALS.items()},
        },
    }


def _operation(edition: Edition, resource: Resource) -> dict[str, Any]:
    filters = [_filter(edition, key) for key in FILTER_KEYS] if resource.is_filtered else []
    paging = _paging(resource.paging) if resource.paging else []
    refusals = [code for code in REFUSALS if code != "409" or resource.paging]
    return {
        "operationId": resource.path.replace("/", "_").replace(".", "_"),
        "summary": resource.title,
        "parameters": filters + paging,
        "responses": {
            "200": {
                "description": f"{resource.title}。ETag と Last-Modified は版ごとに変わります",
                "content": {resource.media_type: {"schema": _schema_of(resource)}},
            },
            "304": {"description": "前に受け取ったものから変わっていません"},
            **{code: {"$ref": f"#/components/responses/{code}"} for code in refusals},
        },
    }


def _filter(edition: Edition, key: FilterKey) -> dict[str, Any]:
    values = _values(edition, key)
    schema = {"type": "array", "items": values} if key.is_repeatable else values
    several = "。いくつも書くと、どれかに当てはまるもの" if key.is_repeatable else ""
    return _parameter(key.key, f"{key.help}{several}", schema)


def _values(edition: Edition, key: FilterKey) -> dict[str, Any]:
    """The values to teach; Japanese labels are understood, too."""
    if key.vocabulary is not None:
        return {"type": "string", "enum": [str(term) for term in key.vocabulary]}
    if key.field in ("year_from", "year_to"):
        return {"type": "integer", "minimum": FIRST_YEAR, "maximum": LAST_YEAR}
    if key.field == "keyword":
        return {"type": "string", "pattern": r"\S", "maxLength": KEYWORD_LENGTH}
    if key.field == "with_context":
        return {"type": "string", "enum": [YES, NO]}
    if key.field == "regions":
        return {"type": "string", "enum": list(region_names(edition))}
    places = [place for place in edition.places if place.kind not in ("region", "all")]
    return {"type": "string", "enum": [place.place_id for place in places]}


def _paging(paging: Paging) -> list[dict[str, Any]]:
    limit: dict[str, Any] = {"type": "integer", "minimum": 1, "maximum": paging.most_rows}
    if paging.default_rows is not None:
        limit["default"] = paging.default_rows
    offset = {"type": "integer", "minimum": 0, "maximum": HIGHEST_NUMBER, "default": 0}
    number = {"type": "integer", "minimum": 1, "maximum": HIGHEST_NUMBER}
    return [
        _parameter(LIMIT, "多くて何件か", limit),
        _parameter(OFFSET, "最初の何件を飛ばすか", offset),
        _parameter(EDITION, "この版でなければ 409 を返します（途中で版が変わったとき）", number),
    ]


def _parameter(name: str, text: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "in": "query", "description": text, "schema": schema}


def _schema_of(resource: Resource) -> dict[str, Any]:
    if resource.media_type == CSV:
        text = "UTF-8（BOM付き）、改行は CRLF。1行目は項目名"
        return {"type": "string", "description": text}
    if resource.media_type == GEOJSON:
        return {"$ref": "#/components/schemas/districts"}
    assert resource.media_type == JSON
    return {"$ref": f"#/components/schemas/{resource.stem}"}


def _schemas(edition: Edition) -> dict[str, Any]:
    activity = _object({c.name: _activity_value(c) for c in ACTIVITY_COLUMNS})
    schemas = {
        "about": {"type": "object", "description": "版、対象、数え方、出典、ライセンス"},
        "activities": _object(
            {
                "about": {"$ref": "#/components/schemas/about"},
                "total": {"type": "integer", "description": "条件に合う活動の数（実件数）"},
                "limit": {"type": "integer"},
                "offset": {"type": "integer"},
                "next": {"type": ["string", "null"], "description": "続きのアドレス"},
                "activities": {"type": "array", "items": activity},
            }
        ),
        "districts": {
            "type": "object",
            "description": f"GeoJSON（RFC 7946、WGS84）。{len(edition.districts)}地区の形と値。"
            "others は全市などの値",
            "required": ["type", "features"],
        },
        "problem": _object(
            {
                "type": {"type": "string"},
                "title": {"type": "string"},
                "status": {"type": "integer"},
                "detail": {"type": "string", "description": "日本語の文"},
            }
        ),
    }
    return schemas | {name: _measure(name) for name in MEASURE_COLUMNS}


def _measure(name: str) -> dict[str, Any]:
    place = _object({c.name: _value(c) for c in MEASURE_COLUMNS[name]})
    members = {
        "about": {"$ref": "#/components/schemas/about"},
        "places": {"type": "array", "items": place},
    }
    if name == "density":
        members["denominators"] = _object(
            {rate: {"type": "string", "description": "割る数の説明"} for rate in RATES}
        )
    return _object(members)


def _activity_value(column: Column) -> dict[str, Any]:
    if column.is_several:
        text = column.definition.replace("（;で区切る）", "").replace("複数は;で区切る", "配列")
        return {"type": "array", "items": {"type": "string"}, "description": text}
    if column.name == "is_kyodo":
        return {"type": "boolean", "description": column.label}
    return _value(column)


def _value(column: Column) -> dict[str, Any]:
    """A value as its column defines it; what is missing is null."""
    unit = f"（{column.unit}）" if column.unit else ""
    text = f"{column.label}{unit}。{column.definition.replace('空欄', 'null')}"
    return {"type": [KINDS[column.kind], "null"], "description": text}


def _object(members: dict[str, Any]) -> dict[str, Any]:
    """An object with these members, all of them and no other."""
    return {
        "type": "object",
        "properties": members,
        "required": list(members),
        "additionalProperties": False,
    }


def _refusal(text: str) -> dict[str, Any]:
    schema = {"$ref": "#/components/schemas/problem"}
    return {"description": text, "content": {PROBLEM: {"schema": schema}}}
