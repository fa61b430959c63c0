"""Every address of pictures, files, lists and the API, asked with every value of every option."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import cycle, islice
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from starlette.applications import Starlette
from starlette.testclient import TestClient

from kyodo_geo.editions import Edition
from kyodo_geo.export import FORMATS
from kyodo_geo.filters.query_string import FILTER_KEYS
from kyodo_geo.graphics.catalogue import GRAPHICS, KINDS
from kyodo_geo.graphics.choropleths import DRAWINGS
from kyodo_geo.server import routes
from kyodo_geo.ui.state.page_options import FIXED_OPTIONS
from kyodo_geo.vocabulary import Term
from kyodo_geo.web.api_contract import PATH

Query = dict[str, str]

TEXTS = {"keyword": ["花", "無"], "year_from": ["2020"], "year_to": ["2024"], "context": ["1"]}
"""Filters whose values are no terms."""

LISTS = ("city_actions", "checks")
NEEDS = {
    **{name: {"district": "C03"} for name in GRAPHICS if GRAPHICS[name].page == "district"},
    "compare": {"district": "C03"},
    "case-location": {"activity": "P0239"},
}
"""What a picture cannot be drawn without."""


def values_of_options(edition: Edition) -> dict[str, list[str]]:
    """All values by key in the address: filters, options of pages, the selected district."""
    values: dict[str, list[str]] = {"select": [edition.districts[0].district_id]}
    for option in FIXED_OPTIONS:
        values.setdefault(option.key, []).extend(filter(None, option.labels))
    for key in FILTER_KEYS:
        values[key.key] = _terms(key.vocabulary) or TEXTS.get(key.key) or _places(edition, key.key)
    return values


def _terms(vocabulary: type[Term] | None) -> list[str]:
    return [str(term) for term in vocabulary or ()]


def _places(edition: Edition, key: str) -> list[str]:
    regions = {district.region: None for district in edition.districts}
    return {"region": list(regions), "district": ["C03", "C00", "C99"]}[key]


def one_by_one(values: Mapping[str, Sequence[str]]) -> list[Query]:
    """A query for each value of each option."""
    return [{}, *({key: value} for key, several in values.items() for value in several)]


def all_at_once(values: Mapping[str, Sequence[str]]) -> list[Query]:
    """As few queries as hold each value of each option once, all options in each."""
    most = max(map(len, values.values()), default=1)
    columns = [islice(cycle(several), most) for several in values.values()]
    rows = zip(*columns, strict=True) if columns else [()]
    return [dict(zip(values, row, strict=True)) for row in rows]


@pytest.fixture
def client(data_dir: Path) -> Iterator[TestClient]:
    """A server on the shipped record that hands on what it could not do."""
    st.cache_resource.clear()
    yield TestClient(Starlette(routes=routes()))
    st.cache_resource.clear()


def failed(client: TestClient, addresses: Iterator[tuple[str, Query]]) -> list[str]:
    """What was not answered with a file or a picture."""
    answers = [client.get(address, params=query) for address, query in addresses]
    assert len(answers) > 1
    return [f"{one.status_code} {one.url}: {one.text[:90]}" for one in answers if one.is_error]


@pytest.mark.parametrize("name", DRAWINGS)
def test_colours_of_maps(client: TestClient, edition: Edition, name: str) -> None:
    values = values_of_options(edition)
    queries = one_by_one(values) + all_at_once(values)

    assert failed(client, ((f"/kyodo/picture/{name}", query) for query in queries)) == []


def test_six_forms_are_six_pictures_with_one_legend(client: TestClient) -> None:
    content = client.get("/kyodo/picture/forms?picture=each").json()
    titles = [panel["title"] for panel in content["panels"]]

    assert len(set(titles)) == 6
    assert all(len(panel["districts"]) == 27 for panel in content["panels"])
    assert content["legend"]["items"]


@pytest.mark.parametrize("name", GRAPHICS)
def test_images(client: TestClient, edition: Edition, name: str) -> None:
    own = NEEDS.get(name, {})
    values = {key: several for key, several in values_of_options(edition).items() if key not in own}
    shown = [query | own for query in all_at_once(values)]
    files = [(f"/kyodo/image/{name}.svg", query) for query in shown]
    files += [(f"/kyodo/image/{name}.{kind}", own) for kind in KINDS]

    assert failed(client, iter(files)) == []


@pytest.mark.parametrize("format_id", FORMATS)
def test_exports(client: TestClient, edition: Edition, format_id: str) -> None:
    queries = all_at_once(values_of_options(edition))

    assert failed(client, ((f"/kyodo/export/{format_id}", query) for query in queries)) == []


@pytest.mark.parametrize("name", LISTS)
def test_lists(client: TestClient, edition: Edition, name: str) -> None:
    queries = all_at_once(values_of_options(edition))

    assert failed(client, ((f"/kyodo/list/{name}", query) for query in queries)) == []


def test_sheets(client: TestClient, edition: Edition) -> None:
    districts = [district.district_id for district in edition.districts]
    sheets = [(f"/kyodo/sheet/{district_id}", {}) for district_id in districts[:2]]
    narrowed = all_at_once(values_of_options(edition))[:2]
    sheets += [(f"/kyodo/sheet/{districts[0]}", query) for query in narrowed]

    assert failed(client, iter(sheets)) == []


def test_every_parameter_of_the_api(client: TestClient) -> None:
    paths = client.get(f"{PATH}/openapi.json").json()["paths"]
    asked = [
        (f"{PATH}{path}".replace("{id}", "P0239"), query)
        for path, item in paths.items()
        for query in all_at_once(_listed_values(item["get"].get("parameters", ())))
    ]

    assert len(asked) > len(paths)
    assert failed(client, iter(asked)) == []


def _listed_values(parameters: Sequence[Mapping[str, Any]]) -> dict[str, list[str]]:
    schemas = {one["name"]: one["schema"] for one in parameters if one["in"] == "query"}
    listed = {
        name: each.get("enum") or each.get("items", {}).get("enum")
        for name, each in schemas.items()
    }
    return {name: list(map(str, values)) for name, values in listed.items() if values}
