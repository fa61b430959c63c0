"""Where the names of a map stand, by address: the placing's own answer, or a sentence."""

from dataclasses import asdict
from random import Random
from urllib.parse import urlencode

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from kyodo_geo.maps.label_placement import LabelSpot, place_labels
from kyodo_geo.ui.http.labels import MOST_NEEDED, MOST_SPOTS, REFUSAL
from kyodo_geo.ui.http.routes import asset_routes

SPOT = "120,80.25,6,7,40,14,0,1,0"
NEEDED = f"{SPOT[:-1]}1"


@pytest.fixture(scope="module")
def client() -> TestClient:
    return TestClient(Starlette(routes=asset_routes()), raise_server_exceptions=False)


def query(*spots: str, size: str = "600,400") -> str:
    return urlencode([("size", size), *(("spot", spot) for spot in spots)])


def crowd(chance: Random) -> list[LabelSpot]:
    """Circles and areas, as on a map; some of them out of its sight."""
    return [
        LabelSpot(
            chance.randint(-50, 650),
            chance.randint(-50, 450),
            chance.randint(0, 2500) / 100,
            chance.randint(0, 5000) / 100,
            52,
            14,
            has_room=chance.random() < 0.3,
            is_beside=chance.random() < 0.5,
            is_needed=n < 4,
        )
        for n in range(27)
    ]


@pytest.mark.parametrize("seed", range(5))
def test_the_address_answers_what_the_placing_finds(client: TestClient, seed: int) -> None:
    spots = crowd(Random(seed))
    texts = (",".join(f"{float(value):g}" for value in asdict(spot).values()) for spot in spots)
    answer = client.get(f"/kyodo/labels?{query(*texts)}")
    expected = [place and asdict(place) for place in place_labels(spots, (0, 0, 600, 400))]
    for position in expected:
        if position and position["line"]:
            position["line"] = list(position["line"])

    assert answer.json() == expected
    assert None in expected and any(position and position["line"] for position in expected)
    assert answer.headers["Cache-Control"].startswith("public, max-age=")


def test_no_names_and_as_many_as_may_be(client: TestClient) -> None:
    most = [NEEDED] * MOST_NEEDED + [SPOT] * (MOST_SPOTS - MOST_NEEDED)

    assert client.get(f"/kyodo/labels?{query()}").json() == []
    assert len(client.get(f"/kyodo/labels?{query(*most)}").json()) == MOST_SPOTS


@pytest.mark.parametrize(
    "hostile",
    [
        "",
        "size=600,400&size=600,400",
        f"spot={SPOT}",
        query(SPOT) + "&foo=bar",
        query(SPOT, size="600"),
        query(SPOT, size="-600,400"),
        query(SPOT, size="1e9,1"),
        query(SPOT, size="٦٠٠,400"),
        query(SPOT, size="600,400\n"),
        query(""),
        query("1,2,3"),
        query(SPOT + ",0"),
        query(SPOT + "\n"),
        query(SPOT.replace("120", "nan")),
        query(SPOT.replace("120", "inf")),
        query(SPOT.replace("120", "1234567")),
        query(SPOT.replace("80.25", "80.250")),
        query(SPOT.replace("6,7", "-6,7")),
        query(SPOT.replace("40,14", "9999999,14")),
        query(NEEDED.replace(",1", ",2")),
        query("<script>alert(1)</script>"),
        query(*[SPOT] * (MOST_SPOTS + 1)),
        query(*[NEEDED] * (MOST_NEEDED + 1)),
        query(*["x"] * 5000),
    ],
    ids=lambda text: text[:40],
)
def test_what_no_map_asks_for_is_refused_with_a_sentence(client: TestClient, hostile: str) -> None:
    answer = client.get(f"/kyodo/labels?{hostile}")

    assert (answer.status_code, answer.text) == (400, REFUSAL)
    assert "Cache-Control" not in answer.headers


def test_nothing_is_written_to_it(client: TestClient) -> None:
    assert client.post("/kyodo/labels", content="x").status_code == 405
