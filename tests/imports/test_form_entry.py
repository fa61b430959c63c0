"""An activity written by hand: the same checks as a file's, and nothing else touched."""

from __future__ import annotations

import pytest
from builders import activity
from conftest import MakeEdition
from hypothesis import given, settings
from hypothesis import strategies as st

from kyodo_geo.auth.roles import Person, Role, official
from kyodo_geo.editions import Edition, EditionStore, Publication, query_text
from kyodo_geo.editions.delete_activities import remove
from kyodo_geo.errors import AccessError, EditionError, IntakeError, StaleError
from kyodo_geo.imports.activities import ActivityExamination, Severity
from kyodo_geo.imports.activities.form_entry import (
    FIELDS,
    NAMES,
    Entry,
    FieldKind,
    choices,
    compared,
    entry_from_form,
    examine_entry,
    on_record,
    publish_entry,
)
from kyodo_geo.vocabulary import Principle, Scope

NEW = {
    "title": "用水路の清掃",
    "fiscal_year": "2024",
    "district_ids": "C03",
    "actors": "地域団体;市",
    "field": "環境・美化",
    "status": "実施",
}


def new_entry(**texts: str) -> Entry:
    return entry_from_form(NEW | texts, "", {})


def changing(edition: Edition, activity_id: str = "P0001", **texts: str) -> Entry:
    before = on_record(edition, activity_id)
    return entry_from_form(before | texts, activity_id, before)


def findings(examination: ActivityExamination) -> dict[str, str]:
    """What was found, by id of the check."""
    return {found.kind.finding_id: found.column for found in examination.findings}


def publish(store: EditionStore, entry: Entry) -> int:
    examination = examine_entry(entry, store.current())
    return publish_entry(store, entry, examination, official("職員"))


def test_a_new_activity_gets_the_next_number(own_store: EditionStore) -> None:
    entry = new_entry(organisations="花北の会;花巻市")
    examination = examine_entry(entry, own_store.current())
    assert findings(examination) == {}
    cells = {cell.label: cell.new for cell in compared(entry, examination, own_store.current())}
    assert cells["名称"] == "用水路の清掃" and cells["団体名"] == "花北の会;花巻市"

    assert publish(own_store, entry) == 2

    edition = own_store.current()
    assert on_record(edition, "P0349") == dict.fromkeys(NAMES, "") | dict(entry.texts)
    assert edition.log[0].activities_added == 1
    assert edition.log[0].description == "P0349「用水路の清掃」を追加"
    assert edition.rows(query_text("is_stored_newest_first")) == [(True,)]


def test_only_the_cells_that_were_changed_change(own_store: EditionStore) -> None:
    before = own_store.current()
    entry = changing(before, participants_count="0", note="数えた")
    assert dict(entry.texts) == {"participants_count": "0", "note": "数えた"}

    publish(own_store, entry)

    after = own_store.current()
    expected = on_record(before, "P0001") | dict(entry.texts)
    assert on_record(after, "P0001") == expected
    others = "SELECT * FROM activity WHERE id <> 'P0001' ORDER BY id"
    assert after.rows(others) == before.rows(others)
    assert after.log[0].description.endswith("を変更（参加者数、備考）")


def test_records_come_back_unchanged(edition: Edition) -> None:
    for (activity_id,) in edition.rows("SELECT id FROM activity ORDER BY id")[::4]:
        assert changing(edition, activity_id).texts == {}


def test_a_blank_number_and_zero_are_two_things(own_store: EditionStore) -> None:
    publish(own_store, changing(own_store.current(), participants_count="0"))
    assert on_record(own_store.current(), "P0001")["participants_count"] == "0"
    publish(own_store, changing(own_store.current(), participants_count=""))
    assert on_record(own_store.current(), "P0001")["participants_count"] == ""


def test_what_is_mended_is_shown_before_and_after(edition: Edition) -> None:
    entry = changing(edition, participants_count="１２人", start_date="S59.4.1")
    examination = examine_entry(entry, edition)

    said = {f.column: (f.found, f.became) for f in examination.findings}
    assert said == {"参加者数": ("１２人", "12"), "開始日": ("S59.4.1", "1984-04-01")}
    assert {c.column: (c.now, c.new) for c in compared(entry, examination, edition)} == {
        "start_date": ("", "1984-04-01"),
        "participants_count": ("", "12"),
    }


def test_what_a_file_could_not_pass_does_not_pass_here(own_store: EditionStore) -> None:
    entry = new_entry(title="", participants_count="約たくさん", start_date="2024-13-01")
    examination = examine_entry(entry, own_store.current())

    blocks = {f.column for f in examination.findings if f.severity is Severity.BLOCKS}
    assert blocks == {"名称", "参加者数", "開始日"}
    cells = compared(entry, examination, own_store.current())
    assert {cell.column: cell.new for cell in cells} == dict(entry.texts)
    with pytest.raises(IntakeError, match="変わるところがありません"):
        publish_entry(own_store, entry, examination, official("職員"))
    assert own_store.numbers() == [1]


@pytest.mark.parametrize("title", ["合計", "〃", "※ 注", "title", "名称", "同上"])
def test_a_title_is_a_title_whatever_it_would_mean_in_a_file(edition: Edition, title: str) -> None:
    examination = examine_entry(new_entry(title=title), edition)

    assert examination.counts["new"] == 1
    assert examination.plan is not None
    assert examination.plan.records.values["title"][0] == title


def test_a_likely_double_is_flagged(edition: Edition) -> None:
    known = on_record(edition, "P0002")
    like = entry_from_form(known | {"title": known["title"] + "。", "note": "別"}, "", {})
    assert "D403" in findings(examine_entry(like, edition))
    same = examine_entry(entry_from_form(known, "", {}), edition)
    assert "D402" in findings(same) and same.is_nothing_new


def test_a_band_can_be_recorded_and_taken_back(make_edition: MakeEdition) -> None:
    edition = make_edition(activity(scope=Scope.B))
    assert on_record(edition, "T0001")["scopes"] == Scope.B.label
    for text, band in ((Scope.C.label, "c"), ("", None)):
        examination = examine_entry(changing(edition, "T0001", scopes=text), edition)
        assert examination.plan is not None
        assert examination.plan.records.values["scope_recorded"][0] == band


def test_a_change_by_others_stays_and_is_shown(own_store: EditionStore) -> None:
    mine = changing(own_store.current(), note="わたしの注記", summary="わたしの概要")
    publish(own_store, changing(own_store.current(), note="先の注記", source="先の出典"))

    edition = own_store.current()
    cells = {cell.column: cell for cell in compared(mine, examine_entry(mine, edition), edition)}
    assert set(cells) == {"note", "summary"}
    assert cells["note"].is_conflict and not cells["summary"].is_conflict
    note = cells["note"]
    assert (note.before, note.now, note.new) == ("", "先の注記", "わたしの注記")

    publish(own_store, mine)
    assert on_record(own_store.current(), "P0001")["source"] == "先の出典"


def test_a_newer_edition_is_refused(own_store: EditionStore) -> None:
    mine = changing(own_store.current(), note="わたし")
    examination = examine_entry(mine, own_store.current())
    publish(own_store, changing(own_store.current(), "P0002", note="先"))

    with pytest.raises(StaleError, match="新しい版ができました。何も変えていません"):
        publish_entry(own_store, mine, examination, official("職員"))
    assert own_store.numbers() == [1, 2]


def test_an_activity_that_has_gone_is_a_sentence(own_store: EditionStore) -> None:
    mine = changing(own_store.current(), note="わたし")
    remove(own_store, ["P0001"], official("職員"), "二重の記録")
    with pytest.raises(IntakeError, match="記録にありません"):
        examine_entry(mine, own_store.current())


@pytest.mark.parametrize("person", [Person("だれか"), Person("地区", Role.COUNCIL, "C03")])
def test_only_officials_publish_and_remove(
    edition: Edition, store: EditionStore, person: Person
) -> None:
    entry = new_entry()
    with pytest.raises(AccessError):
        publish_entry(store, entry, examine_entry(entry, edition), person)
    with pytest.raises(AccessError):
        remove(store, ["P0001"], person, "理由")


def test_every_field_has_a_column_and_every_choice_is_read(edition: Edition) -> None:
    offered = choices(edition)
    for field in FIELDS:
        assert field.label and field.help
        if field.kind in (FieldKind.ONE, FieldKind.SEVERAL):
            is_several = field.kind is FieldKind.SEVERAL
            texts = [";".join(offered[field.name])] if is_several else offered[field.name][-2:]
            for text in texts:
                read = examine_entry(new_entry(**{field.name: text}), edition)
                assert not read.counts["refused"], (field.name, text)
                assert "D214" not in findings(read)


WILD = st.text(max_size=30) | st.sampled_from(["'=1", "=1+1", "〃", "2024/4/1〜4/3", "9" * 5000])


@settings(deadline=None, max_examples=10)
@given(st.fixed_dictionaries({}, optional=dict.fromkeys(NAMES, WILD)))
def test_no_text_is_too_strange(edition: Edition, texts: dict[str, str]) -> None:
    for activity_id, before in (("", {}), ("P0003", on_record(edition, "P0003"))):
        entry = entry_from_form(before | texts, activity_id, before)
        examination = examine_entry(entry, edition)
        compared(entry, examination, edition)
        for finding in examination.findings:
            assert finding.sentence


@settings(deadline=None, max_examples=10)
@given(text=st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=40))
def test_free_texts_come_back_as_they_were_typed(edition: Edition, text: str) -> None:
    examination = examine_entry(changing(edition, note=text, source=text), edition)
    assert examination.plan is not None
    if text.strip() and not text.strip().startswith("'"):
        values = examination.plan.records.values
        assert (values["note"][0], values["source"][0]) == (text.strip(), text.strip())


# Removal


def test_a_removal_says_what_and_why(own_store: EditionStore) -> None:
    assert remove(own_store, ["P0001", "P0002"], official("職員"), "二重の\n記録") == 2

    edition = own_store.current()
    assert edition.rows("SELECT id FROM activity WHERE id IN ('P0001', 'P0002')") == []
    assert on_record(own_store.open(1), "P0001")
    entry = edition.log[0]
    assert (entry.action, entry.published_by, entry.activities_removed) == ("削除", "職員", 2)
    assert "P0001「花巻市民セミナー(富士大学)の開始」、P0002「" in entry.description
    assert entry.description.endswith("を削除（理由: 二重の 記録）")
    assert edition.rows(query_text("is_stored_newest_first")) == [(True,)]


def test_many_removed_are_counted(own_store: EditionStore) -> None:
    remove(own_store, [f"P{n:04}" for n in range(1, 9)], official("職員"), "試し")
    assert "ほか3件を削除" in own_store.current().log[0].description


@pytest.mark.parametrize(
    ("ids", "why", "said"),
    [
        (["P9999"], "理由", "「P9999」は、いまの版にありません"),
        (["P0001", "P9999"], "理由", "「P9999」は、いまの版にありません"),
        (["P0001"], " \n", "理由がありません"),
        (["P0001"], "長" * 501, "理由が501字あります"),
    ],
)
def test_a_removal_that_is_refused_removes_nothing(
    own_store: EditionStore, ids: list[str], why: str, said: str
) -> None:
    with pytest.raises(EditionError, match=said):
        remove(own_store, ids, official("職員"), why)
    assert own_store.numbers() == [1]


def test_a_review_goes_with_its_activity(own_store: EditionStore) -> None:
    def look_back(con) -> None:  # type: ignore[no-untyped-def]
        for activity_id in ("P0001", "P0002"):
            con.execute(
                "INSERT INTO review VALUES (?, DATE '2024-05-01', '職員', 0, 0, '', '', false)",
                [activity_id],
            )
            for principle in Principle:
                con.execute("INSERT INTO rating VALUES (?, ?, 3, '')", [activity_id, principle])

    own_store.publish(look_back, Publication("test", "test", "test"))
    remove(own_store, ["P0001"], official("職員"), "理由")
    for table in ("review", "rating"):
        query = f"SELECT DISTINCT activity_id FROM {table}"
        assert own_store.current().rows(query) == [("P0002",)]


def test_what_others_go_on_from_is_not_removed(own_store: EditionStore) -> None:
    publish(own_store, changing(own_store.current(), "P0002", continues="P0001"))
    with pytest.raises(EditionError, match="P0002が、この活動の続きとされています"):
        remove(own_store, ["P0001"], official("職員"), "理由")
    remove(own_store, ["P0001", "P0002"], official("職員"), "理由")
    assert own_store.current().log[0].activities_removed == 2


def test_a_removal_looked_at_in_another_edition_is_refused(own_store: EditionStore) -> None:
    publish(own_store, changing(own_store.current(), note="先"))
    with pytest.raises(StaleError):
        remove(own_store, ["P0001"], official("職員"), "理由", looked_at=1)
    assert own_store.numbers() == [1, 2]
