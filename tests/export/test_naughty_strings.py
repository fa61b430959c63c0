"""The big list of naughty strings through import, pages, CSV and PDF: they stay texts."""

from __future__ import annotations

import csv
import io
import json
import shutil
import sys
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from browsing import Window, chromium, open_address, opened_page, serving
from builders import activity, export_bytes
from conftest import MakeEdition
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from kyodo_geo.auth.roles import official
from kyodo_geo.editions import Edition, EditionStore
from kyodo_geo.imports.activities import examine, publish
from kyodo_geo.measures.activities.case_study import MOST_PICKS, TITLE_LENGTH
from kyodo_geo.model import Filters, Record
from kyodo_geo.report.district_sheets import district_sheet
from kyodo_geo.report.handout import handout
from kyodo_geo.settings import Settings
from kyodo_geo.vocabulary import Scope

STRINGS = tuple(dict.fromkeys(json.loads((Path(sys.prefix) / "blns.json").read_text("utf-8"))))
EVERYTHING = Filters(scopes=tuple(Scope))
TEXTS_OF_A_DISTRICT = ("name", "council_name", "center_name", "center_address", "note")

INTRUDERS = "script, img, iframe, svg, a[href^='javascript' i], input, style"
"""What none of the texts may become."""


def batched(texts: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    for start in range(0, len(texts), size):
        yield texts[start : start + size]


def letters(text: str) -> str:
    """What of a text must arrive: neither spaces nor what is no character to be seen."""
    return "".join(
        c for c in text if not c.isspace() and unicodedata.category(c) not in ("Cc", "Cn")
    )


def office_file() -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(["名称", "概要", "備考", "団体名", "出典", "年度", "地区", "形態", "主体"])
    for number, naughty in enumerate(STRINGS):
        writer.writerow(
            [f"題{number:03} {naughty}", *[naughty] * 4, "2024", "C03", "共催", "地域団体;市"]
        )
    return text.getvalue().encode("utf-8-sig", "replace")


@pytest.fixture(scope="module")
def naughty_store(store: EditionStore, tmp_path_factory: pytest.TempPathFactory) -> EditionStore:
    folder = tmp_path_factory.mktemp("naughty") / "data" / "editions"
    shutil.copytree(store.folder, folder)
    taken_in = EditionStore(folder)
    examination = examine(office_file(), "困った文字.csv", taken_in.current())
    publish(taken_in, examination, official("test"))
    return taken_in


@pytest.fixture(scope="module")
def naughty_edition(naughty_store: EditionStore) -> Edition:
    return naughty_store.current()


def test_they_are_taken_in_as_they_are(naughty_edition: Edition) -> None:
    rows = naughty_edition.rows("SELECT title, summary FROM activity WHERE title LIKE '題%'")
    found = {title[:4]: (letters(title[4:]), letters(summary)) for title, summary in rows}

    assert len(STRINGS) > 490
    for number, naughty in enumerate(STRINGS):
        expected = letters(naughty.encode("utf-8", "replace").decode())
        assert found[f"題{number:03}"] == (expected, expected)


def test_every_finding_is_a_sentence(naughty_edition: Edition) -> None:
    cells = "\n".join(f"名{n},{json.dumps(s)}" for n, s in enumerate(STRINGS))
    for content in (office_file(), f"名称,主体\n{cells}".encode("utf-8", "replace")):
        for finding in examine(content, "困った文字.csv", naughty_edition).findings:
            assert finding.sentence.endswith("。")


@pytest.mark.parametrize("format_id", ["csv", "xlsx"])
def test_what_is_exported_changes_nothing(naughty_edition: Edition, format_id: str) -> None:
    exported, _ = export_bytes(naughty_edition, EVERYTHING, format_id)

    examination = examine(exported, f"書き出し.{format_id}", naughty_edition)

    assert examination.counts["unchanged"] == naughty_edition.log[0].activities_added + 348
    assert examination.is_nothing_new


def test_sheets_are_set_with_them(record: Record, make_edition: MakeEdition) -> None:
    # Ten texts a field: a sheet takes some time.
    texts = ["、".join(batch) for batch in batched(STRINGS, 10)]
    of_districts = zip(record.districts, batched(texts, len(TEXTS_OF_A_DISTRICT)), strict=False)
    named = {
        d.district_id: zip(TEXTS_OF_A_DISTRICT, held, strict=False) for d, held in of_districts
    }
    districts = tuple(replace(d, **dict(named.get(d.district_id, ()))) for d in record.districts)
    edition = make_edition(activity(1, district_ids=("C01",)), districts=districts)

    assert len(named) * len(TEXTS_OF_A_DISTRICT) >= len(texts)
    for district_id in named:
        pdf = district_sheet(edition, Filters(), district_id, "http://localhost")
        assert PdfReader(io.BytesIO(pdf)).pages[0].extract_text()


def test_a_handout_is_set_with_them(naughty_edition: Edition) -> None:
    titles = "SELECT id, title FROM activity WHERE title LIKE '題%' ORDER BY title"
    rows = naughty_edition.rows(titles)
    # Every twentieth text, and those that are markup to somebody.
    markup = [id_ for id_, title in rows if any(sign in title for sign in "<#$*@\\")]
    for ids in ([id_ for id_, _ in rows[::20]][:MOST_PICKS], markup[:MOST_PICKS]):
        pdf = handout(
            naughty_edition,
            ids,
            dict(rows)[ids[-1]][:TITLE_LENGTH],
            settings=Settings(),
            base_address="http://localhost",
            day=date(2026, 4, 1),
        )
        pages = PdfReader(io.BytesIO(pdf)).pages
        text = letters("".join(page.extract_text() for page in pages))
        assert len(ids) == MOST_PICKS
        assert all(text.count(id_) >= 2 for id_ in ids)


@pytest.fixture(scope="module")
def page(naughty_store: EditionStore) -> Iterator[Page]:
    folder = naughty_store.folder.parents[1]
    with (
        serving(folder) as server,
        chromium() as browser,
        opened_page(browser, server, Window.DESK) as opened,
    ):
        opened.base = server  # type: ignore[attr-defined]
        yield opened


@pytest.mark.browser
def test_pages_show_them_as_texts(page: Page, naughty_edition: Edition) -> None:
    defects: list[str] = []
    page.on("dialog", lambda dialog: (defects.append(dialog.message), dialog.dismiss()))
    page.on("pageerror", lambda error: defects.append(str(error)))
    base = page.base  # type: ignore[attr-defined]
    rows = naughty_edition.rows("SELECT title FROM activity WHERE title LIKE '題%'")
    titles = {letters(title) for (title,) in rows}
    shown: set[str] = set()
    open_address(page, f"{base}/activities?keyword=題")
    table = page.locator("table.kg-page")
    for start in range(1, len(titles), 50):
        expect(table.locator("caption")).to_contain_text(f"{start}〜")
        shown |= {letters(text) for text in table.locator("tbody th").all_inner_texts()}
        assert table.locator(INTRUDERS).count() == 0
        onward = page.get_by_role("button", name="次へ").first
        if onward.is_enabled():
            onward.click()
    ids = naughty_edition.rows("SELECT id FROM activity WHERE contains(title, '<') LIMIT 2")
    for (activity_id,) in ids:
        open_address(page, f"{base}/activities?activity={activity_id}")
        assert page.locator(".kg-detail").first.locator(INTRUDERS).count() == 0
        open_address(page, f"{base}/cases?activity={activity_id}&pick={activity_id}")
        for part in (".kg-case-head", ".kg-lead", ".kg-detail", ".kg-picks", ".kg-cases"):
            assert page.locator(part).first.locator(INTRUDERS).count() == 0
    for path in ("density?select=C03", "district?district=C03"):
        open_address(page, f"{base}/{path}")

    assert titles <= shown
    assert defects == []
