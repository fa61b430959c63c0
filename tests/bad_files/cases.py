"""The files, what is to be found in each (id, row, column) and what values become.

`becomes` holds values of activities by row of the file and name of the field.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from typing import Any

from bad_files.making import (
    HEADER,
    PLAIN,
    bomb,
    csv_lines,
    csv_of,
    ods_of,
    rename,
    row,
    with_part,
    xlsx_of,
    zip_of,
)
from kyodo_geo.vocabulary import ActorType, Field, Form, Scope, Status

Found = tuple[str, int | None, str]


@dataclass(frozen=True)
class Case:
    """One bad file; a large one is a function, called by the test that wants it."""

    name: str
    source: bytes | Callable[[], bytes]
    findings: tuple[Found, ...]
    becomes: Mapping[tuple[int, str], Any] = field(default_factory=dict)
    file_name: str = "活動.csv"

    @property
    def content(self) -> bytes:
        """The file."""
        return self.source() if callable(self.source) else self.source


SHORT_HEADER = ("名称", "年度", "地区の番号", "主体", "分野", "実施・予定")
SEMINAR = ("1984", "C00", "学校;個人", "文化・生涯学習", "実施")
"""What P0001 of the shipped record has there."""

BLANK = ("",) * len(HEADER)
A, F = ActorType, Form
DAY = date(2024, 5, 12)


def cell(name: str, text: str, *ids: str, **becomes: Any) -> Case:
    """A file whose only row has one strange cell."""
    column = next(iter(becomes.pop("column", ())), None) or name
    return Case(
        f"{column}: {text[:20]}",
        csv_of(row(**{name: text})),
        tuple((check_id, 2, column) for check_id in ids),
        {(2, field_name): value for field_name, value in becomes.items()},
    )


def located(lat: str, lng: str, place: str, *found: tuple[str, str], **becomes: Any) -> Case:
    """A file whose only row says where it took place."""
    return Case(
        f"緯度・経度: {lat} {lng} {place}",
        csv_of([*row(**{"地区の番号": place}), lat, lng], header=(*HEADER, "緯度", "経度")),
        tuple((check_id, 2, column) for check_id, column in found),
        {(2, field_name): value for field_name, value in becomes.items()},
    )


def continuing(name: str, *rows: tuple[str, str], found: tuple[Found, ...]) -> Case:
    """A file of activities that continue others: (number, number of the one before)."""
    lines = [[*row(名称=f"花の苗植え{n}"), *pair] for n, pair in enumerate(rows)]
    header = (*HEADER, "活動の番号", "続きのもと")
    new = tuple(("D401", n + 2, "活動の番号") for n, pair in enumerate(rows) if pair[0])
    return Case(name, csv_of(*lines, header=header), (*new, *found))


def merged(book: Any) -> None:
    sheet = book.get_worksheet_by_name("活動")
    sheet.merge_range(1, 3, 3, 3, "C03")
    sheet.merge_range(1, 9, 2, 9, "雨天中止あり")


def formula(book: Any) -> None:
    book.get_worksheet_by_name("活動").write_formula(1, 8, "=20+30", None, 50)


def excel_dates(book: Any) -> None:
    form = book.add_format({"num_format": "yyyy/m/d"})
    book.get_worksheet_by_name("活動").write_datetime(1, 2, datetime(2024, 5, 12), form)


POINTS = (
    located("39.403", "141.113", "C03", point_lat=39.403, point_lng=141.113),
    located("39.403", "141.113", "", ("D313", "地区の番号"), district_ids=("C03",)),
    located("39.403", "141.113", "C05", ("D314", "地区の番号"), district_ids=("C05",)),
    located("39.403", "141.113", "C00", district_ids=("C00",)),
    located("39.7", "141.15", "C03", ("D314", "地区の番号")),
    located("39.403", "", "C03", ("D312", "緯度")),
    located("141.113", "39.403", "C03", ("D230", "緯度"), ("D230", "経度")),
    located("駅前", "", "C03", ("D230", "緯度")),
    located(
        "北緯39度24分10.8秒",
        "１４１．１１３",
        "C03",
        ("D231", "緯度"),
        ("D231", "経度"),
        point_lat=39.403,
        point_lng=141.113,
    ),
)
CONTINUATIONS = (
    continuing("continues one on record", ("", "P0001"), found=()),
    continuing("continues one of the same file", ("A1", ""), ("A2", "A1"), found=()),
    continuing("continues nothing known", ("", "P9999"), found=(("D315", 2, "続きのもと"),)),
    continuing(
        "continues in a circle",
        ("A1", "A2"),
        ("A2", "A1"),
        found=(("D316", 2, "続きのもと"), ("D316", 3, "続きのもと")),
    ),
    continuing("continues itself", ("A1", "A1"), found=(("D316", 2, "続きのもと"),)),
)

CELLS = (
    cell("開始日", "R6.5.12", "D208", start_date=DAY),
    cell("開始日", "令和６年５月１２日（日）", "D208", start_date=DAY),
    cell("開始日", "2024/5/12 10:00", "D208", start_date=DAY),
    cell("開始日", "45424", "D208", start_date=DAY),
    cell("開始日", "20240512", "D208", start_date=DAY),
    cell(
        "開始日",
        "令和6年5月12日～14日",
        "D209",
        start_date=DAY,
        end_date=date(2024, 5, 14),
    ),
    cell("開始日", "5月12日", "D208", start_date=DAY),
    cell("開始日", "3/1", "D208", start_date=date(2025, 3, 1)),
    cell(
        "開始日",
        "令和6年度12月28日～1月3日",
        "D209",
        start_date=date(2024, 12, 28),
        end_date=date(2025, 1, 3),
    ),
    cell("開始日", "令和6年5月頃", "D210", start_date=None, fiscal_year=2024),
    cell("開始日", "2024-02-30", "D211"),
    cell("開始日", "6.5.12", "D211"),
    cell("開始日", "未定", "D203", start_date=None),
    cell("年度", "令和6年度", "D212", fiscal_year=2024),
    cell("年度", "R6", "D212", fiscal_year=2024),
    cell("年度", "6", "D213"),
    cell("参加者数", "1,200名", "D205", participants_count=1200),
    cell("参加者数", "５０", "D205", participants_count=50),
    cell("参加者数", "約50人", "D206", participants_count=50),
    cell("参加者数", "50～60人", "D207"),
    cell("参加者数", "-", "D203", participants_count=None),
    cell("参加者数", "#REF!", "D204"),
    cell("参加者数", "50円", "D207"),
    cell("形態（明記）", "共同開催", "D214", forms_stated=(F.CO_HOSTING,)),
    cell("形態（明記）", "実行委", "D214", forms_stated=(F.COMMITTEE,)),
    cell(
        "形態（明記）", "名義後援・補助金", "D214", "D216", forms_stated=(F.ENDORSEMENT, F.SUBSIDY)
    ),
    cell("形態（明記）", "事業協力・協定", forms_stated=(F.AGREEMENT,)),
    cell("形態（明記）", "お手伝い", "D215"),
    cell(
        "主体", "自治会、NPO法人\n市", "D214", "D216", actors=(A.LOCAL_GROUP, A.CIVIC_GROUP, A.CITY)
    ),
    cell("主体", "社協/小学校／PTA", "D214", "D216", actors=(A.CIVIC_GROUP, A.BUSINESS, A.SCHOOL)),
    cell("主体", "", "D301"),
    cell("分野", "産業観光", "D214", field=Field.TOURISM),
    cell("分野", "産業・観光", field=Field.TOURISM),
    cell("分野", "", "D306", field=Field.OTHER),
    cell("実施・予定", "実施済み", "D214", status=Status.REPORTED),
    cell("地区の番号", "花北地区", "D217", district_ids=("C03",)),
    cell("地区の番号", "花西地区まちづくり協議会", "D217", district_ids=("C02",)),
    cell("地区の番号", "土澤", "D217", district_ids=("C23",)),
    cell("地区の番号", "Ｃ０３", "D217", district_ids=("C03",)),
    cell("地区の番号", "市内全域", "D217", district_ids=("C00",)),
    cell("地区の番号", "石神町364", "D218", district_ids=("C02",)),
    cell("地区の番号", "花北・花西", "D216", district_ids=("C02", "C03")),
    cell("地区の番号", "盛岡", "D219"),
    cell("地区の番号", "大迫地域", "D219"),
    cell("地区の番号", "", "D305", district_ids=()),
    cell("地区の番号", "地区不明", "D203", "D305", district_ids=()),
    cell("名称", "  花の\n苗植え ", "D221", "D221", title="花の苗植え"),
    cell("名称", "花の\x00苗植え\x07", "D222", title="花の苗植え"),
    cell("名称", "花の\u202e苗植え\u200b", "D232", title="花の\u202e苗植え\u200b"),
    cell("備考", "家族👨\u200d👩\u200d👧も", note="家族👨\u200d👩\u200d👧も"),
    cell("名称", "", "D301"),
    cell("名称", "花" * 10_001, "D229"),
    cell("名称", "=1+1", "D224", title="=1+1"),
    cell("名称", "'=1+1", title="=1+1"),
    cell("名称", "㈱花巻の植樹①", title="㈱花巻の植樹①"),
    cell("備考", "会場①は㎡単位", "D223", note="会場①は㎡単位"),
    cell("備考", "問合せ 0198-24-2111", "D226"),
    cell("備考", "kyodo＠example.jp", "D227"),
    cell("備考", "世話役は高橋さん", "D225"),
    cell("備考", "皆様と多様な神様、南部杜氏", note="皆様と多様な神様、南部杜氏"),
    Case(
        "last day of the year before",
        csv_of(row(開始日="2024-03-31"), row(開始日="2024-04-01")),
        (("D303", 2, "年度"),),
        {(2, "fiscal_year"): 2024},
    ),
)

COLUMNS = (
    Case(
        "other names",
        csv_of(row(), header=rename(名称="事業名", 開始日="実施日", 参加者数="参加人数")),
        (),
        {(2, "title"): "花の苗植え", (2, "participants_count"): 50},
    ),
    Case(
        "ascii names",
        csv_of(row(), header=rename(名称="title", 開始日="start_date")),
        (),
        {(2, "start_date"): DAY},
    ),
    Case(
        "money in thousands",
        csv_of(row(備考="300"), header=rename(備考="事業費（千円）")),
        (("D118", None, "事業費（千円）"), ("D205", 2, "事業費（千円）")),
        {(2, "city_cost_yen"): 300_000},
    ),
    Case(
        "money with its own unit",
        csv_of(row(備考="３千円"), header=rename(備考="市の負担額")),
        (("D205", 2, "市の負担額"),),
        {(2, "city_cost_yen"): 3000},
    ),
    Case("unknown column", csv_of(row(), header=rename(備考="天気")), (("D114", 1, "天気"),)),
    Case(
        "unnamed column",
        csv_of(row(備考="雨"), row(名称="別"), header=[*rename(備考=""), "範囲"]),
        (("D113", 1, ""),),
    ),
    Case("blank column", csv_of(row(), header=[*HEADER[:9], "", "備考"]), (("D107", 1, ""),)),
    Case(
        "two columns for one thing",
        csv_of(row(備考="地区の花"), header=rename(備考="事業名")),
        (("D115", 1, "事業名"),),
        {(2, "title"): "花の苗植え"},
    ),
    Case(
        "names beside ids of districts",
        csv_of(row(備考="花西"), header=rename(備考="地区の名称")),
        (("D220", 2, "地区の名称"),),
        {(2, "district_ids"): ("C03",)},
    ),
    Case(
        "people as organisations",
        csv_of(row(備考="花巻市;高橋 花子"), header=rename(備考="団体名")),
        (("D225", 2, "団体名"),),
    ),
    Case(
        "organisations a line each",
        csv_of(row(備考="花巻市\n宮沢賢治・花の会"), header=rename(備考="団体名")),
        (("D216", 2, "団体名"),),
        {(2, "organisations"): ("花巻市", "宮沢賢治・花の会")},
    ),
    Case(
        "no field and no status",
        csv_of(row(), header=rename(分野="No.", **{"実施・予定": "通し番号"})),
        (("D306", None, "分野"), ("D306", None, "実施・予定")),
        {(2, "field"): Field.OTHER},
    ),
    Case(
        "year from the date",
        csv_of(row(年度="", 開始日="2024-04-01"), row(年度="", 開始日="2024-03-31")),
        (("D302", 2, "年度"), ("D302", 3, "年度")),
        {(2, "fiscal_year"): 2024, (3, "fiscal_year"): 2023},
    ),
    Case(
        "ends before it starts",
        csv_of(row(備考="2024-05-11"), header=rename(備考="終了日")),
        (("D304", 2, "終了日"),),
    ),
    Case(
        "stated and implied",
        csv_of(row(備考="共催;委託"), header=rename(備考="形態（推定）")),
        (("D307", 2, "形態（推定）"),),
        {(2, "forms_implied"): (F.COMMISSION,)},
    ),
    Case(
        "band the guideline does not name",
        csv_of(row(備考="C 市の取り組みに市民が協力"), header=rename(備考="範囲")),
        (("D308", 2, "形態（明記）"),),
        {(2, "scope"): Scope.C},
    ),
    Case(
        "several bands",
        csv_of(row(備考="A;C"), header=rename(備考="範囲")),
        (("D214", 2, "範囲"), ("D309", 2, "範囲")),
        {(2, "scope"): None},
    ),
    Case(
        "band that follows from the form",
        csv_of(row(備考="B 市民と市が互いに特性を活かし協力"), header=rename(備考="範囲")),
        (),
        {(2, "scope"): None},
    ),
    Case(
        "forms with their certainty",
        csv_of(row(備考="推定"), header=rename(備考="確実度")),
        (),
        {(2, "forms_stated"): (), (2, "forms_implied"): (F.CO_HOSTING,)},
    ),
)

TABLES = (
    Case(
        "title above",
        csv_lines(["令和6年度 協働事業一覧"], [], HEADER, row()),
        (("D105", 3, ""),),
        {(4, "title"): "花の苗植え"},
    ),
    Case("blank row", csv_of(row(), BLANK, BLANK, row(名称="別")), (("D106", 3, ""),)),
    Case("note below", csv_of(row(), ["※概数を含む"]), (("D108", 3, ""),)),
    Case("sum below", csv_of(row(), ["合計", *BLANK[:7], "50", ""]), (("D109", 3, ""),)),
    Case("header again", csv_of(row(), HEADER, row(名称="別")), (("D110", 3, ""),)),
    Case("comma without quotes", csv_of([*row(), "あふれた値"]), (("D117", 2, ""),)),
    Case(
        "same as above",
        csv_of(row(), row(名称="別の活動", 地区の番号="〃", 主体="同上")),
        (("D201", 3, "地区の番号"), ("D201", 3, "主体")),
        {(3, "district_ids"): ("C03",), (3, "actors"): (A.LOCAL_GROUP, A.CITY)},
    ),
    Case(
        "same as nothing",
        csv_of(row(地区の番号="〃")),
        (("D202", 2, "地区の番号"),),
    ),
    Case("same row twice", csv_of(row(), row()), (("D310", 3, ""),)),
    Case(
        "cells that are merged",
        xlsx_of(
            ("活動", [HEADER, row(), row(名称="二", 地区の番号=""), row(名称="三", 地区の番号="")]),
            change=merged,
        ),
        (("D111", 2, "地区の番号"), ("D112", 2, "備考")),
        {(4, "district_ids"): ("C03",)},
        "活動.xlsx",
    ),
    Case(
        "writing beside the table",
        xlsx_of(("活動", [HEADER, [*row(), "", "要確認"]])),
        (("D116", 2, ""),),
        file_name="活動.xlsx",
    ),
    Case(
        "several sheets",
        xlsx_of(("表紙", [["協働"]]), ("R6", [HEADER, row()]), ("R5", [HEADER, row()])),
        (("D103", None, ""), ("D104", None, "")),
        {(2, "title"): "花の苗植え"},
        "活動.xlsx",
    ),
    Case(
        "formulas",
        xlsx_of(("活動", [HEADER, row(参加者数="")]), change=formula),
        (),
        {(2, "participants_count"): 50},
        "活動.xlsx",
    ),
    Case(
        "dates of Excel",
        xlsx_of(("活動", [HEADER, row()]), change=excel_dates),
        (),
        {(2, "start_date"): DAY},
        "活動.xlsx",
    ),
    Case("OpenDocument", ods_of([HEADER, row()]), (), {(2, "participants_count"): 50}, "活動.ods"),
    Case("old encoding", csv_of(row(), encoding="cp932"), (("D014", None, ""),)),
    Case(
        "old encoding of UNIX",
        csv_of(row(), encoding="euc_jp"),
        (("D014", None, ""),),
        {(2, "title"): "花の苗植え"},
    ),
    Case(
        "Unicode text of Excel",
        csv_lines(HEADER, row(), encoding="utf-16", delimiter="\t"),
        (("D014", None, ""),),
    ),
    Case("without BOM", csv_of(row(), encoding="utf-8"), ()),
)

RECORD = (
    Case(
        "number that is not on record",
        csv_of(row(備考="Z0001"), header=rename(備考="活動の番号")),
        (("D401", 2, "活動の番号"),),
        {(2, "activity_id"): "Z0001"},
    ),
    Case(
        "number that can't be one",
        csv_of(row(備考="第1号"), header=rename(備考="活動の番号")),
        (("D228", 2, "活動の番号"),),
    ),
    Case(
        "number twice",
        csv_of(row(備考="P0001"), row(名称="別", 備考="P0001"), header=rename(備考="活動の番号")),
        (("D311", 2, "活動の番号"), ("D311", 3, "活動の番号")),
    ),
    Case(
        "on record already",
        csv_lines(
            SHORT_HEADER,
            [
                "花巻市民セミナー(富士大学)の開始",
                "1984",
                "C00",
                "学校;個人",
                "文化・生涯学習",
                "実施",
            ],
        ),
        (("D402", 2, ""),),
        {(2, "activity_id"): "P0001"},
    ),
    Case(
        "likely on record",
        csv_lines(
            SHORT_HEADER,
            [
                "花巻市民セミナー（富士大学）開始",
                "1984",
                "C00",
                "学校;個人",
                "文化・生涯学習",
                "実施",
            ],
        ),
        (("D403", 2, ""),),
    ),
)

HOPELESS = (
    Case("empty", b"", (("D001", None, ""),)),
    Case("only spaces", b"\xef\xbb\xbf \r\n", (("D001", None, ""),)),
    Case("too large", lambda: b"a" * 20_971_521, (("D002", None, ""),)),
    Case("too many rows", partial(csv_of, *[["x"]] * 200_300), (("D003", None, ""),)),
    Case("too many columns", csv_of(["x"] * 1001), (("D003", None, ""),)),
    Case("ZIP bomb", bomb, (("D004", None, ""),), file_name="爆弾.xlsx"),
    Case(
        "entities",
        with_part(
            xlsx_of(("活動", [HEADER, PLAIN])),
            "xl/extra.xml",
            b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>',
        ),
        (("D005", None, ""),),
        file_name="活動.xlsx",
    ),
    Case(
        "password of Excel",
        b"\xd0\xcf\x11\xe0" + b"\x00" * 100 + "EncryptedPackage".encode("utf-16-le"),
        (("D006", None, ""),),
        file_name="活動.xlsx",
    ),
    Case(
        "password of OpenDocument",
        ods_of([HEADER, PLAIN], manifest="<manifest:encryption-data/>"),
        (("D006", None, ""),),
        file_name="活動.ods",
    ),
    Case(
        "old Excel", b"\xd0\xcf\x11\xe0" + b"\x00" * 600, (("D007", None, ""),), file_name="a.xlsx"
    ),
    Case("PDF", b"%PDF-1.7\n%\xe2\xe3", (("D008", None, ""),), file_name="活動.pdf"),
    Case("picture", b"\x89PNG\r\n\x1a\n" + b"\0" * 50, (("D009", None, ""),), file_name="表.png"),
    Case(
        "page of the web",
        b"<html><table><tr><td>1</td></tr></table>",
        (("D010", None, ""),),
        file_name="活動.xls",
    ),
    Case("other archive", zip_of(readme="x"), (("D010", None, ""),), file_name="活動.zip"),
    Case("program", b"MZ" + bytes(range(256)) * 20 + b"\x00" * 200, (("D010", None, ""),)),
    Case(
        "cut short",
        xlsx_of(("活動", [HEADER, PLAIN]))[:3000],
        (("D011", None, ""),),
        file_name="活動.xlsx",
    ),
    Case(
        "XML without an end",
        with_part(xlsx_of(("活動", [HEADER, PLAIN])), "xl/extra.xml", b"<x><y>"),
        (("D011", None, ""),),
        file_name="活動.xlsx",
    ),
    Case("cells far apart", csv_of(*[[""] * 900] * 12_000), (("D003", None, ""),)),
    Case(
        "cells of a workbook far apart",
        xlsx_of(
            ("活動", [HEADER]), change=lambda book: book.worksheets()[0].write("XFD1048576", 1)
        ),
        (("D003", None, ""),),
        file_name="活動.xlsx",
    ),
    Case("no encoding at all", bytes(range(1, 256)) * 20, (("D012", None, ""),)),
    Case("quote that never ends", csv_of(PLAIN) + '"開いたまま'.encode(), (("D013", None, ""),)),
    Case("no header", "りんご,みかん\n1,2\n".encode(), (("D101", None, ""),)),
    Case("header alone", csv_of(), (("D102", None, ""),)),
)

CASES = (*CELLS, *POINTS, *CONTINUATIONS, *COLUMNS, *TABLES, *RECORD, *HOPELESS)
