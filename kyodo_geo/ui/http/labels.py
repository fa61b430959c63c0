"""Where names stand on the map of a page, by address: the map measures its districts and asks.

The answer follows from the query alone, whatever the edition; see maps/label_placement.py.
"""

from __future__ import annotations

import re
from dataclasses import asdict

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from kyodo_geo.maps.label_placement import LabelSpot, place_labels
from kyodo_geo.ui.http.view_request import WRONG_USE, sentence

MOST_SPOTS, MOST_NEEDED = 100, 8
"""A needed name is tried in fifty places: more of them would keep the server busy."""

PLACE, LENGTH, FLAG = r"(-?\d{1,6}(?:\.\d{1,2})?)", r"(\d{1,6}(?:\.\d{1,2})?)", "([01])"
SIZE = re.compile(f"{LENGTH},{LENGTH}", re.ASCII)
SPOT = re.compile(",".join((*[PLACE] * 2, *[LENGTH] * 4, *[FLAG] * 3)), re.ASCII)
"""The fields of a LabelSpot, in their order."""

REFUSAL = (
    "名前の位置を求める指定が正しくありません。size に地図の幅と高さ、spot に地区ごとの値"
    "（x,y,radius,reach,width,height,has_room,is_beside,is_needed）をピクセルで指定してください。"
    f"spot は{MOST_SPOTS}まで、is_needed が1のものは{MOST_NEEDED}までです。"
)
ONE_HOUR = {"Cache-Control": "public, max-age=3600"}


def map_labels(request: Request) -> Response:
    """Place the names of a map: x, y and line of each spot, null for a name without a place."""
    query = request.query_params
    sizes = [SIZE.fullmatch(text) for text in query.getlist("size")]
    found = [SPOT.fullmatch(text) for text in query.getlist("spot")[: MOST_SPOTS + 1]]
    spots = [_spot(match) for match in found if match]
    needed = sum(spot.is_needed for spot in spots)
    is_sound = len(sizes) == 1 and len(spots) == len(found) and query.keys() <= {"size", "spot"}
    if not is_sound or not sizes[0] or len(spots) > MOST_SPOTS or needed > MOST_NEEDED:
        return sentence(REFUSAL, WRONG_USE)
    width, height = (float(side) for side in sizes[0].groups())
    positions = place_labels(spots, (0, 0, width, height))
    return JSONResponse([place and asdict(place) for place in positions], headers=ONE_HOUR)


def _spot(match: re.Match[str]) -> LabelSpot:
    x, y, radius, reach, width, height, *flags = (float(text) for text in match.groups())
    has_room, is_beside, is_needed = map(bool, flags)
    return LabelSpot(x, y, radius, reach, width, height, has_room, is_beside, is_needed)
