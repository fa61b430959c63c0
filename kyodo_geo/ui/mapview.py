"""The map panel: one picture as a map or as tiles, its legend, and the chosen district."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st
from streamlit_folium import st_folium

from kyodo_geo.editions import Edition
from kyodo_geo.maps.layers import OfflineMap, district_map, paint_layer
from kyodo_geo.maps.legend import legend_html
from kyodo_geo.maps.picture import Picture
from kyodo_geo.ui import address, options
from kyodo_geo.ui.components import panel
from kyodo_geo.ui.runtime import geometry_address, settings

MAP_HEIGHT_PX = 520
VIEWS = {"map": "地図", "tiles": "地区タイル"}


def view_switch() -> str:
    """Let the user choose map or tiles; returns "map" or "tiles"."""
    return options.switch("view", "表示", VIEWS, "map")


def selected_district(edition: Edition) -> str | None:
    """The chosen district's id, None for the whole city."""
    ids = [district.district_id for district in edition.districts]
    return address.option("select", ids) or None


def district_picker(edition: Edition) -> None:
    """The list beside the map: the way to a district without a pointing device."""
    names = {d.district_id: f"{d.name}地区（{d.region}）" for d in edition.districts}
    chosen = st.selectbox(
        "選んだ地区",
        list(names),
        index=None,
        format_func=names.__getitem__,
        placeholder="市全体（地区を選ぶ）",
        key=address.widget("select", selected_district(edition)),
    )
    address.set_option("select", chosen)


def draw_picture(
    edition: Edition,
    picture: Picture,
    view: str,
    unit: str,
    legend_notes: tuple[str, ...] = (),
) -> None:
    """Draw a picture with its legend; a click on a district selects it."""
    state = picture.state(selected_district(edition))
    if view == "tiles":
        panel(
            "tiles",
            {
                "state": state,
                "geometry": f"kyodo/{geometry_address(edition)}",
                "label": f"地区タイル: {picture.title}",
            },
            key="kg_tiles",
            on_pick=select_from_panel,
        )
    else:
        _map(edition, state)
    st.html(legend_html(picture, unit, legend_notes))


def select_from_panel(value: Mapping[str, str | None]) -> None:
    """Take over a district picked in a tile grid, a small map or a table."""
    if "district" in value:
        select_district(value["district"])


def select_district(district_id: str | None) -> None:
    """Choose a district for all pages (None: the whole city)."""
    address.set_option("select", district_id)
    st.session_state.pop(f"{address.WIDGET_PREFIX}select", None)


def _map(edition: Edition, state: dict[str, object]) -> None:
    # The key stays the same from one filter to the next: the map is never built anew.
    key = f"kg_map_{edition.info.number}"

    def clicked() -> None:
        value = st.session_state.get(key) or {}
        if "district" in value:
            select_district(value["district"])

    st_folium(
        _base_map(edition),
        key=key,
        height=MAP_HEIGHT_PX,
        use_container_width=True,
        returned_objects=[],
        feature_group_to_add=paint_layer(state),
        on_change=clicked,
    )


def _base_map(edition: Edition) -> OfflineMap:
    ids = [district.district_id for district in edition.districts]
    return district_map(geometry_address(edition), ids, gsi_tiles=settings().gsi_tiles)
