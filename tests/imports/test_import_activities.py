"""The import doctor: what it finds, what it mends, what it publishes."""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from bad_files.cases import CASES, HOPELESS, Case
from bad_files.making import HEADER, csv_of, rename, row
from builders import export_bytes
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner, Result

from kyodo_geo.auth.roles import official
from kyodo_geo.cli.app import app
from kyodo_geo.editions import Edition, EditionStore, Publication, query_text
from kyodo_geo.editions.load import fill
from kyodo_geo.errors import IntakeError, StaleError
from kyodo_geo.imports.activities import ActivityExamination, Severity, examine, publish
from kyodo_geo.imports.activities.activity_findings import ActivityFinding
from kyodo_geo.imports.activities.current_rows import VALUES
from kyodo_geo.imports.activities.records import Records
from kyodo_geo.imports.activities.rejected_rows import REASONS, refused_csv
from kyodo_geo.imports.activities.template import COLUMNS, EXAMPLE, write_template
from kyodo_geo.japanese import era_year, fiscal_year_label
from kyodo_geo.model import Activity, Filters, Record
from kyodo_geo.tabular import sheets
from kyodo_geo.tabular.finding_kinds import CellFinding, FileFinding, TableFinding
from kyodo_geo.tabular.findings import FileRefused
from kyodo_geo.tabular.parsers.dates import days, fiscal_year, fiscal_year_of
from kyodo_geo.tabular.parsers.numbers import people, yen
from kyodo_geo.tabular.synonyms import rows as synonym_rows
from kyodo_geo.tabular.synonyms import word_key
from kyodo_geo.vocabulary import ActorType, Field, Form, Scope, Status, terms_in

EVERYTHING = Filters(scopes=tuple(Scope))
MakeStore = Callable[..., EditionStore]


@pytest.fixture
def make_store(record: Record, tmp_path: Path) -> MakeStore:
    """Make a store whose edition is the shipped one with these activities (default: its own)."""

    def make(*activities: Activity, name: str = "editions") -> EditionStore:
        store = EditionStore(tmp_path / name)
        held = replace(record, activities=activities)
        store.publish(lambda con: fill(con, held), Publication("test", "test", "test"))
        return store

    return make


@pytest.fixture
def shipped_copy(store: EditionStore, tmp_path: Path) -> EditionStore:
    """The shipped record, to be written to."""
    shutil.copytree(store.folder, tmp_path / "data" / "editions")
    return EditionStore(tmp_path / "data" / "editions")


def found(examination: ActivityExamination) -> Counter[tuple[str, int | None, str]]:
    return Counter((f.kind.finding_id, f.row, f.column) for f in examination.findings)


def activities(examination: ActivityExamination, edition: Edition) -> dict[int, Activity]:
    """The activities of the rows that can be taken in, by number of the row."""
    plan, refusals = examination.plan, examination.refusals()
    numbers = plan.table.numbers if plan else ()
    return {
        number: activity_of(plan.records, position, edition)  # type: ignore[union-attr]
        for position, number in enumerate(numbers)
        if number not in refusals
    }


def activity_of(records: Records, position: int, edition: Edition) -> Activity:
    value: dict[str, Any] = {name: records.values[name][position] for name in VALUES}
    mask, recorded = value.pop("district_mask"), value.pop("scope_recorded")
    return Activity(
        activity_id=records.ids[position],
        district_ids=tuple(
            place.place_id
            for place in edition.places
            if place.kind in ("district", "citywide") and place.mask & mask
        ),
        actors=terms_in(ActorType, value.pop("actor_mask")),
        forms_stated=terms_in(Form, value.pop("stated")),
        forms_implied=terms_in(Form, value.pop("implied")),
        scope=Scope.of(recorded) if recorded else None,
        field=Field.of(value.pop("field")),
        status=Status.of(value.pop("status")),
        **value,
    )


def in_order(activity: Activity) -> Activity:
    """The same activity, its sets in the guideline's order."""
    return replace(
        activity,
        district_ids=tuple(sorted(activity.district_ids)),
        actors=tuple(term for term in ActorType if term in activity.actors),
        forms_stated=tuple(term for term in Form if term in activity.forms_stated),
        forms_implied=tuple(term for term in Form if term in activity.forms_implied),
    )


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_bad_files(edition: Edition, case: Case) -> None:
    examination = examine(case.content, case.file_name, edition)

    assert found(examination) == Counter(case.findings)
    taken = activities(examination, edition)
    assert {key: getattr(taken[key[0]], key[1]) for key in case.becomes} == case.becomes
    is_blocked = {f.row for f in examination.findings if f.severity is Severity.BLOCKS}
    assert examination.counts["refused"] == len(is_blocked - {None})


@pytest.mark.parametrize("case", HOPELESS, ids=lambda case: case.name)
def test_hopeless_files_are_a_sentence(edition: Edition, case: Case) -> None:
    examination = examine(case.content, case.file_name, edition)

    assert examination.plan is None and examination.is_nothing_new
    [finding] = examination.findings
    assert finding.severity is Severity.BLOCKS
    assert finding.sentence.endswith("。") and "。。" not in finding.sentence


@pytest.mark.parametrize(
    "text",
    [
        "a," * 200_000 + "\n" + "x," * 200_000,
        '"' + "あ" * 200_000 + '"' + ",b" * 200_000,
        'a"' + ",b" * 200_000 + '"',
    ],
    ids=["all rows", "after a long cell", "behind a quote that is none"],
)
def test_a_table_too_wide_is_refused_before_it_is_parsed(
    text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sheets.pa_csv, "read_csv", lambda *_: pytest.fail("costs seconds"))

    with pytest.raises(FileRefused, match="大きすぎます"):
        list(sheets.readings(text.encode()))


def test_ids_of_findings_are_unique_and_each_occurs_in_a_bad_file() -> None:
    catalogues = (FileFinding, TableFinding, CellFinding, ActivityFinding)
    ids = [kind.finding_id for catalogue in catalogues for kind in catalogue]

    assert len(set(ids)) == len(ids)
    assert {finding_id for case in CASES for finding_id, _, _ in case.findings} == set(ids)
    assert len(CASES) - len(HOPELESS) >= 40


def test_synonyms_do_not_contradict_each_other_or_the_terms() -> None:
    meanings: dict[tuple[str, str], set[str]] = {}
    for kind, term, word in synonym_rows():
        meanings.setdefault((kind, word_key(word)), set()).add(term)
    vocabularies = {"actor": ActorType, "form": Form, "scope": Scope, "field": Field}
    for kind, vocabulary in {**vocabularies, "status": Status}.items():
        for term in vocabulary:
            for word in (term.label, str(term)):
                meanings.setdefault((kind, word_key(word)), set()).add(str(term))

    assert {key: terms for key, terms in meanings.items() if len(terms) > 1} == {}


DATES = st.dates(date(1927, 1, 1), date(2099, 12, 31))


@given(DATES)
def test_days_survive_every_spelling(day: date) -> None:
    eras = ((2019, "令和", "R"), (1989, "平成", "H"), (1926, "昭和", "S"))
    start, era, letter = next(e for e in eras if day.year >= e[0])
    number = day.year - start + 1
    spellings = (
        f"{day.year}/{day.month}/{day.day}",
        f"{era}{'元' if number == 1 else number}年{day.month}月{day.day}日",
        f"{letter}{number}.{day.month}.{day.day}",
        f"{day.year}年{day.month}月{day.day}日(月)",
        f"{day:%Y%m%d}",
        f"{day.isoformat()} 00:00:00",
    )

    assert {days(text).value.start for text in spellings} == {day}
    assert all(days(text).value.end is None for text in spellings)


@given(st.integers(1927, 2099))
def test_fiscal_years_survive_every_spelling(year: int) -> None:
    spellings = (
        str(year),
        f"{year}年度",
        f"{year}.0",
        f"{era_year(year)}年度",
        fiscal_year_label(year),
        f" {year} ".translate(str.maketrans("0123456789", "０１２３４５６７８９")),
    )

    assert {fiscal_year(text).value for text in spellings} == {year}


@given(st.integers(0, 999_999_999))
def test_numbers_survive_every_spelling(number: int) -> None:
    wide = str(number).translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    spellings = (str(number), f"{number:,}", f"{number:,}人", f"約{number}名", wide, f" {wide} 人")

    assert {people(text).value for text in spellings} == {number}
    assert yen(f"{number}千円").value == number * 1000


@given(st.text(max_size=30))
def test_no_text_is_too_strange_for_a_reader(text: str) -> None:
    for read in (days, fiscal_year, people, yen):
        read(text)


@pytest.mark.parametrize("digits", ["9" * 5000, "٣" * 5000, "1." + "9" * 5000])
def test_numbers_of_thousands_of_digits_are_refused(digits: str) -> None:
    for read in (people, yen):
        assert read(digits).is_refused


@settings(deadline=None, max_examples=25)
@given(st.lists(st.text(max_size=12), min_size=10, max_size=10))
def test_no_row_is_too_strange(edition: Edition, cells: list[str]) -> None:
    for finding in examine(csv_of(cells), "x.csv", edition).findings:
        assert finding.sentence


def test_fiscal_years_turn_with_the_first_of_april() -> None:
    assert fiscal_year_of(date(2024, 3, 31)) == 2023
    assert fiscal_year_of(date(2024, 3, 31) + timedelta(days=1)) == 2024


@pytest.mark.parametrize("format_id", ["csv", "csv-cp932", "xlsx"])
def test_what_the_export_writes_changes_nothing(edition: Edition, format_id: str) -> None:
    content, report = export_bytes(edition, EVERYTHING, format_id)
    examination = examine(content, "kyodo", edition)

    assert examination.counts == {"new": 0, "changed": 0, "unchanged": 348, "refused": 0}
    assert report.rows == 348
    assert Severity.WARNS not in {found.severity for found in examination.findings}


def test_export_import_export_gives_the_same_bytes(
    edition: Edition, record: Record, make_store: MakeStore
) -> None:
    first, _ = export_bytes(edition, EVERYTHING, "csv")
    store = make_store()
    examination = examine(first, "kyodo.csv", store.current())
    assert publish(store, examination, official("test")) == 2
    again, _ = export_bytes(store.current(), EVERYTHING, "csv")

    assert again.replace(b"\r\n2,", b"\r\n1,") == first
    taken = {one.activity_id: one for one in activities(examination, edition).values()}
    assert taken == {held.activity_id: in_order(held) for held in record.activities}


def test_a_recorded_band_stays(make_store: MakeStore) -> None:
    banded = Activity(
        "T0001",
        "花の苗植え",
        "",
        ("C03",),
        (ActorType.LOCAL_GROUP, ActorType.CITY),
        fiscal_year=2024,
        forms_stated=(Form.AGREEMENT,),
        scope=Scope.A,
    )
    content, _ = export_bytes(make_store(banded).current(), EVERYTHING, "csv")
    store = make_store(name="other")
    publish(store, examine(content, "kyodo.csv", store.current()), official("test"))

    [(scope,)] = store.current().rows("SELECT scope_recorded FROM activity")
    assert scope == "a"


def test_only_columns_of_the_file_change(shipped_copy: EditionStore) -> None:
    before = shipped_copy.current()
    content = "活動の番号,名称,参加者数\nP0003,公共交通基本計画の策定,1200人\n".encode()
    examination = examine(content, "数.csv", before)
    [change] = examination.plan.changes  # type: ignore[union-attr]
    assert (change.column, change.old, change.new) == ("participants_count", "", "1200")
    publish(shipped_copy, examination, official("担当者"))
    after = shipped_copy.current()

    differing = "SELECT * EXCLUDE (participants_count) FROM activity"
    assert before.rows(differing) == after.rows(differing)
    assert after.rows("SELECT id FROM activity WHERE participants_count = 1200") == [("P0003",)]
    assert (after.log[0].activities_changed, after.log[0].activities_added) == (1, 0)
    assert after.rows(query_text("is_stored_newest_first")) == [(True,)]


def test_new_activities_get_the_next_numbers(shipped_copy: EditionStore) -> None:
    content = csv_of(row(), row(名称="別の活動"))
    examination = examine(content, "新規.csv", shipped_copy.current())
    number = publish(shipped_copy, examination, official("担当者"))
    edition = shipped_copy.current()

    assert (number, edition.info.number) == (2, 2)
    taken = activities(examination, edition).values()
    assert [one.activity_id for one in taken] == ["P0349", "P0350"]
    assert edition.log[0].published_by == "担当者"
    assert edition.log[0].source_files == [f"新規.csv:{examination.sha256}"]
    assert edition.rows(query_text("is_stored_newest_first")) == [(True,)]

    again = examine(content, "新規.csv", edition)
    assert again.counts == {"new": 0, "changed": 0, "unchanged": 2, "refused": 0}
    with pytest.raises(IntakeError, match="変わるところがありません"):
        publish(shipped_copy, again, official("担当者"))
    assert shipped_copy.numbers() == [1, 2]


def test_nobody_s_changes_are_lost(shipped_copy: EditionStore) -> None:
    examination = examine(csv_of(row()), "a.csv", shipped_copy.current())
    other = examine(csv_of(row(名称="ほかの人の活動")), "b.csv", shipped_copy.current())
    publish(shipped_copy, other, official("ほかの人"))

    with pytest.raises(StaleError, match="新しい版ができました"):
        publish(shipped_copy, examination, official("担当者"))
    assert shipped_copy.numbers() == [1, 2]
    assert not list(shipped_copy.folder.glob(".draft*"))


def test_a_publication_that_is_refused_leaves_nothing(
    shipped_copy: EditionStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    examination = examine(csv_of(row()), "a.csv", shipped_copy.current())

    def fail(con: object) -> None:
        raise IntakeError("a.csv", "途中で失敗しました")

    monkeypatch.setattr("kyodo_geo.imports.activities.publish_activities.insert_incoming", fail)
    with pytest.raises(IntakeError, match="途中で失敗"):
        publish(shipped_copy, examination, official("担当者"))
    assert shipped_copy.numbers() == [1]
    assert not list(shipped_copy.folder.glob(".draft*"))


@pytest.mark.parametrize(
    ("title", "is_double"),
    [
        ("さくらまつり", True),
        ("さくら祭り", False),
        ("第2回さくらまつり", False),
        ("講演会", False),
    ],
)
def test_likely_doubles(make_store: MakeStore, title: str, is_double: bool) -> None:
    held = Activity(
        "T0001",
        "さくらまつり(第1回)" if "第" in title else "さくら まつり",
        "",
        ("C03", "C04"),
        (ActorType.CITY,),
        fiscal_year=2024,
        start_date=date(2024, 5, 12),
    )
    content = csv_of(row(名称=title), row(名称=title, 開始日="2024-06-01"))
    told = examine(content, "a.csv", make_store(held).current()).findings

    doubles = [(f.row, f.detail) for f in told if f.kind is ActivityFinding.LIKELY_DOUBLE]
    assert doubles == ([(2, "T0001「さくら まつり」")] if is_double else [])


NAUGHTY = (
    "\"引用\" and 'single'",
    "a;b;c",
    "一行目\n二行目",
    '=HYPERLINK("http://example.jp","押す")',
    "+1-1",
    "-- DROP",
    "@SUM(A1)",
    "＝1+1",
    "<script>alert(1)</script>&amp;",
    "'; DROP TABLE activity; --",
    "🌸👨‍👩‍👧 花見",
    "\u202eabc\u202c ابجد",
    "𠮷野 ～〜 ﾊﾝｶｸ",
    "%s {0} ${jndi:x} ../../etc",
    "null",
    "'quoted",
    "''=x",
)


@pytest.mark.parametrize("text", NAUGHTY)
def test_hostile_texts_survive_literally(make_store: MakeStore, text: str) -> None:
    store = make_store()
    publish(store, examine(csv_of(row(備考=text)), "a.csv", store.current()), official("test"))
    content, _ = export_bytes(store.current(), EVERYTHING, "csv")

    assert store.current().rows("SELECT note FROM activity") == [(text,)]
    again = examine(content, "b.csv", store.current())
    assert again.counts == {"new": 0, "changed": 0, "unchanged": 1, "refused": 0}


def test_refused_rows_can_be_mended_and_sent_in_again(shipped_copy: EditionStore) -> None:
    content = csv_of(row(), row(名称="=別", 主体="〃", 開始日="4/31"))
    edition = shipped_copy.current()
    refused = refused_csv(examine(content, "a.csv", edition))
    [held] = csv.DictReader(io.StringIO(refused.decode("utf-8-sig"), newline=""))

    assert held["主体"] == "地域団体;市" and held["名称"] == "'=別"
    assert "実在する日付として読めません" in held[REASONS]
    mended = examine(refused.replace(b"4/31", b"R6.4.30"), "b.csv", edition)
    assert mended.counts["new"] == 1
    assert activities(mended, edition)[2].title == "=別"


def test_no_row_is_compared_with_all_others(make_store: MakeStore) -> None:
    same_place = [
        Activity(f"T{n:04}", f"活動 {n}", "", ("C03",), (ActorType.CITY,), fiscal_year=2024)
        for n in range(200)
    ]
    edition = make_store(*same_place).current()
    told = examine(csv_of(row(名称="活動 7 "), row(名称="活動 七")), "a.csv", edition).findings

    assert [(f.row, f.detail[:5]) for f in told if f.kind is ActivityFinding.LIKELY_DOUBLE] == [
        (2, "T0007")
    ]


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


@pytest.fixture
def folder(shipped_copy: EditionStore, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the data folder lies, named in the environment."""
    data = shipped_copy.folder.parent
    monkeypatch.setenv("KYODO_DATA_DIR", str(data))
    return data.parent


def test_import_command(folder: Path) -> None:
    file = folder / "活動.csv"
    file.write_bytes(csv_of(row(開始日="R6.5.12"), row(名称="別", 地区の番号="盛岡")))
    tried = run("import", file, "--dry-run")
    assert tried.exit_code == 0 and "版は作っていません" in tried.stdout
    done = run("import", file, "--by", "担当者", "--refused", folder / "残り.csv")

    assert done.exit_code == 0, done.output
    assert "第2版を作りました" in done.stdout and "D208" in done.stdout and "D219" in done.stdout
    assert "盛岡" in (folder / "残り.csv").read_text("utf-8-sig")
    again = run("import", file, "--refused", folder / "残り.csv")
    assert again.exit_code == 1 and "同じ名前のファイル" in again.stderr
    again = run("import", file, "--refused", folder / "残り.csv", "--force")
    assert again.exit_code == 0 and "変わるところがない" in again.stdout


def test_import_command_as_json(folder: Path) -> None:
    file = folder / "活動.csv"
    file.write_bytes(csv_of(row(開始日="R6.5.12")))
    told = json.loads(run("import", file, "--json").stdout)

    assert told["counts"] == {"new": 1, "changed": 0, "unchanged": 0, "refused": 0}
    assert told["published"] == 2
    assert [finding["id"] for finding in told["findings"]] == ["D208"]


def test_import_command_shows_some_findings_and_the_number_of_the_rest(folder: Path) -> None:
    file = folder / "活動.csv"
    file.write_bytes(csv_of(*(row(名称=f"活動{n}", 参加者数=f"{n}人") for n in range(60))))
    told = run("import", file, "--dry-run").stdout

    assert "ほかに10種類あります" in told


def test_import_command_refuses_in_a_sentence(folder: Path) -> None:
    (folder / "表.pdf").write_bytes(b"%PDF-1.7")
    (folder / "悪い.csv").write_bytes(csv_of(row(主体="")))
    for name, sentence in (("表.pdf", "PDFです"), ("ない.csv", "読めません"), (".", "読めません")):
        done = run("import", folder / name)
        assert done.exit_code == 1 and sentence in done.stderr, done.output
    assert run("import", folder / "悪い.csv").exit_code == 1


@pytest.mark.parametrize("suffix", ["xlsx", "csv"])
def test_templates(folder: Path, edition: Edition, suffix: str) -> None:
    target = folder / f"ひな形.{suffix}"
    assert run("template", target).exit_code == 0
    assert run("template", target).exit_code == 1
    empty = examine(target.read_bytes(), target.name, edition)
    assert [f.kind for f in empty.findings] == [TableFinding.NO_ROWS]
    done = run("import", target)
    assert done.exit_code == 1 and "データの行がありません" in done.stderr


def test_the_example_of_the_template_has_nothing_wrong(edition: Edition, tmp_path: Path) -> None:
    write_template(edition, tmp_path / "a.csv")
    [labels] = csv.reader(io.StringIO((tmp_path / "a.csv").read_text("utf-8-sig"), newline=""))
    by_label = {c: i for i, c in enumerate(labels)}
    cells = [""] * len(labels)
    for column in COLUMNS:
        cells[by_label[column.label]] = str(EXAMPLE.get(column.name, ""))
    examination = examine(csv_of(cells, header=labels), "a.csv", edition)

    assert examination.findings == () and examination.counts["new"] == 1


def test_another_ending_is_no_template(edition: Edition, tmp_path: Path) -> None:
    with pytest.raises(IntakeError, match="形式がわかりません"):
        write_template(edition, tmp_path / "a.pdf")
    with pytest.raises(IntakeError, match="書き込めません"):
        write_template(edition, tmp_path / "none" / "a.csv")


def test_names_of_columns_may_have_units_and_spaces(edition: Edition) -> None:
    header = rename(参加者数="参加者数\n（人）", 名称="事 業 名")
    assert header != HEADER
    assert examine(csv_of(row(), header=header), "a.csv", edition).findings == ()
