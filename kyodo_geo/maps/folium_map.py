"""The folium side of the district map: scripts of our own, no request to another host.

The geometry is a script that the browser keeps, and nothing in the map depends on a filter:
the page paints it from outside (ui/components/static/widgets/map_panel.js). Addresses are
relative to streamlit-folium's frame (`component/…/index.html`), so that they stay right under a
base path.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import folium
from branca.element import MacroElement
from folium.elements import JSCSSMixin
from jinja2 import Template

from kyodo_geo.city import city

KYODO = "../../kyodo"

GSI_TILES = "https://cyberjapandata.gsi.go.jp/xyz/pale/{z}/{x}/{y}.png"
GSI_ATTRIBUTION = (
    '<a href="https://maps.gsi.go.jp/development/ichiran.html" target="_blank" '
    'rel="noopener">地理院タイル</a>'
)


class OfflineMap(folium.Map):
    """A folium map that takes Leaflet from the app itself, and is rendered once.

    `assets` is the address of the scripts and styles.
    """

    def __init__(self, assets: str, **options: Any) -> None:
        super().__init__(**options)
        self.default_js = [("leaflet", f"{assets}/leaflet/leaflet.js")]
        self.default_css = [
            ("leaflet_css", f"{assets}/leaflet/leaflet.css"),
            ("kyodo_tokens", f"{assets}/tokens.css"),
            ("kyodo_map_css", f"{assets}/map/map.css"),
        ]
        # streamlit-folium gives the map this name at the first rerun and then looks for the
        # name in what was rendered before: from the start, it finds the same each time.
        self._id = "div"
        self._is_rendered = False

    def render(self, **kwargs: Any) -> str:
        """Render the first time; later calls (one a rerun) find nothing changed."""
        if not self._is_rendered:
            super().render(**kwargs)  # type: ignore[no-untyped-call]
            self._is_rendered = True
        return ""  # as folium does: a map is rendered into its figure


class DistrictLayer(JSCSSMixin, MacroElement):
    """The districts' outlines; the page paints them (static/map.js)."""

    # The frame knows classic scripts only; one of them may import a module.
    _template = Template(
        "{% macro script(this, kwargs) %}"
        "import('{{ this.script }}').then(({ createMap }) => createMap("
        "{{ this._parent.get_name() }}, window.KYODO_EDITION, {{ this.options }}));"
        "{% endmacro %}"
    )

    def __init__(
        self, edition_script: str, assets: str, centre: Sequence[str], opacity: float
    ) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "DistrictLayer"
        self.default_js = [("kyodo_edition", edition_script)]
        self.script = f"{assets}/map/map.js"
        self.options = json.dumps({"centre": list(centre), "opacity": opacity})


def district_map(
    edition_address: str, assets: str, district_ids: Sequence[str], *, gsi_tiles: bool = False
) -> OfflineMap:
    """The base map: outlines on white, or on 地理院タイル where the setting asks for it.

    `edition_address` is that of the script with the shapes, `assets` that of the folder with
    scripts and styles; both are below `/kyodo/`.
    """
    edition_script, assets = f"{KYODO}/{edition_address}", f"{KYODO}/{assets}"
    base = OfflineMap(
        assets,
        location=city().map_centre,
        zoom_start=10,
        tiles=None,
        zoom_snap=0.05,
        scroll_wheel_zoom=False,
        attribution_control=gsi_tiles,
        prefer_canvas=False,
    )
    if gsi_tiles:
        folium.TileLayer(GSI_TILES, attr=GSI_ATTRIBUTION, min_zoom=5, max_zoom=18).add_to(base)
    centre = [d for d in city().central_districts if d in district_ids] or list(district_ids)
    opacity = 0.7 if gsi_tiles else 1.0
    DistrictLayer(edition_script, assets, centre, opacity).add_to(base)
    base.get_root().render()
    return base
