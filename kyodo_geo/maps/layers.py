"""The folium side of the district map: scripts of our own, no request to another host.

The geometry is a script that the browser keeps; a filter change sends colours and texts
alone. Addresses are relative to streamlit-folium's frame (`component/…/index.html`), so
that they stay right under a base path.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import folium
from branca.element import MacroElement
from folium.elements import JSCSSMixin
from jinja2 import Template

ASSETS = "../../kyodo"

GSI_TILES = "https://cyberjapandata.gsi.go.jp/xyz/pale/{z}/{x}/{y}.png"
GSI_ATTRIBUTION = (
    '<a href="https://maps.gsi.go.jp/development/ichiran.html" target="_blank" '
    'rel="noopener">地理院タイル</a>'
)

CENTRE_DISTRICTS = ("C01", "C02", "C03", "C04", "C05")
"""The districts around the station, tiny beside the mountains."""


class OfflineMap(folium.Map):
    """A folium map that takes Leaflet from the app itself."""

    default_js = [("leaflet", f"{ASSETS}/leaflet/leaflet.js")]  # noqa: RUF012 - as folium declares it
    default_css = [  # noqa: RUF012
        ("leaflet_css", f"{ASSETS}/leaflet/leaflet.css"),
        ("kyodo_map_css", f"{ASSETS}/static/map.css"),
    ]


class DistrictLayer(JSCSSMixin, MacroElement):
    """The districts' outlines; loaded once, painted by `DistrictPaint`."""

    _template = Template(
        "{% macro script(this, kwargs) %}"
        "window.kyodo = KyodoMap.create({{ this._parent.get_name() }}, window.KYODO_GEOMETRY,"
        " {{ this.options }});"
        "{% endmacro %}"
    )

    def __init__(self, geometry_address: str, centre: Sequence[str], opacity: float) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "DistrictLayer"
        self.default_js = [
            ("kyodo_geometry", f"{ASSETS}/{geometry_address}"),
            ("kyodo_map", f"{ASSETS}/static/map.js"),
        ]
        self.options = json.dumps({"centre": list(centre), "opacity": opacity})


class DistrictPaint(MacroElement):
    """Colours, texts and the selection: the part that changes with a filter."""

    _template = Template(
        "{% macro script(this, kwargs) %}window.kyodo.paint({{ this.state }});{% endmacro %}"
    )

    def __init__(self, state: dict[str, Any]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "DistrictPaint"
        self.state = json.dumps(state, ensure_ascii=False, separators=(",", ":"))


def district_map(
    geometry_address: str, district_ids: Sequence[str], *, gsi_tiles: bool = False
) -> OfflineMap:
    """The base map: outlines on white, or on 地理院タイル where the setting asks for it."""
    base = OfflineMap(
        location=[39.45, 141.2],
        zoom_start=10,
        tiles=None,
        zoom_snap=0.05,
        scroll_wheel_zoom=False,
        attribution_control=gsi_tiles,
        prefer_canvas=False,
    )
    if gsi_tiles:
        folium.TileLayer(GSI_TILES, attr=GSI_ATTRIBUTION, min_zoom=5, max_zoom=18).add_to(base)
    centre = [d for d in CENTRE_DISTRICTS if d in district_ids] or list(district_ids)
    DistrictLayer(geometry_address, centre, opacity=0.7 if gsi_tiles else 1.0).add_to(base)
    return base


def paint_layer(state: dict[str, Any]) -> folium.FeatureGroup:
    """A feature group that holds nothing but the new colours."""
    group = folium.FeatureGroup(name="districts")
    DistrictPaint(state).add_to(group)
    return group
