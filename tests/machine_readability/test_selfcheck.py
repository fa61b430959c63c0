"""The rules of machine readability: our exports keep them, bad files are told where they don't."""

import io
import json
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from bad_files.cases import CASES
from bad_files.making import HEADER, csv_lines, csv_of, ods_of, row, xlsx_of, zip_of
from builders import export_bytes
from hypothesis import example, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from kyodo_geo.cli.app import app
from kyodo_geo.editions import Edition
from kyodo_geo.imports.activities.template import write_template
from kyodo_geo.imports.reference.templates import SUFFIXES, write_reference
from kyodo_geo.machine_readability import RuleState, rules, selfcheck
from kyodo_geo.model import Filters
from kyodo_geo.tabular.findings import FindingKind

KINDS = [kind for catalogue in FindingKind.__subclasses__() for kind in catalogue]
OFFICIAL_IDS = [
    f"L{level}-{n:02}" for level, count in ((1, 15), (2, 6), (3, 9)) for n in range(1, count + 1)
]
NEVER_CHECKED = {"L1-09", "L1-14", "L3-07"}
ANY_FILE = {"L1-01", "L3-02", "L3-04", "L3-06", "L3-08"}
"""Rules that can be told of some files only; L1-01 of a CSV with rows."""


def states(content: bytes) -> dict[str, RuleState]:
    return {one.rule.rule_id: one.state for one in selfcheck(content).outcomes}


checked = cache(selfcheck)
"""The bad files are looked at twice."""


def failed(content: bytes) -> dict[str, list[tuple[int | None, str]]]:
    """Row and column of what is found, by rule."""
    return {
        one.rule.rule_id: [(spot.row, spot.column) for spot in one.spots]
        for one in checked(content).of(RuleState.FAILED)
    }


def test_all_thirty_rules_are_there_with_how_they_are_checked() -> None:
    assert [rule.rule_id for rule in rules()] == OFFICIAL_IDS
    assert {rule.rule_id for rule in rules() if not rule.is_checked} == NEVER_CHECKED
    assert all(rule.text and rule.how for rule in rules())
    assert {kind.rule for kind in KINDS} - {""} <= set(OFFICIAL_IDS)


# Our own files


def files_of(edition: Edition, folder: Path) -> dict[str, bytes]:
    """Every table that we hand out, but for those with an address (tests/api/test_open_data.py)."""
    everything = Filters(with_context=True)
    exported = {"xlsx": export_bytes(edition, everything, "xlsx")[0]}
    with zipfile.ZipFile(io.BytesIO(export_bytes(edition, everything, "zip")[0])) as bundle:
        names = [n for n in bundle.namelist() if n.endswith((".csv", ".geojson"))]
        exported |= {name: bundle.read(name) for name in names}
    for suffix in (".xlsx", ".csv"):
        write_template(edition, folder / f"template{suffix}")
    for kind, suffixes in SUFFIXES.items():
        for suffix in suffixes:
            write_reference(edition, kind, folder / f"{kind}{suffix}")
    return exported | {path.name: path.read_bytes() for path in folder.iterdir()}


def test_our_files_have_full_marks(edition: Edition, tmp_path: Path) -> None:
    files = files_of(edition, tmp_path)
    reports = {name: selfcheck(content, name) for name, content in files.items()}

    assert len(files) == 17
    assert {name: failed(files[name]) for name, one in reports.items() if not one.is_clean} == {}
    for name, report in reports.items():
        unknown = {one.rule.rule_id for one in report.of(RuleState.UNKNOWN)}
        assert NEVER_CHECKED <= unknown <= NEVER_CHECKED | ANY_FILE, name
    assert reports["xlsx"].mark == (27, 27)


# Files of others


TABLES: dict[str, tuple[bytes, list[tuple[int | None, str]]]] = {
    "L1-02": (
        csv_lines(
            ["地区", "人数", "", "年", "件数"],
            ["花北", "5", "", "2024", "1"],
            ["花西", "6", "", "", ""],
        ),
        [(1, "C")],
    ),
    "L1-03": (csv_of(row(), [""] * 10, row(名称="別")), [(3, "")]),
    "L1-04": (csv_of(row(), ["※概数を含む"]), [(3, "")]),
    "L1-05": (csv_of(row(備考="雨"), header=[*HEADER[:9], "列1"]), [(1, "列1")]),
    "L1-06": (csv_of(row(備考="花　巻"), row(備考=" 雨")), [(2, "備考"), (3, "備考")]),
    "L1-07": (
        csv_of(row(開始日="2024-05-12〜14", 主体="市、学校", 地区の番号="花北・花西")),
        [(2, "開始日"), (2, "地区の番号"), (2, "主体")],
    ),
    "L1-08": (csv_of(row(名称="①植樹", 備考="①植樹")), [(2, "備考")]),
    "L1-15": (csv_of([*row(), "あふれ"]), [(2, "K")]),
    "L2-01": (
        csv_of(row(), row(参加者数="1,200名"), row(参加者数="５")),
        [(3, "参加者数"), (4, "参加者数")],
    ),
    "L2-02": (csv_of(row(), row(備考="〃")), [(3, "備考")]),
    "L2-03": (csv_lines(["年", "年"], ["2024", "1"]), [(1, "年"), (1, "年")]),
    "L2-04": (
        csv_lines(["天気", "件"], ["はれ", "1"], ["はれ", "2"], ["は れ", "3"], ["はれ", "4"]),
        [(4, "天気")],
    ),
    "L2-05": (csv_of(row(備考="その他（植樹）")), [(2, "備考")]),
    "L2-06": (csv_of(row(備考="=A1"), row(参加者数="#REF!")), [(3, "参加者数"), (2, "備考")]),
    "L3-01": (csv_lines(["協働事業一覧"], HEADER, row()), [(2, "")]),
    "L3-03": (csv_of(row(備考="△")), [(2, "備考")]),
    "L3-05": (
        csv_of(row(年度="R6", 開始日="令和6年5月12日（日）", 備考="R6")),
        [(2, "年度"), (2, "開始日")],
    ),
    "L3-06": (
        csv_lines(["市町村コード", "件数"], ["032051", "1"], ["032052", "2"], ["3205", "3"]),
        [(3, "市町村コード"), (4, "市町村コード")],
    ),
    "L3-08": (csv_of(row(), encoding="utf-16"), [(None, "")]),
    "L3-09": (
        csv_lines(["地区", "令和4年度(2022)", "2023年度", "2024"], ["花北", "1", "2", "3"]),
        [(1, "令和4年度(2022)"), (1, "2023年度"), (1, "2024")],
    ),
}


def test_a_table_with_nothing_wrong_passes() -> None:
    assert failed(csv_of(row())) == {}


@pytest.mark.parametrize("rule", TABLES)
def test_what_is_wrong_is_told_with_its_place(rule: str) -> None:
    content, places = TABLES[rule]

    assert failed(content).get(rule) == places


def marked(book: xlsxwriter.Workbook) -> None:
    sheet = book.worksheets()[0]
    sheet.write_string(1, 0, "花の苗植え", book.add_format({"bg_color": "#ffff00"}))
    sheet.write_string(3, 9, "注意", book.add_format({"font_color": "red"}))
    sheet.merge_range(1, 3, 3, 3, "C03")
    sheet.set_row(2, None, None, {"hidden": True})
    sheet.set_column(4, 4, None, None, {"hidden": True})
    sheet.write_formula(1, 8, "=25*2", None, 50)
    sheet.insert_textbox(5, 1, "大事なこと")


def test_marks_of_a_workbook() -> None:
    rows = [HEADER, row(), row(名称="二"), row(名称="三")]
    found = failed(xlsx_of(("活動", rows), change=marked))

    assert found["L1-10"] == [(None, "")]
    assert found["L1-11"] == [(2, "名称")]  # all of 備考 that is there is red
    assert found["L1-12"] == [(2, "地区の番号")]
    assert found["L1-13"] == [(3, ""), (None, "形態（明記）")]
    assert found["L2-06"] == [(2, "参加者数")]


ODS_PARTS = """<?xml version="1.0"?><office:document-content
 xmlns:office="o" xmlns:table="t" xmlns:text="x" xmlns:style="s" xmlns:fo="f" xmlns:draw="d">
<office:automatic-styles><style:style style:name="red" style:family="table-cell">
<style:text-properties fo:color="#ff0000"/></style:style></office:automatic-styles>
<office:body><office:spreadsheet><table:table table:name="表1">
<table:table-column/><table:table-column table:visibility="collapse"/>
<table:table-row>{name}{number}</table:table-row>
<table:table-row table:visibility="filter">{red}{formula}</table:table-row>
<table:table-row table:number-rows-repeated="2">{plain}{merged}</table:table-row>
<table:shapes><draw:frame/></table:shapes>
</table:table></office:spreadsheet></office:body></office:document-content>"""


def ods_cell(text: str, more: str = "") -> str:
    value = f'office:value-type="string" {more}'
    return f"<table:table-cell {value}><text:p>{text}</text:p></table:table-cell>"


def test_marks_of_an_opendocument_sheet() -> None:
    content = zip_of(
        mimetype="application/vnd.oasis.opendocument.spreadsheet",
        manifest="<m/>",
        content=ODS_PARTS.format(
            name=ods_cell("名"),
            number=ods_cell("数"),
            red=ods_cell("赤", 'table:style-name="red"'),
            formula=ods_cell("1", 'table:formula="of:=1"'),
            plain=ods_cell("黒"),
            merged=ods_cell("2", 'table:number-rows-spanned="2"'),
        ),
    )

    found = failed(content)

    assert found["L1-10"] == [(None, "")]
    assert found["L1-11"] == [(2, "名")]
    assert found["L1-12"] == [(3, "数")]
    assert found["L1-13"] == [(2, ""), (None, "数")]
    assert found["L2-06"] == [(2, "数")]
    assert failed(ods_of([HEADER, row()])) == {}


def test_sheets_that_explain_settle_what_else_cannot_be_told() -> None:
    plain = states(xlsx_of(("活動", [HEADER, row(備考="△")])))
    explained = states(
        xlsx_of(
            ("活動", [HEADER, row(備考="△")]),
            ("項目定義書", [["項目", "単位"], ["参加者数", "人"]]),
            ("コード表", [["記号", "意味"], ["△", "一部だけ"]]),
        )
    )

    assert {plain[rule] for rule in ("L3-02", "L3-04", "L3-08")} == {RuleState.UNKNOWN}
    assert plain["L3-03"] is RuleState.FAILED
    settled = {explained[rule] for rule in ("L3-02", "L3-03", "L3-04", "L3-08")}
    assert settled == {RuleState.PASSED}


def test_other_cities_have_their_own_terms() -> None:
    rows = [["植樹", "住民", "みどり", "北部"], ["清掃", "住民", "きれい", "中央"]]

    assert failed(csv_lines(["名称", "主体", "分野", "地区"], *rows)) == {}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_bad_files_are_read_or_refused(case: Any) -> None:
    report = checked(case.content)

    assert [one.rule.rule_id for one in report.outcomes] == OFFICIAL_IDS
    refused = [check for check, row_, _ in case.findings if check < "D014" and row_ is None]
    assert bool(report.refusal) == bool(refused)
    json.dumps(report.as_dict())


TOLD_ALIKE = {
    *("D106", "D107", "D108", "D109", "D110", "D112", "D113", "D116", "D117"),
    *("D201", "D202", "D204", "D205", "D206", "D207", "D209", "D212", "D217", "D219"),
    *("D221", "D222", "D223", "D224"),
    *("D007", "D008", "D009", "D010", "D012", "D013"),
}
"""Findings of the import that are breaches of their rule in any file."""


def test_the_import_and_the_rules_agree() -> None:
    rule_of = {kind.finding_id: kind.rule for kind in KINDS}
    missed = {
        (case.name, check)
        for case in CASES
        for check, *_ in case.findings
        if check in TOLD_ALIKE and rule_of[check] not in failed(case.content)
    }

    assert missed == {("money in thousands", "D205")}  # 300 is bare: the header says the unit


@settings(max_examples=25, deadline=None)
@given(st.binary(max_size=300) | st.text(max_size=200).map(str.encode))
@example(b"[" * 3000)
@example(b'[{"a": {"b": []}}, {"c": null}]')
@example(b'{"features": [{"properties": null}]}')
@example(b"\xef\xbb\xbf,\r\n,")
def test_no_file_brings_it_down(content: bytes) -> None:
    report = selfcheck(content)

    passed, told = report.mark
    assert 0 <= passed <= told <= len(OFFICIAL_IDS)


# The command


def run(*arguments: object) -> Any:
    return CliRunner().invoke(app, ["selfcheck", *map(str, arguments)])


@pytest.fixture
def write(tmp_path: Path) -> Callable[[bytes], Path]:
    def written(content: bytes) -> Path:
        (tmp_path / "表.csv").write_bytes(content)
        return tmp_path / "表.csv"

    return written


def test_the_command_tells_the_mark_and_fails_like_a_linter(write: Callable[[bytes], Path]) -> None:
    good = run(write(csv_of(row())))
    bad = run(write(csv_of(row(備考="△"))))

    assert (good.exit_code, bad.exit_code) == (0, 1)
    assert "調べられた24の規則のうち、24に合っています" in good.stdout
    assert "調べられた24の規則のうち、23に合っています" in bad.stdout
    assert "2行目 「備考」列「△」" in "".join(bad.stdout.split("\n"))


def test_the_command_tells_it_as_json(write: Callable[[bytes], Path]) -> None:
    told = json.loads(run(write(csv_of(row(備考="△"))), "--json").stdout)

    assert (told["passed"], told["checked"]) == (23, 24)
    [broken] = [rule for rule in told["rules"] if rule["state"] == "failed"]
    assert broken["id"] == "L3-03"
    assert broken["places"] == [{"sheet": "", "row": 2, "column": "備考", "found": "△"}]


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("壊れた.json", b'{"a":', "JSONの形が正しくない"),
        ("途中まで.csv", b'[{"x":1},', "JSONの形が正しくない"),
        ("一覧.xlsx", b"a,b\n1,2", "名前は .xlsx で、中身は CSV です"),
        ("一覧.json", b"a,b\n1,2", "名前は .json で、中身は CSV です"),
        ("一覧.csv", b'[{"a":1}]', "名前は .csv で、中身は JSON です"),
        ("一覧.xlsx", ods_of([["a"], ["1"]]), "名前は .xlsx で、中身は ODS です"),
        ("報告.txt", "協働について報告します。\n以上".encode(), "文章のようです"),
    ],
)
def test_no_file_is_taken_for_a_table_or_for_what_it_is_called(
    name: str, content: bytes, told: str, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(content)

    result = run(tmp_path / name, "--json")

    read = json.loads(result.stdout)
    [rule] = [rule for rule in read["rules"] if rule["id"] == "L1-01"]
    assert (result.exit_code, rule["state"]) == (1, "failed")
    assert told in read["refusal"] + "".join(place["found"] for place in rule["places"])


def test_what_may_be_a_table_is_not_refused() -> None:
    assert states(csv_lines(["[a]", "b"], ["1", "2"]))["L1-01"] is RuleState.PASSED
    assert states(b"a;b")["L1-01"] is RuleState.UNKNOWN


def test_what_is_no_table_gets_a_sentence(write: Callable[[bytes], Path], tmp_path: Path) -> None:
    pdf, missing = run(write(b"%PDF-1.7")), run(tmp_path / "ない.csv")

    assert (pdf.exit_code, missing.exit_code) == (1, 1)
    assert "PDFです" in pdf.stderr
    assert "読めません" in missing.stderr
