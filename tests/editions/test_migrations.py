"""Editions of the format before: brought to the present one, whatever happens meanwhile."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner

from kyodo_geo.auth.roles import official
from kyodo_geo.cli.app import app
from kyodo_geo.editions import Edition, EditionStore
from kyodo_geo.editions import migrations as upgrading
from kyodo_geo.editions.backup import back_up, restore
from kyodo_geo.editions.diff import compare, undo
from kyodo_geo.editions.migrations import needs_upgrade, upgrade
from kyodo_geo.errors import EditionError
from kyodo_geo.imports.activities import examine, publish
from kyodo_geo.seed.first_edition import ensure_first_edition
from kyodo_geo.settings import Settings

TO_FORMAT_2 = """
DROP TABLE activity_count;
UPDATE edition SET schema_version = 2
"""
TO_FORMAT_1 = f"""
{TO_FORMAT_2};
ALTER TABLE activity DROP COLUMN point_lat;
ALTER TABLE activity DROP COLUMN point_lng;
ALTER TABLE activity DROP COLUMN continues;
DROP TABLE review;
DROP TABLE rating;
DELETE FROM code WHERE kind = 'grade';
UPDATE edition SET schema_version = 1, app_version = '0.1.0'
"""


def in_format(downgrade: str, store: EditionStore, folder: Path) -> EditionStore:
    """A copy of a store as an earlier program would have it."""
    shutil.copytree(store.folder, folder)
    earlier = EditionStore(folder)
    for number in earlier.numbers():
        with duckdb.connect(str(earlier.path(number))) as con:
            con.execute(downgrade)
    return earlier


@pytest.fixture
def earlier_store(own_store: EditionStore, tmp_path: Path) -> EditionStore:
    """Two editions of format 1; the second has an activity more."""
    file = "名称,年度,地区,主体\n新しい活動,2024,C03,市\n".encode()
    publish(own_store, examine(file, "a.csv", own_store.current()), official("test"))
    return in_format(TO_FORMAT_1, own_store, tmp_path / "data" / "editions")


def test_an_earlier_format_is_refused_with_the_way_on(earlier_store: EditionStore) -> None:
    with pytest.raises(EditionError, match=r"形式 1.*kyodo_geo upgrade"):
        earlier_store.current()


def test_the_content_stays_as_it_was(earlier_store: EditionStore, edition: Edition) -> None:
    assert needs_upgrade(earlier_store)
    assert upgrade(earlier_store) == (1, 2)
    assert not needs_upgrade(earlier_store)
    assert upgrade(earlier_store) == ()

    assert compare(edition, earlier_store.open(1)).is_empty
    assert compare(earlier_store.open(1), earlier_store.open(2)).counts["added"] == 1
    assert [entry.number for entry in earlier_store.current().log] == [2, 1]
    number = undo(earlier_store, 1, official("test"))
    assert compare(edition, earlier_store.open(number)).is_empty


def test_large_editions_of_format_2_are_counted(
    own_store: EditionStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    earlier = in_format(TO_FORMAT_2, own_store, tmp_path / "format2" / "editions")
    monkeypatch.setattr("kyodo_geo.editions.aggregate.CUBE_FROM", 1)

    assert upgrade(earlier) == (1,)
    assert earlier.current().has_cube
    assert compare(own_store.current(), earlier.current()).is_empty


def test_the_first_start_upgrades(earlier_store: EditionStore) -> None:
    store = ensure_first_edition(Settings(data_dir=earlier_store.folder.parent))

    assert store.current().info.number == 2


def test_one_that_fails_leaves_whole_files_and_the_next_goes_on(
    earlier_store: EditionStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail_at_the_second(path: Path) -> None:
        if path == earlier_store.path(2):
            raise KeyboardInterrupt
        whole(path)

    whole = upgrading._upgrade
    monkeypatch.setattr(upgrading, "_upgrade", fail_at_the_second)
    with pytest.raises(KeyboardInterrupt):
        upgrade(earlier_store)
    monkeypatch.undo()
    assert earlier_store.open(1).info.number == 1
    assert upgrade(earlier_store) == (2,)
    assert not list(earlier_store.folder.glob(".draft-*"))


def test_a_backup_of_the_format_before_can_be_restored(
    earlier_store: EditionStore,
    edition: Edition,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("kyodo_geo.editions.edition.SCHEMA_VERSION", 1)
    monkeypatch.setattr("kyodo_geo.editions.edition._create_macros", lambda con, script: None)
    monkeypatch.setattr("kyodo_geo.editions.backup.CONTENT_TABLES", ("activity", "code"))
    back_up(earlier_store, tmp_path / "backup.zip")
    monkeypatch.undo()
    elsewhere = EditionStore(tmp_path / "elsewhere" / "editions")

    restore(elsewhere, tmp_path / "backup.zip")

    assert elsewhere.numbers() == [1, 2]
    assert compare(edition, elsewhere.open(1)).is_empty


def test_the_command_says_what_it_did(earlier_store: EditionStore) -> None:
    command = ["upgrade", "--data-dir", str(earlier_store.folder.parent)]

    assert "第1版〜第2版を、いまの形式にしました" in CliRunner().invoke(app, command).stdout
    assert "何もしませんでした" in CliRunner().invoke(app, command).stdout
