"""Reviews: what they say of a view recounted in plain Python, how they are written and kept."""

from __future__ import annotations

import csv
import io
import json
import signal
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from builders import activity, export_bytes, fill_disk
from conftest import MakeEdition
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from kyodo_geo.auth.roles import Person, Role, official
from kyodo_geo.cli.app import app
from kyodo_geo.editions import Edition, EditionStore, Publication
from kyodo_geo.editions.backup import back_up, restore
from kyodo_geo.editions.delete_activities import remove
from kyodo_geo.editions.diff import compare, undo
from kyodo_geo.errors import (
    AccessError,
    DraftError,
    EditionError,
    IntakeError,
    StaleError,
    StorageError,
)
from kyodo_geo.export.schema.columns import REVIEW_COLUMNS
from kyodo_geo.export.writers.review_rows import review_texts
from kyodo_geo.imports.activities import Severity
from kyodo_geo.imports.activities import examine as examine_activities
from kyodo_geo.imports.activities.form_entry import entry_from_form, examine_entry, on_record
from kyodo_geo.imports.reviews import (
    Drafts,
    examine_review,
    examine_reviews,
    publish_reviews,
    save,
)
from kyodo_geo.imports.reviews.drafts import DRAFTS_FILE, LONGEST_TEXTS, MOST_A_PERSON
from kyodo_geo.imports.reviews.reading import FIELDS, LONGEST_PROSE, LONGEST_WORD
from kyodo_geo.measures.activities.continuations import MOST_LINKS, chain_of
from kyodo_geo.measures.activities.reviews import (
    LEAST_FOR_MEAN,
    all_reviews,
    ended_without_review,
    lessons_of,
    open_steps_of,
    ratings_of,
    reviews_in,
)
from kyodo_geo.model import Filters, Rating, Review
from kyodo_geo.vocabulary import Effect, Grade, Principle, Status
from tests.editions.test_diff import SUBPROCESS

OFFICIAL = official("花巻 花子")
COUNCIL = Person("花北の会", Role.COUNCIL, "C03")
READER = Person("だれか")
TODAY = date(2026, 4, 1)


def review(activity_id: str = "P0001", steps: str = "4324231", **changes: object) -> Review:
    """A review with a step a principle ("-": does not apply)."""
    ratings = {
        p: Rating(None if step == "-" else tuple(Grade)[int(step) - 1], f"{p.label}のこと")
        for p, step in zip(Principle, steps, strict=True)
    }
    values: dict[str, object] = {
        "activity_id": activity_id,
        "reviewed_on": date(2026, 3, 1),
        "reviewed_by": "地域づくり課",
        "ratings": ratings,
        "expected": (Effect.BETTER_SERVICES, Effect.ACTIVE_GROUPS),
        "seen": (Effect.ACTIVE_GROUPS,),
        "lesson": "早めに声をかけると、人が集まる。",
        "next_step": "五月に集まりを開く。",
    }
    return Review(**(values | changes))  # type: ignore[arg-type]


def keep(store: EditionStore, *reviews: Review) -> Edition:
    """An edition with these reviews, taken in from a file."""
    found = examine_reviews(file_of(*reviews), "reviews.csv", store.current(), TODAY)
    assert found.counts["refused"] == 0, [finding.sentence for finding in found.findings]
    publish_reviews(store, found, OFFICIAL)
    return store.current()


def file_of(*reviews: Review, **more: str) -> bytes:
    """A file as an office might have it: labels of ours, and other columns."""
    lines = io.StringIO(newline="")
    labels = {c.name: c.label for c in REVIEW_COLUMNS}
    writer = csv.writer(lines)
    writer.writerow([*(labels[name] for name in FIELDS), *more])
    for one in reviews:
        texts = review_texts(one)
        writer.writerow([*(texts[name] for name in FIELDS), *more.values()])
    return lines.getvalue().encode("utf-8-sig")


@pytest.fixture
def three(own_store: EditionStore) -> Edition:
    """The shipped record with three reviews."""
    return keep(
        own_store,
        review("P0001", "4444444", reviewed_on=date(2026, 1, 1), next_step="", lesson=""),
        review("P0002", "321-321", reviewed_on=date(2026, 2, 1), is_settled=True),
        review("P0003", "1111-11", lesson="早めに声をかけると、人が集まりやすい。"),
    )


# What they say


def test_the_profile_is_that_of_a_plain_recount(three: Edition) -> None:
    figures = ratings_of(reviews_in(three, Filters(with_context=True)))

    steps = ["4444444", "321-321", "1111-11"]
    for n, (principle, found) in enumerate(zip(Principle, figures, strict=True)):
        given_steps = [int(s[n]) for s in steps if s[n] != "-"]
        assert found.principle is principle
        assert found.not_applicable == sum(s[n] == "-" for s in steps)
        assert found.rated == len(given_steps)
        assert {g.step: c for g, c in found.counts.items() if c} == {
            step: given_steps.count(step) for step in set(given_steps)
        }
        is_enough = len(given_steps) >= LEAST_FOR_MEAN
        assert found.mean == (sum(given_steps) / len(given_steps) if is_enough else None)
    assert [f.mean is None for f in figures] == [False, False, False, True, True, False, False]


def test_filters_narrow_what_is_said(make_edition: MakeEdition, tmp_path: Path) -> None:
    make_edition(
        activity(1, district_ids=("C01", "C02"), fiscal_year=2020),
        activity(2, district_ids=("C02",), fiscal_year=2021),
        activity(3, district_ids=("C00",), fiscal_year=None),
    )
    edition = keep(
        EditionStore(tmp_path / "tiny"), *(review(f"T000{n}", "4444444") for n in (1, 2, 3))
    )

    def ids(**narrowed: object) -> set[str]:
        found = reviews_in(edition, Filters(**narrowed))  # type: ignore[arg-type]
        return {one.activity.activity_id for one in found}

    assert ids() == {"T0001", "T0002", "T0003"}
    assert ids(districts=("C02",)) == {"T0001", "T0002"}
    assert ids(year_from=2021) == {"T0002"}
    assert ids(keyword="活動3") == {"T0003"}


def test_lessons_that_are_alike_stand_together(three: Edition) -> None:
    [lesson] = lessons_of(reviews_in(three, Filters(with_context=True)))

    assert lesson.text == "早めに声をかけると、人が集まりやすい。"
    assert [one.activity.activity_id for one in lesson.reviews] == ["P0003", "P0002"]
    assert lesson.lowest[0] is Principle.SHARED_GOAL  # the lowest of both
    assert Principle.EQUALITY not in lesson.lowest
    other = replace(lesson.reviews[0], review=review("P0009", lesson="駐車場が足りなかった。"))
    assert [len(one.reviews) for one in lessons_of([*lesson.reviews, other])] == [2, 1]


def test_next_steps_are_open_until_they_are_taken(three: Edition) -> None:
    found = open_steps_of(reviews_in(three, Filters(with_context=True)))

    assert [one.activity.activity_id for one in found] == ["P0003"]


def test_what_is_over_without_a_review(make_edition: MakeEdition, tmp_path: Path) -> None:
    days = {"start_date": date(2026, 3, 30), "fiscal_year": 2025}
    make_edition(
        activity(1, **days, end_date=date(2026, 3, 31)),
        activity(2, **days, end_date=date(2026, 4, 1)),
        activity(3, **days),
        activity(4, fiscal_year=2025),
        activity(5, fiscal_year=2026),
        activity(6, fiscal_year=None),
        activity(7, status=Status.PLANNED),
        activity(8, fiscal_year=2024),
        activity(9, fiscal_year=2020, district_ids=("C05",)),
    )
    edition = keep(EditionStore(tmp_path / "tiny"), review("T0008"))

    found = ended_without_review(edition, Filters(), TODAY, 10)
    assert [one.activity_id for one in found.activities] == ["T0001", "T0003", "T0004", "T0009"]
    assert found.total == 4
    page = ended_without_review(edition, Filters(), TODAY, 2, 1)
    assert [one.activity_id for one in page.activities] == ["T0003", "T0004"]
    assert page.total == 4
    assert ended_without_review(edition, Filters(districts=("C05",)), TODAY, 10).total == 1
    assert ended_without_review(edition, Filters(), date(2026, 4, 2), 10).total == 5


def test_the_shipped_record_has_none(edition: Edition) -> None:
    reviewed = reviews_in(edition, Filters())

    assert reviewed == ()
    assert [figures.mean for figures in ratings_of(reviewed)] == [None] * 7
    rows = csv.DictReader(
        io.StringIO(export_bytes(edition, Filters(), "csv")[0].decode("utf-8-sig"))
    )
    over = [r for r in rows if r["status"] == "実施" and (r["start_date"] or r["fiscal_year"])]
    assert ended_without_review(edition, Filters(), date(2100, 1, 1), 1).total == len(over)


# Chains


def test_a_chain_goes_both_ways_and_branches(make_edition: MakeEdition, tmp_path: Path) -> None:
    make_edition(
        activity(1),
        activity(2, continues="T0001", fiscal_year=2021),
        activity(3, continues="T0002", fiscal_year=2022),
        activity(4, continues="T0002", fiscal_year=2023),
        activity(5),
    )
    edition = keep(EditionStore(tmp_path / "tiny"), review("T0001"))

    links = chain_of(edition, "T0002")
    assert [link.activity_id for link in links] == ["T0001", "T0002", "T0003", "T0004"]
    assert [link.review and link.review.next_step for link in links] == [
        "五月に集まりを開く。",
        *[None] * 3,
    ]
    assert [link.activity_id for link in chain_of(edition, "T0004")] == ["T0001", "T0002", "T0004"]
    assert chain_of(edition, "T0005") == ()
    assert chain_of(edition, "T9999") == ()


def test_a_circle_in_a_damaged_record_ends(make_edition: MakeEdition) -> None:
    edition = make_edition(
        activity(1, continues="T0003"),
        activity(2, continues="T0001"),
        activity(3, continues="T0002"),
        activity(4, continues="T0004"),
    )

    assert {link.activity_id for link in chain_of(edition, "T0001")} == {"T0001", "T0002", "T0003"}
    assert chain_of(edition, "T0004") == ()


def test_a_long_chain_is_cut(make_edition: MakeEdition) -> None:
    edition = make_edition(
        activity(1), *(activity(n, continues=f"T{n - 1:04}") for n in range(2, 100))
    )

    assert len(chain_of(edition, "T0050")) == 2 * MOST_LINKS + 1


def test_a_circle_is_refused_by_hand_and_from_a_file(make_edition: MakeEdition) -> None:
    edition = make_edition(activity(1), activity(2, continues="T0001"))

    before = on_record(edition, "T0001")
    entry = entry_from_form(before | {"continues": "T0002"}, "T0001", before)
    ids = {finding.kind.finding_id for finding in examine_entry(entry, edition).findings}
    assert "D316" in ids
    found = examine_activities(
        "番号,活動の番号,名称,続きのもと\n1,T0001,活動1,T0002\n".encode(), "a.csv", edition
    )
    assert "D316" in {finding.kind.finding_id for finding in found.findings}


# Written by hand


def texts_of(one: Review) -> dict[str, str]:
    return review_texts(one)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"openness": ""}, {("D603", "情報公開・共有")}),
        ({"openness": "5"}, {("D604", "情報公開・共有")}),
        ({"openness": "0"}, {("D604", "情報公開・共有")}),
        ({"learning": "まあまあ"}, {("D604", "課題整理・改善")}),
        ({"harmony": "4"}, {("D601", "harmony")}),
        ({"activity_id": "P9999"}, {("D602", "活動の番号")}),
        ({"openness_word": "長" * (LONGEST_WORD + 1)}, {("D605", "情報公開・共有のひとこと")}),
        ({"lesson": "長" * (LONGEST_PROSE + 1)}, {("D605", "教訓")}),
        ({"reviewed_on": "2026-04-02"}, {("D606", "ふりかえった日")}),
        ({"reviewed_on": "きのう"}, {("D211", "ふりかえった日")}),
        ({"reviewed_on": ""}, {("D301", "ふりかえった日")}),
        ({"reviewed_by": " "}, {("D301", "ふりかえった人")}),
        ({"seen_effects": "よいこと"}, {("D215", "見られた効果")}),
        ({"is_settled": "たぶん"}, {("D607", "次の一歩は済んだか")}),
        ({"next_step": "", "is_settled": "1"}, {("D608", "次の一歩は済んだか")}),
        (
            {"openness": "", "equality": "", "reviewed_by": ""},
            {("D603", "情報公開・共有"), ("D603", "対等の関係"), ("D301", "ふりかえった人")},
        ),
    ],
    ids=lambda part: str(part) if isinstance(part, dict) else "",
)
def test_what_is_no_review_is_refused_with_a_sentence(
    edition: Edition, changes: dict[str, str], expected: set[tuple[str, str]]
) -> None:
    entry = examine_review(texts_of(review()) | changes, edition, TODAY)

    blocks = [f for f in entry.findings if f.severity is Severity.BLOCKS]
    assert entry.review is None
    assert {(f.kind.finding_id, f.column) for f in blocks} == expected
    assert all(f.sentence.endswith("。") for f in blocks)


@pytest.mark.parametrize(
    ("text", "grade"),
    [
        ("4", Grade.WELL_DONE),
        ("４", Grade.WELL_DONE),
        ("おおむねできた", Grade.MOSTLY_DONE),
        ("2 あまりできなかった", Grade.LITTLE_DONE),
        ("not_done", Grade.NOT_DONE),
        ("該当しない", None),
        ("該当なし", None),
    ],
)
def test_steps_are_read_as_numbers_and_words(
    edition: Edition, text: str, grade: Grade | None
) -> None:
    entry = examine_review(texts_of(review()) | {"openness": text}, edition, TODAY)

    assert entry.review is not None
    assert entry.review.ratings[Principle.OPENNESS].grade is grade


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(texts=st.dictionaries(st.sampled_from([*FIELDS, "other"]), st.text(max_size=40)))
def test_any_texts_are_examined(edition: Edition, texts: dict[str, str]) -> None:
    entry = examine_review(texts_of(review()) | texts, edition, TODAY)

    blocks = [f for f in entry.findings if f.severity is Severity.BLOCKS]
    assert (entry.review is None) == bool(blocks)
    if entry.review is not None:  # what is taken is taken as it is from then on
        again = examine_review(review_texts(entry.review), edition, TODAY)
        assert again.review == entry.review


def test_what_looks_like_a_person_is_flagged(edition: Edition) -> None:
    entry = examine_review(
        texts_of(review()) | {"lesson": "花巻太郎さんに頼りすぎた"}, edition, TODAY
    )

    assert entry.review is not None
    assert [f.kind.finding_id for f in entry.of_field("lesson")] == ["D225"]


def test_a_review_becomes_an_edition_and_replaces_the_one_before(own_store: EditionStore) -> None:
    assert save(own_store, review(), {}, OFFICIAL) == 2
    later = review(steps="-------", lesson="変わった", reviewed_on=date(2026, 3, 9))
    assert save(own_store, later, review_texts(review()), OFFICIAL) == 3

    edition = own_store.current()
    assert all_reviews(edition) == {"P0001": later}
    assert all_reviews(own_store.open(2)) == {"P0001": review()}
    assert (edition.log[0].action, edition.log[0].published_by) == ("ふりかえり", "花巻 花子")
    assert "P0001" in edition.log[1].description
    assert "追加" in edition.log[1].description
    assert "書き直し" in edition.log[0].description
    told = {table.table for table in compare(own_store.open(2), edition).tables}
    assert told == {"review", "rating"}


def test_nobody_but_an_official_may(own_store: EditionStore) -> None:
    found = examine_reviews(file_of(review()), "a.csv", own_store.current(), TODAY)
    for person in (READER, COUNCIL):
        with pytest.raises(AccessError, match="職員の権限"):
            save(own_store, review(), {}, person)
        with pytest.raises(AccessError, match="職員の権限"):
            publish_reviews(own_store, found, person)
        with pytest.raises(AccessError, match="職員の権限"):
            Drafts(own_store, person).keep("P0001", {}, {})
        with pytest.raises(AccessError, match="職員の権限"):
            Drafts(own_store, person).drop("P0001")
    assert own_store.numbers() == [1]
    assert not own_store.folder.with_name(DRAFTS_FILE).exists()


def test_what_others_wrote_meanwhile_is_not_lost(own_store: EditionStore) -> None:
    save(own_store, review(), {}, OFFICIAL)

    with pytest.raises(StaleError, match="ほかの人が書き直しました"):
        save(own_store, review(lesson="別の教訓"), {}, OFFICIAL)
    with pytest.raises(IntakeError, match="変わるところがありません"):
        save(own_store, review(), review_texts(review()), OFFICIAL)
    with pytest.raises(IntakeError, match="記録にありません"):
        save(own_store, review("P9999"), {}, OFFICIAL)
    assert own_store.numbers() == [1, 2]


def test_two_at_once_lose_nothing(own_store: EditionStore) -> None:
    def write(n: int) -> str:
        mine = EditionStore(own_store.folder)
        for _ in range(20):  # somebody else was faster: look again
            try:
                save(mine, review(f"P000{n}"), {}, OFFICIAL)
            except StaleError:
                continue
            return "saved"
        return "never"

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(write, range(1, 5))) == ["saved"] * 4
    assert set(all_reviews(own_store.current())) == {"P0001", "P0002", "P0003", "P0004"}


KILLED = """
import os, signal, sys
from pathlib import Path
sys.path[:0] = [".", "tests"]
from tests.imports.test_reviews import OFFICIAL, review
from kyodo_geo.editions import EditionStore
from kyodo_geo.imports.reviews import save

def on_step(step):
    if step == sys.argv[2]:
        os.kill(os.getpid(), signal.SIGKILL)

save(EditionStore(Path(sys.argv[1])), review(), {}, OFFICIAL, on_step)
"""


@pytest.mark.parametrize("step", ["copied", "changed", "committed", "synced"])
def test_killed_during_publication_leaves_nothing(own_store: EditionStore, step: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", KILLED, str(own_store.folder), step], check=False, **SUBPROCESS
    )

    assert done.returncode == -signal.SIGKILL
    assert own_store.numbers() == [1]
    assert save(own_store, review(), {}, OFFICIAL) == 2


def test_undo_backup_and_removal_take_reviews_along(
    own_store: EditionStore, tmp_path: Path
) -> None:
    keep(own_store, review("P0001"), review("P0002"))
    back_up(own_store, tmp_path / "backup.zip")
    elsewhere = EditionStore(tmp_path / "elsewhere" / "editions")
    restore(elsewhere, tmp_path / "backup.zip")
    assert all_reviews(elsewhere.current()) == all_reviews(own_store.current())

    remove(own_store, ["P0001"], OFFICIAL, "二重の記録")
    assert set(all_reviews(own_store.current())) == {"P0002"}
    undo(own_store, 1, OFFICIAL)
    assert all_reviews(own_store.current()) == {}
    undo(own_store, 2, OFFICIAL)
    assert set(all_reviews(own_store.current())) == {"P0001", "P0002"}


@pytest.mark.parametrize(
    ("statement", "problem"),
    [
        ("UPDATE review SET activity_id = 'P9999'", "なくなった活動のふりかえり"),
        ("INSERT INTO review SELECT * FROM review", "いくつもあります"),
        ("UPDATE rating SET step = 5", "知られていない考え方か段階"),
        ("UPDATE rating SET principle = 'harmony' WHERE step = 1", "知られていない考え方か段階"),
        ("DELETE FROM rating WHERE step = 1", "そろっていない"),
        ("DELETE FROM review", "ふりかえりのない評価"),
    ],
)
def test_an_edition_holds_whole_reviews_only(
    own_store: EditionStore, statement: str, problem: str
) -> None:
    keep(own_store, review())

    with pytest.raises(EditionError, match=problem):
        own_store.publish(lambda con: con.execute(statement), Publication("test", "test", "test"))


# Drafts


def test_a_draft_survives_and_is_the_persons_own(own_store: EditionStore) -> None:
    half = {"activity_id": "P0001", "openness": "3", "lesson": "途中まで"}
    Drafts(own_store, OFFICIAL).keep("P0001", half, {"lesson": "前の教訓"})
    more = half | {"lesson": "もう少し"}
    Drafts(own_store, OFFICIAL).keep("P0001", more, {"lesson": "いまの教訓"})

    [draft] = Drafts(EditionStore(own_store.folder), OFFICIAL).listed()
    assert draft.texts["lesson"] == "もう少し"
    assert draft.before == {"lesson": "いまの教訓"}
    assert Drafts(own_store, OFFICIAL).find("P0002") is None
    assert Drafts(own_store, official("別の職員")).listed() == ()
    Drafts(own_store, official("別の職員")).drop("P0001")
    Drafts(own_store, OFFICIAL).drop("P0001")
    Drafts(own_store, OFFICIAL).drop("P0001")
    assert Drafts(own_store, OFFICIAL).listed() == ()


def test_drafts_are_bounded(own_store: EditionStore) -> None:
    drafts = Drafts(own_store, OFFICIAL)
    for n in range(MOST_A_PERSON):
        drafts.keep(f"P{n:04}", {}, {})

    drafts.keep("P0000", {"lesson": "書き足す"}, {})
    with pytest.raises(DraftError, match="50件あり"):
        drafts.keep("P9999", {}, {})
    with pytest.raises(DraftError, match="20,001字"):
        drafts.keep("P0000", {"lesson": "長" * (LONGEST_TEXTS + 1)}, {})
    assert len(drafts.listed()) == MOST_A_PERSON
    Drafts(own_store, official("別の職員")).keep("P9999", {}, {})


def test_drafts_of_many_at_once_all_stay(own_store: EditionStore) -> None:
    def write(n: int) -> None:
        Drafts(own_store, official(f"職員{n % 4}")).keep(f"P{n:04}", {"lesson": str(n)}, {})

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, range(40)))

    kept = [Drafts(own_store, official(f"職員{n}")).listed() for n in range(4)]
    assert sorted(draft.texts["lesson"] for some in kept for draft in some) == sorted(
        map(str, range(40))
    )


def test_a_full_disk_is_a_sentence_and_the_draft_before_stays(
    own_store: EditionStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    drafts = Drafts(own_store, OFFICIAL)
    drafts.keep("P0001", {"learned": "短い"}, {})
    kept = drafts.listed()
    fill_disk(monkeypatch)
    with pytest.raises(StorageError, match="書き込めないか、読めません"):
        drafts.keep("P0002", {"learned": "長" * 9000}, {})
    monkeypatch.undo()
    assert drafts.listed() == kept


def test_a_damaged_file_of_drafts_is_a_sentence(own_store: EditionStore) -> None:
    path = own_store.folder.with_name(DRAFTS_FILE)
    path.write_bytes(b"no database, but long enough to be read as one" * 100)
    with pytest.raises(DraftError, match=r"下書きのファイル drafts\.sqlite: 読めません"):
        Drafts(own_store, OFFICIAL).listed()
    path.unlink()
    Drafts(own_store, OFFICIAL).keep("P0001", {}, {})
    con = sqlite3.connect(path)
    con.execute("PRAGMA user_version = 2")
    con.close()
    with pytest.raises(DraftError, match="新しい Kyodo Geo"):
        Drafts(own_store, OFFICIAL).listed()


# Files


def exported(edition: Edition) -> bytes:
    content = export_bytes(edition, Filters(with_context=True), "zip")[0]
    with zipfile.ZipFile(io.BytesIO(content)) as bundle:
        return bundle.read("reviews.csv")


AWKWARD = ("=1+1", "改行\nのある、教訓", '引用符" と , も', "<b>太字</b>", "＠だれか", "𠮷")
STRANGE = ("'=1+1", "  前後の空白", "制御\x07文字")
"""Texts that no way of ours lets in, as another program might have written them."""


def with_texts(texts: Sequence[str]) -> list[Review]:
    return [review(f"P{n:04}", lesson=t, next_step=t) for n, t in enumerate(texts, start=1)]


def test_what_was_exported_changes_nothing(own_store: EditionStore) -> None:
    for one in with_texts((*AWKWARD, *STRANGE)):
        save(own_store, one, {}, OFFICIAL)
    edition = own_store.current()

    found = examine_reviews(exported(edition), "reviews.csv", edition, TODAY)

    assert found.counts == {"new": 0, "changed": 0, "unchanged": 9, "refused": 0}
    assert found.findings == ()


def test_what_was_exported_comes_back_byte_for_byte(own_store: EditionStore) -> None:
    edition = keep(own_store, *with_texts(AWKWARD))
    content = exported(edition)

    found = examine_reviews(content, "reviews.csv", edition, TODAY)

    with pytest.raises(IntakeError, match="変わるところがありません"):
        publish_reviews(own_store, found, OFFICIAL)
    undo(own_store, 1, OFFICIAL)
    back = examine_reviews(content, "reviews.csv", own_store.current(), TODAY)
    publish_reviews(own_store, back, OFFICIAL)
    again = exported(own_store.current())
    number = str(own_store.current().info.number)
    assert again.decode().replace(f"\n{number},", f"\n{edition.info.number},") == content.decode()


def test_the_excel_sheet_comes_back_unchanged_too(three: Edition) -> None:
    content = export_bytes(three, Filters(with_context=True), "xlsx")[0]

    found = examine_reviews(content, "kyodo.xlsx", three, TODAY)
    assert found.counts == {"new": 0, "changed": 0, "unchanged": 3, "refused": 0}
    activities = examine_activities(content, "kyodo.xlsx", three)
    assert activities.is_nothing_new
    assert [f.kind.finding_id for f in activities.findings] == ["D103"]


def test_rows_are_told_apart_and_only_their_columns_change(three: Edition) -> None:
    rows = file_of(
        replace(
            review("P0001", "4444444", next_step="", lesson="新しい教訓"),
            reviewed_on=date(2026, 1, 1),
        ),
        review("P0004"),
        review("P9999"),
        review("P0005"),
        review("P0005"),
    )

    found = examine_reviews(rows, "reviews.csv", three, TODAY)

    assert found.counts == {"new": 1, "changed": 1, "unchanged": 0, "refused": 3}
    assert found.plan is not None
    assert [one.activity_id for one in found.plan.reviews] == ["P0001", "P0004"]
    [change] = found.plan.changes
    assert (change.activity_id, change.label, change.new) == ("P0001", "教訓", "新しい教訓")
    assert {(f.kind.finding_id, f.row) for f in found.findings} == {
        ("D602", 4),
        ("D311", 5),
        ("D311", 6),
    }


def test_columns_that_are_missing_stay(own_store: EditionStore) -> None:
    edition = keep(own_store, review())
    grades = ",".join(p.label for p in Principle)
    content = (
        f"表題\n活動の番号,ふりかえった日,{grades}\nＰ0001,R8.3.20,４,３,2,4,2,3,できなかった\n"
    )

    found = examine_reviews(content.encode("cp932"), "a.csv", edition, TODAY)

    assert found.plan is not None
    assert [(c.label, c.new) for c in found.plan.changes] == [("ふりかえった日", "2026-03-20")]
    assert found.plan.reviews[0].lesson == review().lesson


@pytest.mark.parametrize(
    ("content", "check_id"),
    [
        (b"", "D001"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "D009"),
        ("活動の番号,名称\nP0001,活動\n".encode(), "D531"),
        (file_of(), "D102"),
        (file_of(review(), 和="4"), "D601"),
    ],
)
def test_a_file_that_holds_no_reviews_is_a_sentence(
    edition: Edition, content: bytes, check_id: str
) -> None:
    found = examine_reviews(content, "a.csv", edition, TODAY)

    assert [finding.kind.finding_id for finding in found.findings] == [check_id]
    assert found.is_nothing_new


def test_the_command_takes_a_file_in(own_store: EditionStore, tmp_path: Path) -> None:
    file = tmp_path / "reviews.csv"
    file.write_bytes(file_of(review(), review("P9999")))
    command = ["import-reviews", str(file), "--data-dir", str(own_store.folder.parent)]

    dry = CliRunner().invoke(app, [*command, "--dry-run", "--json"])
    assert json.loads(dry.stdout)["counts"] == {
        "new": 1,
        "changed": 0,
        "unchanged": 0,
        "refused": 1,
    }
    assert own_store.numbers() == [1]
    done = CliRunner().invoke(app, [*command, "--by", "花巻 花子"])
    assert done.exit_code == 0
    assert "第2版を作りました" in done.stdout
    assert "D602" in done.stdout
    assert own_store.current().log[0].published_by == "花巻 花子"
    again = CliRunner().invoke(app, command)
    assert "変わるところがない" in again.stdout
