"""What a page tells becomes the view of a session, and nothing else does."""

from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kyodo_geo.editions import Edition
from kyodo_geo.model import Filters
from kyodo_geo.ui import address
from kyodo_geo.vocabulary import Form


def session(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    state: dict[str, Any] = {address.FILTERS: Filters(), address.OPTIONS: {}}
    monkeypatch.setattr(address, "st", SimpleNamespace(session_state=state))
    return state


def test_a_view_that_is_heard_is_taken_over(
    edition: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    session(monkeypatch)
    view = {"region": ["花巻"], "form": ["subsidy"], "measure": ["per_10km2"]}
    address.hear(edition, {"n": 1, "view": view})

    assert address.filters() == Filters(regions=("花巻",), forms=(Form.SUBSIDY,))
    assert address.view() == view


def test_an_older_view_is_not_taken_over(edition: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    session(monkeypatch)
    address.hear(edition, {"n": 2, "view": {"region": ["花巻"]}})
    address.hear(edition, {"n": 1, "view": {"region": ["東和"]}})

    assert address.filters().regions == ("花巻",)
    assert address.heard() == 2


def test_what_no_filter_or_option_is_called_is_passed_over(
    edition: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    state = session(monkeypatch)
    view = {"region": ["花巻", "火星"], "__class__": ["x"], "activity": []}
    address.hear(edition, {"n": 1, "view": view})

    assert address.view() == {"region": ["花巻"]}
    assert set(state) == {address.FILTERS, address.OPTIONS, address.HEARD, address.TOLD}


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
        address.hear(edition, said)

        assert isinstance(address.filters(), Filters)
        assert all(isinstance(t, str) for texts in address.view().values() for t in texts)


def test_on_a_page_of_places_the_district_is_what_the_page_is_about(
    edition: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    state = session(monkeypatch)
    state[address.PAGE] = "district"
    state[address.FILTERS] = Filters(regions=("東和",), districts=("C01",))
    address.hear(edition, {"n": 1, "view": {"district": ["花北"], "form": ["subsidy"]}})

    assert address.places() == ("C03",)
    assert address.view() == {"form": ["subsidy"], "district": ["C03"]}
    # What the maps are narrowed to by place waits for the way back.
    assert address.filters() == Filters(
        regions=("東和",), districts=("C01",), forms=(Form.SUBSIDY,)
    )
    state[address.PAGE] = "density"
    assert address.view()["select"] == ["C03"]


def test_a_comparison_has_three_districts_at_most_and_keeps_the_selected(
    edition: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    state = session(monkeypatch)
    state[address.PAGE] = "compare"
    state[address.OPTIONS] = {"select": "C09"}
    assert address.places() == ("C09",)
    address.hear(edition, {"n": 1, "view": {"district": ["C01", "C02", "C00", "C03", "C04"]}})

    assert address.view() == {"district": ["C01", "C02", "C03"]}
    assert address.map_view()["select"] == ["C09"]


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
    monkeypatch.setattr(address, "st", SimpleNamespace(session_state=state, query_params=query))
    address.open_page(edition, "district")
    address.write_address()
    address.hear(edition, {"n": 1, "view": {"district": ["C06"]}})
    address.open_page(edition, "district")
    assert address.places() == ("C06",)
    address.write_address()

    query["district"] = ["C03"]
    address.hear(edition, {"n": 2, "view": {"district": ["C07"]}})
    address.open_page(edition, "district")
    assert address.places() == ("C07",)
    address.write_address()

    # Without a click it is the back button, or somebody's bookmark.
    query["district"] = ["C03"]
    address.open_page(edition, "district")
    assert address.places() == ("C03",)
