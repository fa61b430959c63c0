import csv
import io
import json
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import geopandas as gpd
import pyarrow as pa
import pyarrow.csv as pa_csv
import pytest
from builders import export_bytes
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook
from xlsxwriter.exceptions import FileCreateError

from kyodo_geo.editions import Edition, EditionStore, Publication
from kyodo_geo.editions.load import fill
from kyodo_geo.errors import ExportError
from kyodo_geo.export import FORMATS, export_view, file_name
from kyodo_geo.export.schema.columns import ACTIVITY_COLUMNS, LONG_COLUMNS, PLACE_COLUMNS, names
from kyodo_geo.export.writers.activity_batches import activity_batches, long_batches
from kyodo_geo.export.writers.cp932 import (
    EQUIVALENTS,
    Cp932Changes,
    held_by_cp932,
    text_in_cp932,
)
from kyodo_geo.export.writers.csv import cp932_lines, write_cp932_csv
from kyodo_geo.export.writers.formula_escaping import FORMULA_START, escape_formula, escape_formulas
from kyodo_geo.export.writers.geojson import district_geojson, place_cells
from kyodo_geo.filters.query_string import filters_from_texts
from kyodo_geo.measures.places.density import MEASURES, measure_places
from kyodo_geo.measures.places.summary import summarise
from kyodo_geo.model import Activity, Filters
from kyodo_geo.seed.demo import publish_demo
from kyodo_geo.vocabulary import ActorType, Certainty, Form, Scope

MADE_AT = datetime(2026, 3, 31, 23, 30, tzinfo=UTC)
"""The first of April in Japan."""

VIEWS = {
    "all": Filters(),
    "years": Filters(year_from=2015, year_to=2020),
    "region and form": Filters(regions=("花巻",), forms=(Form.SUBSIDY,)),
    "stated": Filters(certainty=Certainty.STATED),
    "context": Filters(with_context=True),
    "nothing": Filters(keyword="そのような活動はない"),
}


def activity(title: str = "活動", **changes: object) -> Activity:
    base = {
        "activity_id": "X1",
        "title": title,
        "summary": "",
        "district_ids": ("C01",),
        "actors": (ActorType.INDIVIDUAL, ActorType.CITY),
    }
    return Activity(**(base | changes))


def csv_rows(content: bytes, encoding: str = "utf-8-sig") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode(encoding), newline="")))


@pytest.mark.parametrize("name", VIEWS)
def test_a_recount_of_the_csv_gives_the_figures_of_the_page(edition: Edition, name: str) -> None:
    rows = csv_rows(export_bytes(edition, VIEWS[name], "csv")[0])
    summary = summarise(edition, VIEWS[name])

    assert len(rows) == summary.total.activities
    assert sum(row["is_kyodo"] == "1" for row in rows) == summary.total.kyodo
    assert len(summary.districts) == 27
    for place in (*summary.districts, summary.citywide):
        of_place = [r for r in rows if place.place.place_id in r["district_ids"].split(";")]
        people = [int(r["participants_count"]) for r in of_place if r["participants_count"]]
        assert len(of_place) == place.activities
        is_known = people or not of_place
        assert (sum(people) if is_known else None) == place.participants


def test_the_csv_opens_in_excel(edition: Edition) -> None:
    content = export_bytes(edition, Filters(), "csv")[0]

    assert content.startswith(b'\xef\xbb\xbf"edition","activity_id",')
    assert content.count(b"\r\n") == 258


def test_the_columns_of_the_csv_are_the_defined_ones(edition: Edition) -> None:
    rows = csv_rows(export_bytes(edition, Filters(), "csv")[0])

    assert list(rows[0]) == [column.name for column in ACTIVITY_COLUMNS]


def test_a_large_export_is_the_same_each_time_and_in_the_order_of_the_table(
    tmp_path: Path,
) -> None:
    store = EditionStore(tmp_path / "editions")
    publish_demo(store, 300_000)
    large, filters = store.current(), Filters(year_from=2010, with_context=True)

    exports = [export_bytes(large, filters, "csv")[0] for _ in range(2)]

    in_table = large.rows("SELECT id FROM activity WHERE fiscal_year >= 2010 ORDER BY rowid")
    assert len(in_table) > 200_000
    assert exports[0] == exports[1]
    exported = pa_csv.read_csv(io.BytesIO(exports[0]))["activity_id"].to_pylist()
    assert exported == [row[0] for row in in_table]


def test_the_long_tables_stand_in_the_order_of_the_activities(make_edition) -> None:  # type: ignore[no-untyped-def]
    # The table is sorted by district before id: these stand in it the other way round.
    ids = ["X3", "X2", "X1"]
    tiny = make_edition(
        *(
            activity(activity_id=i, district_ids=(f"C0{n}",), forms_stated=(Form.SUBSIDY,))
            for n, i in enumerate(ids, start=1)
        )
    )

    assert activity_batches(tiny, Filters()).read_all()["activity_id"].to_pylist() == ids
    for file in LONG_COLUMNS:
        found = long_batches(tiny, Filters(), file).read_all()["activity_id"].to_pylist()
        assert list(dict.fromkeys(found)) == ids


def test_stated_only_leaves_the_implied_column_empty(edition: Edition) -> None:
    rows = csv_rows(export_bytes(edition, Filters(certainty=Certainty.STATED), "csv")[0])

    assert {row["forms_implied"] for row in rows} == {""}


@pytest.mark.parametrize("start", FORMULA_START)
def test_formulas_are_neutralised(make_edition, start: str) -> None:  # type: ignore[no-untyped-def]
    text = f"{start}1+1"
    tiny = make_edition(activity(text, organisations=(text, "団体")))

    [row] = csv_rows(export_bytes(tiny, Filters(), "csv")[0])
    sheet = _sheets(export_bytes(tiny, Filters(), "xlsx")[0])["活動"]

    assert row["title"].startswith("'")
    assert row["organisations"].startswith("'")
    assert sheet[1][2].startswith("'")


@pytest.fixture(scope="module")
def folder_of_tiny_editions(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    yield tmp_path_factory.mktemp("texts")


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=30), max_size=5))
def test_any_text_comes_back_from_the_csv(
    record, folder_of_tiny_editions: Path, titles: list[str]
) -> None:  # type: ignore[no-untyped-def]
    from dataclasses import replace

    found = tuple(activity(f"題{t}", activity_id=f"X{n:03}") for n, t in enumerate(titles))
    store = EditionStore(folder_of_tiny_editions / "editions")
    tiny = replace(record, activities=found)

    def change(con) -> None:  # type: ignore[no-untyped-def]
        for table in ("code", "scope_rule", "place", "district", "boundary", "population"):
            con.execute(f"DELETE FROM {table}")
        for table in ("town", "city_action", "source", "activity"):
            con.execute(f"DELETE FROM {table}")
        fill(con, tiny)

    store.publish(change, Publication("test", "test", "test"))
    rows = csv_rows(export_bytes(store.current(), Filters(), "csv")[0])

    assert [row["title"] for row in rows] == [escape_formula(a.title) for a in found]


def test_cp932_says_what_it_had_to_change(tmp_path: Path) -> None:
    target, changes = tmp_path / "out.csv", Cp932Changes()
    rows = pa.table({"名": ["𠮷野〜", "é😀"], "値": ["髙﨑①㈱", None], "数": [1, 2]})

    assert write_cp932_csv(rows.to_reader(), target, changes) == 2

    lines = ['"名","値","数"', '"〓野～","髙﨑①㈱",1', '"〓〓",,2', ""]
    assert target.read_bytes().decode("cp932") == "\r\n".join(lines)
    assert changes.cells == 2
    assert changes.characters == {"𠮷": 1, "é": 1, "😀": 1}


TROUBLESOME = st.sampled_from(
    [*EQUIVALENTS, *EQUIVALENTS.values(), *'あ神\ufa19か\u3099é𠮷=＋"\n,']
)
ANY_CELL = st.none() | st.text(TROUBLESOME | st.characters(exclude_categories=["Cs"]), max_size=4)
ANY_COLUMN = st.lists(ANY_CELL, max_size=8)


@given(ANY_COLUMN, st.booleans())
@example(["〜é", "あ", "〜é", None], True)
def test_cp932_by_columns_is_cp932_cell_by_cell(cells: list[str | None], coded: bool) -> None:
    column, replaced, changes = pa.array(cells, pa.string()), Counter[str](), Cp932Changes()
    column = column.dictionary_encode() if coded else column
    expected = [text_in_cp932(cell or "", replaced) for cell in cells]

    lines = cp932_lines(pa.record_batch({"id": range(len(cells)), "text": column}), changes)

    rows = csv.reader(io.StringIO(lines.decode("cp932"), newline=""))
    assert [row[1].encode("cp932") for row in rows] == [t.encode("cp932") for t in expected]
    assert changes.cells == sum(a != (b or "") for a, b in zip(expected, cells, strict=True))
    assert changes.characters == replaced


@given(ANY_COLUMN, st.integers(0, 8), st.booleans())
@example(["あ", "=1"], 1, False)
@example(["", "あ", ""], 0, False)
@example(["あ", "い\x01"], 0, True)
def test_texts_neutralised_by_columns_are_those_neutralised_one_by_one(
    cells: list[str | None], start: int, coded: bool
) -> None:
    column = pa.array(cells, pa.string())[start:]
    batch = pa.record_batch({"text": column.dictionary_encode() if coded else column})

    texts = escape_formulas(batch)["text"].to_pylist()

    assert texts == [None if cell is None else escape_formula(cell) for cell in cells[start:]]


def test_cp932_of_the_record_holds_all_rows(edition: Edition) -> None:
    content, report = export_bytes(edition, Filters(), "csv-cp932")

    assert len(csv_rows(content, "cp932")) == report.rows == 257


def test_the_workbook_opens_and_holds_all(edition: Edition) -> None:
    sheets = _sheets(export_bytes(edition, Filters(), "xlsx")[0])

    assert list(sheets) == [
        *("活動", "地区の集計", "ふりかえり"),
        *("項目定義書", "コード表", "この表について"),
    ]
    assert len(sheets["活動"]) == 258
    assert isinstance(sheets["活動"][1][0], float)
    assert [row[0] for row in sheets["地区の集計"][1:28]] == [f"C{n:02}" for n in range(1, 28)]


def test_columns_of_the_workbook_are_as_wide_as_their_texts(edition: Edition) -> None:
    content = export_bytes(edition, Filters(), "xlsx")[0]
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    found = re.findall(r'<col min="(\d+)" max="(\d+)" width="([\d.]+)"', sheet)
    width = {
        column.name: float(size)
        for first, last, size in found
        for column in ACTIVITY_COLUMNS[int(first) - 1 : int(last)]
    }

    assert len(width) == len(ACTIVITY_COLUMNS)
    assert max(width[name] for name in ("activity_id", "start_date", "end_date")) < 20
    assert min(width[name] for name in ("title", "summary")) > 40
    assert max(width.values()) < 65
    assert 'state="frozen"' in sheet


@pytest.mark.parametrize("name", VIEWS)
def test_the_geojson_always_holds_27_districts(edition: Edition, name: str, tmp_path: Path) -> None:
    target = tmp_path / "districts.geojson"
    export_view(edition, VIEWS[name], "geojson", target)
    figures = measure_places(edition, VIEWS[name], MEASURES["activities"]).district_values

    districts = gpd.read_file(target).set_index("district_id")

    assert dict(districts["activities"]) == figures
    assert districts.geometry.is_valid.all()
    assert districts.crs.to_epsg() == 4326


def test_the_geojson_has_the_numbers_of_the_table(edition: Edition) -> None:
    read = json.loads(district_geojson(edition, Filters(), None))

    by_id = {row[0]: row for row in place_cells(edition, Filters())}
    for feature in read["features"]:
        told = feature["properties"]
        row = dict(zip(names(PLACE_COLUMNS), by_id[told["district_id"]], strict=True))
        assert told | {"place_id": told["district_id"]} == row | {"district_id": row["place_id"]}
        assert told["area_km2"] == round(told["area_km2"], 4)


def test_the_geojson_says_where_it_comes_from(edition: Edition, tmp_path: Path) -> None:
    target = tmp_path / "districts.geojson"
    export_view(edition, Filters(), "geojson", target, MADE_AT)

    said = json.loads(target.read_text("utf-8"))

    assert said["edition"] == 1
    assert said["edition_published_at"] == edition.info.published_at.isoformat()
    assert said["generated_at"] == "2026-03-31T23:30:00+00:00"
    assert said["licence"] == "CC BY 4.0"
    assert "公式のものではありません" in said["attribution"]


def members_of(edition: Edition, filters: Filters, folder: Path) -> dict[str, bytes]:
    export_view(edition, filters, "zip", folder / "kyodo.zip", MADE_AT)
    with zipfile.ZipFile(folder / "kyodo.zip") as bundle:
        return {name: bundle.read(name) for name in bundle.namelist()}


def test_the_bundle_explains_itself(edition: Edition, tmp_path: Path) -> None:
    members = members_of(edition, VIEWS["years"], tmp_path)
    about = json.loads(members["manifest.json"])

    assert set(about["files"]) == set(members) - {"manifest.json"}
    assert about["edition"] == 1
    assert "2015〜2020年度" in about["filters"]
    activities = csv_rows(members["activities.csv"])
    forms = csv_rows(members["activity_forms.csv"])
    defined = {(r["file"], r["name"]) for r in csv_rows(members["definitions.csv"])}
    for name in ("activities.csv", "districts.csv", "activity_forms.csv", "codes.csv"):
        assert {(name, column) for column in csv_rows(members[name])[0]} <= defined
    stated = sum(len(r["forms_stated"].split(";")) for r in activities if r["forms_stated"])
    assert sum(row["certainty"] == "stated" for row in forms) == stated


@pytest.mark.parametrize("name", VIEWS)
def test_the_filters_can_be_read_back_from_the_manifest(
    edition: Edition, tmp_path: Path, name: str
) -> None:
    about = json.loads(members_of(edition, VIEWS[name], tmp_path)["manifest.json"])

    assert filters_from_texts(edition, about["filters_by_key"]) == (VIEWS[name], ())


def test_the_read_me_says_when_it_was_made_and_how_files_are_written(
    edition: Edition, tmp_path: Path
) -> None:
    members = members_of(edition, Filters(), tmp_path)
    text = members["はじめにお読みください.txt"].decode("utf-8-sig")

    assert "【作成日】2026-04-01\r\n" in text
    assert "CSVとTXTはUTF-8（BOM付き）で改行はCRLF" in text
    for name, content in members.items():
        is_text = name.endswith((".csv", ".txt"))
        assert content.startswith(b"\xef\xbb\xbf") == is_text, name
        assert (b"\r\n" in content) == is_text, name


def test_every_term_has_its_definition(edition: Edition, tmp_path: Path) -> None:
    members = members_of(edition, Filters(), tmp_path)
    terms = csv_rows(members["codes.csv"])
    [kinds] = [
        row["definition"]
        for row in csv_rows(members["definitions.csv"])
        if (row["file"], row["name"]) == ("codes.csv", "kind")
    ]

    assert [term["id"] for term in terms if not term["definition"]] == []
    assert {term["kind"] for term in terms if f"{term['kind']}: " not in kinds} == set()


@pytest.mark.parametrize("format_id", FORMATS)
def test_a_place_that_cannot_be_written_to_gets_a_sentence(
    edition: Edition, tmp_path: Path, format_id: str
) -> None:
    with pytest.raises(ExportError, match="書き込めませんでした"):
        export_view(edition, Filters(), format_id, tmp_path / "missing" / "file")


def test_joint_activities_count_once_in_each_district(make_edition) -> None:  # type: ignore[no-untyped-def]
    tiny = make_edition(activity(district_ids=("C01", "C27")))
    summary = summarise(tiny, Filters())

    assert summary.total.activities == 1
    assert [summary.of(p).activities for p in ("C01", "C27", "C02", "C00")] == [1, 1, 0, 0]
    [row] = csv_rows(export_bytes(tiny, Filters(scopes=(Scope.UNDETERMINED,)), "csv")[0])
    assert row["district_names"] == "花巻中央;谷内".replace("谷内", "田瀬")


def test_no_activities_are_no_participants_but_unstated_ones_are_unknown(make_edition) -> None:  # type: ignore[no-untyped-def]
    stated = activity(activity_id="X1", district_ids=("C01",), participants_count=5)
    tiny = make_edition(stated, activity(activity_id="X2", district_ids=("C02",)))
    on_map = measure_places(tiny, Filters(), MEASURES["participants"]).values

    content = export_bytes(tiny, Filters(), "zip")[0]
    with zipfile.ZipFile(io.BytesIO(content)) as bundle:
        rows = {row["place_id"]: row for row in csv_rows(bundle.read("districts.csv"))}

    assert [on_map[place] for place in ("C01", "C02", "C03")] == [5, None, 0]
    assert [rows[place]["participants"] for place in ("C01", "C02", "C03")] == ["5", "", "0"]


def test_file_names_are_ascii_and_telling(edition: Edition) -> None:
    name = file_name(edition, VIEWS["years"], "csv")

    assert name.isascii()
    assert name.startswith("kyodo_ed0001_2015-2020_")


def _sheets(content: bytes) -> dict[str, list[list[object]]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def test_long_tables_join_on_neutralised_ids(make_edition) -> None:  # type: ignore[no-untyped-def]
    tiny = make_edition(activity(activity_id="=X1", forms_stated=(Form.SUBSIDY,)))
    with zipfile.ZipFile(io.BytesIO(export_bytes(tiny, Filters(), "zip")[0])) as bundle:
        ids = {
            row["activity_id"]
            for name in ("activities", "activity_districts", "activity_forms", "activity_actors")
            for row in csv_rows(bundle.read(f"{name}.csv"))
        }

    assert ids == {"'=X1"}


def test_a_formula_behind_a_control_character_is_neutralised(make_edition) -> None:  # type: ignore[no-untyped-def]
    [row] = csv_rows(export_bytes(make_edition(activity("\x01=1+1")), Filters(), "csv")[0])

    assert row["title"] == "'=1+1"


def test_cp932_keeps_what_it_has_and_takes_long_cells() -> None:
    text = "\ufa19\u30cf\u309a\u00e9" + "あ" * 140_000

    lines = cp932_lines(pa.record_batch({"text": [text]}), Cp932Changes()).decode("cp932")

    assert lines.startswith('"\ufa19パ〓あ')
    assert len(lines) == 140_000 + 7


def test_a_workbook_that_cannot_be_written_gets_a_sentence(
    edition: Edition, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> int:
        raise FileCreateError("no space left")

    monkeypatch.setattr("kyodo_geo.export.view.write_workbook", refuse)
    with pytest.raises(ExportError, match="書き込めませんでした"):
        export_view(edition, Filters(), "xlsx", tmp_path / "kyodo.xlsx")
    assert list(tmp_path.iterdir()) == []


def test_every_character_that_cp932_gives_back_as_another_counts_as_changed() -> None:
    def read_back(character: str) -> str:
        try:
            return character.encode("cp932").decode("cp932")
        except UnicodeEncodeError:
            return character

    others = [c for c in map(chr, range(0x20, 0x10000)) if read_back(c) != c]
    assert "£" in others
    assert [c for c in others if held_by_cp932(c)] == []
