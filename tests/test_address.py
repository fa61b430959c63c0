"""What a page tells becomes the view of a session, and nothing else does."""

from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
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
    assert set(state) == {address.FILTERS, address.OPTIONS, address.HEARD}


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=300),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.text(), inner, max_size=5),
    max_leaves=20,
)
KEYS = st.sampled_from(["region", "year_from", "keyword", "certainty", "measure", "page", "?"])
VIEWS = st.dictionaries(KEYS, st.lists(st.text(max_size=30), max_size=4) | JSON, max_size=5)


@given(JSON | st.fixed_dictionaries({"n": st.integers() | JSON, "view": VIEWS | JSON}))
def test_whatever_a_browser_says_a_view_comes_of_it(edition: Edition, said: Any) -> None:
    with pytest.MonkeyPatch.context() as patch:
        session(patch)
        address.hear(edition, said)

        assert isinstance(address.filters(), Filters)
        assert all(isinstance(t, str) for texts in address.view().values() for t in texts)
