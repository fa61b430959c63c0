"""The read-only API: the same figures as the pages, read by other programs."""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from email.utils import format_datetime
from pathlib import Path
from threading import Thread
from typing import Any

import pandas as pd
import pyogrio
import pytest
import schemathesis
import uvicorn
from browsing import free_port
from builders import ONE_FILTER_EACH, activity
from conftest import MakeEdition
from hypothesis import HealthCheck, given, settings
from rdflib import Graph, URIRef
from rdflib.namespace import DCAT, DCTERMS, FOAF, RDF
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import positive_data_acceptance
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.testclient import TestClient

from kyodo_geo.api import Host, api_app
from kyodo_geo.api.application import RESOURCES
from kyodo_geo.api.resources import DATA
from kyodo_geo.api.response_cache import KEPT_BYTES, LARGEST_BYTES, ResponseCache
from kyodo_geo.editions import Edition
from kyodo_geo.errors import EditionError
from kyodo_geo.export import export_view
from kyodo_geo.export.schema.columns import ACTIVITY_COLUMNS, names
from kyodo_geo.filters.query_string import NO, YES, texts_from_filters
from kyodo_geo.measures.places.density import MEASURES, measure_places
from kyodo_geo.measures.places.summary import summarise
from kyodo_geo.model import Filters
from kyodo_geo.server import routes
from kyodo_geo.settings import Settings
from kyodo_geo.ui.components.parts import RowTable, wire
from kyodo_geo.ui.pages import api as api_page
from kyodo_geo.vocabulary import Form
from kyodo_geo.web.api_contract import PATH
from tests.ui.page_parts import inside

BASE = "http://testserver"
PLAIN = {"Accept-Encoding": "identity"}


def app_of(edition: Edition) -> Starlette:
    host = Host(lambda: edition, Settings, lambda _: BASE)
    return Starlette(routes=[Mount(PATH, api_app(host))])


@pytest.fixture(scope="module")
def api(edition: Edition) -> Iterator[TestClient]:
    with TestClient(app_of(edition), base_url=f"{BASE}{PATH}/") as client:
        yield client


def rows_of(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


# ---- the same figures as the pages


@pytest.mark.parametrize(
    "filters",
    [
        Filters(),
        *ONE_FILTER_EACH,
        Filters(districts=("C03", "C00")),
        Filters(year_from=2015, year_to=2020),
        Filters(forms=(Form.CO_HOSTING, Form.SUBSIDY)),
    ],
    ids=lambda filters: "-".join(texts_from_filters(filters)),
)
def test_each_filter_counts_as_the_pages_do(
    api: TestClient, edition: Edition, filters: Filters
) -> None:
    texts = texts_from_filters(filters)
    summary = summarise(edition, filters)

    listed = api.get("activities.json", params={**texts, "limit": 1000}).json()
    rows = rows_of(api.get("activities.csv", params=texts).content)
    places = api.get("measures/density.json", params=texts).json()["places"]

    assert listed["total"] == len(listed["activities"]) == summary.total.activities
    assert {one["activity_id"] for one in listed["activities"]} == {r["activity_id"] for r in rows}
    assert len(rows) == summary.total.activities
    # A recount of the rows by plain means gives the figures of the map.
    for place in places:
        if place["kind"] == "district":
            inside = [r for r in rows if place["place_id"] in r["district_ids"].split(";")]
            assert place["activities"] == len(inside)


def test_the_csv_is_the_file_of_the_page(api: TestClient, edition: Edition, tmp_path: Any) -> None:
    filters = Filters(forms=(Form.SUBSIDY,))
    export_view(edition, filters, "csv", tmp_path / "page.csv")

    answer = api.get("activities.csv", params={"form": "補助・助成"})

    assert answer.content == (tmp_path / "page.csv").read_bytes()


def test_json_holds_what_the_csv_holds(api: TestClient) -> None:
    rows = {r["activity_id"]: r for r in rows_of(api.get("activities.csv?context=1").content)}
    found = api.get("activities.json?context=1&limit=1000").json()["activities"]

    assert len(found) == len(rows)
    for one in found:
        assert tuple(one) == names(ACTIVITY_COLUMNS)
        assert {name: cell_of(value) for name, value in one.items()} == {
            name: text.removeprefix("'") for name, text in rows[one["activity_id"]].items()
        }


def cell_of(value: Any) -> str:
    if isinstance(value, list):
        return ";".join(value)
    return "" if value is None else str(int(value) if isinstance(value, bool) else value)


def test_pages_of_rows_add_up_to_all(api: TestClient) -> None:
    found: list[str] = []
    address: str | None = "activities.json?limit=70&region=花巻"
    while address:
        answer = api.get(address)
        content = answer.json()
        found += [one["activity_id"] for one in content["activities"]]
        address = content["next"]
        assert (f'<{address}>; rel="next"' if address else None) == answer.headers.get("Link")
    pages = [api.get(f"activities.csv?region=花巻&limit=70&offset={n}") for n in (0, 70, 140)]

    assert len(found) == len(set(found)) == content["total"] == 99
    assert [r["activity_id"] for page in pages for r in rows_of(page.content)] == found
    assert len(rows_of(api.get("activities.csv?region=花巻&offset=90").content)) == 9


def test_the_next_address_of_a_japanese_host(edition: Edition) -> None:
    host = Host(lambda: edition, Settings, lambda _: 'https://花巻.example.jp/"><a')
    client = TestClient(Starlette(routes=[Mount(PATH, api_app(host))]))
    content = client.get(f"{PATH}/activities.json?limit=1&keyword=祭り").json()

    assert content["next"].isascii()
    assert content["next"].startswith("https://%E8%8A%B1%E5%B7%BB.example.jp/%22%3E%3Ca/api/v1/")


def test_measures_are_those_of_the_maps(api: TestClient, edition: Edition) -> None:
    content = api.get("measures/density.json?year_from=2015").json()
    filters = Filters(year_from=2015)
    for name in ("per_10km2", "per_1000", "participants"):
        values = measure_places(edition, filters, MEASURES[name]).values
        for place in content["places"]:
            value = values[place["place_id"]]
            assert place[name] == (None if value is None else pytest.approx(value, abs=1e-4))
    for measure in ("density", "forms", "actors"):
        places = api.get(f"measures/{measure}.json").json()["places"]
        rows = rows_of(api.get(f"measures/{measure}.csv").content)
        assert [{k: cell_of(v) for k, v in place.items()} for place in places] == rows
    assert "現在" in content["denominators"]["per_1000"]


def test_json_says_how_it_was_counted(api: TestClient) -> None:
    about = api.get("measures/forms.json?region=花巻").json()["about"]

    assert (about["edition"], about["licence"]) == (1, "CC BY 4.0")
    assert "全期間・花巻地域の協働は99件" in about["view"]
    assert about["filters_by_key"] == {"region": ["花巻"]}
    assert about["counting_rule"] and about["sources"]
    assert "generated_at" not in about


def test_formulas_are_neutralised_in_csv_alone(make_edition: MakeEdition) -> None:
    client = TestClient(app_of(make_edition(activity(title="=1+1"))))

    assert rows_of(client.get(f"{PATH}/activities.csv").content)[0]["title"] == "'=1+1"
    assert client.get(f"{PATH}/activities.json").json()["activities"][0]["title"] == "=1+1"


# ---- read by other programs


def test_pandas_reads_the_csv(api: TestClient, edition: Edition) -> None:
    frame = pd.read_csv(io.BytesIO(api.get("activities.csv").content), dtype_backend="pyarrow")

    assert list(frame.columns) == list(names(ACTIVITY_COLUMNS))
    assert len(frame) == summarise(edition, Filters()).total.activities
    assert frame["district_ids"].str.contains("C03").sum() > 0
    codes = pd.read_csv(io.BytesIO(api.get("codes.csv").content))
    assert "共催" in set(codes["label"])


def test_gdal_reads_the_districts(api: TestClient, edition: Edition, tmp_path: Any) -> None:
    path = tmp_path / "districts.geojson"
    path.write_bytes(api.get("districts.geojson?form=共催").content)

    districts = pyogrio.read_dataframe(path)

    summary = summarise(edition, Filters(forms=(Form.CO_HOSTING,)))
    assert districts.crs.to_epsg() == 4326
    assert list(districts["activities"]) == [row.activities for row in summary.districts]
    assert list(districts["district_id"]) == [d.district_id for d in edition.districts]


def test_the_recipes_lead_to_addresses_that_are_there(
    api: TestClient, edition: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = inside(json.loads(json.dumps(api_page.recipes(), default=wire)))
    codes = {part["label"]: part["text"] for part in found if part["kind"] == "code"}
    paths = {path for text in codes.values() for path in re.findall(r"\{\{(.+?)\}\}", text)}
    assert len(codes) == 5
    assert paths <= {one.path for one in RESOURCES}

    def opened(address: Any) -> io.BytesIO:
        answer = io.BytesIO(api.get(getattr(address, "full_url", address)).content)
        answer.headers = {}  # type: ignore[attr-defined]
        return answer

    monkeypatch.setattr("urllib.request.urlopen", opened)
    text = re.sub(r"\{\{(.+?)\}\}", rf"{BASE}{PATH}/\1", codes["Python Python の例"])
    names_in: dict[str, Any] = {}
    exec(text, names_in)
    assert len(names_in["activities"]) == summarise(edition, Filters()).total.activities
    assert names_in["places"]["activities"].max() == len(names_in["activities"])


# ---- HTTP


@pytest.mark.parametrize("path", [one.path for one in RESOURCES])
def test_every_address_by_get_and_head(api: TestClient, path: str) -> None:
    got = api.get(path, headers=PLAIN)
    head = api.head(path, headers=PLAIN)

    assert got.status_code == head.status_code == 200
    assert got.content and not head.content
    for name in ("ETag", "Last-Modified", "Content-Type", "Content-Disposition", "Vary"):
        assert got.headers[name] == head.headers[name]
    assert "content-length" not in head.headers
    assert got.headers["Vary"] == "Accept-Encoding, Origin"
    if path.endswith("json"):
        assert got.json()


def test_an_answer_that_is_known_is_not_sent_again(api: TestClient, edition: Edition) -> None:
    first = api.get("measures/density.json")
    known = {"If-None-Match": f'"x", W/{first.headers["ETag"]}'}
    published = edition.info.published_at.astimezone(tz=None)

    def status(path: str = "measures/density.json", **headers: str) -> int:
        return api.get(
            path, headers={k.replace("_", "-"): v for k, v in headers.items()}
        ).status_code

    assert api.get("measures/density.json", headers=known).status_code == 304
    assert api.get("measures/density.json", headers=known).content == b""
    assert api.get("measures/density.json?region=花巻", headers=known).status_code == 200
    assert api.get("measures/density.json", headers={**known, **PLAIN}).status_code == 200
    assert status(If_None_Match="*") == 304
    assert status(If_Modified_Since=first.headers["Last-Modified"]) == 304
    for days in (-1, 1):  # an edition made before a clock was set back is later
        other = format_datetime(published + timedelta(days=days))
        assert status(If_Modified_Since=other) == 200
    assert status(If_Modified_Since="gestern") == 200
    # The tag decides where both are given.
    both = {"If_None_Match": '"x"', "If_Modified_Since": first.headers["Last-Modified"]}
    assert status(**both) == 200


def test_the_tag_follows_the_edition(make_edition: MakeEdition) -> None:
    tags = [
        TestClient(app_of(made)).head(f"{PATH}/codes.csv").headers["ETag"]
        for made in (make_edition(activity()), make_edition(activity()))
    ]

    assert tags[0] != tags[1]
    assert [tag.split("-")[0] for tag in tags] == ['"1', '"2']


@pytest.mark.parametrize("path", ["activities.csv", "districts.geojson"])
def test_gzip_where_the_client_takes_it(api: TestClient, path: str) -> None:
    plain = api.get(path, headers=PLAIN)
    with api.stream("GET", path, headers={"Accept-Encoding": "gzip"}) as packed:
        raw = b"".join(packed.iter_raw())

    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(raw) == plain.content
    assert len(raw) < len(plain.content) / 3
    assert "Accept-Encoding" in packed.headers["Vary"]
    # Strong tags: other bytes, another tag.
    assert packed.headers["ETag"] != plain.headers["ETag"]
    assert plain.headers["Content-Length"] == str(len(plain.content))


def test_answers_are_kept_within_bounds() -> None:
    kept, large = ResponseCache(), bytes(LARGEST_BYTES + 1)

    assert kept.answer("a", lambda: b"first") == kept.answer("a", lambda: b"second") == b"first"
    assert kept.answer("b", lambda: large) == large
    assert kept.answer("b", lambda: b"small") == b"small"
    for number in range(2 * KEPT_BYTES // LARGEST_BYTES):
        kept.answer(f"c{number}", lambda: large[1:])
    assert kept.answer("a", lambda: b"third") == b"third"


def test_files_have_telling_names(api: TestClient) -> None:
    name = api.head("activities.csv?year_from=2015&limit=10").headers["Content-Disposition"]

    assert name.startswith('attachment; filename="kyodo_activities_ed0001_2015-_')
    assert "_1-10.csv\"; filename*=UTF-8''%E8%8A%B1%E5%B7%BB%E5%B8%82" in name
    assert api.head("activities.json").headers["Content-Disposition"].startswith("inline;")


def test_any_page_may_read_and_none_may_write(api: TestClient) -> None:
    other = {"Origin": "https://other.example.jp"}
    read = api.get("codes.csv", headers=other)
    preflight = {**other, "Access-Control-Request-Method": "PUT"}

    assert read.headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in read.headers
    assert api.options("codes.csv", headers=preflight).status_code == 400
    for method in ("POST", "PUT", "PATCH", "DELETE", "OPTIONS", "QUERY"):
        refused = api.request(method, "codes.csv")
        assert (refused.status_code, refused.headers["Allow"]) == (405, "GET, HEAD")
        assert refused.json()["detail"].endswith("使えません。")


# ---- refusals


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("activities.json?foo=1", "「foo」という指定はありません"),
        ("activities.csv?form=", "値が空です"),
        ("codes.csv?region=花巻", "何も指定できません"),
        ("measures/forms.csv?limit=5", "「limit」という指定はありません"),
        ("activities.csv?district=C98", "「C98」という値はありません"),
        ("measures/density.csv?year_from=二〇一五", "年度として読めません"),
        (
            "activities.json?year_from=2020&year_to=2010",
            "始まり（2020）が終わり（2010）より後です。",
        ),
        ("districts.geojson?status=実施&status=予定", "1つだけ選べます。"),
        ("activities.json?keyword=" + "あ" * 101, "100文字までです。"),
        ("activities.csv?keyword=%20%E3%80%80", "keyword: 値が空です"),
        ("activities.csv?" + "&".join(f"district=x{n}" for n in range(900)), "ほかにもあります"),
        ("activities.json?limit=0", "1から1,000までの整数"),
        ("activities.json?limit=1001", "1から1,000までの整数"),
        ("activities.json?offset=-1", "0から"),
        ("activities.json?limit=1&limit=2", "整数を1つ指定"),
        ("activities.json?offset=１０", "整数を1つ指定"),
        ("activities.json?foo=<script>%00", "という指定はありません"),
    ],
)
def test_what_is_not_understood_is_refused_in_a_sentence(
    api: TestClient, address: str, sentence: str
) -> None:
    answer = api.get(address)

    assert answer.status_code == 400
    assert answer.headers["Content-Type"] == "application/problem+json"
    content = answer.json()
    assert (content["status"], content["title"]) == (400, "Bad Request")
    assert sentence in content["detail"]
    # Nothing is said of what a page would have done instead.
    assert "読みました" not in content["detail"]
    assert "使いました" not in content["detail"]


@pytest.mark.parametrize("path", ["", "activities", "activities.csv/", "measures/x.json", "../x"])
def test_an_unknown_address_says_which_there_are(api: TestClient, path: str) -> None:
    answer = api.get(path)

    assert answer.status_code == 404
    if path != "../x":
        assert f"{PATH}/activities.csv" in answer.json()["detail"]


def test_another_edition_than_the_one_read_so_far(api: TestClient) -> None:
    assert api.get("activities.json?edition=1").status_code == 200
    moved = api.get("activities.json?edition=2")

    assert moved.status_code == 409
    assert "最初のページから" in moved.json()["detail"]


def test_an_edition_of_figures_alone(edition: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(edition.__dict__, "holds_figures_only", True)
    api = TestClient(app_of(edition), base_url=f"{BASE}{PATH}/")

    assert api.get("activities.json").status_code == api.head("activities.csv").status_code == 404
    assert "件数だけの版" in api.get("activities.csv").json()["detail"]
    assert api.get("measures/forms.json").status_code == 200
    assert api.get("activities.csv-metadata.json").status_code == 404
    for description in ("datapackage.json", "catalog.json"):
        assert "activities.csv" not in api.get(description).text


def test_what_goes_wrong_is_a_sentence(edition: Edition) -> None:
    def refuse() -> Edition:
        raise EditionError("第1版", "壊れています", next_step="控えを戻してください")

    def fail() -> Edition:
        raise ZeroDivisionError("secret detail")

    for current, status in ((refuse, 503), (fail, 500)):
        app = Starlette(routes=[Mount(PATH, api_app(Host(current, Settings, lambda _: BASE)))])
        answer = TestClient(app).get(f"{PATH}/codes.csv")
        assert (answer.status_code, answer.json()["status"]) == (status, status)
        assert answer.json()["detail"].endswith("。")
        assert "secret" not in answer.text


# ---- descriptions


def test_the_catalogue_as_a_harvester_reads_it(api: TestClient, edition: Edition) -> None:
    graph = Graph().parse(data=api.get("catalog.json").text, format="json-ld")
    (dataset,) = graph.subjects(RDF.type, DCAT.Dataset)
    (period,) = graph.objects(dataset, DCTERMS.temporal)
    addresses = [str(address) for address in graph.objects(predicate=DCAT.downloadURL)]

    licence = URIRef("https://creativecommons.org/licenses/by/4.0/")
    assert graph.value(dataset, DCTERMS.license) == licence
    modified = graph.value(dataset, DCTERMS.modified).toPython()
    assert modified == edition.info.published_at.replace(microsecond=0)
    years = edition.fiscal_years
    assert graph.value(period, DCAT.startDate).toPython() == date(years[0], 4, 1)
    assert graph.value(period, DCAT.endDate).toPython() == date(years[-1] + 1, 3, 31)
    (publisher,) = graph.objects(dataset, DCTERMS.publisher)
    assert "花巻市" in str(graph.value(publisher, FOAF.name))
    of_api = [address for address in addresses if PATH in address]
    assert len(of_api) == len(DATA)
    assert {address.rpartition("/")[2] for address in {*addresses} - {*of_api}} == {
        *("csv-cp932", "xlsx", "zip")
    }
    described_by = [str(one) for one in graph.objects(predicate=DCTERMS.conformsTo)]
    # The one of the workbook is the pages'.
    of_api += [address for address in described_by if PATH in address]
    assert len(described_by) == len(set(described_by)) == 14
    assert all(api.head(address).status_code == 200 for address in of_api)


def test_the_server_mounts_it(edition: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kyodo_geo.server.current_edition", lambda: edition)
    monkeypatch.setattr("kyodo_geo.ui.http.view_request.current_edition", lambda: edition)
    monkeypatch.setattr("kyodo_geo.ui.http.view_request.config.get_option", lambda _: "/geo/")
    client = TestClient(Starlette(routes=routes()), base_url="http://board.example.jp")

    answer = client.get("/geo/api/v1/activities.json?limit=1")

    assert answer.json()["next"].startswith("http://board.example.jp/geo/api/v1/activities.json?")
    folder = client.get("/geo/api/v1", follow_redirects=False)
    assert folder.headers["Location"] == "/geo/api"
    listed = client.get("/geo/kyodo/list/city_actions")
    assert listed.links["describedby"]["url"].startswith(
        "http://board.example.jp/geo/kyodo/list/city_actions-"
    )


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed (apt install curl)")
def test_the_line_of_the_readme_answers(api: TestClient, edition: Edition) -> None:
    readme = Path(__file__).parents[2].joinpath("README.md").read_text("utf-8")
    [line] = re.findall(r"```sh\n(curl [^`]+)```", readme)

    with served(edition) as port:
        answer = subprocess.run(
            line.replace("localhost:8501", f"127.0.0.1:{port}"), shell=True, capture_output=True
        ).stdout

    assert answer == api.get("activities.csv", params={"region": "花巻", "form": "共催"}).content


@contextmanager
def served(edition: Edition) -> Iterator[int]:
    """The API behind the server that reads requests for the dashboard; yields its port."""
    server = uvicorn.Server(
        uvicorn.Config(app_of(edition), port=free_port(), http="httptools", log_level="error")
    )
    thread = Thread(target=server.run)
    thread.start()
    try:
        while thread.is_alive() and not server.started:
            time.sleep(0.01)
        yield server.config.port
    finally:
        server.should_exit = True
        thread.join(10)


def test_the_page_says_which_values_there_are() -> None:
    [table] = [part for part in api_page.parameters() if isinstance(part, RowTable)]
    rows = {row.id: row.cells for row in table.rows}

    assert {YES, NO} <= set("".join(rows["context"]))


# ---- odd requests


@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
def test_odd_requests_get_answers_of_the_description(
    edition: Edition, mode: GenerationMode
) -> None:
    described = schemathesis.openapi.from_asgi(f"{PATH}/openapi.json", app_of(edition))

    for found in described.get_all_operations():
        operation = found.ok()
        if not operation.query and mode is GenerationMode.NEGATIVE:
            continue  # nothing can be wrong with no parameter
        strategy = operation.as_strategy(generation_mode=mode)

        @settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck))
        @given(strategy)
        def is_answered(case: schemathesis.Case) -> None:
            answer = case.call_and_validate(excluded_checks=[positive_data_acceptance])
            if mode is GenerationMode.POSITIVE and answer.status_code not in (200, 409):
                # What no description can say of two parameters.
                assert "より後です" in answer.json()["detail"]

        is_answered()
