"""基礎資料 in a real Chromium and on the command line: boundaries are looked at and replaced."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import geopandas as gpd
import pytest
from browsing import Window, hand_in, open_address, opened_page
from playwright.sync_api import Browser, Page, expect
from typer.testing import CliRunner

from kyodo_geo.auth.roles import official
from kyodo_geo.cli.app import app
from kyodo_geo.editions import EditionStore
from kyodo_geo.editions.diff import undo
from tests.imports.test_reference import geojson, gpkg, moved, plane

__all__ = ["moved", "plane"]

pytestmark = pytest.mark.filterwarnings("ignore")

FIRST_SHAPE = "document.querySelector('.kg-locator path[data-district=C02]').getAttribute('d')"


@pytest.fixture
def page(browser: Browser, official_server: str) -> Iterator[Page]:
    with opened_page(browser, official_server, Window.DESK) as page:
        yield page


def shape_on_the_map(page: Page, official_server: str) -> str:
    open_address(page, f"{official_server}/district")
    expect(page.locator(".kg-locator path[data-district=C02]")).to_be_visible()
    return str(page.evaluate(FIRST_SHAPE))


@pytest.mark.browser
def test_boundaries_are_seen_and_replaced(
    page: Page, official_server: str, official_dir: Path, moved: gpd.GeoDataFrame, tmp_path: Path
) -> None:
    store = EditionStore(official_dir / "data" / "editions")
    before = shape_on_the_map(page, official_server)
    number = store.numbers()[-1]
    open_address(page, f"{official_server}/reference")
    hand_in(page, "写真.geojson", b"{}")
    expect(page.get_by_text("このファイルは使えません")).to_be_visible()
    expect(page.get_by_role("button", name="公開する")).to_have_count(0)

    page.locator(
        "[data-testid=stFileUploaderFile] button, [data-testid=stFileChipDeleteBtn]"
    ).first.click()
    hand_in(page, "公式.gpkg", gpkg(tmp_path, moved[["地区名", "geometry"]]))
    expect(page.get_by_text(f"公式.gpkg を第{number}版と比べた結果")).to_be_visible()
    expect(page.locator(".kg-outlines path.kg-after")).to_have_count(28)  # one in the key
    expect(page.locator(".kg-table").filter(has_text="C27")).to_have_count(1)
    with page.expect_download() as found:
        page.get_by_role("button", name="境界の図を画像として保存（SVG）").click()
    assert "公式.gpkg の境界を" in Path(found.value.path()).read_text("utf-8")
    assert store.numbers()[-1] == number

    page.get_by_label("発行者").fill("花巻市")
    page.get_by_text("市の公式な境界です").click()
    page.get_by_role("button", name="地区の境界を入れ替え").click()
    expect(page.get_by_text(f"第{number + 1}版を公開しました")).to_be_visible()
    expect(page.get_by_text(f"「版の履歴」で第{number}版の内容に戻します")).to_be_visible()
    assert shape_on_the_map(page, official_server) != before
    open_address(page, f"{official_server}/about")
    expect(page.get_by_text("地区の境界（公式.gpkg）").first).to_be_visible()
    expect(page.get_by_text("概略")).to_have_count(0)

    undo(store, number, official("test"))
    assert shape_on_the_map(page, official_server) == before


def run(*arguments: object) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, [str(argument) for argument in arguments])
    return result.exit_code, result.stdout, result.stderr


def test_the_same_on_the_command_line(
    moved: gpd.GeoDataFrame, own_store: EditionStore, tmp_path: Path
) -> None:
    store, folder = own_store, own_store.folder.parent
    file = tmp_path / "境界.geojson"
    file.write_bytes(geojson(moved))
    at = ("--data-dir", folder)

    code, said, _ = run("replace", "boundaries", file, "--dry-run", *at)
    assert code == 0 and "花巻中央" in said and "版は作っていません" in said
    code, said, _ = run(
        *("replace", "boundaries", file, "--by", "花子", "--source", "境界図", "--publisher", "市"),
        *("--official", "--json", *at),
    )
    told = json.loads(said)
    assert (code, told["published"], told["is_usable"]) == (0, 2, True)
    assert len(told["tables"][0]["rows"]) == 27
    edition = store.current()
    assert (edition.log[0].published_by, edition.sources[0]["title"]) == ("花子", "境界図")

    for kind, name in (("boundaries", "b.geojson"), ("population", "p.csv"), ("towns", "t.xlsx")):
        assert run("reference", kind, tmp_path / name, *at)[0] == 0
        code, said, _ = run("replace", kind, tmp_path / name, *at)
        assert code == 0 and "版は作りませんでした" in said
        assert run("reference", kind, tmp_path / name, *at)[0] == 1  # it is there already
    code, _, told_why = run("replace", "population", tmp_path / "t.xlsx", *at)
    assert code == 1 and "t.xlsx: 見出しの行が見つかりません" in told_why
    code, _, told_why = run("replace", "towns", tmp_path / "none.csv", *at)
    assert code == 1 and "読めません" in told_why
    assert run("reference", "towns", tmp_path / "t.pdf", *at)[0] == 1
    assert store.numbers() == [1, 2]
