"""The cube of an edition: the same figures as from the activities, and only where it pays."""

from __future__ import annotations

import numpy as np
import pytest
from builders import FILTER_FIELDS, activity
from conftest import CUBE_FROM, MakeEdition
from hypothesis import given, settings
from hypothesis import strategies as st

from kyodo_geo.editions import Edition
from kyodo_geo.editions.diff import compare
from kyodo_geo.measures.places.composition import mixes
from kyodo_geo.measures.places.counts import count_places
from kyodo_geo.measures.places.forms import band_counts
from kyodo_geo.measures.places.summary import coverage
from kyodo_geo.measures.places.time_series import yearly
from kyodo_geo.model import Filters
from tests.filters.test_filters import filters


@pytest.fixture(scope="module")
def plain(with_cube: Edition) -> Edition:
    """The same edition, asked as if nothing had been counted beforehand."""
    plain = Edition(with_cube.path)
    plain.__dict__["has_cube"] = False
    return plain


@settings(max_examples=25, deadline=None)
@given(filters(), st.sets(st.sampled_from(FILTER_FIELDS), max_size=3))
def test_figures_are_those_of_the_activities(
    with_cube: Edition, plain: Edition, anything: Filters, kept: set[str]
) -> None:
    asked = Filters(**{name: getattr(anything, name) for name in kept})

    counted, scanned = count_places(with_cube, asked), count_places(plain, asked)
    assert all(map(np.array_equal, vars(counted).values(), vars(scanned).values()))
    assert mixes(with_cube, asked) == mixes(plain, asked)
    assert yearly(with_cube, asked, "ALL") == yearly(plain, asked, "ALL")
    assert band_counts(with_cube, asked, "ALL") == band_counts(plain, asked, "ALL")
    assert coverage(with_cube, asked) == coverage(plain, asked)


def test_what_is_compared_comes_from_two_tables(with_cube: Edition) -> None:
    assert with_cube.has_cube
    cube, activities = "SELECT sum(activities) FROM activity_count", "SELECT count(*) FROM activity"
    assert with_cube.rows(cube) == with_cube.rows(activities)
    assert with_cube.rows("SELECT count(*) FROM activity_count WHERE is_scope_recorded") != [(0,)]


def test_a_small_record_has_no_cube_and_a_large_one_is_counted_at_each_publication(
    make_edition: MakeEdition, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(CUBE_FROM, 2)
    assert not make_edition(activity(1)).has_cube
    assert not make_edition(activity(1)).holds_figures_only

    large = make_edition(activity(1), activity(2), activity(3, fiscal_year=None))
    assert large.rows("SELECT fiscal_year, activities FROM activity_count") == [
        (2020, 2),
        (None, 1),
    ]
    larger = make_edition(activity(1), activity(2), activity(3), activity(4))
    assert larger.rows("SELECT fiscal_year, activities FROM activity_count") == [(2020, 4)]
    assert [table.table for table in compare(large, larger).tables] == []
    assert not make_edition(activity(1)).has_cube
