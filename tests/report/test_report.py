"""The printed 地区カルテ: what stands on it, how it is asked for, what it refuses."""

from __future__ import annotations

import re
import threading
import unicodedata
import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
import segno
from builders import activity
from conftest import MakeEdition
from pypdf import PdfReader
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Match, Route
from typer.testing import CliRunner, Result

from kyodo_geo.cli.app import app
from kyodo_geo.editions import Edition, EditionStore
from kyodo_geo.errors import ExportError, FilterError
from kyodo_geo.filters.query_string import FILTER_KEYS, filters_from_texts
from kyodo_geo.japanese import count_label
from kyodo_geo.measures.districts.profile import district_profile
from kyodo_geo.model import Filters, Record
from kyodo_geo.report.district_sheets import (
    all_names,
    district_named,
    district_sheet,
    sheet_name,
    write_sheet,
    write_sheets,
)
from kyodo_geo.report.font import SUBSTITUTE, printable
from kyodo_geo.report.qr_link import page_address, qr_svg
from kyodo_geo.seed.demo import publish_demo
from kyodo_geo.server import routes
from kyodo_geo.settings import Settings
from kyodo_geo.ui.http import pdf as pdf_answers
from kyodo_geo.ui.http.view_request import ViewRequest
from kyodo_geo.vocabulary import ActorType, Certainty, Field, Form, Scope, Status

BASE = "https://kyodo.example.jp/geo"
IDS = [f"C{number:02}" for number in range(1, 28)]

EVERYTHING = Filters(
    year_from=2001,
    year_to=2025,
    forms=tuple(Form),
    actors=tuple(ActorType),
    scopes=tuple(Scope),
    fields=tuple(Field),
    status=Status.REPORTED,
    certainty=Certainty.STATED,
    keyword="花" * 100,
    with_context=True,
)


def read(pdf: bytes) -> PdfReader:
    return PdfReader(BytesIO(pdf))


def text_of(pdf: bytes) -> str:
    return plain("".join(page.extract_text() for page in read(pdf).pages))


def plain(text: str) -> str:
    """Text without what depends on where lines end."""
    return re.sub(r"\s", "", text)


def sheet_text(edition: Edition, district_id: str, filters: Filters | None = None) -> str:
    return text_of(district_sheet(edition, filters or Filters(), district_id, BASE))


@pytest.fixture(scope="module")
def shipped(edition: Edition) -> dict[str, bytes]:
    """The sheets of the shipped record."""
    return {i: district_sheet(edition, Filters(), i, BASE) for i in IDS}


@pytest.mark.parametrize("district_id", IDS[::3])
def test_every_district_has_one_page(
    edition: Edition, shipped: dict[str, bytes], district_id: str
) -> None:
    pdf = read(shipped[district_id])
    width, height = (float(side) / 72 * 25.4 for side in pdf.pages[0].mediabox[2:])
    district = edition.district_by_id[district_id]

    assert len(pdf.pages) == 1
    assert (round(width), round(height)) == (210, 297)
    assert pdf.metadata is not None
    assert pdf.metadata.title == f"地区カルテ {district.name}地区 {edition.info.label}"
    assert pdf.metadata.author == "Kyodo Geo"
    root: Any = pdf.trailer["/Root"]
    assert root["/Lang"] == "ja-JP"
    assert root["/MarkInfo"]["/Marked"] and "/StructTreeRoot" in root
    assert "<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data().decode()


@pytest.mark.parametrize("district_id", IDS)
def test_it_says_what_the_profile_says(
    edition: Edition, shipped: dict[str, bytes], district_id: str
) -> None:
    profile = district_profile(edition, Filters(), district_id)
    text = text_of(shipped[district_id])
    said = [
        f"{profile.district.name}地区",
        profile.district.name_kana,
        f"{profile.district.region}地域",
        profile.district.council_name or "記録なし",
        edition.info.label,
        "全期間",
        "CC BY 4.0",
        page_address(BASE, Filters(), district_id),
        *(sentence.text for sentence in profile.sentences),
        *(kin.district.name + "地区" for kin in profile.similar),
        *(reason for kin in profile.similar for reason in kin.reasons),
        *(near.name for near in profile.neighbours),
        "境界は概略であり公式のものではありません",
        profile.few,
    ]
    for figure in profile.figures:
        places = (district_id, profile.region_id, "ALL")
        values = [count_label(figure.values[p], figure.unit, figure.digits) for p in places]
        # A row reads from left to right.
        assert plain(figure.label + "".join(values)) in text
        rank = figure.rank(district_id)
        if rank:
            assert f"{rank[1]}地区中{rank[0]}位" in text
        said.append(figure.caveat)

    assert [words for words in said if plain(words) not in text] == []


def test_forms_and_actors_are_counted_with_what_is_implied_apart(
    edition: Edition, shipped: dict[str, bytes]
) -> None:
    text = text_of(shipped["C01"])
    profile = district_profile(edition, Filters(), "C01")

    for form in Form:
        count = profile.forms.counts[form]
        implied = f"（うち推定{count.implied}）" if count.implied else ""
        blank = "空白" if not count.activities else ""
        assert f"{form.mark}{form.label}{blank}{count.activities}件{implied}" in text
    for actor in ActorType:
        assert f"{actor.mark}{actor.label}{profile.mix.count(actor)}件" in text
    assert "特化係数" in text


def test_years_without_a_record_and_unknown_years_are_told(
    edition: Edition, shipped: dict[str, bytes]
) -> None:
    years = district_profile(edition, Filters(), "C01").years
    text = text_of(shipped["C01"])

    assert "年度不明" in text
    assert text.count("なし") >= sum(not year.activities for year in years) > 0


def test_a_value_of_the_region_says_so_and_has_no_rank(shipped: dict[str, bytes]) -> None:
    assert "1.50件/千人1.50件/千人2.83件/千人—地域の値（順位なし）" in text_of(shipped["C01"])


def test_few_records_are_no_reason_to_compare(shipped: dict[str, bytes]) -> None:
    text = text_of(shipped["C05"])

    assert "記録が2件と少なく" in text
    assert "特化係数は示しません" in text
    assert "後援・協賛1件100.0％—" in text


def test_what_is_unknown_is_not_zero(make_edition: MakeEdition) -> None:
    text = sheet_text(make_edition(activity(1), activity(2, participants_count=0)), "C01")
    unknown = sheet_text(make_edition(activity(1)), "C01")

    assert "参加者数0人" in text
    assert "参加者数データなし" in unknown


def test_a_district_without_a_record_has_a_sheet(make_edition: MakeEdition) -> None:
    edition = make_edition(activity())
    pdf = district_sheet(edition, Filters(), "C02", BASE)
    text = text_of(pdf)

    assert len(read(pdf).pages) == 1
    assert "花西地区の協働の記録はありません。活動がないという意味ではありません。" in text
    assert "実件数0件1件1件" in text
    assert "市と対等な協働の割合データなし" in text
    assert "位（" not in text and "地区中" not in text
    assert "石神町" in text and "隣の地区：花巻中央" in text


def test_an_edition_without_any_activity(make_edition: MakeEdition) -> None:
    assert "年度のわかる記録はありません。" in sheet_text(make_edition(), "C01")


@pytest.mark.parametrize("years", [1, 28, 42, 120])
def test_any_span_of_years_stays_on_the_page(make_edition: MakeEdition, years: int) -> None:
    found = (activity(n, fiscal_year=1905 + n, forms_stated=(Form.SUBSIDY,)) for n in range(years))
    pdf = district_sheet(make_edition(*found), Filters(), "C01", BASE)

    assert len(read(pdf).pages) == 1
    assert "1905" in text_of(pdf)


def test_conditions_are_told_and_places_passed_over(edition: Edition) -> None:
    filters = Filters(forms=(Form.SUBSIDY,), districts=("C09",), with_context=True)
    text = sheet_text(edition, "C03", filters)

    assert "形態が補助・助成" in text
    assert "協働ではない活動（市民の範囲・市の範囲）を含む" in text
    assert "湯本地区" not in text.split("対象")[0]


def test_all_conditions_at_once_take_two_pages_at_most(edition: Edition) -> None:
    assert len(read(district_sheet(edition, EVERYTHING, "C01", BASE)).pages) <= 2


def test_a_fictional_edition_says_so(tmp_path: Path) -> None:
    store = EditionStore(tmp_path)
    publish_demo(store, 3000)
    edition = store.current()
    pdf = district_sheet(edition, Filters(), "C01", BASE)

    assert text_of(pdf).count("架空データ") >= 1
    assert len(read(pdf).pages) == 1
    assert sheet_name(edition, Filters(), edition.districts[0]).startswith("fictional_")


@pytest.mark.parametrize(
    "hostile",
    ['#panic("x")', "*太字*", "_斜体_", "<a>", "$x$", "@b", "= 見出し", "[x]", "`y`", "\\n", "//"],
)
def test_texts_are_literal(record: Record, make_edition: MakeEdition, hostile: str) -> None:
    districts = tuple(
        replace(district, name=hostile, council_name=hostile * 2)
        if district.district_id == "C02"
        else district
        for district in record.districts
    )
    edition = make_edition(activity(), districts=districts)
    filters = Filters(keyword=hostile)
    pdf = district_sheet(edition, filters, "C02", BASE)

    assert plain(f"{hostile}地区") in text_of(pdf)
    assert plain(hostile * 2) in text_of(pdf)
    assert plain(f"キーワード「{hostile}」") in text_of(pdf)
    assert len(read(pdf).pages) == 1
    assert plain(hostile) in sheet_text(edition, "C01")


def test_what_the_font_lacks_is_told(edition: Edition) -> None:
    text = sheet_text(edition, "C01", Filters(keyword="𠮷野\u200b😀"))

    assert f"「{SUBSTITUTE}野{SUBSTITUTE}」" in text
    assert "この書体にない文字" in text
    assert "書体" not in sheet_text(edition, "C01")
    assert printable(unicodedata.normalize("NFD", "が\n  ぎ")) == "が ぎ"


def test_the_same_view_gives_the_same_bytes(edition: Edition, shipped: dict[str, bytes]) -> None:
    assert district_sheet(edition, Filters(), "C07", BASE) == shipped["C07"]


def test_many_threads_may_ask_at_once(edition: Edition, shipped: dict[str, bytes]) -> None:
    made: dict[str, bytes] = {}

    def make(district_id: str) -> None:
        made[district_id] = district_sheet(edition, Filters(), district_id, BASE)

    threads = [threading.Thread(target=make, args=(i,)) for i in IDS[:8]]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert made == {i: shipped[i] for i in IDS[:8]}


def test_the_address_leads_back_to_the_view(edition: Edition) -> None:
    address = urlsplit(page_address(f"{BASE}/", EVERYTHING, "C03"))
    texts = parse_qs(address.query)

    assert address.geturl().startswith(f"{BASE}/district?")
    assert texts.pop("district") == ["C03"]
    assert filters_from_texts(edition, texts) == (EVERYTHING, ())


def test_the_code_holds_the_address() -> None:
    address = page_address(BASE, Filters(keyword="花巻 & まつり"), "C03")
    code = segno.make_qr(address)
    drawn = BytesIO()
    code.save(drawn, kind="svg", border=4, xmldecl=False, nl=False)

    assert qr_svg(address) == drawn.getvalue().decode()
    assert qr_svg("https://example.jp/" + "x" * 3000) == ""


def test_names_of_files_are_safe(edition: Edition, record: Record) -> None:
    district = replace(record.districts[2], name="花/北 ..\\：" + "長" * 100)
    narrowed = sheet_name(edition, Filters(keyword="x"), record.districts[2])

    assert sheet_name(edition, Filters(), record.districts[2]) == "kyodo_sheet_C03_花北_第1版.pdf"
    assert re.fullmatch(r"kyodo_sheet_C03_花北_第1版_[0-9a-f]{6}\.pdf", narrowed)
    assert not set("/\\ :：") & set(sheet_name(edition, Filters(), district))
    assert len(sheet_name(edition, Filters(), district).encode()) < 200


@pytest.mark.parametrize("text", ["C03", "c03", "花北", "花北地区", "Ｃ０３"])
def test_districts_are_understood(edition: Edition, text: str) -> None:
    assert district_named(edition, text).district_id == "C03"


@pytest.mark.parametrize("text", ["", "C99", "全市", "花北区", "#", "C88"])
def test_what_is_no_district_is_refused(edition: Edition, text: str) -> None:
    with pytest.raises(FilterError) as refused:
        district_named(edition, text)
    assert refused.value.sentence.endswith("。")


# ---- files


def test_all_sheets_and_their_bundle(edition: Edition, tmp_path: Path) -> None:
    heard: list[tuple[int, int]] = []
    folder = tmp_path / "sheets"
    bundle = write_sheets(edition, Filters(), folder, BASE, lambda *done: heard.append(done))
    written = sorted(path.name for path in folder.iterdir())

    assert written == sorted(all_names(edition, Filters()))
    assert heard == [(number, 27) for number in range(1, 28)]
    with zipfile.ZipFile(bundle) as archive:
        assert archive.testzip() is None
        assert sorted(archive.namelist()) == [name for name in written if name.endswith(".pdf")]
        first = archive.namelist()[0]
        assert archive.read(first) == (folder / first).read_bytes()


@pytest.mark.parametrize("is_there", [True, False])
def test_interrupted_nothing_is_left(edition: Edition, tmp_path: Path, is_there: bool) -> None:
    folder = tmp_path / "sheets"
    if is_there:
        folder.mkdir()
        (folder / "大切.txt").write_text("大切")

    def interrupt(done: int, _total: int) -> None:
        if done == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_sheets(edition, Filters(), folder, BASE, interrupt)
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == ["大切.txt"] * is_there
    assert folder.exists() is is_there


def test_a_place_that_cannot_be_written_to(edition: Edition, tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    with pytest.raises(ExportError, match="書き込めませんでした"):
        write_sheet(edition, Filters(), "C01", blocked / "x.pdf", BASE)
    with pytest.raises(ExportError, match="書き込めませんでした"):
        write_sheets(edition, Filters(), blocked, BASE, lambda *_: None)


# ---- command


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["report", *(str(argument) for argument in arguments)])


@pytest.mark.usefixtures("data_dir")
def test_one_sheet_by_command(tmp_path: Path) -> None:
    target = tmp_path / "sheet.pdf"
    done = run("--district", "花北地区", "--form", "共催", "--out", target, "--address", BASE)

    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout == f"花北地区の地区カルテを書き出しました: {target}\n"
    assert f"{BASE}/district?district=C03&form=co_hosting" in text_of(target.read_bytes())
    refused = run("--district", "C03", "--out", target)
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert "同じ名前のファイルがもうあります" in refused.stderr
    assert run("--district", "C03", "--out", target, "--force").exit_code == 0
    assert "http://localhost:8501/district?district=C03" in text_of(target.read_bytes())


@pytest.mark.usefixtures("data_dir")
def test_all_sheets_by_command(tmp_path: Path) -> None:
    folder = tmp_path / "sheets"
    done = run("--all", "--out", folder)

    assert (done.exit_code, done.stderr) == (0, "")
    assert "27地区の地区カルテを書き出しました" in done.stdout
    assert len(list(folder.iterdir())) == 28
    refused = run("--all", "--out", folder)
    assert refused.exit_code == 1
    assert "同じ名前のファイルがもうあります" in refused.stderr
    assert len(refused.stderr.splitlines()) == 1


def test_the_address_of_the_deployment(
    data_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KYODO_PUBLIC_ADDRESS", "https://map.example.jp/")
    run("--district", "C03", "--out", tmp_path / "sheet.pdf")
    assert "https://map.example.jp/district?" in text_of((tmp_path / "sheet.pdf").read_bytes())
    monkeypatch.setenv("KYODO_PUBLIC_ADDRESS", "map.example.jp")
    assert run("--district", "C03", "--out", tmp_path / "other.pdf").exit_code == 1


@pytest.mark.usefixtures("data_dir")
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "どちらか一つ"),
        (("--district", "C03", "--all"), "どちらか一つ"),
        (("--district", "花北区"), "近いものは"),
        (("--district", "全市"), "「全市」の地区カルテはありません"),
        (("--district", "C03", "--form", "共催い"), "共催"),
        (("--district", "C03", "--address", "kyodo"), "http://"),
        (("--district", "C03", "--region", "花巻"), "--region"),
    ],
)
def test_wrong_use_is_exit_code_2(tmp_path: Path, arguments: tuple[str, ...], said: str) -> None:
    done = run(*arguments, "--out", tmp_path / "x.pdf")

    assert (done.exit_code, done.stdout) == (2, "")
    assert said in done.stderr
    assert not (tmp_path / "x.pdf").exists()


@pytest.mark.usefixtures("data_dir")
def test_refusals_are_one_sentence(tmp_path: Path) -> None:
    for arguments in (
        ("--district", "C03", "--out", tmp_path / "none" / "x.pdf"),
        ("--district", "C03", "--out", tmp_path),
        ("--all", "--out", tmp_path / "none" / "x"),
        ("--all", "--out", tmp_path / ("x" * 300)),
    ):
        done = run(*arguments)
        assert (done.exit_code, done.stdout) == (1, ""), arguments
        assert len(done.stderr.splitlines()) == 1


def test_every_filter_but_places_is_an_option() -> None:
    shown = run("--help").stdout
    assert all((f" {key.option} " in shown) is (key.key != "region") for key in FILTER_KEYS)


# ---- address


def ask(edition: Edition, name: str, **texts: list[str]) -> ViewRequest:
    filters, problems = filters_from_texts(edition, texts)
    return ViewRequest(edition, name, filters, texts, problems, "https://asked.example.jp")


def test_the_sheet_of_an_address(edition: Edition) -> None:
    answer = pdf_answers.sheet(ask(edition, "C03", form=["subsidy"]))

    assert answer.status_code == 200
    assert answer.media_type == "application/pdf"
    assert answer.headers["Cache-Control"] == "no-store"
    disposition = unquote(answer.headers["Content-Disposition"])
    assert disposition.startswith("attachment; filename*=utf-8''kyodo_sheet_C03_花北_第1版_")
    expected = "https://asked.example.jp/district?district=C03&form=subsidy"
    assert expected in text_of(bytes(answer.body))


@pytest.mark.parametrize("name", ["C28", "全市", "花北区", '"><script>'])
def test_an_unknown_district_is_a_sentence(edition: Edition, name: str) -> None:
    answer = pdf_answers.sheet(ask(edition, name))

    assert answer.status_code == 400
    assert bytes(answer.body).decode().endswith("。")
    assert pdf_answers.sheet(ask(edition, "C03", form=["x"])).status_code == 400


def get(address: str) -> Response:
    """What the routes answer to an address; the request comes without a server."""
    parts = urlsplit(address)
    scope = {
        "type": "http",
        "method": "GET",
        "scheme": parts.scheme,
        "path": parts.path,
        "query_string": parts.query.encode(),
        "headers": [(b"host", parts.netloc.encode())],
    }
    for route in routes():
        match, found = route.matches(scope)
        if match is Match.FULL and isinstance(route, Route):
            answer: Response = route.endpoint(Request(scope | found))
            return answer
    raise AssertionError("no such route")


def test_by_its_route(edition: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kyodo_geo.ui.http.view_request.current_edition", lambda: edition)
    answer = get("http://board.example.jp/kyodo/sheet/C03?keyword=a")

    assert answer.status_code == 200
    expected = "http://board.example.jp/district?district=C03&keyword=a"
    assert expected in text_of(bytes(answer.body))
    assert get("http://board.example.jp/kyodo/sheet/C88").status_code == 400


def test_below_a_base_path(edition: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kyodo_geo.ui.http.view_request.current_edition", lambda: edition)
    monkeypatch.setattr("kyodo_geo.ui.http.view_request.config.get_option", lambda _: "/geo/")
    answer = get("http://board.example.jp/geo/kyodo/sheet/C03")

    assert "http://board.example.jp/geo/district?district=C03" in text_of(bytes(answer.body))


def test_the_address_of_the_deployment_wins(
    edition: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    deployed = Settings(public_address="https://map.example.jp/")
    monkeypatch.setattr("kyodo_geo.ui.http.view_request.current_edition", lambda: edition)
    monkeypatch.setattr("kyodo_geo.ui.http.view_request.settings", lambda: deployed)

    answer = get("http://board.example.jp/kyodo/sheet/C03")
    assert "https://map.example.jp/district?district=C03" in text_of(bytes(answer.body))
