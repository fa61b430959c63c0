"""What a page tells becomes the view of a session, and nothing else does."""

from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kyodo_geo.editions import Edition
from kyodo_geo.model import Filters
from kyodo_geo.ui.state import view_state
from kyodo_geo.vocabulary import Form


def session(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    state: dict[str, Any] = {view_state.FILTERS: Filters(), view_state.OPTIONS: {}}
    monkeypatch.setattr(view_state, "st", SimpleNamespace(session_state=state))
    return state


def test_a_view_that_is_heard_is_taken_over(
    edition: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    session(monkeypatch)
    view = {"region": ["花巻"], "form": ["subsidy"], "measure": ["per_10km2"]}
    view_state.receive_view(edition, {"n": 1, "view": view})

    assert view_state.filters() == Filters(regions=("花巻",), forms=(Form.SUBSIDY,))
    assert view_state.view() == view


def test_an_older_view_is_not_taken_over(edition: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    session(monkeypatch)
    view_state.receive_view(edition, {"n": 2, "view": {"region": ["花巻"]}})
    view_state.receive_view(edition, {"n": 1, "view": {"region": ["東和"]}})

    assert view_state.filters().regions == ("花巻",)
    assert view_state.newest_received() == 2


def test_what_no_filter_or_option_is_called_is_passed_over(
    edition: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    state = session(monkeypatch)
    view = {"region": ["花巻", "火星"], "__class__": ["x"], "activity": []}
    view_state.receive_view(edition, {"n": 1, "view": view})

    assert view_state.view() == {"region": ["花巻"]}
    assert set(state) == {view_state.FILTERS, view_state.OPTIONS, view_state.HEARD, view_state.TOLD}


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=300),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.text(), inner, max_size=5),
    max_leaves=20,
)
KEYS = st.sampled_from(["region", "year_from", "keyword", "certainty", "measure", "page", "?"])
VIEWS = st.dictionaries(KEYS, st.lists(st.text(max_size=30), max_size=4) | JSON, max_size=5)


@settings(max_examples=50, deadline=None)
@given(JSON | st.fixed_dictionaries({"n": st.integers() | JSON, "view": VIEWS | JSON}))
def test_whatever_a_browser_says_a_view_comes_of_it(edition: Edition, said: Any) -> None:
    with pytest.MonkeyPatch.context() as patch:
        session(patch)
        view_state.receive_view(edition, said)

        assert isinstance(view_state.filters(), Filters)
        assert all(isinstance(t, str) for texts in view_state.view().values() for t in texts)


def test_on_a_page_of_places_the_district_is_what_the_page_is_about(
    edition: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    state = session(monkeypatch)
    state[view_state.PAGE] = "district"
    state[view_state.FILTERS] = Filters(regions=("東和",), districts=("C01",))
    view_state.receive_view(edition, {"n": 1, "view": {"district": ["花北"], "form": ["subsidy"]}})

    assert view_state.places() == ("C03",)
    assert view_state.view() == {"form": ["subsidy"], "district": ["C03"]}
    # What the maps are narrowed to by place waits for the way back.
    assert view_state.filters() == Filters(
        regions=("東和",), districts=("C01",), forms=(Form.SUBSIDY,)
    )
    state[view_state.PAGE] = "density"
    assert view_state.view()["select"] == ["C03"]


def test_a_comparison_has_three_districts_at_most_and_keeps_the_selected(
    edition: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    state = session(monkeypatch)
    state[view_state.PAGE] = "compare"
    state[view_state.OPTIONS] = {"select": "C09"}
    assert view_state.places() == ("C09",)
    view_state.receive_view(
        edition, {"n": 1, "view": {"district": ["C01", "C02", "C00", "C03", "C04"]}}
    )

    assert view_state.view() == {"district": ["C01", "C02", "C03"]}
    assert view_state.map_view()["select"] == ["C09"]


class Query(dict[str, list[str]]):
    """Stands for the address that a browser sends along."""

    def get_all(self, name: str) -> list[str]:
        return self[name]

    from_dict = dict.update


def test_a_click_wins_over_an_address_that_is_behind(
    edition: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    state: dict[str, Any] = {}
    query = Query(district=["C03"])
    monkeypatch.setattr(view_state, "st", SimpleNamespace(session_state=state, query_params=query))
    view_state.open_page(edition, "district")
    view_state.write_address()
    view_state.receive_view(edition, {"n": 1, "view": {"district": ["C06"]}})
    view_state.open_page(edition, "district")
    assert view_state.places() == ("C06",)
    view_state.write_address()

    query["district"] = ["C03"]
    view_state.receive_view(edition, {"n": 2, "view": {"district": ["C07"]}})
    view_state.open_page(edition, "district")
    assert view_state.places() == ("C07",)
    view_state.write_address()

    # Without a click it is the back button, or somebody's bookmark.
    query["district"] = ["C03"]
    view_state.open_page(edition, "district")
    assert view_state.places() == ("C03",)
