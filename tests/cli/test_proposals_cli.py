"""The commands proposals, approve, return and delete: what they say, and how they refuse."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from kyodo_geo.editions import EditionStore
from kyodo_geo.editions.backup import PROPOSALS_FILE
from kyodo_geo.proposals.proposal import ProposalState
from kyodo_geo.proposals.query import find_proposal
from kyodo_geo.proposals.submit import propose
from tests.cli.test_cli import run
from tests.proposals.test_proposals import HANAKITA, OFFICIAL, addition, change, edit


@pytest.fixture
def kept(store: EditionStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> EditionStore:
    """The shipped record in the data folder of the commands."""
    shutil.copytree(store.folder, tmp_path / "data" / "editions")
    monkeypatch.setenv("KYODO_DATA_DIR", str(tmp_path / "data"))
    return EditionStore(tmp_path / "data" / "editions")


def test_proposals_are_listed(kept: EditionStore) -> None:
    assert "提案はまだありません。" in run("proposals").stdout
    propose(kept, addition(), HANAKITA, "毎年しています")
    listed = run("proposals")
    assert listed.exit_code == 0, listed.output
    assert "用水路の清掃" in listed.stdout and "花北の会" in listed.stdout
    [told] = json.loads(run("proposals", "--json").stdout)
    assert (told["number"], told["state"], told["kind"]) == (1, "提案", "追加")
    assert (told["texts"]["title"], told["word"]) == ("用水路の清掃", "毎年しています")


def test_one_is_approved_and_one_returned(kept: EditionStore) -> None:
    propose(kept, addition(), HANAKITA)
    propose(kept, addition(title="次の活動"), HANAKITA)

    approved = run("approve", 1, "--by", "花巻 花子", "--word", "助かります")
    assert approved.exit_code == 0, approved.output
    assert "提案第1号を承認し、第2版を公開しました。" in approved.stdout
    assert kept.current().log[0].published_by == "花巻 花子"
    assert find_proposal(kept, 1, OFFICIAL).answer == "助かります"

    returned = run("return", 2, "--word", "資料を教えてください")
    assert returned.exit_code == 0, returned.output
    assert find_proposal(kept, 2, OFFICIAL).state is ProposalState.RETURNED
    for command in (("approve", 2), ("return", 2, "--word", "x"), ("approve", 9)):
        refused = run(*command)
        assert refused.exit_code == 1 and "Traceback" not in refused.output
        assert "もう「差し戻し」" in refused.stderr or "見つからない" in refused.stderr
    assert run("return", 2).exit_code == 2


def test_changes_of_others_are_not_overwritten_silently(kept: EditionStore) -> None:
    mask = kept.current().place_by_id["C03"].mask
    query = f"SELECT min(id) FROM activity WHERE district_mask = {mask}"
    [(own,)] = kept.current().rows(query)
    propose(kept, change(kept, own, note="提案の注"), HANAKITA)
    edit(kept, change(kept, own, note="職員の注"))

    refused = run("approve", 1)
    assert refused.exit_code == 1 and "--overwrite" in refused.stderr
    assert "職員の注" in refused.stdout and "提案の注" in refused.stdout
    assert kept.numbers() == [1, 2]
    assert run("approve", 1, "--overwrite").exit_code == 0
    assert kept.numbers() == [1, 2, 3]


def test_activities_are_deleted_with_a_reason(kept: EditionStore) -> None:
    done = run("delete", "P0001", "P0002", "--why", "二重の記録", "--by", "花巻 花子")
    assert done.exit_code == 0, done.output
    assert "第2版を公開しました。P0001「" in done.stdout and "理由: 二重の記録" in done.stdout
    assert kept.current().log[0].published_by == "花巻 花子"
    for command, code in ((("P9999", "--why", "x"), 1), (("P0003",), 2), (("--why", "x"), 2)):
        assert run("delete", *command).exit_code == code
    assert kept.numbers() == [1, 2]


def test_restore_tells_of_proposals(kept: EditionStore, tmp_path: Path) -> None:
    propose(kept, addition(), HANAKITA)
    assert run("backup", tmp_path / "b.zip").exit_code == 0
    kept.folder.with_name(PROPOSALS_FILE).unlink()
    told = run("restore", tmp_path / "b.zip")
    assert told.exit_code == 0 and "提案を戻しました" in told.stdout
    assert "何もしませんでした" in run("restore", tmp_path / "b.zip").stdout
