"""事例: order, likeness and place in the list recounted; the page; the hand-out on paper."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from browsing import Window, is_as_wide_as_the_window, open_address, opened_page
from builders import activity
from conftest import MakeEdition
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader
from rapidfuzz import fuzz
from streamlit.testing.v1 import AppTest
from typer.testing import CliRunner, Result

from kyodo_geo.cli.app import app
from kyodo_geo.editions import Edition, EditionStore
from kyodo_geo.errors import ExportError, FilterError
from kyodo_geo.measures.activities.activity_similarity import (
    CANDIDATES,
    SimilarCase,
    series_of,
    similar_cases,
)
from kyodo_geo.measures.activities.case_study import (
    MOST_PICKS,
    NO_FORM,
    NO_FORM_CONTEXT,
    PLAIN_TITLE,
    RECORDED_WHY,
    TITLE_LENGTH,
    case_of,
)
from kyodo_geo.measures.activities.listing import (
    Order,
    find_activities,
    list_activities,
    list_position,
)
from kyodo_geo.measures.places.district_shapes import district_neighbours
from kyodo_geo.measures.places.summary import summarise
from kyodo_geo.model import Activity, Filters, Record
from kyodo_geo.report.files import write_whole
from kyodo_geo.report.handout import handout, handout_name
from kyodo_geo.settings import Settings
from kyodo_geo.ui.components.prose import term_key
from kyodo_geo.ui.http import pdf as pdf_answers
from kyodo_geo.ui.http.view_request import ViewRequest
from kyodo_geo.vocabulary import KYODO_SCOPES, ActorType, Field, Form, Scope, Status
from tests.imports.test_reviews import keep, review
from tests.report.test_report import plain, text_of
from tests.ui.page_parts import inside, items_in, with_style, words
from tests.ui.test_district_pages import of_kind, part, show
from tests.ui.test_pages import open_page, page_text, parts, press

__all__ = ["open_page"]

BASE = "https://kyodo.example.jp/geo"
DAY = date(2026, 11, 27)
HOSTILE = ['#panic("x")', "*太字*", "<script>alert(1)</script>", "$x$", "@b", "= 見出し", "\\n//"]
Open = Callable[..., AppTest]


def pdf_of(edition: Edition, *ids: str, title: str = "") -> bytes:
    return handout(edition, ids, title, settings=Settings(), base_address=BASE, day=DAY)


def ids_of(found: Sequence[SimilarCase]) -> list[str]:
    return [one.activity.activity_id for one in found]


# ---- order, and the place in a list


def test_the_detailed_come_first_and_among_equals_the_newest(
    edition: Edition, record: Record
) -> None:
    by_id = {a.activity_id: a for a in record.activities}

    def told(activity_id: str) -> int:
        a = by_id[activity_id]
        known = (a.summary, a.organisations, a.forms_stated, a.source)
        return sum(map(bool, known)) + (a.participants_count is not None)

    newest = [a.activity_id for a in list_activities(edition, Filters(), limit=1000)]
    found = list_activities(edition, Filters(), Order.DETAILED, limit=1000)
    detailed = [a.activity_id for a in found]

    assert detailed == sorted(newest, key=lambda id_: -told(id_))
    assert (told(detailed[0]), len({told(id_) for id_ in detailed})) == (5, 4)


@pytest.mark.parametrize("order", Order)
def test_the_place_in_a_list_is_the_lists_own(edition: Edition, order: Order) -> None:
    filters = Filters(fields=(Field.CULTURE,))
    ids = [a.activity_id for a in list_activities(edition, filters, order, limit=1000)]

    assert len(ids) > 30
    for number, id_ in enumerate(ids, start=1):
        found = list_position(edition, filters, order, id_)
        assert found is not None
        assert (found.number, found.total) == (number, len(ids))
        assert found.before == (ids[number - 2] if number > 1 else None)
        assert found.after == (ids[number] if number < len(ids) else None)


def test_what_a_view_does_not_hold_has_no_place(edition: Edition) -> None:
    assert list_position(edition, Filters(), Order.NEWEST, "P0001") is None  # 市民の範囲
    assert list_position(edition, Filters(), Order.NEWEST, "P9999") is None
    assert list_position(edition, Filters(keyword="ないことば"), Order.NEWEST, "P0002") is None


# ---- likeness


def festival(number: int, **changes: object) -> Activity:
    """A subsidised festival of C03."""
    values: dict[str, object] = {
        "title": f"第{number}回花北夏まつり",
        "district_ids": ("C03",),
        "field": Field.CULTURE,
        "forms_stated": (Form.SUBSIDY,),
        "actors": (ActorType.LOCAL_GROUP, ActorType.CITY),
        "fiscal_year": 2000 + number,
    }
    return activity(number, **(values | changes))


def test_the_reasons_are_told_and_add_up(make_edition: MakeEdition) -> None:
    edition = make_edition(
        festival(1),
        festival(2, title="書の展覧会"),
        festival(3, title="花北秋まつり", district_ids=("C02",), forms_stated=(Form.CO_HOSTING,)),
    )
    near, far = similar_cases(edition, "T0001")

    assert (near.activity.title, near.points) == ("書の展覧会", 25 + 20 + 15 + 15)
    assert near.reasons == (
        "分野が同じ（文化・生涯学習）",
        "形態が同じ（補助・助成）",
        "主体が同じ（地域団体・市）",
        "同じ花北地区",
    )
    of_title = int(25 * fuzz.ratio("花北夏まつり", "花北秋まつり") // 100)
    is_beside = "C02" in district_neighbours(edition)["C03"]
    place = (10, "隣の花西地区") if is_beside else (5, "同じ花巻地域")
    assert far.points == 25 + 15 + place[0] + of_title
    assert far.reasons[-2:] == (place[1], "名称の言葉が近い")


def test_what_has_little_in_common_is_not_alike(make_edition: MakeEdition) -> None:
    others = {
        "title": "防災訓練",
        "field": Field.SAFETY,
        "forms_stated": (Form.COMMISSION,),
        "district_ids": ("C27",),
    }
    edition = make_edition(festival(1), festival(2, **others))

    assert similar_cases(edition, "T0001") == ()
    assert similar_cases(edition, "T9999") == ()


def test_the_series_of_a_case_is_given_only_where_nothing_else_is_alike(
    make_edition: MakeEdition,
) -> None:
    series = [festival(n) for n in (1, 2, 3)]
    alone = make_edition(*series)
    assert ids_of(similar_cases(alone, "T0001")) == ["T0003", "T0002"]

    others = [festival(n, title=f"文化祭（令和{n}年度）") for n in (4, 5)]
    edition = make_edition(*series, *others)
    assert ids_of(similar_cases(edition, "T0001")) == ["T0005"]
    assert ids_of(similar_cases(edition, "T0005")) == ["T0003"]


def test_context_is_alike_to_cooperation_but_is_not_given(make_edition: MakeEdition) -> None:
    alone = festival(2, title="盆踊り", forms_stated=(), actors=(ActorType.LOCAL_GROUP,))
    edition = make_edition(festival(1), alone)

    assert similar_cases(edition, "T0001") == ()
    assert ids_of(similar_cases(edition, "T0002")) == ["T0001"]


def test_unknown_things_are_nothing_in_common(make_edition: MakeEdition) -> None:
    unknown = {"district_ids": (), "field": Field.OTHER, "forms_stated": ()}
    edition = make_edition(
        festival(1, title="あいうえお", **unknown), festival(2, title="かきくけこ", **unknown)
    )

    assert similar_cases(edition, "T0001") == ()


def test_at_most_five_ties_newest_first(make_edition: MakeEdition) -> None:
    titles = ("能楽", "書道", "茶会", "句会", "人形劇", "読書", "合唱")
    edition = make_edition(
        festival(9), *(festival(n, title=t) for n, t in enumerate(titles, start=1))
    )

    found = similar_cases(edition, "T0009")
    assert ids_of(found) == ["T0007", "T0006", "T0005", "T0004", "T0003"]
    assert len({one.points for one in found}) == 1


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("第2回イーハトーブマラソン大会", "第11回イーハトーブマラソン大会", True),
        ("SL銀河の出発式(2017年)", "SL銀河の出発式（２０１８年）", True),
        ("文化祭 令和元年度", "文化祭 平成30年度", True),
        ("花と緑のまつり", "花と緑のつどい", False),
        ("2015", "2016", False),
    ],
)
def test_a_series_is_a_title_without_numbers(one: str, other: str, is_same: bool) -> None:
    assert (series_of(one) == series_of(other)) is is_same


def test_likeness_is_that_of_a_plain_recount(edition: Edition, record: Record) -> None:
    near = district_neighbours(edition)
    region = {d.district_id: d.region for d in record.districts}
    masks = {p.place_id: p.mask for p in edition.places}
    place_mask = {a.activity_id: sum(masks[d] for d in a.district_ids) for a in record.activities}

    def newest(a: Activity) -> tuple[Any, ...]:
        start = -a.start_date.toordinal() if a.start_date else 0
        return (-(a.fiscal_year or 0), start, place_mask[a.activity_id], a.activity_id)

    def overlap(points: int, one: set[Any], other: set[Any]) -> int:
        return points * len(one & other) // len(one | other) if one & other else 0

    def of_sets(one: Activity, other: Activity) -> int:
        forms = [set(a.forms_stated + a.forms_implied) for a in (one, other)]
        here, there = set(one.district_ids), set(other.district_ids)
        around = {n for d in here if d in near for n in near[d]}
        regions = {region[d] for d in here if d in region}
        place = 15 if here & there else 10 if around & there else 0
        if not place and regions & {region[d] for d in there if d in region}:
            place = 5
        is_same_field = one.field is other.field is not Field.OTHER
        actors = overlap(15, set(one.actors), set(other.actors))
        return 25 * is_same_field + overlap(20, *forms) + actors + place

    def points(one: Activity, other: Activity) -> int:
        percent = fuzz.ratio(series_of(one.title), series_of(other.title))
        return of_sets(one, other) + (int(25 * percent // 100) if percent >= 50 else 0)

    kyodo = [a for a in record.activities if set(a.scopes()) & set(KYODO_SCOPES)]
    assert len(kyodo) == 257 < CANDIDATES
    for one in record.activities[::4]:
        alike = [(points(one, a), a) for a in kyodo if a is not one]
        alike = [found for found in alike if found[0] >= 35]
        alike.sort(key=lambda found: (-found[0], -of_sets(one, found[1]), newest(found[1])))
        best: dict[str, tuple[int, Activity]] = {}
        for found in alike:
            if series_of(found[1].title) != series_of(one.title):
                best.setdefault(series_of(found[1].title), found)
        expected = [(p, a.activity_id) for p, a in (list(best.values()) or alike)[:5]]
        similar = similar_cases(edition, one.activity_id)
        assert [(s.points, s.activity.activity_id) for s in similar] == expected
        assert all(s.reasons for s in similar)


# ---- what is said of a case


def test_forms_and_bands_are_explained(make_edition: MakeEdition) -> None:
    edition = make_edition(
        festival(1, forms_stated=(Form.AGREEMENT,), forms_implied=(Form.SUBSIDY,)),
        festival(2, forms_stated=()),
        festival(3, forms_stated=(), actors=(ActorType.INDIVIDUAL,)),
        festival(4, scope=Scope.C),
        festival(5),
    )
    cases = {id_: case_of(edition, a) for id_, a in find_activities(edition, IDS_1_TO_5).items()}

    forms = cases["T0001"].forms
    assert [(f.term, f.tag) for f in forms] == [(Form.AGREEMENT, "明記"), (Form.SUBSIDY, "推定")]
    assert "範囲A・B・Cで考えられる" in cases["T0001"].scope_why
    assert "決められません" in cases["T0001"].scope_why
    assert (cases["T0002"].no_form, cases["T0002"].forms) == (NO_FORM, ())
    assert "協働に数えています" in cases["T0002"].scope_why
    assert cases["T0003"].no_form == NO_FORM_CONTEXT
    assert "協働の件数には入りません" in cases["T0003"].scope_why
    assert cases["T0004"].scope_why == RECORDED_WHY
    assert "決められません" not in cases["T0005"].scope_why


IDS_1_TO_5 = tuple(f"T{n:04}" for n in range(1, 6))


def test_effects_come_from_the_review(own_store: EditionStore) -> None:
    edition = keep(own_store, review("P0002"))
    found = find_activities(edition, ["P0001", "P0002"])

    assert case_of(edition, found["P0001"]).effects == ()
    told = [(e.term.label, e.tag) for e in case_of(edition, found["P0002"]).effects]
    assert told == [("公共サービスの向上", "期待"), ("市民活動団体等の活性化", "期待・実際")]
    text = text_of(pdf_of(edition, "P0002"))
    assert plain("公共サービスの向上期待") in text
    assert plain("わかったこと早めに声をかけると、人が集まる。") in text


# ---- the hand-out


def test_it_says_what_the_page_says_in_the_order_chosen(edition: Edition) -> None:
    ids = ("P0200", "P0008", "P0018", "P0057")
    pdf = pdf_of(edition, *ids, title="夏の学習会でつかう事例")
    text = text_of(pdf)

    assert plain("夏の学習会でつかう事例") in text
    assert [text.index(id_) for id_ in ids] == sorted(text.index(id_) for id_ in ids)
    said = [
        "4件",
        edition.info.label,
        "2026年11月27日",
        "地域づくり課",
        "CC BY 4.0",
    ]
    said.append(f"{BASE}/cases?" + "&".join(f"pick={id_}" for id_ in ids))
    for id_, found in find_activities(edition, ids).items():
        case = case_of(edition, found)
        said += [found.title, found.summary, found.source, found.source_date, *found.organisations]
        said += [f"{form.term.label}{form.tag}{form.text}" for form in case.forms]
        said += [f"{scope.term.label}{scope.text}" for scope in case.scopes]
        said += [case.no_form, case.scope_why, *(actor.label for actor in found.actors)]
        assert (id_ == "P0018") is (found.status is Status.PLANNED)
    said += ["参加者180人", "市の負担額記録なし", "結果は確認していません"]
    assert [words for words in said if plain(words) not in text] == []


def test_it_keeps_the_standard_for_readers_and_dates_itself(edition: Edition) -> None:
    pdf = PdfReader(BytesIO(pdf_of(edition, "P0001")))
    root: Any = pdf.trailer["/Root"]

    assert pdf.metadata is not None and pdf.metadata.title == PLAIN_TITLE
    assert pdf.metadata.creation_date is not None
    assert pdf.metadata.creation_date.astimezone(None).timestamp() == 1795705200  # 0:00 in Japan
    assert root["/Lang"] == "ja-JP" and root["/MarkInfo"]["/Marked"]
    assert "<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data().decode()
    assert pdf_of(edition, "P0001") == pdf_of(edition, "P0001")
    fonts = {str(f["/BaseFont"]) for p in pdf.pages for f in p["/Resources"]["/Font"].values()}
    assert all("IPAexGothic" in font for font in fonts)


def test_no_case_is_cut_that_finds_room(edition: Edition) -> None:
    longest = "SELECT id, source FROM activity ORDER BY length(source || summary) DESC, id LIMIT 24"
    sources = dict(edition.rows(longest))
    pages = [plain(p.extract_text()) for p in PdfReader(BytesIO(pdf_of(edition, *sources))).pages]

    assert len(pages) > 5
    for id_, source in sources.items():
        # The address on the first page names all of them.
        with_title = [n for n, text in enumerate(pages) if id_ in text.replace(f"pick={id_}", "")]
        assert len(with_title) == 1
        assert plain(source) in pages[with_title[0]]


def test_a_case_longer_than_a_page_is_whole_too(make_edition: MakeEdition) -> None:
    long = "".join(f"第{n}の文です。" for n in range(700))
    edition = make_edition(activity(1), activity(2, summary=long), activity(3))
    text = text_of(pdf_of(edition, "T0001", "T0002", "T0003"))

    # Where a page ends its foot stands between two letters.
    assert len(re.findall(r"の文です。", text)) >= 695
    assert "第0の文です" in text and "第699の文です" in text
    assert "活動3" in text


@pytest.mark.parametrize("hostile", HOSTILE)
def test_texts_are_literal(make_edition: MakeEdition, hostile: str) -> None:
    edition = make_edition(
        activity(
            1,
            title=hostile,
            summary=hostile * 2,
            organisations=(hostile,),
            note=hostile * 3,
            source=hostile,
        )
    )
    text = text_of(pdf_of(edition, "T0001", title=hostile))

    assert text.count(plain(hostile)) >= 8


def test_only_addresses_become_links(make_edition: MakeEdition) -> None:
    edition = make_edition(
        activity(1, source="https://a.example.jp/"), activity(2, source="javascript:alert(1)")
    )
    reader = PdfReader(BytesIO(pdf_of(edition, "T0001", "T0002")))
    found = {
        str(note.get_object()["/A"]["/URI"]) for p in reader.pages for note in p.get("/Annots", ())
    }

    assert found == {"https://a.example.jp/", f"{BASE}/cases?pick=T0001&pick=T0002"}


def test_what_the_font_lacks_is_told(make_edition: MakeEdition) -> None:
    edition = make_edition(activity(1, title="𠮷野の会😀"), activity(2))

    assert "〓野の会〓" in text_of(pdf_of(edition, "T0001"))
    assert "この書体にない文字" in text_of(pdf_of(edition, "T0001"))
    assert "この書体にない文字" not in text_of(pdf_of(edition, "T0002"))


MANY = [f"P{n:04}" for n in range(1, MOST_PICKS + 2)]
WRONG = [
    ([], "", "事例が選ばれていません"),
    (["P9999"], "", "「P9999」は、第1版"),
    (["P0001", "P0002", "P0001"], "", "P0001 が2回以上選ばれています"),
    (MANY, "", "載せられるのは24件までです"),
    (["P0001"], "題" * (TITLE_LENGTH + 1), "61文字"),
    (["x" * 5000], "", "x…」は、第1版"),
]


@pytest.mark.parametrize(("ids", "title", "said"), WRONG)
def test_what_cannot_be_printed_is_refused_in_a_sentence(
    edition: Edition, ids: list[str], title: str, said: str
) -> None:
    with pytest.raises(FilterError) as refused:
        pdf_of(edition, *ids, title=title)
    assert said in refused.value.sentence and refused.value.sentence.endswith("。")
    assert len(refused.value.sentence) < 120

    asked = ViewRequest(edition, "", Filters(), {"pick": ids, "title": [title]}, (), BASE)
    answer = pdf_answers.handout(asked)
    assert (answer.status_code, bytes(answer.body).decode()) == (400, refused.value.sentence)


def test_all_that_may_be_chosen_is_printed(edition: Edition) -> None:
    text = text_of(pdf_of(edition, *MANY[:-1]))

    assert all(text.count(id_) == 2 for id_ in MANY[:-1])


def test_by_its_address(edition: Edition) -> None:
    asked = ViewRequest(
        edition, "", Filters(), {"pick": ["P0007"], "title": ["春/の 会"]}, (), BASE
    )
    answer = pdf_answers.handout(asked)

    assert (answer.status_code, answer.media_type) == (200, "application/pdf")
    named = unquote(answer.headers["Content-Disposition"])
    assert named == "attachment; filename*=utf-8''kyodo_cases_春-の-会_第1版.pdf"
    assert f"{BASE}/cases?pick=P0007" in text_of(bytes(answer.body))
    assert len(handout_name(edition, "長" * TITLE_LENGTH).encode()) < 255


# ---- command


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["handout", *(str(argument) for argument in arguments)])


@pytest.mark.usefixtures("data_dir")
def test_by_command(tmp_path: Path) -> None:
    target = tmp_path / "事例.pdf"
    done = run("P0007", "P0001", "--out", target, "--title", "秋の事例", "--address", BASE)

    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout == f"事例2件の配付資料を書き出しました: {target}\n"
    text = text_of(target.read_bytes())
    assert "秋の事例" in text and f"{BASE}/cases?pick=P0007&pick=P0001" in text
    refused = run("P0007", "--out", target)
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert "同じ名前のファイルがもうあります" in refused.stderr


@pytest.mark.usefixtures("data_dir")
@pytest.mark.parametrize(("ids", "title", "said"), WRONG[1:])
def test_wrong_use_is_exit_code_2(tmp_path: Path, ids: list[str], title: str, said: str) -> None:
    done = run(*ids, "--title", title, "--out", tmp_path / "x.pdf")

    assert (done.exit_code, done.stdout) == (2, "")
    assert said in done.stderr and len(done.stderr.splitlines()) == 1
    assert not (tmp_path / "x.pdf").exists()


def test_a_place_that_cannot_be_written_to(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    with pytest.raises(ExportError, match="書き込めませんでした"):
        write_whole(b"", blocked / "x.pdf")


# ---- the page


VIEWS = [
    {},
    {"field": "culture"},
    {"form": "subsidy", "district": "C03"},
    {"actor": "school", "certainty": "stated"},
    {"context": "1", "region": "東和"},
]


@pytest.mark.parametrize("view", VIEWS, ids=str)
def test_the_cards_are_the_activities_of_the_list(open_page: Open, view: dict[str, str]) -> None:
    app = open_page("activities", **view)
    listed = [row["id"] for row in part(app, "rowTable")["rows"]]
    caption = part(app, "rowTable")["caption"]
    shown = of_kind(app.switch_page("pages/cases.py").run(), "cases")[0]

    assert [item["id"] for item in shown["items"]] == listed[:24]
    total = re.search(r"([\d,]+)件のうち", caption)
    assert total is not None and f"事例 {total[0]}" in shown["label"]


def test_pages_and_orders_go_on_where_the_one_before_ends(
    open_page: Open, edition: Edition
) -> None:
    app = open_page("cases", order="detailed")
    found = [item["id"] for item in part(app, "cases")["items"]]
    for page in range(2, 12):
        shown = part(show(app, order="detailed", page=str(page)), "cases")["items"]
        found += [item["id"] for item in shown]

    expected = list_activities(edition, Filters(), Order.DETAILED, limit=1000)
    assert found == [one.activity_id for one in expected]
    assert "明記された形態" in part(app, "cases")["label"]


def test_a_card_says_what_is_stated_and_what_is_implied(open_page: Open) -> None:
    [card] = part(open_page("cases", keyword="入院セット"), "cases")["items"]

    [line] = with_style(card, "kg-case-line")  # another one would tell the participants
    place_and_year, field = line["content"]  # more would say that it is planned
    assert place_and_year == "小山田地区　平成31/令和元年度(2019年度)　"
    assert field["key"] == term_key(Field.WELFARE) and Field.WELFARE.label == "福祉・健康"
    forms, actors = with_style(card, "kg-case-terms")
    terms = [one for one in inside(forms) if one["kind"] == "term"]
    assert [(one["key"], one.get("isImplied")) for one in terms] == [("form:4", True)]
    assert words(forms) == "推定"
    assert [one["key"] for one in inside(actors) if one["kind"] == "term"] == ["actor:0", "actor:1"]
    assert words(with_style(card, "kg-case-summary"))


def test_nothing_found_has_a_way_out(open_page: Open, edition: Edition) -> None:
    app = open_page("cases", keyword="そのような活動はない")

    assert not of_kind(app, "cases")
    assert "記録はありません" in page_text(app)
    assert "257件のうち" in page_text(press(app, edition, "キーワードを外す"))


def test_a_case_in_full(open_page: Open, edition: Edition) -> None:
    app = open_page("cases", field="welfare", activity="P0300")
    filters = Filters(fields=(Field.WELFARE,))
    place = list_position(edition, filters, Order.NEWEST, "P0300")
    assert place is not None

    assert part(app, "caseHead")["title"] == "入院セット配布事業"
    pairs = [pair for one in with_style(parts(app), "kg-explained") for pair in one["pairs"]]
    explained = [(name[0]["key"], words(name[1:])) for name, _ in pairs]
    assert explained == [("actor:0", ""), ("actor:1", ""), ("form:4", "推定"), ("scope:1", "")]
    back, *beside = items_in(parts(app), "kg-buttons")
    total = summarise(edition, filters).total.activities
    assert back["label"] == f"一覧へ戻る（{total}件のうち{place.number}件目）"
    page = (place.number - 1) // 24 + 1
    assert back["change"] == {"activity": [], "page": [str(page)] if page > 1 else []}
    assert [item["change"]["activity"][0] for item in beside] == [place.before, place.after]
    assert part(app, "locator")["isStill"]
    links = {one["label"]: one["page"] for one in items_in(parts(app), "kg-links")}
    assert links["小山田地区の地区カルテ"] == "district"
    similar = part(app, "cases")["items"]
    assert [item["id"] for item in similar] == ids_of(similar_cases(edition, "P0300"))
    [reasons, *_] = with_style(similar, "kg-case-reasons")
    assert reasons["items"][0].startswith("近さ ")


@pytest.mark.parametrize("activity_id", ["P0001", "P0010", "P0018", "P0029"])
def test_cases_of_every_kind_open(open_page: Open, activity_id: str) -> None:
    app = open_page("cases", activity=activity_id)

    assert not app.exception and not app.error
    assert part(app, "caseHead")["id"] == activity_id
    # P0001 is 市民の範囲, and not in the view.
    assert ("いまの絞り込みには入っていません" in page_text(app)) is (activity_id == "P0001")


def test_an_unknown_case_gets_a_sentence_and_the_cards(open_page: Open) -> None:
    app = open_page("cases", activity="P9999")

    assert "活動「P9999」は、この版の記録にありません" in page_text(app)
    assert len(part(app, "cases")["items"]) == 24


def test_what_is_chosen_stays_in_the_address_without_what_is_wrong(open_page: Open) -> None:
    app = open_page("cases", pick=["P0007", "P9999", "P0001", "P0007"], title="題" * 70)

    bar = part(app, "handout")
    assert [item["id"] for item in bar["items"]] == ["P0007", "P0001"]
    assert len(bar["problems"]) == 3 and all(p.endswith("。") for p in bar["problems"])
    assert app.query_params["pick"] == ["P0007", "P0001"]
    assert app.query_params["title"] == "題" * TITLE_LENGTH
    app.switch_page("pages/activities.py").run()
    assert app.query_params["pick"] == ["P0007", "P0001"]
    app.switch_page("pages/cases.py").run()
    assert [item["id"] for item in part(app, "handout")["items"]] == ["P0007", "P0001"]
    assert part(app, "handout")["problems"] == []


def test_too_many_are_cut_and_told(open_page: Open) -> None:
    bar = part(open_page("cases", pick=MANY), "handout")

    assert [item["id"] for item in bar["items"]] == MANY[:-1]
    assert "24件まで" in bar["problems"][0]


def test_lists_lead_to_the_case(open_page: Open) -> None:
    app = open_page("activities", activity="P0002", pick="P0007", form="committee")

    link = next(one for one in items_in(parts(app), "kg-links") if one["page"] == "cases")
    assert link["view"]["activity"] == ["P0002"]
    assert (link["view"]["pick"], link["view"]["form"]) == (["P0007"], ["committee"])
    app = open_page("district", select="C03")
    assert any(one["page"] == "cases" for one in items_in(parts(app), "kg-links"))


# ---- a journey


def read_download(page: Page) -> str:
    with page.expect_download() as made:
        page.locator('[data-file="handout"]').click()
    return text_of(Path(made.value.path()).read_bytes())


def walk(page: Page, server: str) -> None:
    """Filter → card → case → a similar one → back → three chosen → PDF."""
    open_address(page, f"{server}/cases")
    chip = page.locator("details[data-chip=form]")
    chip.locator("summary").click()
    chip.get_by_label("補助・助成", exact=True).click()
    expect(page.locator(".kg-sentence")).to_contain_text("形態が補助・助成")
    expect(page.locator(".kg-case").first).to_contain_text("補助・助成")
    page.keyboard.press("Escape")
    card = page.locator(".kg-case").nth(3)
    title = card.locator("h2").inner_text()
    card.locator("h2 button").click()
    head = page.locator(".kg-case-head h2")
    expect(head).to_have_text(title)
    expect(head).to_be_in_viewport()
    page.locator(".kg-root > .kg-pick").click()
    expect(page.locator(".kg-handout strong")).to_have_text("配付資料（1件）")
    similar = page.locator(".kg-case h3 button").first
    other = similar.inner_text()
    similar.click()
    expect(head).to_have_text(other)
    page.locator(".kg-root > .kg-pick").click()
    expect(page.locator(".kg-handout strong")).to_have_text("配付資料（2件）")
    page.get_by_role("button", name="一覧へ").click()
    cards = page.locator(".kg-cases[aria-label^='事例']")
    expect(cards).to_be_visible()
    cards.locator('.kg-pick[aria-pressed="false"]').last.click()
    expect(page.locator(".kg-handout strong")).to_have_text("配付資料（3件）")


@pytest.mark.browser
@pytest.mark.filterwarnings("ignore")
def test_from_the_filter_to_the_paper(browser: Browser, server: str) -> None:
    for window in Window:
        with opened_page(browser, server, window) as page:
            walk(page, server)
            page.locator(".kg-handout summary").click()
            names = page.locator(".kg-picks .kg-chosen")
            first = [name.split("　")[0] for name in names.all_inner_texts()]
            page.get_by_role("button", name=f"後ろへ動かす：{first[0]}").click()
            expect(names.first).to_contain_text(first[1])
            page.get_by_label("題（なくてもかまいません）").fill("冬の勉強会")
            page.get_by_label("題（なくてもかまいません）").press("Enter")
            text = read_download(page)
            order = [text.index(plain(name)) for name in (first[1], first[0], first[2])]
            assert order == sorted(order) and "冬の勉強会" in text
            expect(page).to_have_url(re.compile("pick=.*pick=.*pick="))
            assert page.url.count("pick=") == 3
            bookmark = page.url
            assert is_as_wide_as_the_window(page)
        with opened_page(browser, server, window) as again:
            open_address(again, bookmark)
            expect(again.locator(".kg-handout strong")).to_have_text("配付資料（3件）")
            again.get_by_role("button", name="すべて外す").click()
            expect(again.locator(".kg-handout strong")).to_have_text("配付資料（0件）")
