"""Data of earlier versions: opened, upgraded, restored, served, and gone on with."""

from __future__ import annotations

import json
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from starlette.applications import Starlette
from starlette.testclient import TestClient
from streamlit.testing.v1 import AppTest
from typer.testing import CliRunner

from kyodo_geo.auth.roles import Person, Role, official
from kyodo_geo.cli.app import app
from kyodo_geo.editions import EditionStore
from kyodo_geo.imports.reviews.drafts import Drafts
from kyodo_geo.proposals.decide import approve
from kyodo_geo.proposals.proposal import ProposalState
from kyodo_geo.proposals.query import list_events, list_proposals
from kyodo_geo.server import routes
from kyodo_geo.settings import PROJECT_DIR

OLD_DATA = Path(__file__).parent / "old_data"
COMMITS = sorted(folder.name for folder in OLD_DATA.iterdir() if folder.is_dir())
OFFICIAL = official("地域づくり課")
HANAKITA = Person("花北コミュニティ会議", Role.COUNCIL, "C03")


@pytest.fixture(params=COMMITS)
def old(request: pytest.FixtureRequest) -> Path:
    """Where the files of an earlier version lie."""
    return OLD_DATA / str(request.param)


@pytest.fixture
def data_dir(old: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The data folder of an earlier version, in force."""
    with tarfile.open(old / "data.tar.xz") as archive:
        archive.extractall(tmp_path, filter="data")
    monkeypatch.setenv("KYODO_DATA_DIR", str(tmp_path / "data"))
    st.cache_resource.clear()
    yield tmp_path / "data"
    st.cache_resource.clear()


def run(*arguments: str | Path) -> str:
    """What a command says. Fails where it does."""
    done = CliRunner().invoke(app, list(map(str, arguments)))
    assert done.exit_code == 0, done.output
    return done.stdout


def figures(data_dir: Path) -> Any:
    """What `info` says, but for what the program says of itself and of its own folder."""
    told = json.loads(run("info", "--json", "--data-dir", data_dir))
    del told["edition"]["path"]
    return told


def expected(old: Path) -> Any:
    return json.loads((old / "info.json").read_text("utf-8"))


def test_it_opens_with_the_same_figures(old: Path, data_dir: Path) -> None:
    assert EditionStore(data_dir / "editions").numbers() == [1, 2]
    assert figures(data_dir) == expected(old)


def test_it_is_upgraded_without_a_change_of_figures(old: Path, data_dir: Path) -> None:
    run("upgrade", "--data-dir", data_dir)

    assert figures(data_dir) == expected(old)
    assert "もう" in run("upgrade", "--data-dir", data_dir)


def test_its_backup_is_restored_with_proposals(old: Path, tmp_path: Path) -> None:
    run("restore", old / "backup.zip", "--data-dir", tmp_path / "new")
    store = EditionStore(tmp_path / "new" / "editions")

    assert figures(tmp_path / "new") == expected(old)
    assert [proposal.number for proposal in list_proposals(store, OFFICIAL)] == [3, 2, 1]


def test_proposals_and_drafts_are_as_they_were_left(data_dir: Path) -> None:
    store = EditionStore(data_dir / "editions")
    proposals = {one.number: one for one in list_proposals(store, HANAKITA)}
    states = {number: proposal.state for number, proposal in sorted(proposals.items())}
    draft = Drafts(store, OFFICIAL).find("P0239")

    assert list(states.values()) == [
        ProposalState.APPROVED,
        ProposalState.RETURNED,
        ProposalState.PROPOSED,
    ]
    assert proposals[1].edition == 2
    assert proposals[2].answer == "年度を確かめてください"
    assert len(list_events(store, proposals[2], HANAKITA)) == 2
    assert draft is not None
    assert draft.texts == {"summary": "下書きのことば"}


def test_an_open_proposal_can_be_approved_today(data_dir: Path) -> None:
    store = EditionStore(data_dir / "editions")
    approve(store, 3, OFFICIAL, 2, "載せました")
    titles = store.current().rows("SELECT title FROM activity WHERE title = '花北の川の清掃'")

    assert store.numbers() == [1, 2, 3]
    assert len(titles) == 1


def test_it_is_served(old: Path, data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KYODO_LOCAL_OFFICIAL", "1")
    client = TestClient(Starlette(routes=routes()))
    activities = sum(row[1] for row in client.get("/kyodo/picture/density").json()["districts"])
    pages = AppTest.from_file(str(PROJECT_DIR / "app.py"), default_timeout=30).run()

    assert client.get("/kyodo/ready").json() == {"edition": 2, "problems": []}
    assert activities == sum(
        place["activities"] for place in expected(old)["places"] if place["kind"] == "district"
    )
    for page in ("density", "proposals", "history", "activities"):
        assert not pages.switch_page(f"pages/{page}.py").run().exception
