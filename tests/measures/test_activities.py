"""The list of activities: the newest first, whatever the place, the filters and the page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from builders import activity
from conftest import MakeEdition
from hypothesis import given, settings
from hypothesis import strategies as st

from kyodo_geo.editions import EditionStore, Publication
from kyodo_geo.editions.load import fill, incoming_rows, insert_activities
from kyodo_geo.measures.activities import recent_cache
from kyodo_geo.measures.activities.listing import Order, list_activities
from kyodo_geo.model import Activity, Filters, Record
from kyodo_geo.vocabulary import ActorType

SCHOOL = (ActorType.SCHOOL, ActorType.CITY)
PUBLICATION = Publication("test", "test", "test")


@st.composite
def activities(draw: st.DrawFn) -> list[Activity]:
    """Some activities with many ties, in no order."""
    numbers = draw(st.lists(st.integers(1, 9999), unique=True, max_size=20))
    values = st.fixed_dictionaries(
        {
            "fiscal_year": st.none() | st.integers(2019, 2021),
            "start_date": st.none() | st.dates(date(2020, 4, 1), date(2020, 4, 2)),
            "district_ids": st.sampled_from([("C00",), ("C01",), ("C02",), ("C01", "C02"), ()]),
        },
        optional={"actors": st.just(SCHOOL)},
    )
    return [activity(number, **draw(values)) for number in numbers]


def newest_first(found: Iterable[Activity]) -> list[str]:
    """Ids by year and date, those without one last, then by districts and id."""

    def key(a: Activity) -> tuple[int, int, int, str]:
        districts = sum(1 << int(district_id[1:]) for district_id in a.district_ids or ("C28",))
        day = (a.start_date or date.min).toordinal()
        return -(a.fiscal_year or 0), -day, districts, a.activity_id

    return [a.activity_id for a in sorted(found, key=key)]


@pytest.fixture(scope="module")
def folder_of_editions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("listed")


@pytest.fixture(scope="module")
def few_kept() -> Iterator[None]:
    """So few of the newest in memory that records of these tests have more."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(recent_cache, "NEWEST_KEPT", 7)
        yield


@pytest.mark.usefixtures("few_kept")
@settings(max_examples=8, deadline=None)
@given(activities(), st.integers(1, 8), st.integers(0, 8))
def test_the_newest_come_first(
    record: Record, folder_of_editions: Path, made: list[Activity], limit: int, offset: int
) -> None:
    store = EditionStore(folder_of_editions)
    store.publish(lambda con: fill(con, replace(record, activities=tuple(made))), PUBLICATION)
    edition = store.current()
    assert [row[0] for row in edition.rows("SELECT id FROM activity")] == newest_first(made)

    def listed(filters: Filters, place_id: str = "ALL") -> list[str]:
        page = list_activities(edition, filters, limit=limit, offset=offset, place_id=place_id)
        return [a.activity_id for a in page]

    def expected(found: Iterable[Activity]) -> list[str]:
        return newest_first(found)[offset : offset + limit]

    assert listed(Filters()) == expected(made)
    assert listed(Filters(), "C01") == expected(a for a in made if "C01" in a.district_ids)
    assert listed(Filters(), "C99") == expected(a for a in made if not a.district_ids)
    assert listed(Filters(actors=(ActorType.SCHOOL,))) == expected(
        a for a in made if a.actors == SCHOOL
    )
    assert listed(Filters(actors=(ActorType.SCHOOL,), year_from=2020)) == expected(
        a for a in made if a.actors == SCHOOL and (a.fiscal_year or 0) >= 2020
    )


def test_the_newest_come_first_in_an_edition_that_is_stored_otherwise(
    record: Record, make_edition: MakeEdition
) -> None:
    store = EditionStore(make_edition(activity(1, fiscal_year=2019)).path.parent)
    added = incoming_rows(
        [activity(2, fiscal_year=2021), activity(3, fiscal_year=2020)], record.districts
    )
    store.publish(lambda con: insert_activities(con, added), PUBLICATION)
    edition = store.current()
    assert edition.rows("SELECT id FROM activity")[0] == ("T0001",)
    found = list_activities(edition, Filters(), limit=2)
    assert [a.activity_id for a in found] == ["T0002", "T0003"]


def test_every_order_lists_every_activity_once(make_edition: MakeEdition) -> None:
    edition = make_edition(
        activity(1, title="B", fiscal_year=None, participants_count=3),
        activity(2, title="C", fiscal_year=2019, district_ids=("C02",)),
        activity(3, title="A", fiscal_year=2021, participants_count=9),
    )
    listed = {
        order: [a.activity_id[-1] for a in list_activities(edition, Filters(), order, limit=9)]
        for order in Order
    }
    assert listed == {
        Order.NEWEST: ["3", "2", "1"],
        Order.OLDEST: ["2", "3", "1"],
        Order.TITLE: ["3", "1", "2"],
        Order.PLACE: ["3", "1", "2"],
        Order.PARTICIPANTS: ["3", "1", "2"],
        Order.DETAILED: ["3", "1", "2"],
    }
