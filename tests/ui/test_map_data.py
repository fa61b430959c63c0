"""Pictures by address: the figures of the view it names, for every district."""

import json

import pytest

from kyodo_geo.editions import Edition
from kyodo_geo.filters.query_string import filters_from_texts
from kyodo_geo.graphics.choropleths import DRAWINGS
from kyodo_geo.measures.places.summary import summarise
from kyodo_geo.ui.http.images import map_data
from kyodo_geo.ui.http.view_request import ViewRequest

VIEWS = (
    {},
    {"region": ["花巻"]},
    {"form": ["subsidy"], "certainty": ["stated"]},
    {"keyword": ["無"]},
)


def ask(edition: Edition, page: str, **texts: list[str]) -> ViewRequest:
    filters, problems = filters_from_texts(edition, texts)
    return ViewRequest(edition, page, filters, texts, problems)


@pytest.mark.parametrize("texts", VIEWS, ids=str)
def test_the_picture_holds_the_figures_of_the_view(
    edition: Edition, texts: dict[str, list[str]]
) -> None:
    asked = ask(edition, "density", **texts)
    content = json.loads(map_data(asked).body)
    counts = [row.activities for row in summarise(edition, asked.filters).districts]

    assert [entry[1] for entry in content["districts"]] == counts
    assert content["legend"]["heading"] == "件数（件）"


@pytest.mark.parametrize("page", DRAWINGS)
def test_every_page_with_a_picture_shows_all_districts(edition: Edition, page: str) -> None:
    for option in ({}, {"picture": ["share"]}, {"picture": ["kinds"]}, {"measure": ["per_1000"]}):
        content = json.loads(map_data(ask(edition, page, **option)).body)
        used = {content["swatches"][entry[0]][1] for entry in content["districts"]}

        assert len(content["districts"]) == 27
        assert used <= {"fill", "circle", "ring", "outline", "hatch"}


def test_an_unknown_page_or_option_is_no_crash(edition: Edition) -> None:
    answer = map_data(ask(edition, "about"))
    odd = ask(edition, "density", measure=["<script>"], classes=[])

    assert answer.status_code == 400
    assert "図のあるページは" in bytes(answer.body).decode()
    assert json.loads(map_data(odd).body)["legend"]["heading"] == "件数（件）"
