"""Fictional editions: clearly so, always the same, on the real districts."""

from __future__ import annotations

from pathlib import Path

import pytest

from kyodo_geo.editions import Edition, EditionStore
from kyodo_geo.errors import EditionError
from kyodo_geo.japanese import search_key
from kyodo_geo.measures.places.summary import summarise
from kyodo_geo.model import Filters, Record
from kyodo_geo.seed.demo import publish_demo

ALL_ROWS = "SELECT * FROM activity ORDER BY id"
COUNT = 5000


def demo(folder: Path, count: int = COUNT, seed: int = 1) -> Edition:
    store = EditionStore(folder)
    publish_demo(store, count, seed=seed)
    return store.current()


@pytest.fixture(scope="module")
def fictional(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    return demo(tmp_path_factory.mktemp("demo") / "editions")


def share(edition: Edition, condition: str) -> float:
    [(percent,)] = edition.rows(f"SELECT 100 * avg(({condition})::INTEGER) FROM activity")
    return float(percent)


def test_everything_says_that_it_is_fictional(fictional: Edition) -> None:
    assert fictional.info.is_fictional
    assert fictional.sources[0]["title"].startswith("架空データ")
    assert all("activities.csv" not in card["files"] for card in fictional.sources)
    assert fictional.log[0].action == "架空データ"
    clearly = "title LIKE '架空の活動%' AND summary LIKE '架空データ%' AND note = '架空データ'"
    assert share(fictional, f"{clearly} AND source = '架空データ'") == 100
    named = fictional.rows("SELECT DISTINCT unnest(organisations) FROM activity")
    assert all(name.startswith("架空の団体 ") for (name,) in named)


def test_districts_are_the_real_ones_and_all_used(fictional: Edition, record: Record) -> None:
    assert fictional.districts == record.districts
    assert fictional.boundaries_geojson == record.boundaries_geojson
    summary = summarise(fictional, Filters(with_context=True))
    assert summary.total.activities == COUNT
    counts = [row.activities for row in summary.districts]
    assert min(counts) > 0
    assert max(counts) > 3 * min(counts)


@pytest.mark.parametrize(
    ("condition", "percent"),
    [
        ("district_mask = 1", 15),
        ("bit_count(district_mask) BETWEEN 2 AND 3", 3),
        ("fiscal_year IS NULL", 5),
        ("participants_count IS NOT NULL", 25),
        ("form_mask = 64", 50),
        ("form_mask_stated <> 64", 28),
        ("status = 'planned'", 7),
        ("bit_count(actor_mask) BETWEEN 1 AND 4", 100),
    ],
)
def test_shares_are_about_those_of_a_real_record(
    fictional: Edition, condition: str, percent: float
) -> None:
    assert share(fictional, condition) == pytest.approx(percent, abs=2)


def test_search_text_is_what_the_importer_would_make(fictional: Edition) -> None:
    rows = fictional.rows("SELECT title, summary, note, organisations, search_text FROM activity")
    for *texts, organisations, search_text in rows[:500]:
        assert search_text == search_key("\n".join([*texts, *organisations]))


def test_same_size_and_seed_give_the_same_activities(tmp_path: Path) -> None:
    first, again, other = (
        demo(tmp_path / "first", 50).rows(ALL_ROWS),
        demo(tmp_path / "again", 50).rows(ALL_ROWS),
        demo(tmp_path / "other", 50, seed=2).rows(ALL_ROWS),
    )
    assert first == again
    assert first != other


def test_fiction_never_follows_on_real_data(store: EditionStore) -> None:
    with pytest.raises(EditionError, match="もう版があります"):
        publish_demo(store, 10)
    assert store.numbers() == [1]
