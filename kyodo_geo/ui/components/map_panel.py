"""The map panel: one picture as a map or as tiles, its legend, and the chosen district."""

from __future__ import annotations

import streamlit as st
from streamlit_folium import st_folium

from kyodo_geo.editions import Edition
from kyodo_geo.graphics.image_options import VIEW
from kyodo_geo.maps.folium_map import OfflineMap, district_map
from kyodo_geo.ui.assets import assets_folder
from kyodo_geo.ui.components import mount, option_bar
from kyodo_geo.ui.components.image_buttons import image_buttons
from kyodo_geo.ui.components.parts import Picture
from kyodo_geo.ui.runtime import edition_address, settings
from kyodo_geo.ui.state import view_state

MAP_HEIGHT_PX = 520


def selected_district(edition: Edition) -> str | None:
    """Return the id of the chosen district, None for the whole city."""
    ids = [district.district_id for district in edition.districts]
    return view_state.option("select", ids) or None


def draw_map_panel(edition: Edition, page: str) -> None:
    """Draw the picture of a page with its legend, as map or as tiles.

    The browser fetches what to paint (`/kyodo/picture`). A click on a district selects it.
    """
    if option_bar.chosen(VIEW) == "map":
        _draw_map(edition)
    mount.draw(edition, "kg_picture", Picture(page), *image_buttons(page))


def _draw_map(edition: Edition) -> None:
    # Decision 10: nothing here depends on a filter, so the map is sent once.
    key = f"kg_map_{edition.info.number}"

    def clicked() -> None:
        value = st.session_state.get(key) or {}
        if "district" in value:
            view_state.receive_option("select", value["district"])

    st_folium(
        edition.cached("base_map", lambda: _base_map(edition)),
        key=key,
        height=MAP_HEIGHT_PX,
        use_container_width=True,
        returned_objects=[],
        render=False,
        on_change=clicked,
    )


def _base_map(edition: Edition) -> OfflineMap:
    ids = [district.district_id for district in edition.districts]
    gsi_tiles = settings().gsi_tiles
    return district_map(edition_address(edition), assets_folder(), ids, gsi_tiles=gsi_tiles)
