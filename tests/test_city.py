"""The facts of the city: read and checked, and nowhere but in `data/city.yml`."""

from __future__ import annotations

import ast
import csv
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import shapely
from shapely.geometry import mapping, shape

from kyodo_geo.city import CITY_FILE, city, read_city
from kyodo_geo.errors import SourceDataError
from kyodo_geo.model import Record

ROOT = Path(__file__).parents[1]
PROGRAM = (ROOT / "kyodo_geo", ROOT / "pages")
SCRIPTS = (".sql", ".js", ".css", ".typ", ".svg", ".html", ".yml", ".json")
NAMES = "花巻|[Hh]anamaki|岩手|[Ii]wate|03205|大迫|石鳥谷|東和|27地区|C27"
FACTS = re.compile(rf"{NAMES}|(?<![\w.#])27(?!\d)")


def texts_of(source: str) -> Iterator[tuple[int, str]]:
    """Line and value of each text and number of a program, but docstrings and examples (例)."""
    tree = ast.parse(source)
    docstrings = {node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if not isinstance(node, ast.Constant) or node in docstrings:
            continue
        if isinstance(node.value, str | int) and "例" not in (text := str(node.value)):
            yield node.lineno, text


def facts_in(path: Path, source: str) -> list[tuple[str, int, str]]:
    lines = texts_of(source) if path.suffix == ".py" else enumerate(source.splitlines(), start=1)
    return [(path.name, number, text) for number, text in lines if FACTS.search(text)]


def test_no_program_knows_the_city() -> None:
    paths = [p for folder in PROGRAM for p in folder.rglob("*") if p.suffix in (".py", *SCRIPTS)]
    found = [fact for path in paths for fact in facts_in(path, path.read_text("utf-8"))]

    assert {path.suffix for path in paths} >= {".py", ".sql", ".js", ".css", ".typ"}
    assert found == []


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("a.py", 'TITLE = "花巻市の協働"'),
        ("a.py", 'title = f"{place}と27地区"'),
        ("a.py", "COUNT = 27"),
        ("a.py", 'def f():\n    """Fine: 花巻."""\n    return "Hanamaki"'),
        ("a.sql", "WHERE region = '大迫'"),
        ("a.js", "for (let n = 0; n < 27; n++)"),
        ("a.typ", "note[花巻市の協働]"),
    ],
)
def test_a_fact_in_a_program_would_be_found(name: str, line: str) -> None:
    assert facts_in(Path(name), line)


@pytest.mark.parametrize(
    "line",
    ['HELP = "地域（例: 花巻）"', '"""Of 花巻市, 27 districts."""', "N = 127", "# 大迫 is both"],
)
def test_docstrings_and_examples_may_name_it(line: str) -> None:
    assert facts_in(Path("a.py"), line) == []


def test_the_facts_are_those_of_the_record(record: Record) -> None:
    districts = {district.district_id: district for district in record.districts}

    assert city().district_ids == tuple(districts)
    assert (city().district_count, city().district_range) == (27, "C01〜C27")
    assert city().regions == tuple(dict.fromkeys(d.region for d in record.districts))
    assert city().shared_name in city().regions
    assert districts[city().shared_name_district].name == city().shared_name
    assert districts.keys() >= set(city().central_districts)
    assert city().title == "花巻市の協働"


@pytest.mark.parametrize(
    ("line", "changed", "where", "found", "expected"),
    [
        ('code: "032051"', "code: 032051", "code", "「13353」です", "6桁の数字"),
        ("name: 花巻市", "name: ''", "name", "「」です", "空でない文字"),
        ("name: 花巻市\n", "", "name", "項目がありません", "空でない文字"),
        ("plane_crs: EPSG:6678", "plane_crs: 6678", "plane_crs", "「6678」です", "EPSG:"),
        ("EPSG:6678", "EPSG:4326", "plane_crs", "「EPSG:4326」です", "平面直角座標系"),
        ("area_km2: 908.24", "area_km2: 広い", "area_km2", "「広い」です", "0より大きい数"),
        ("141.53, 39.61]", "141.53]", "envelope", "141.53", "四つの数"),
        ("C25 C26 C27", "C25 C26 C26", "tile_rows", "C26 C26", "一度ずつ"),
        ("C25 C26 C27", "C25 C26 花", "tile_rows", "花", "一度ずつ"),
        ("regions: [", "regions: []\nx: [", "", "x という項目はありません", "regions"),
        ("regions: [花巻, 大迫, 石鳥谷, 東和]", "regions: []", "regions", "[]", "地域の名の並び"),
        ("name: 花巻市", "name: [", "", "YAMLとして読めません", ""),
    ],
)
def test_a_wrong_fact_is_told_with_its_place(
    line: str, changed: str, where: str, found: str, expected: str, tmp_path: Path
) -> None:
    text = CITY_FILE.read_text("utf-8")
    assert line in text
    (tmp_path / "city.yml").write_text(text.replace(line, changed, 1), "utf-8")

    with pytest.raises(SourceDataError) as refusal:
        read_city(tmp_path / "city.yml")

    assert refusal.value.where == (f"city.yml の {where}" if where else "city.yml")
    assert found in refusal.value.found
    assert expected in refusal.value.expected
    assert "city.yml を直して" in refusal.value.next_step


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(SourceDataError, match=r"city\.yml: YAMLとして読めません（ファイルか"):
        read_city(tmp_path / "city.yml")


# ---- another city: the same program, another data folder

OTHER_NAMES = {
    **{"花巻": "桜川", "hanamaki": "sakuragawa", "Hanamaki": "Sakuragawa"},
    **{"岩手": "青葉", "Iwate": "Aoba", "iwate": "aoba", "032051": "992011", "032050": "992010"},
    **{"大迫": "山手", "石鳥谷": "川原", "東和": "浜辺"},
    **{"27地区": "26区", "27の地区": "26の区", "C26 C27": "C26 -"},
    "district_noun: 地区": "district_noun: 区",
}


def move_to_another_city(data: Path) -> None:
    """Rename the city in all files of a data folder, and join its last district to the one
    before."""
    for path in data.iterdir():
        text = path.read_text("utf-8-sig")
        for old, new in OTHER_NAMES.items():
            text = text.replace(old, new)
        path.write_text(text, "utf-8")
    collection = json.loads((data / "districts.geojson").read_text("utf-8"))
    *features, last = collection["features"]
    joined = shapely.union_all([shape(one["geometry"]) for one in (features[-1], last)])
    features[-1]["geometry"] = mapping(joined)
    (data / "districts.geojson").write_text(json.dumps(collection | {"features": features}))
    for name, column in (("towns.csv", "district_id"), ("activities.csv", "district_ids")):
        rewrite(data / name, column)
    rows = (data / "districts.csv").read_text("utf-8").splitlines()
    (data / "districts.csv").write_text("\n".join(rows[:-1]) + "\n", "utf-8")


def rewrite(path: Path, column: str) -> None:
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        ids = row[column].replace("C27", "C26").split(";")
        row[column] = ";".join(dict.fromkeys(ids))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)


def python(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"PYTHONPATH": str(folder), "KYODO_DATA_DIR": str(folder / "own")}
    return subprocess.run(
        [sys.executable, *arguments],
        **{"cwd": folder, "env": environment, "capture_output": True, "text": True},
        check=False,
    )


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The program with the data of another city."""
    folder = tmp_path_factory.mktemp("elsewhere").resolve()
    for name in ("kyodo_geo", "pages", ".streamlit"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "app.py", folder)
    shutil.copytree(ROOT / "data", folder / "data", ignore=shutil.ignore_patterns("local"))
    move_to_another_city(folder / "data")
    return folder


@pytest.fixture(scope="module")
def texts_elsewhere(elsewhere: Path) -> dict[str, str]:
    """What the program says there, by command, address and page."""
    done = python(elsewhere, str(ROOT / "tests" / "another_city.py"))
    assert done.returncode == 0, done.stderr
    texts: dict[str, str] = json.loads(done.stdout)
    return texts


def test_another_city_is_nowhere_called_by_the_old_name(texts_elsewhere: dict[str, str]) -> None:
    found = {
        name: text[max(match.start() - 40, 0) : match.end() + 40]
        for name, text in texts_elsewhere.items()
        if (match := re.search(NAMES, text))
    }

    assert len(texts_elsewhere) > 20
    assert found == {}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("help ", "桜川市26地区の協働を地図と表にする"),
        ("help export", "地域（例: 桜川）"),
        ("/api/v1/catalog.json", "桜川市の協働 データカタログ"),
        ("/api/v1/catalog.json", "青葉県桜川市（全国地方公共団体コード 992011）"),
        ("/api/v1/openapi.json", "26地区の形と値"),
        ("manifest.json", "桜川市の協働（Kyodo Geo）"),
        ("/api/v1/datapackage.json", "kyodo-geo-sakuragawa"),
        ("/api/v1/datapackage.json", "C01〜C26"),
        ("/kyodo/edition/1.js", "山手区"),
        ("/kyodo/image/density.svg", "桜川市の協働 第1版"),
        ("/kyodo/image/density.svg", "山手区 "),
        ("/kyodo/image/guide.svg", "桜川市 協働の指針"),
        ("/kyodo/image/density-place.svg?select=C12", "26地区の中での位置"),
        ("/kyodo/sheet/C12", "桜川市の協働"),
        ("/kyodo/sheet/C12", "山手区"),
        ("/kyodo/handout?pick=P0001", "桜川市の協働"),
        ("page density", "桜川市の協働　第1版"),
        ("page density", "26地区の表"),
        ("page district", "山手区"),
        ("page promotion", "「桜川市 協働の指針」第3章"),
        ("page about", "桜川市地域振興部地域づくり課"),
        ("page api", "桜川"),
    ],
)
def test_another_city_is_called_by_its_own_name(
    texts_elsewhere: dict[str, str], name: str, text: str
) -> None:
    assert text in texts_elsewhere[name]


@pytest.mark.parametrize("words", [("--help",), ("info",)])
def test_a_broken_city_file_stops_the_command_line_with_a_sentence(
    elsewhere: Path, tmp_path: Path, words: tuple[str, ...]
) -> None:
    folder = tmp_path / "broken"
    shutil.copytree(elsewhere, folder)
    (folder / "data" / "city.yml").write_text("name: 桜川市\n", "utf-8")

    done = python(folder, "-m", "kyodo_geo", *words)

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("city.yml の prefecture: 項目がありません。")
    assert "Traceback" not in done.stderr
