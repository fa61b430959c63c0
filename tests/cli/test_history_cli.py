"""The commands diff, undo, backup and restore: what they say, and how they refuse."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from kyodo_geo.editions import EditionStore, Publication
from tests.cli.test_cli import run


@pytest.fixture
def own_store(store: EditionStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> EditionStore:
    """Two editions in the data folder of the commands: 210 added, one changed, two removed."""
    shutil.copytree(store.folder, tmp_path / "data" / "editions")
    monkeypatch.setenv("KYODO_DATA_DIR", str(tmp_path / "data"))
    own = EditionStore(tmp_path / "data" / "editions")

    def change(con) -> None:  # type: ignore[no-untyped-def]
        con.execute(
            "INSERT INTO activity SELECT activity.* REPLACE (format('N{:04}', n) AS id) "
            "FROM activity, range(1, 211) AS numbers(n) WHERE id = 'P0020'"
        )
        con.execute("DELETE FROM activity WHERE id IN ('P0001', 'P0002')")
        con.execute("UPDATE activity SET participants_count = 1234 WHERE id = 'P0003'")
        con.execute("DELETE FROM town WHERE district_id = 'C01'")

    own.publish(change, Publication("花巻 花子", "訂正", "213件"))
    return own


def test_diff_tells_what_changed_and_what_it_does(own_store: EditionStore) -> None:
    shown = run("diff", 1, 2)
    assert shown.exit_code == 0, shown.output
    assert "活動の追加210件、変更1件、削除2件。活動のほかに、町・大字も違います。" in shown.stdout
    lines = [line.split() for line in shown.stdout.splitlines()]
    assert any(line[:1] == ["P0003"] and line[-2:] == ["記載なし", "1,234人"] for line in lines)
    assert any(line[:1] == ["P0002"] for line in lines)
    assert "ほか10件（--json ですべて出力します）" in shown.stdout
    assert ["合計（実件数）", "348", "→", "556（+208）"] in [line[:4] for line in lines]


def test_diff_as_json_has_everything(own_store: EditionStore) -> None:
    told = json.loads(run("diff", 1, 2, "--json").stdout)
    assert told["counts"] == {"added": 210, "changed": 1, "removed": 2}
    assert len(told["added"]) == 210
    [changed] = told["changed"]
    change = {"label": "参加者数", "before": "記載なし", "after": "1,234人"}
    assert (changed["activity_id"], changed["changes"]) == ("P0003", [change])
    assert [one["activity_id"] for one in told["removed"]] == ["P0001", "P0002"]
    assert [one["table"] for one in told["tables"]] == ["town"]
    whole = told["effects"][-1]
    assert (whole["place_id"], whole["before"]["records"], whole["after"]["records"]) == (
        "ALL",
        348,
        556,
    )


def test_diff_of_an_edition_with_itself(own_store: EditionStore) -> None:
    shown = run("diff", 2, 2)
    assert shown.exit_code == 0
    assert "内容は同じです。" in shown.stdout
    assert len(shown.stdout.splitlines()) == 1


def test_undo_publishes_under_the_name_given(own_store: EditionStore) -> None:
    done = run("undo", 1, "--by", "石鳥谷 太郎")
    assert done.exit_code == 0, done.output
    assert done.stdout.splitlines() == [
        "第1版の内容に戻した第3版を公開しました。",
        "活動の追加2件、変更1件、削除210件",
    ]
    entry = own_store.current().log[0]
    assert (entry.number, entry.published_by) == (3, "石鳥谷 太郎")


def test_undo_without_a_name_is_by_the_account(
    own_store: EditionStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("getpass.getuser", lambda: "hanako")
    assert run("undo", 1).exit_code == 0
    assert own_store.current().log[0].published_by == "hanako"


def test_backup_and_restore(own_store: EditionStore, tmp_path: Path) -> None:
    target = tmp_path / "控え.zip"
    made = run("backup", target)
    assert made.exit_code == 0, made.output
    assert made.stdout == f"第1版〜第2版の控えを作り、読み返して確かめました: {target}\n"
    restored = run("restore", target, "--data-dir", tmp_path / "new")
    assert restored.stdout.startswith("第1版〜第2版を戻しました。")
    assert run("info", "--data-dir", tmp_path / "new").exit_code == 0
    again = run("restore", target, "--data-dir", tmp_path / "new")
    assert again.stdout == "控えの版は、すべて同じものがもうあります。何もしませんでした。\n"


def test_backup_replaces_a_file_only_by_force(own_store: EditionStore, tmp_path: Path) -> None:
    target = tmp_path / "b.zip"
    target.write_text("大切")
    refused = run("backup", target)
    assert (refused.exit_code, target.read_text()) == (1, "大切")
    assert "同じ名前のファイルがもうあります" in refused.stderr
    assert run("backup", target, "--force").exit_code == 0


def test_refusals_are_one_sentence_and_exit_code_1(own_store: EditionStore, tmp_path: Path) -> None:
    (tmp_path / "text.zip").write_text("text")
    refusals = {
        ("diff", 1, 7): "第7版: 見つかりません。あるのは第1版〜第2版です",
        ("undo", 7): "第7版: 見つかりません。あるのは第1版〜第2版です",
        ("undo", 2): "内容が同じため、戻すものがありません",
        ("backup", tmp_path / "none" / "b.zip"): "控えを書き込めませんでした",
        ("backup", tmp_path / "b.zip", "--data-dir", tmp_path / "none"): "控えを作る版がありません",
        ("restore", tmp_path / "text.zip"): "壊れているか、Kyodo Geo の控えではありません",
        ("restore", tmp_path / "none.zip"): "読めません",
    }
    for arguments, sentence in refusals.items():
        done = run(*arguments)
        assert (done.exit_code, done.stdout) == (1, ""), arguments
        assert sentence in done.stderr
        assert len(done.stderr.splitlines()) == 1
    assert own_store.numbers() == [1, 2]


@pytest.mark.parametrize(
    "arguments", [("diff", 1), ("diff", "一", 2), ("undo",), ("undo", 0), ("backup",), ("restore",)]
)
def test_wrong_use_is_exit_code_2(own_store: EditionStore, arguments: tuple[object, ...]) -> None:
    assert run(*arguments).exit_code == 2
