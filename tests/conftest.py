"""What all tests share: the shipped record, an edition of it and tiny ones to measure."""

from __future__ import annotations

import functools
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from browsing import ROOT, chromium, serving
from durations import seconds_by_file
from playwright.sync_api import Browser
from streamlit.components.v2 import manifest_scanner

from kyodo_geo.editions import Edition, EditionStore, Publication
from kyodo_geo.editions.load import fill
from kyodo_geo.model import Activity, Record
from kyodo_geo.seed.first_edition import publish_shipped
from kyodo_geo.seed.shipped_record import read_record
from kyodo_geo.settings import SHIPPED_DATA_DIR
from kyodo_geo.vocabulary import Scope

MakeEdition = Callable[..., Edition]

pytest_plugins = ["skips"]

CUBE_FROM = "kyodo_geo.editions.aggregate.CUBE_FROM"
"""Where to say from how many activities on they are counted beforehand."""


@pytest.fixture(scope="session", autouse=True)
def data_dir_of_the_tests(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No test reads or writes the data folder of this machine."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("KYODO_DATA_DIR", str(tmp_path_factory.mktemp("data")))
        yield


@pytest.fixture(scope="session", autouse=True)
def packages_looked_through_once() -> Iterator[None]:
    """AppTest looks through all installed packages for components at every run."""
    name = "scan_component_manifests"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest_scanner, name, functools.cache(getattr(manifest_scanner, name)))
        yield


@pytest.fixture(scope="session")
def record() -> Record:
    """The shipped record."""
    return read_record(SHIPPED_DATA_DIR)


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> EditionStore:
    """A store whose only edition is the shipped record; not to be written to."""
    store = EditionStore(tmp_path_factory.mktemp("shipped") / "editions")
    publish_shipped(store, "test")
    return store


@pytest.fixture(scope="session")
def edition(store: EditionStore) -> Edition:
    """The shipped record as an edition."""
    return store.current()


@pytest.fixture(scope="session")
def with_cube(record: Record, tmp_path_factory: pytest.TempPathFactory) -> Edition:
    """The shipped record counted beforehand, a tenth of it with a recorded band."""
    bands = {activity.activity_id: Scope.B for activity in record.activities[::10]}
    activities = (replace(a, scope=bands.get(a.activity_id, a.scope)) for a in record.activities)
    store = EditionStore(tmp_path_factory.mktemp("cube") / "editions")
    banded = replace(record, activities=tuple(activities))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(CUBE_FROM, 1)
        store.publish(lambda con: fill(con, banded), Publication("test", "test", "test"))
    return store.current()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Start the longest files first: workers end together then.

    A journey that fails is walked once more, and said so: four browsers on two cores are at
    times too slow for each other.
    """
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.flaky(reruns=1))
    seconds = seconds_by_file()
    items.sort(key=lambda item: -seconds.get(str(item.path.relative_to(ROOT)), 0))


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The dashboard on the shipped record, for all who only read; yields its address."""
    with serving(tmp_path_factory.mktemp("server")) as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A Chromium for the journeys of one module: while it is open, no event loop may start."""
    with chromium() as opened:
        yield opened


@pytest.fixture(scope="module")
def official_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the server of `official_server` keeps its data, in `data`."""
    return tmp_path_factory.mktemp("official")


@pytest.fixture(scope="module")
def official_server(official_dir: Path) -> Iterator[str]:
    """The dashboard for whoever sits at this machine as an official; yields its address."""
    with serving(official_dir, KYODO_LOCAL_OFFICIAL="1") as address:
        yield address


@pytest.fixture
def data_dir(store: EditionStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder with the shipped edition, named in the environment."""
    shutil.copytree(store.folder, tmp_path / "data" / "editions")
    monkeypatch.setenv("KYODO_DATA_DIR", str(tmp_path / "data"))
    return tmp_path / "data"


@pytest.fixture
def own_store(store: EditionStore, tmp_path: Path) -> EditionStore:
    """A store with the shipped record as its edition 1, free to be written to."""
    shutil.copytree(store.folder, tmp_path / "editions")
    return EditionStore(tmp_path / "editions")


@pytest.fixture
def make_edition(record: Record, tmp_path: Path) -> MakeEdition:
    """Make a tiny edition: `make_edition(*activities, **changes to the shipped record)`."""
    store = EditionStore(tmp_path / "tiny")

    def make(*activities: Activity, **changes: object) -> Edition:
        tiny = replace(record, activities=activities, **changes)
        store.publish(lambda con: fill(con, tiny), Publication("test", "test", "test"))
        return store.current()

    return make
