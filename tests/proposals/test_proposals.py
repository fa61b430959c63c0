"""Proposals of councils: nobody's is lost, and each is decided on once."""

from __future__ import annotations

import shutil
import signal
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from builders import fill_disk
from publisher import publish as publish_one_more

from kyodo_geo import sqlite
from kyodo_geo.auth.roles import Person, Role, official
from kyodo_geo.editions import EditionStore
from kyodo_geo.editions.backup import PROPOSALS_FILE, back_up, restore
from kyodo_geo.editions.delete_activities import remove
from kyodo_geo.editions.diff import undo
from kyodo_geo.errors import (
    AccessError,
    ArchiveError,
    IntakeError,
    KyodoError,
    ProposalError,
    StaleError,
    StorageError,
)
from kyodo_geo.imports.activities.form_entry import (
    Entry,
    entry_from_form,
    examine_entry,
    on_record,
    publish_entry,
)
from kyodo_geo.proposals import submit
from kyodo_geo.proposals.comparison import compare_proposal
from kyodo_geo.proposals.decide import approve, send_back
from kyodo_geo.proposals.proposal import Proposal, ProposalKind, ProposalState
from kyodo_geo.proposals.query import count_open, find_proposal, list_events, list_proposals
from kyodo_geo.proposals.submit import propose, propose_removal, withdraw
from tests.editions.test_diff import SUBPROCESS

HANAKITA = Person("花北の会", Role.COUNCIL, "C03")
KANAN = Person("花南の会", Role.COUNCIL, "C04")
OFFICIAL = official("職員")
READER = Person("だれか")
NEW = {
    "title": "用水路の清掃",
    "fiscal_year": "2024",
    "district_ids": "C03",
    "actors": "地域団体;市",
    "field": "環境・美化",
}


@pytest.fixture
def own(own_store: EditionStore) -> str:
    """An activity of C03 alone."""
    mask = own_store.current().place_by_id["C03"].mask
    query = "SELECT min(id) FROM activity WHERE district_mask = $mask"
    return str(own_store.current().rows(query, {"mask": mask})[0][0])


def addition(**texts: str) -> Entry:
    return entry_from_form(NEW | texts, "", {})


def change(store: EditionStore, activity_id: str, **texts: str) -> Entry:
    before = on_record(store.current(), activity_id)
    return entry_from_form(before | texts, activity_id, before)


def edit(store: EditionStore, entry: Entry) -> int:
    """What an official does meanwhile."""
    return publish_entry(store, entry, examine_entry(entry, store.current()), OFFICIAL)


def number_of(store: EditionStore) -> int:
    return store.current().info.number


# Proposing


def test_a_proposal_is_kept_as_it_was_written(own_store: EditionStore, own: str) -> None:
    assert list_proposals(own_store, OFFICIAL) == () and count_open(own_store, OFFICIAL) == 0
    assert not own_store.folder.with_name(PROPOSALS_FILE).exists()

    made = propose(own_store, change(own_store, own, note="<b>注</b>"), HANAKITA, "広報で確かめた")

    assert made == find_proposal(EditionStore(own_store.folder), 1, OFFICIAL)
    assert (made.number, made.kind, made.state) == (1, ProposalKind.CHANGE, ProposalState.PROPOSED)
    assert dict(made.entry.texts) == {"note": "<b>注</b>"}
    assert made.entry.before == on_record(own_store.current(), own)
    assert (made.word, made.proposed_by, made.district_id) == ("広報で確かめた", "花北の会", "C03")
    assert (made.base_edition, made.edition, made.decided_at) == (1, None, None)
    assert own_store.numbers() == [1]


def test_councils_see_their_own_districts_and_officials_all(own_store: EditionStore) -> None:
    propose(own_store, addition(), HANAKITA)
    propose(own_store, addition(district_ids="C04"), KANAN)
    propose(own_store, addition(title="二つの地区", district_ids="C03;C04"), HANAKITA)

    def seen(person: Person) -> list[int]:
        return [proposal.number for proposal in list_proposals(own_store, person)]

    assert seen(OFFICIAL) == [1, 2, 3] and count_open(own_store, OFFICIAL) == 3
    assert seen(HANAKITA) == [1, 3] and count_open(own_store, HANAKITA) == 2
    assert seen(KANAN) == [2] and count_open(own_store, KANAN) == 1
    with pytest.raises(ProposalError, match="見つからないか、ほかの地区の提案です"):
        find_proposal(own_store, 1, KANAN)
    with pytest.raises(ProposalError, match="提案第9号: 見つからないか"):
        compare_proposal(own_store, 9, OFFICIAL)


Call = Callable[[EditionStore, Person], object]

NEEDS_COUNCIL: dict[str, Call] = {
    "propose": lambda store, person: propose(store, addition(), person),
    "propose_removal": lambda store, person: propose_removal(store, "P0001", person, "理由"),
    "withdraw": lambda store, person: withdraw(store, 1, person),
    "list": lambda store, person: list_proposals(store, person),
    "count": lambda store, person: count_open(store, person),
    "find": lambda store, person: find_proposal(store, 1, person),
    "review": lambda store, person: compare_proposal(store, 1, person),
    "history": lambda store, person: list_events(store, find_proposal(store, 1, OFFICIAL), person),
}
NEEDS_OFFICIAL: dict[str, Call] = {
    "approve": lambda store, person: approve(store, 1, person, 1),
    "send_back": lambda store, person: send_back(store, 1, person, "理由"),
}


@pytest.mark.parametrize(
    ("call", "person"),
    [(call, READER) for call in (*NEEDS_COUNCIL.values(), *NEEDS_OFFICIAL.values())]
    + [(call, HANAKITA) for call in NEEDS_OFFICIAL.values()],
    ids=[*NEEDS_COUNCIL, *NEEDS_OFFICIAL, *(f"{name} by a council" for name in NEEDS_OFFICIAL)],
)
def test_without_the_role_every_function_refuses(
    own_store: EditionStore, call: Call, person: Person
) -> None:
    propose(own_store, addition(), HANAKITA)
    with pytest.raises(AccessError, match="の方は使えません"):
        call(own_store, person)
    assert find_proposal(own_store, 1, OFFICIAL).is_open and own_store.numbers() == [1]


@pytest.mark.parametrize("person", [KANAN, OFFICIAL], ids=["another district", "an official"])
def test_only_the_own_district_can_be_proposed_for(
    own_store: EditionStore, own: str, person: Person
) -> None:
    said = "地区の活動ではありません" if person is KANAN else "地区の決まっていない方"
    for attempt in (
        lambda: propose(own_store, addition(), person),
        lambda: propose(own_store, change(own_store, own, note="注", district_ids="C04"), person),
        lambda: propose_removal(own_store, own, person, "理由"),
    ):
        with pytest.raises(AccessError, match=said):
            attempt()
    assert list_proposals(own_store, OFFICIAL) == ()


@pytest.mark.parametrize("places", ["", "C00", "C04", "知らない地区"])
def test_an_addition_has_to_be_in_the_own_district(own_store: EditionStore, places: str) -> None:
    with pytest.raises(AccessError, match="自分の地区の活動だけです"):
        propose(own_store, addition(district_ids=places), HANAKITA)


def test_what_could_not_be_taken_in_is_not_taken_as_a_proposal(
    own_store: EditionStore, own: str
) -> None:
    for entry, error, said in (
        (addition(title=""), ProposalError, "このままでは記録にできません"),
        (change(own_store, own), ProposalError, "変わるところがありません"),
        (
            addition(note="あ" * 9_999, summary="い" * 9_999, source="う" * 9),
            ProposalError,
            "20,000字",
        ),
        (Entry("P9999", {"note": "注"}, {}), IntakeError, "記録にありません"),
    ):
        with pytest.raises(error, match=said):
            propose(own_store, entry, HANAKITA)
    with pytest.raises(ProposalError, match="1,001字"):
        propose(own_store, addition(), HANAKITA, "長" * 1001)
    with pytest.raises(ProposalError, match="理由がありません"):
        propose_removal(own_store, own, HANAKITA, " ")
    assert list_proposals(own_store, OFFICIAL) == ()


def test_nobody_can_fill_the_disk(own_store: EditionStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(submit, "MOST_OPEN", 2)
    monkeypatch.setattr(submit, "MOST_A_DAY", 3)
    for n in range(2):
        propose(own_store, addition(title=f"{n}番目"), HANAKITA)
    with pytest.raises(ProposalError, match="返事を待つ提案が2件あります"):
        propose(own_store, addition(title="3番目"), HANAKITA)
    propose(own_store, addition(district_ids="C04"), KANAN)
    withdraw(own_store, 1, HANAKITA)
    withdraw(own_store, 2, HANAKITA)
    propose(own_store, addition(title="3番目"), HANAKITA)
    with pytest.raises(ProposalError, match="この1日に3件の提案"):
        propose(own_store, addition(title="4番目"), HANAKITA)


def test_withdrawing_is_for_whoever_made_it(own_store: EditionStore) -> None:
    propose(own_store, addition(), HANAKITA)
    with pytest.raises(AccessError, match="提案した人だけ"):
        withdraw(own_store, 1, Person("花北のほかの人", Role.COUNCIL, "C03"))
    with pytest.raises(AccessError, match="提案した人だけ"):
        withdraw(own_store, 1, OFFICIAL)
    withdraw(own_store, 1, HANAKITA)
    with pytest.raises(ProposalError, match="もう「取り下げ」になっています（花北の会）"):
        withdraw(own_store, 1, HANAKITA)
    with pytest.raises(ProposalError, match="もう「取り下げ」"):
        approve(own_store, 1, OFFICIAL, 1)
    assert own_store.numbers() == [1]


# Deciding


def test_an_approval_makes_an_edition(own_store: EditionStore, own: str) -> None:
    made = propose(own_store, change(own_store, own, note="注", participants_count="0"), HANAKITA)

    assert approve(own_store, 1, OFFICIAL, 1, "ありがとうございます") == 2

    edition, proposal = own_store.current(), find_proposal(own_store, 1, HANAKITA)
    assert on_record(edition, own) == dict(made.entry.before) | dict(made.entry.texts)
    entry = edition.log[0]
    assert (entry.published_by, entry.action) == ("職員", "提案の承認")
    assert entry.description.startswith(f"提案第1号: {own}「")
    assert entry.source_files == [made.source_file]
    assert made.source_file.startswith("提案第1号.csv:")
    assert (proposal.state, proposal.edition, proposal.decided_by) == (
        ProposalState.APPROVED,
        2,
        "職員",
    )
    assert proposal.answer == "ありがとうございます"
    assert proposal.decided_at == entry.published_at


def test_an_addition_and_a_removal_are_approved(own_store: EditionStore, own: str) -> None:
    propose(own_store, addition(), HANAKITA)
    propose_removal(own_store, own, HANAKITA, "二重の記録")
    approve(own_store, 1, OFFICIAL, 1)
    assert "P0349「用水路の清掃」を追加" in own_store.current().log[0].description
    approve(own_store, 2, OFFICIAL, 2)
    assert own_store.current().log[0].description.endswith("を削除（理由: 二重の記録）")
    with pytest.raises(IntakeError):
        on_record(own_store.current(), own)
    assert [p.state for p in list_proposals(own_store, HANAKITA)] == [ProposalState.APPROVED] * 2


def test_a_return_needs_a_word_and_can_be_read(own_store: EditionStore) -> None:
    propose(own_store, addition(), HANAKITA, "見てください")
    for word, said in (("  ", "理由がありません"), ("長" * 1001, "1,001字")):
        with pytest.raises(ProposalError, match=said):
            send_back(own_store, 1, OFFICIAL, word)
    send_back(own_store, 1, OFFICIAL, "資料を教えてください")

    proposal = find_proposal(own_store, 1, HANAKITA)
    assert (proposal.state, proposal.answer) == (ProposalState.RETURNED, "資料を教えてください")
    events = list_events(own_store, proposal, HANAKITA)
    assert [(e.by, e.before, e.after, e.word) for e in events] == [
        ("花北の会", None, ProposalState.PROPOSED, "見てください"),
        ("職員", ProposalState.PROPOSED, ProposalState.RETURNED, "資料を教えてください"),
    ]
    assert events[0].at == proposal.proposed_at and events[1].at == proposal.decided_at
    assert own_store.numbers() == [1]


def test_open_ones_come_first(own_store: EditionStore) -> None:
    for n in range(4):
        propose(own_store, addition(title=f"{n}番目"), HANAKITA)
    for n in (1, 3):
        send_back(own_store, n, OFFICIAL, "理由")
    assert [p.number for p in list_proposals(own_store, OFFICIAL)] == [2, 4, 3, 1]


def test_a_change_meanwhile_is_three_columns(own_store: EditionStore, own: str) -> None:
    propose(own_store, change(own_store, own, note="提案の注", summary="提案の概要"), HANAKITA)
    was = on_record(own_store.current(), own)["note"]
    edit(own_store, change(own_store, own, note="職員の注", source="職員の出典"))

    seen = compare_proposal(own_store, 1, OFFICIAL)

    [conflict] = seen.conflicts
    assert (conflict.before, conflict.now, conflict.new) == (was, "職員の注", "提案の注")
    assert {cell.column for cell in seen.cells} == {"note", "summary"} and seen.obstacle == ""
    with pytest.raises(StaleError, match=r"第1版.*もう一度見てください"):
        approve(own_store, 1, OFFICIAL, 1)
    assert own_store.numbers() == [1, 2] and find_proposal(own_store, 1, OFFICIAL).is_open

    approve(own_store, 1, OFFICIAL, seen.edition_number)
    after = on_record(own_store.current(), own)
    assert (after["note"], after["source"]) == ("提案の注", "職員の出典")


def test_what_cannot_be_approved_says_why(own_store: EditionStore, own: str) -> None:
    propose(own_store, change(own_store, own, note="注"), HANAKITA)
    propose_removal(own_store, own, HANAKITA, "二重")
    edit(own_store, change(own_store, own, note="注"))
    assert (
        compare_proposal(own_store, 1, OFFICIAL).obstacle == "いまの記録は、もう提案のとおりです。"
    )
    with pytest.raises(IntakeError, match="変わるところがありません"):
        approve(own_store, 1, OFFICIAL, 2)
    assert [cell.column for cell in compare_proposal(own_store, 2, OFFICIAL).conflicts] == ["note"]

    remove(own_store, [own], OFFICIAL, "職員が先に")
    for number in (1, 2):
        seen = compare_proposal(own_store, number, HANAKITA)
        assert "記録にありません" in seen.obstacle and seen.cells
        with pytest.raises(KyodoError, match=r"ありません|いまの版にありません"):
            approve(own_store, number, OFFICIAL, 3)
    assert own_store.numbers() == [1, 2, 3] and count_open(own_store, OFFICIAL) == 2


def test_a_decided_proposal_shows_what_it_changed(own_store: EditionStore, own: str) -> None:
    propose(own_store, change(own_store, own, note="注"), HANAKITA)
    approve(own_store, 1, OFFICIAL, 1)
    [cell] = compare_proposal(own_store, 1, HANAKITA).cells
    assert (cell.column, cell.new) == ("note", "注") and not cell.is_conflict


def test_an_undone_approval_stays_approved(own_store: EditionStore) -> None:
    propose(own_store, addition(), HANAKITA)
    approve(own_store, 1, OFFICIAL, 1)
    undo(own_store, 1, OFFICIAL)
    assert find_proposal(own_store, 1, HANAKITA).state is ProposalState.APPROVED


# Several at once, killed, full


def process(*arguments: object) -> subprocess.Popen[str]:
    command = [sys.executable, "tests/proposer.py", *map(str, arguments)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    started = subprocess.Popen(command, **pipes, **SUBPROCESS)
    assert started.stdout is not None and started.stdout.readline() == "ready\n"
    return started


def finish(*processes: subprocess.Popen[str]) -> list[tuple[int, str]]:
    """Start all at once; exit code and what each said."""
    for one in processes:
        assert one.stdin is not None
        one.stdin.write("\n")
        one.stdin.flush()
    said = [one.communicate(timeout=60)[0] for one in processes]
    return [(one.returncode, text) for one, text in zip(processes, said, strict=True)]


def test_proposals_made_at_once_are_all_there(own_store: EditionStore) -> None:
    ended = finish(*(process("propose", own_store.folder, 4) for _ in range(2)))

    assert ended == [(0, "")] * 2
    made = list_proposals(own_store, OFFICIAL)
    assert [proposal.number for proposal in made] == list(range(1, 9))
    assert len({proposal.entry.title for proposal in made}) == 8


@pytest.mark.parametrize("other", ["approve", "send_back"])
def test_of_two_officials_one_decides(own_store: EditionStore, other: str) -> None:
    propose(own_store, addition(), HANAKITA)
    folder = own_store.folder

    ended = finish(process("approve", folder, 1), process(other, folder, 1))

    assert sorted(code for code, _ in ended) == [0, 1]
    [said] = [text for code, text in ended if code]
    assert "もう「" in said or "もう一度" in said
    proposal = find_proposal(own_store, 1, OFFICIAL)
    assert len(list_events(own_store, proposal, OFFICIAL)) == 2
    is_approved = proposal.state is ProposalState.APPROVED
    assert own_store.numbers() == ([1, 2] if is_approved else [1])
    assert (proposal.edition == 2) is is_approved


@pytest.mark.parametrize("step", ["locked", "changed", "synced", "published"])
def test_an_approval_that_is_killed_is_done_or_not(own_store: EditionStore, step: str) -> None:
    propose(own_store, addition(), HANAKITA)
    [(code, _)] = finish(process("approve", own_store.folder, 1, step))
    assert code == -signal.SIGKILL

    [proposal] = list_proposals(own_store, HANAKITA)
    if step == "published":
        assert (proposal.state, proposal.edition) == (ProposalState.APPROVED, 2)
        assert proposal.decided_by == own_store.current().log[0].published_by
    else:
        assert proposal.is_open and own_store.numbers() == [1]
        assert approve(own_store, 1, OFFICIAL, 1) == 2


def test_a_killed_writer_does_not_hurt_the_file(own_store: EditionStore) -> None:
    propose(own_store, addition(), HANAKITA)
    path = own_store.folder.with_name(PROPOSALS_FILE)
    writing = process("propose", own_store.folder, 500)
    assert writing.stdin is not None
    writing.stdin.write("\n")
    writing.stdin.flush()
    while count_open(own_store, OFFICIAL) < 5:
        pass
    writing.kill()
    writing.communicate()
    with closing(sqlite3.connect(path)) as con:
        assert con.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert con.execute("SELECT count(*) FROM event").fetchone() == (
            count_open(own_store, OFFICIAL),
        )


def test_events_can_only_be_added(own_store: EditionStore) -> None:
    propose(own_store, addition(), HANAKITA)
    with closing(sqlite3.connect(own_store.folder.with_name(PROPOSALS_FILE))) as con:
        for attempt in ("DELETE FROM event", "UPDATE event SET by = 'x'"):
            with pytest.raises(sqlite3.IntegrityError, match="only ever added"):
                con.execute(attempt)


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"not a database, but long enough to be looked at" * 30, "壊れているか"), (b"", "")],
)
def test_a_damaged_file_is_a_sentence(own_store: EditionStore, content: bytes, said: str) -> None:
    own_store.folder.with_name(PROPOSALS_FILE).write_bytes(content)
    if not said:
        assert list_proposals(own_store, OFFICIAL) == ()
        assert propose(own_store, addition(), HANAKITA).number == 1
        return
    for attempt in (
        lambda: list_proposals(own_store, OFFICIAL),
        lambda: propose(own_store, addition(), HANAKITA),
    ):
        with pytest.raises(ProposalError, match=said):
            attempt()


def test_a_file_of_a_newer_program_is_a_sentence(own_store: EditionStore) -> None:
    propose(own_store, addition(), HANAKITA)
    with closing(sqlite3.connect(own_store.folder.with_name(PROPOSALS_FILE))) as con:
        con.execute("PRAGMA user_version = 99")
    with pytest.raises(ProposalError, match="新しい Kyodo Geo"):
        propose(own_store, addition(title="次"), HANAKITA)


def test_a_full_disk_is_a_sentence_and_nothing_is_lost(
    own_store: EditionStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    propose(own_store, addition(), HANAKITA)
    fill_disk(monkeypatch)
    with pytest.raises(StorageError, match="書き込めないか、読めません"):
        propose(own_store, addition(title="次", note="長" * 9000), HANAKITA)
    monkeypatch.undo()
    [kept] = list_proposals(own_store, OFFICIAL)
    assert kept.entry.title == "用水路の清掃"


def test_a_file_that_somebody_keeps_is_a_sentence(
    own_store: EditionStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    propose(own_store, addition(), HANAKITA)
    monkeypatch.setattr(sqlite, "BUSY_TIMEOUT_S", 0.1)
    with closing(
        sqlite3.connect(own_store.folder.with_name(PROPOSALS_FILE), isolation_level=None)
    ) as con:
        con.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StorageError, match="ほかの更新が終わらない"):
            propose(own_store, addition(title="次"), HANAKITA)


def test_no_connection_stays_open(own_store: EditionStore) -> None:
    propose(own_store, addition(), HANAKITA)
    list_proposals(own_store, OFFICIAL)
    links = [link.readlink() for link in Path("/proc/self/fd").iterdir() if link.is_symlink()]
    assert own_store.folder.with_name(PROPOSALS_FILE) not in links


# Backups


@pytest.fixture
def backup(own_store: EditionStore) -> Path:
    """A backup of an edition and two proposals."""
    propose(own_store, addition(), HANAKITA)
    propose(own_store, addition(title="二つ目"), HANAKITA)
    target = own_store.folder.parent / "backup.zip"
    manifest = back_up(own_store, target)
    assert manifest.proposals is not None
    return target


def listed(store: EditionStore) -> tuple[Proposal, ...]:
    return list_proposals(store, OFFICIAL)


def test_proposals_come_back_with_the_editions(
    own_store: EditionStore, backup: Path, tmp_path: Path
) -> None:
    other = EditionStore(tmp_path / "other" / "editions")
    restored = restore(other, backup)
    assert restored.has_put_proposals and restored.numbers == (1,)
    assert listed(other) == listed(own_store) != ()
    assert {path.name for path in other.folder.parent.iterdir()} == {
        "editions",
        ".editions.lock",
        PROPOSALS_FILE,
    }
    again = restore(other, backup)
    assert not again.has_put_proposals and again.numbers == ()


def test_proposals_that_went_on_are_not_replaced(own_store: EditionStore, backup: Path) -> None:
    publish_one_more(own_store, "more")
    send_back(own_store, 1, OFFICIAL, "理由")
    own_store.path(1).unlink()
    assert restore(own_store, backup).numbers == (1,)
    assert find_proposal(own_store, 1, OFFICIAL).state is ProposalState.RETURNED


def test_lost_proposals_come_back_beside_the_editions(
    own_store: EditionStore, backup: Path
) -> None:
    kept = listed(own_store)
    own_store.folder.with_name(PROPOSALS_FILE).unlink()
    assert restore(own_store, backup).has_put_proposals
    assert listed(own_store) == kept


def test_other_proposals_are_in_the_way(backup: Path, tmp_path: Path) -> None:
    other = EditionStore(tmp_path / "other" / "editions")
    other.folder.mkdir(parents=True)
    other.folder.with_name(PROPOSALS_FILE).write_bytes(b"other")
    with pytest.raises(ArchiveError, match="控えと違います"):
        restore(other, backup)
    assert other.numbers() == []
    assert other.folder.with_name(PROPOSALS_FILE).read_bytes() == b"other"


def test_changed_proposals_in_a_backup_are_refused(backup: Path, tmp_path: Path) -> None:
    altered = tmp_path / "altered.zip"
    with zipfile.ZipFile(backup) as source, zipfile.ZipFile(altered, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            target.writestr(name, content[::-1] if name == PROPOSALS_FILE else content)
    other = EditionStore(tmp_path / "other" / "editions")
    with pytest.raises(ArchiveError, match="中身が目録と違います"):
        restore(other, altered)
    assert other.numbers() == [] and not other.folder.with_name(PROPOSALS_FILE).exists()


def test_a_backup_without_proposals_is_as_before(own_store: EditionStore, tmp_path: Path) -> None:
    target = tmp_path / "plain.zip"
    assert back_up(own_store, target).proposals is None
    other = EditionStore(tmp_path / "other" / "editions")
    assert not restore(other, target).has_put_proposals and other.numbers() == [1]


def test_damaged_proposals_are_not_backed_up(own_store: EditionStore, tmp_path: Path) -> None:
    own_store.folder.with_name(PROPOSALS_FILE).write_bytes(b"damaged" * 300)
    with pytest.raises(ArchiveError, match="提案のファイル"):
        back_up(own_store, tmp_path / "b.zip")
    assert not (tmp_path / "b.zip").exists()


def test_a_backup_is_of_one_moment(own_store: EditionStore, backup: Path, tmp_path: Path) -> None:
    """While somebody writes, the copy is whole."""
    writing = process("propose", own_store.folder, 8)
    assert writing.stdin is not None
    writing.stdin.write("\n")
    writing.stdin.flush()
    back_up(own_store, tmp_path / "b.zip")
    writing.communicate(timeout=60)
    shutil.rmtree(own_store.folder)
    own_store.folder.with_name(PROPOSALS_FILE).unlink()
    restore(own_store, tmp_path / "b.zip")
    proposals = listed(own_store)
    assert [p.number for p in proposals] == list(range(1, len(proposals) + 1))
