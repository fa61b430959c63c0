"""Our exports as programs of others read them: validators, spreadsheets, GIS, pandas."""

import csv
import io
import json
import shutil
import subprocess
import warnings
import zipfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import frictionless
import pandas as pd
import pytest
from builders import activity, export_bytes
from csvw import CSVW
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.testclient import TestClient
from test_reviews import keep, review

from kyodo_geo.api import Host, api_app
from kyodo_geo.api.asked import PATH
from kyodo_geo.editions import Edition, EditionStore
from kyodo_geo.export.csvw import csvw_metadata
from kyodo_geo.export.data_package import data_package
from kyodo_geo.export.tables import ACTIVITIES, TABLES
from kyodo_geo.ingest.demo import publish_demo
from kyodo_geo.model import Filters
from kyodo_geo.rules import selfcheck
from kyodo_geo.settings import Settings
from kyodo_geo.vocabulary import ActorType, Form


def unpacked(edition: Edition, filters: Filters, folder: Path) -> Path:
    content = export_bytes(edition, filters, "zip")[0]
    with zipfile.ZipFile(io.BytesIO(content)) as bundle:
        bundle.extractall(folder)
    return folder


def problems_of_package(folder: Path) -> list[str]:
    report = frictionless.validate(str(folder / "datapackage.json"))
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
    assert problems_of_package(shipped_files) == []
    assert problems_of_csvw(shipped_files / "csv-metadata.json") == []
    assert problems_of_csvw(shipped_files / "activities.csv-metadata.json") == []


def test_they_accept_awkward_texts_gaps_and_sets(awkward: Edition, tmp_path: Path) -> None:
    folder = unpacked(awkward, Filters(with_context=True), tmp_path)

    assert problems_of_package(folder) == []
    assert problems_of_csvw(folder / "csv-metadata.json") == []
    rows = list(CSVW(str(folder / "csv-metadata.json")).tables[0].iterdicts())
    [several] = [row for row in rows if row["activity_id"] == "T0001"]
    assert several["district_ids"] == ["C03", "C27", "C00"]
    assert (several["participants_count"], several["fiscal_year"]) == (0, 2020)
    assert several["start_date"].date() == date(2020, 4, 1)


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

    told = "\n".join(problems_of_package(folder))

    for problem in ('"文化"', '"C28"', '"sure"', "P9999", '"dis"', "violates the primary key"):
        assert problem in told, problem
    assert problems_of_csvw(folder / "csv-metadata.json") != []


@pytest.fixture
def api(edition: Edition) -> Iterator[TestClient]:
    host = Host(lambda: edition, Settings, lambda _: "http://localhost")
    app = Starlette(routes=[Mount(PATH, api_app(host))])
    with TestClient(app, base_url=f"http://localhost{PATH}/") as client:
        yield client


def test_what_the_api_serves_is_as_it_describes_it(api: TestClient, tmp_path: Path) -> None:
    package = api.get("datapackage.json").json()
    described = ["activities.csv-metadata.json", "datapackage.json", "districts.geojson"]
    for name in [*described, *(resource["path"] for resource in package["resources"])]:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(api.get(name).content)

    assert problems_of_package(tmp_path) == []
    assert problems_of_csvw(tmp_path / "activities.csv-metadata.json") == []
    assert [p.name for p in tmp_path.rglob("*.csv") if not selfcheck(p.read_bytes()).is_clean] == []
    assert selfcheck((tmp_path / "districts.geojson").read_bytes()).is_clean


def test_a_csv_of_the_api_says_where_its_description_is(api: TestClient) -> None:
    found = api.get("activities.csv").links["describedby"]

    assert found["type"] == "application/csvm+json"
    assert api.get(found["url"]).json()["tables"][0]["url"] == "activities.csv"
    assert "describedby" not in api.get("activities.csv?region=花巻").links


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
    [field] = [f for f in package["resources"][0]["schema"]["fields"] if f["name"] == "field"]
    assert "文化・生涯学習" in field["constraints"]["enum"]
    assert "created" not in package
    assert len(package["sources"]) == len(edition.sources)


def test_made_up_data_say_so_and_are_as_described(tmp_path: Path) -> None:
    store = EditionStore(tmp_path / "editions")
    publish_demo(store, 500)
    made_up = store.current()
    folder = unpacked(made_up, Filters(with_context=True), tmp_path / "files")

    assert problems_of_package(folder) == []
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
