"""Our exports as programs of others read them: validators, spreadsheets, GIS, pandas."""

import csv
import io
import json
import re
import shutil
import subprocess
import warnings
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from urllib.parse import urljoin

import frictionless
import pandas as pd
import pytest
from builders import activity, export_bytes
from csvw import CSVW
from httpx import Response
from starlette.applications import Starlette
from starlette.testclient import TestClient

from kyodo_geo.api.resources import DATA, WHOLE
from kyodo_geo.editions import Edition, EditionStore
from kyodo_geo.export import FORMATS, export_view
from kyodo_geo.export.metadata.csvw import csvw_metadata
from kyodo_geo.export.metadata.data_package import data_package
from kyodo_geo.export.metadata.descriptors import STANDARDS, write_descriptors
from kyodo_geo.export.schema.columns import names
from kyodo_geo.export.schema.tables import ACTIONS, ACTIVITIES, SHAPES, TABLES, TABLES_IN
from kyodo_geo.export.writers.geojson import district_geojson
from kyodo_geo.machine_readability import selfcheck
from kyodo_geo.model import Filters
from kyodo_geo.seed.demo import publish_demo
from kyodo_geo.server import routes
from kyodo_geo.vocabulary import ActorType, Form
from kyodo_geo.web.api_contract import PATH
from tests.imports.test_reviews import keep, review


def unpacked(edition: Edition, filters: Filters, folder: Path) -> Path:
    content = export_bytes(edition, filters, "zip")[0]
    with zipfile.ZipFile(io.BytesIO(content)) as bundle:
        bundle.extractall(folder)
    return folder


def problems_of_package(path: Path) -> list[str]:
    report = frictionless.validate(str(path))
    return [*report.errors, *(e.message for task in report.tasks for e in task.errors)]


def problems_of_csvw(path: Path) -> list[str]:
    with warnings.catch_warnings(record=True):  # it collects its own
        warnings.simplefilter("always")
        try:
            described = CSVW(str(path), validate=True)
            return [] if described.is_valid else [str(w.message) for w in described.warnings]
        except ValueError as error:
            return [str(error)]


@pytest.fixture(scope="module")
def shipped_files(edition: Edition, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return unpacked(edition, Filters(), tmp_path_factory.mktemp("shipped"))


@pytest.fixture
def awkward(make_edition: Callable[..., Edition]) -> Edition:
    """Sets of several, gaps, quotes, line breaks, would-be formulas, and a review."""
    several = activity(
        1,
        title='=HYPERLINK("x"), 花"と"緑',
        summary="一行目\n二行目",
        district_ids=("C00", "C03", "C27"),
        actors=tuple(ActorType),
        forms_stated=(Form.SUBSIDY, Form.CO_HOSTING),
        forms_implied=(Form.COMMISSION,),
        organisations=("花の会", "花巻市"),
        start_date=date(2020, 4, 1),
        participants_count=0,
        point_lat=39.5,
        point_lng=141.0,
    )
    unknown = activity(2, district_ids=(), fiscal_year=None, continues="T0001")
    store = EditionStore(make_edition(several, unknown).path.parent)
    return keep(store, review("T0001", "4-24231", lesson='声は"早め"に,みんなに\nかける'))


def test_public_validators_accept_the_shipped_export(shipped_files: Path) -> None:
    assert problems_of_package(shipped_files / "datapackage.json") == []
    assert problems_of_csvw(shipped_files / "csv-metadata.json") == []
    assert problems_of_csvw(shipped_files / "activities.csv-metadata.json") == []


def test_they_accept_awkward_texts_gaps_and_sets(awkward: Edition, tmp_path: Path) -> None:
    folder = unpacked(awkward, Filters(with_context=True), tmp_path)

    assert problems_of_package(folder / "datapackage.json") == []
    assert problems_of_csvw(folder / "csv-metadata.json") == []
    rows = list(CSVW(str(folder / "csv-metadata.json")).tables[0].iterdicts())
    [several] = [row for row in rows if row["activity_id"] == "T0001"]
    assert several["district_ids"] == ["C03", "C27", "C00"]
    assert (several["participants_count"], several["fiscal_year"]) == (0, 2020)
    assert several["start_date"].date() == date(2020, 4, 1)
    for format_id in ("csv-cp932", "xlsx"):
        target = tmp_path / format_id
        export_view(awkward, Filters(with_context=True), format_id, target)
        tables = TABLES_IN[format_id]
        for path in write_descriptors(awkward, Filters(with_context=True), tables, target):
            problems = problems_of_csvw if "metadata" in path.name else problems_of_package
            assert problems(path) == []


def test_they_notice_what_is_not_as_described(shipped_files: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(shipped_files, tmp_path / "copy"))
    for file, old, new in (
        ("activities.csv", "文化・生涯学習", "文化"),
        ("activities.csv", '"C01"', '"C28"'),
        ("activity_forms.csv", "stated", "sure"),
        ("activity_districts.csv", "P0239", "P9999"),
        ("districts.csv", "district,", "dis,"),
        ("codes.csv", "form,co_hosting", "form,committee"),
    ):
        text = (folder / file).read_text("utf-8-sig")
        assert old in text, file
        (folder / file).write_text(text.replace(old, new, 1), "utf-8-sig")
    package = json.loads((folder / "datapackage.json").read_text("utf-8"))
    for resource in package["resources"]:  # not only by its hash
        del resource["hash"], resource["bytes"]
    (folder / "datapackage.json").write_text(json.dumps(package), "utf-8")

    told = "\n".join(problems_of_package(folder / "datapackage.json"))

    for problem in ('"文化"', '"C28"', '"sure"', "P9999", '"dis"', "violates the primary key"):
        assert problem in told, problem
    assert problems_of_csvw(folder / "csv-metadata.json") != []


@pytest.fixture
def served(edition: Edition, monkeypatch: pytest.MonkeyPatch) -> TestClient:
    monkeypatch.setattr("kyodo_geo.ui.http.view_request.current_edition", lambda: edition)
    monkeypatch.setattr("kyodo_geo.server.current_edition", lambda: edition)
    return TestClient(Starlette(routes=routes()), base_url="http://localhost")


DOWNLOADS = (
    *(f"/kyodo/export/{format_id}" for format_id in FORMATS if format_id != "zip"),
    "/kyodo/export/csv-cp932?region=花巻&context=1&keyword=の",
    "/kyodo/list/city_actions",
    "/kyodo/list/checks?context=1",
    *(f"{PATH}/{one.path}" for one in DATA if one.tables),
    f"{PATH}/activities.csv?form=共催&limit=5&offset=2",
)
"""Every table that can be had by address, and views of some."""


def described_copy(client: TestClient, answer: Response, folder: Path) -> set[str]:
    """Keep an answer as `copy`, its descriptions beside it by standard; says which there are."""
    (folder / "copy").write_bytes(answer.content)
    links = re.findall(r'<([^>]*)>; rel="describedby"; type="([^"]*)"', answer.headers["Link"])
    standards = {standard.media_type: standard for standard in STANDARDS}
    for described_by, media_type in links:
        description = client.get(described_by)
        assert description.headers["Content-Type"] == media_type
        assert description.links["describes"]["url"] == str(answer.url)
        plain = description.json()
        for table in plain.get("tables") or plain["resources"]:
            place = "url" if "url" in table else "path"
            assert urljoin(described_by, table[place]) == str(answer.url)
            table[place] = "copy"
        path = folder / f"{standards[media_type].title}.json"
        path.write_text(json.dumps(plain), "utf-8")
    return {standards[media_type].title for _, media_type in links}


@pytest.mark.parametrize("address", DOWNLOADS)
def test_each_download_says_what_it_is_and_is_that(
    served: TestClient, address: str, tmp_path: Path
) -> None:
    answer = served.get(address)
    is_csv = answer.headers["Content-Type"].startswith("text/csv")

    found = described_copy(served, answer, tmp_path)

    assert found == ({"CSVW", "Data Package"} if is_csv else {"Data Package"})
    assert problems_of_package(tmp_path / "Data Package.json") == []
    assert not is_csv or problems_of_csvw(tmp_path / "CSVW.json") == []
    assert selfcheck(answer.content).is_clean


def test_what_describes_no_csv_is_no_csvw(served: TestClient) -> None:
    assert served.get("/kyodo/export/xlsx-metadata.json").status_code == 400
    assert served.get("/kyodo/export/zip-datapackage.json").status_code == 400
    assert "Link" not in served.head("/kyodo/export/zip").headers


def test_the_whole_api_is_one_package(served: TestClient, tmp_path: Path) -> None:
    package = served.get(f"{PATH}/datapackage.json").json()
    for resource in package["resources"]:
        path = tmp_path / resource["path"]
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(served.get(f"{PATH}/{resource['path']}").content)
    (tmp_path / "datapackage.json").write_text(json.dumps(package), "utf-8")

    assert problems_of_package(tmp_path / "datapackage.json") == []
    assert [one["name"] for one in package["resources"]] == [
        *("activities", "boundaries", "density", "forms", "actors", "codes")
    ]


def test_messages_keep_the_rules_too(served: TestClient) -> None:
    for one in (*DATA, WHOLE):
        if not one.tables:
            assert selfcheck(served.get(f"{PATH}/{one.path}").content).is_clean, one.path


@pytest.mark.parametrize("format_id", ["csv-cp932", "xlsx"])
def test_a_description_beside_a_file_is_held_to_it(
    edition: Edition, format_id: str, tmp_path: Path
) -> None:
    target, tables = tmp_path / "表.file", TABLES_IN[format_id]
    export_view(edition, Filters(), format_id, target)
    package = write_descriptors(edition, Filters(), tables, target)[-1]

    assert problems_of_package(package) == []
    text = package.read_text("utf-8")
    package.write_text(text.replace('"文化・生涯学習"', '"文化"'), "utf-8")
    assert any("文化・生涯学習" in problem for problem in problems_of_package(package))


def test_the_geojson_says_of_each_district_what_it_describes(edition: Edition) -> None:
    features = json.loads(district_geojson(edition, Filters(), None))["features"]

    for feature in features:
        assert set(feature["properties"]) == set(names(SHAPES.columns))


def test_descriptors_name_every_column_in_words(edition: Edition) -> None:
    package = data_package(edition, Filters(), TABLES, None)
    group = csvw_metadata(edition, Filters(), TABLES, None)

    for resource, described, table in zip(
        package["resources"], group["tables"], TABLES, strict=True
    ):
        fields = resource["schema"]["fields"]
        assert [f["name"] for f in fields] == [c.name for c in table.columns]
        assert all(f["title"] and f["description"] for f in fields)
        assert [c["titles"][0] for c in described["tableSchema"]["columns"]] == [
            f["name"] for f in fields
        ]
    assert "協働は257件" in package["description"] == group["dc:description"]
    of_city = data_package(edition, Filters(year_from=2015), [ACTIONS], None)
    assert of_city["title"].endswith("市の取り組み")
    assert of_city["description"].endswith("、2015年度から")
    [field] = [f for f in package["resources"][0]["schema"]["fields"] if f["name"] == "field"]
    assert "文化・生涯学習" in field["constraints"]["enum"]
    assert "created" not in package
    assert len(package["sources"]) == len(edition.sources)


def test_made_up_data_say_so_and_are_as_described(tmp_path: Path) -> None:
    store = EditionStore(tmp_path / "editions")
    publish_demo(store, 500)
    made_up = store.current()
    folder = unpacked(made_up, Filters(with_context=True), tmp_path / "files")

    assert problems_of_package(folder / "datapackage.json") == []
    assert "架空データ" in data_package(made_up, Filters(), TABLES, None)["description"]
    assert "架空データ" in csvw_metadata(made_up, Filters(), TABLES, None)["dc:description"]


def test_a_table_alone_refers_to_no_other(edition: Edition) -> None:
    alone = [ACTIVITIES, *(table for table in TABLES if table.name == "activity_forms")]

    [of_activities, of_forms] = data_package(edition, Filters(), alone, None)["resources"]

    assert "foreignKeys" not in of_activities["schema"]
    [key] = of_forms["schema"]["foreignKeys"]
    assert key["reference"]["resource"] == "activities"


def test_pandas_reads_the_csv_by_its_description(shipped_files: Path) -> None:
    frame = pd.read_csv(shipped_files / "activities.csv", dtype_backend="numpy_nullable")
    described = json.loads((shipped_files / "datapackage.json").read_text("utf-8"))

    fields = described["resources"][0]["schema"]["fields"]
    assert list(frame.columns) == [field["name"] for field in fields]
    assert str(frame["fiscal_year"].dtype) == "Int64"
    assert frame["activity_id"].is_unique


@pytest.fixture(scope="module")
def office(shipped_files: Path, edition: Edition, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What LibreOffice makes of our files: each saved by it as CSV, in UTF-8."""
    soffice = shutil.which("soffice")
    if soffice is None:
        pytest.skip("LibreOffice is not installed (Debian: libreoffice-calc-nogui)")
    folder = tmp_path_factory.mktemp("office")
    (folder / "book.xlsx").write_bytes(export_bytes(edition, Filters(), "xlsx")[0])
    shutil.copy(shipped_files / "activities.csv", folder / "table.csv")
    out = folder / "out"
    home = f"-env:UserInstallation=file://{folder}/profile"
    to_csv = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false"
    # The dialogue sees by the BOM that a CSV is UTF-8; without a window it has to be told.
    for told, name in (([], "book.xlsx"), (["--infilter=CSV:44,34,76,1"], "table.csv")):
        command = [soffice, home, "--headless", *told, "--convert-to", to_csv]
        command += ["--outdir", str(out), str(folder / name)]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
    return out


def cells(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_libreoffice_opens_the_files_without_mojibake(office: Path, edition: Edition) -> None:
    expected = cells(export_bytes(edition, Filters(), "csv")[0])

    assert cells((office / "table.csv").read_bytes()) == expected
    assert cells((office / "book.csv").read_bytes()) == expected


@pytest.mark.skipif(
    shutil.which("ogrinfo") is None, reason="GDAL's ogrinfo is not installed (Debian: gdal-bin)"
)
def test_ogrinfo_reads_the_geojson(shipped_files: Path) -> None:
    command = ["ogrinfo", "-ro", "-al", "-geom=NO", str(shipped_files / "districts.geojson")]
    told = subprocess.run(command, check=True, capture_output=True, timeout=60).stdout.decode()

    assert "Feature Count: 27" in told
    assert 'ID["EPSG",4326]' in told
    assert told.count("  name (String) = ") == 27
    assert "name (String) = 花北" in told
    assert "activities (Integer) = " in told
