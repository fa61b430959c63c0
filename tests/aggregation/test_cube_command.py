"""Records kept as Parquet: counted by DuckDB or Spark, served as an edition of figures alone."""

from __future__ import annotations

import importlib.util
import shutil
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest
from typer.testing import CliRunner

from kyodo_geo.aggregation.engines import COLUMNS, count
from kyodo_geo.aggregation.publish_counts import mask_counts, publish_counts
from kyodo_geo.auth.roles import Person, official
from kyodo_geo.cli.app import app
from kyodo_geo.editions import Edition, EditionStore
from kyodo_geo.editions.diff import undo
from kyodo_geo.errors import AccessError, EditionError, ExportError, FilterError, KyodoError
from kyodo_geo.export import export_view
from kyodo_geo.export.writers.activity_batches import activity_batches
from kyodo_geo.imports.activities import examine, publish
from kyodo_geo.measures.places.summary import summarise
from kyodo_geo.model import Filters
from kyodo_geo.vocabulary import Scope
from tests.ui.test_pages import APP, page_text

EVERYTHING = Filters(scopes=tuple(Scope))
NO_SPARK = (
    "pyspark is not installed (deploy/requirements-spark.txt)"
    if importlib.util.find_spec("pyspark") is None
    else "there is no Java"
)
has_spark = importlib.util.find_spec("pyspark") is not None and shutil.which("java") is not None


@pytest.fixture(scope="module")
def source(with_cube: Edition, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The activities as our own export spells them out, a folder a fiscal year."""
    table = activity_batches(with_cube, EVERYTHING).read_all()
    bands = dict(with_cube.rows("SELECT id, coalesce(scope_recorded, '') FROM activity"))
    recorded = pa.array([bands[number] for number in table["activity_id"].to_pylist()])
    folder = tmp_path_factory.mktemp("parquet") / "record"
    pq.write_to_dataset(
        table.append_column("scope_recorded", recorded), folder, partition_cols=["fiscal_year"]
    )
    return folder


def cube(source: Path, data_dir: Path, *options: str) -> Any:
    command = ["cube", "--source", str(source), "--data-dir", str(data_dir), *options]
    return CliRunner().invoke(app, command)


def rows(groups: pa.Table) -> list[tuple[object, ...]]:
    return sorted(map(repr, zip(*groups.to_pydict().values(), strict=True)))  # type: ignore[arg-type]


@pytest.fixture
def figures(with_cube: Edition, source: Path, own_store: EditionStore) -> EditionStore:
    """A store whose second edition holds figures alone."""
    edition = own_store.current()
    counted = mask_counts(count(source, "duckdb"), edition)
    publish_counts(own_store, edition, counted, "record", official("test"))
    return own_store


def test_the_cube_is_the_one_of_the_activities(
    with_cube: Edition,
    figures: EditionStore,
) -> None:
    cube_rows = "SELECT * FROM activity_count ORDER BY ALL"
    edition = figures.current()

    assert edition.rows(cube_rows) == with_cube.rows(cube_rows)
    assert edition.holds_figures_only
    assert edition.fiscal_years == with_cube.fiscal_years
    assert summarise(edition, Filters()) == summarise(with_cube, Filters())


@pytest.mark.skipif(not has_spark, reason=NO_SPARK)
def test_spark_counts_the_same(source: Path) -> None:
    assert rows(count(source, "spark")) == rows(count(source, "duckdb"))


def test_the_command_publishes_when_told_to(source: Path, data_dir: Path) -> None:
    counted = cube(source, data_dir)
    assert "活動348件を、" in counted.stdout
    assert "--publish" in counted.stdout
    assert EditionStore(data_dir / "editions").numbers() == [1]

    assert "第2版を公開しました。件数だけの版です" in cube(source, data_dir, "--publish").stdout
    told = CliRunner().invoke(app, ["info", "--data-dir", str(data_dir)]).stdout
    assert "協働は271件" in told


def test_what_it_cannot_count_is_said_in_a_sentence(
    source: Path, data_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "Parquet のファイル（.parquet）がありません" in cube(tmp_path / "x", data_dir).stderr

    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "a.parquet").write_bytes(b"PAR1 nothing")
    assert "読めないか、数えられません" in cube(tmp_path / "broken", data_dir).stderr

    pq.write_table(pa.table({"actors": ["市"]}), tmp_path / "broken" / "a.parquet")
    assert "fiscal_year、district_ids" in cube(tmp_path / "broken", data_dir).stderr

    monkeypatch.setattr("kyodo_geo.aggregation.engines.importlib.util.find_spec", lambda name: None)
    assert "pyspark）が入っていません" in cube(source, data_dir, "--engine", "spark").stderr
    monkeypatch.setattr("kyodo_geo.aggregation.engines.importlib.util.find_spec", lambda name: name)
    monkeypatch.setattr("kyodo_geo.aggregation.engines.shutil.which", lambda name: None)
    monkeypatch.delenv("JAVA_HOME", raising=False)
    assert "Java が入っていません" in cube(source, data_dir, "--engine", "spark").stderr
    wrong = cube(source, data_dir, "--engine", "hadoop")
    assert (wrong.exit_code, "duckdb、spark" in wrong.stderr) == (2, True)
    assert EditionStore(data_dir / "editions").numbers() == [1]


@pytest.mark.parametrize(
    ("column", "text", "told"),
    [
        ("district_ids", "C01;C77", "「C77」という値があります"),
        ("forms_stated", "共催;合コン", "「合コン」という値があります"),
        ("actors", None, "列 actors: 空のところがあります"),
        ("field", "文化;観光", "「文化;観光」という値があります"),
        ("fiscal_year", "いつか", "数えられません"),
        ("fiscal_year", "20200", "「20200」という年度があります"),
    ],
)
def test_a_term_that_is_not_known_refuses_the_record(
    edition: Edition, tmp_path: Path, column: str, text: str | None, told: str
) -> None:
    row: dict[str, object] = dict.fromkeys(COLUMNS, "")
    row |= {"actors": "市", "field": "other", "status": "reported", "participants_count": 5}
    row |= {"fiscal_year": "2020", column: text}
    pq.write_table(pa.table({name: [value] for name, value in row.items()}), tmp_path / "a.parquet")

    with pytest.raises(KyodoError, match=told):
        mask_counts(count(tmp_path, "duckdb"), edition)


def test_an_edition_of_figures_says_what_it_does_not_hold(
    figures: EditionStore, tmp_path: Path
) -> None:
    edition = figures.current()
    with pytest.raises(FilterError, match="ことばで探せる活動がありません"):
        summarise(edition, Filters(keyword="祭り"))
    with pytest.raises(ExportError, match="件数だけの版"):
        export_view(edition, Filters(), "csv", tmp_path / "a.csv")
    assert export_view(edition, Filters(), "geojson", tmp_path / "a.geojson").rows == 271

    file = "名称,年度,地区,主体\n新しい活動,2024,C03,市\n".encode()
    with pytest.raises(EditionError, match="件数だけの版に、活動を加えることはできません"):
        publish(figures, examine(file, "a.csv", edition), official("test"))
    with pytest.raises(AccessError):
        publish_counts(figures, edition, pa.table({}), "x", Person("x"))
    assert figures.numbers() == [1, 2]


def test_undo_brings_the_activities_back(figures: EditionStore, edition: Edition) -> None:
    undo(figures, 1, official("test"))

    assert not figures.current().has_cube
    assert summarise(figures.current(), EVERYTHING) == summarise(edition, EVERYTHING)


@pytest.mark.parametrize("page", ["density", "district", "cases", "about"])
def test_pages_tell_that_there_are_figures_only(
    figures: EditionStore,
    monkeypatch: pytest.MonkeyPatch,
    page: str,
) -> None:
    monkeypatch.setattr("kyodo_geo.ui.runtime.ensure_first_edition", lambda _: figures)
    st.cache_resource.clear()
    shown = AppTest.from_file(APP, default_timeout=30).run()
    shown = shown.switch_page(f"pages/{page}.py").run() if page != "density" else shown
    st.cache_resource.clear()

    assert "この版にあるのは件数だけです" in shown.info[0].value
    assert not shown.error
    assert "〜0件目" not in page_text(shown)
