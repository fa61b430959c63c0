"""The shipped record: what it holds, and that damage to a file is refused in words."""

from __future__ import annotations

import csv
import shutil
from collections import Counter
from pathlib import Path

import pytest

from kyodo_geo.errors import BoundaryError, SourceDataError
from kyodo_geo.model import CITYWIDE_ID, Record
from kyodo_geo.seed.shipped_record import ACTIVITIES, COLUMNS, FILES, read_record
from kyodo_geo.settings import SHIPPED_DATA_DIR
from kyodo_geo.vocabulary import ActorType, Effort, Form, Status


@pytest.fixture(scope="module")
def record() -> Record:
    return read_record(SHIPPED_DATA_DIR)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the shipped files that a test may damage."""
    for name in FILES:
        shutil.copy(SHIPPED_DATA_DIR / name, tmp_path / name)
    return tmp_path


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def change_cell(path: Path, line: int, column: str, value: str) -> None:
    """Set one cell; `line` is the row as a spreadsheet numbers it."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    rows[line - 1][rows[0].index(column)] = value
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)


def test_everything_ships(record: Record) -> None:
    assert [d.district_id for d in record.districts] == [f"C{n:02}" for n in range(1, 28)]
    regions = Counter(d.region for d in record.districts)
    assert regions == {"花巻": 11, "大迫": 4, "石鳥谷": 6, "東和": 6}
    assert len(record.towns) == 188
    assert len({town.town for town in record.towns}) == 187
    assert len(record.activities) == 348
    assert len(record.city_actions) == 42
    assert {(p.level, p.as_of.year) for p in record.population} == {
        ("region", 2023),
        ("region", 2024),
    }


def test_record_equals_a_plain_recount_of_the_file(record: Record) -> None:
    with (SHIPPED_DATA_DIR / ACTIVITIES).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    certainty = Counter(row["form_certainty"] for row in rows)
    assert certainty == {"stated": 99, "implied": 73, "unknown": 176}
    assert sum(bool(a.forms_stated) for a in record.activities) == certainty["stated"]
    assert sum(bool(a.forms_implied) for a in record.activities) == certainty["implied"]
    assert sum(a.district_ids == (CITYWIDE_ID,) for a in record.activities) == 72
    assert sum(a.status is Status.PLANNED for a in record.activities) == 25
    assert sum(ActorType.CITY in a.actors for a in record.activities) == sum(
        "市" in row["actors"].split(";") for row in rows
    )
    subsidies = [a for a in record.activities if Form.SUBSIDY in a.forms_stated + a.forms_implied]
    assert len(subsidies) == sum(row["forms"] == "補助・助成" for row in rows)
    assert all(a.city_cost_yen is None for a in record.activities)


def test_no_activity_is_without_actor_source_or_title(record: Record) -> None:
    for activity in record.activities:
        assert activity.actors and activity.title and activity.source.startswith("http")
        assert not set(activity.forms_stated) & set(activity.forms_implied)


def test_efforts_of_the_city_are_terms(record: Record) -> None:
    efforts = Counter(action.effort for action in record.city_actions)
    assert efforts == {Effort.ENVIRONMENT: 25, Effort.INFORMATION: 12, Effort.STAFF: 5}


def test_every_shipped_file_has_a_source_card(record: Record) -> None:
    named = {name for card in record.sources for name in card["files"]}
    assert named == set(FILES) - {"sources.yml"}
    attributions = [card["attribution"] for card in record.sources if "attribution" in card]
    assert len(attributions) == 1
    assert "国土交通省" in attributions[0] and "Geolonia" in attributions[0]


def test_files_are_utf8_without_bom_and_with_plain_line_ends() -> None:
    for name in FILES:
        content = (SHIPPED_DATA_DIR / name).read_bytes()
        assert not content.startswith(b"\xef\xbb\xbf") and b"\r" not in content
        content.decode("utf-8")


def test_source_files_carry_a_checksum(record: Record) -> None:
    assert [entry.split(":")[0] for entry in record.source_files] == list(FILES)
    assert all(len(entry.split(":")[1]) == 64 for entry in record.source_files)


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        ("district_ids", "C28", "「C28」"),
        ("district_ids", "C01;花北", "「花北」"),
        ("forms", "共済", "「共済」"),
        ("forms", "形態不明", "「形態不明」"),
        ("form_certainty", "stated", "合いません"),
        ("actors", "市民", "「市民」"),
        ("actors", "", "空欄"),
        ("actors", ";", "空欄"),
        ("field", "観光", "「観光」"),
        ("field", "", "空欄"),
        ("status", "done", "「done」"),
        ("start_date", "2024-02-30", "「2024-02-30」"),
        ("start_date", "2024/4/1", "「2024/4/1」"),
        ("start_date", "20240401", "「20240401」"),
        ("participants", "約30", "「約30」"),
        ("participants", "-5", "「-5」"),
        ("participants", "３０", "「３０」"),
        ("city_cost_yen", "1,000", "「1,000」"),
        ("fiscal_year", "令和6", "「令和6」"),
        ("id", "P0001", "2行目にもあります"),
        ("id", "", "空欄"),
        ("title", "", "空欄"),
    ],
)
def test_a_bad_cell_is_refused_with_file_row_and_value(
    folder: Path, column: str, value: str, said: str
) -> None:
    change_cell(folder / ACTIVITIES, 4, column, value)
    with pytest.raises(SourceDataError) as refusal:
        read_record(folder)
    assert refusal.value.where == "activities.csv の4行目"
    assert said in refusal.value.found
    assert refusal.value.expected and refusal.value.next_step


def test_an_activity_may_have_several_districts_and_none(folder: Path) -> None:
    change_cell(folder / ACTIVITIES, 2, "district_ids", "C03; C01")
    change_cell(folder / ACTIVITIES, 3, "district_ids", "")
    first, second = read_record(folder).activities[:2]
    assert first.district_ids == ("C03", "C01")
    assert second.district_ids == ()


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("districts.csv", "\nC02,", "\nC01,", "2行目にもあります"),
        ("districts.csv", "\nC02,", "\nC00,", "全市"),
        ("districts.csv", "district_id,", "code,", "足りない列: district_id"),
        ("towns.csv", ",C01,", ",C99,", "「C99」"),
        ("towns.csv", ",39.38439,", ",北緯39度,", "「北緯39度」"),
        ("towns.csv", ",39.38439,", ",nan,", "「nan」"),
        ("population.csv", "region,花巻", "region,花卷", "「花卷」"),
        ("population.csv", ",65871,", ",,", "空欄"),
        ("population.csv", "2024-02-29", "", "空欄"),
        ("city_actions.csv", ",情報発信,", ",広報,", "「広報」"),
        ("city_actions.csv", "2007,情報発信,", "2007,情報発信,余り,", "値が7個"),
        ("sources.yml", "  publisher:", "  owner:", "publisher"),
        ("sources.yml", "- id: n03", "- id: [", "YAML"),
    ],
)
def test_other_damage_is_refused_in_words(
    folder: Path, name: str, old: str, new: str, said: str
) -> None:
    change(folder / name, old, new)
    with pytest.raises(SourceDataError, match=name) as refusal:
        read_record(folder)
    assert said in refusal.value.found


@pytest.mark.parametrize("name", FILES)
def test_a_missing_file_is_named(folder: Path, name: str) -> None:
    (folder / name).unlink()
    with pytest.raises(SourceDataError, match=name):
        read_record(folder)


@pytest.mark.parametrize("name", [*COLUMNS, "districts.geojson"])
@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", "花巻".encode("cp932")])
def test_a_foreign_file_is_refused(folder: Path, name: str, content: bytes) -> None:
    (folder / name).write_bytes(content)
    with pytest.raises(SourceDataError, match=name):
        read_record(folder)


def test_boundaries_are_checked_before_they_are_published(folder: Path) -> None:
    change(folder / "districts.geojson", '"C27"', '"C26"')
    with pytest.raises(BoundaryError, match="C27"):
        read_record(folder)
