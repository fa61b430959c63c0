"""協働の主体: with whom."""

import streamlit as st

from kyodo_geo.measures.density import MEASURES, measure_places
from kyodo_geo.measures.summary import summarise
from kyodo_geo.ui import actors, mapview, options, shell
from kyodo_geo.ui.exports import export_panel
from kyodo_geo.ui.filters import empty_state
from kyodo_geo.ui.pictures import actor_share_picture, density_picture

with shell.filtered_page("actors") as (edition, filters):
    empty_state(edition, filters)
    with st.container(horizontal=True, key="kg_options", vertical_alignment="bottom"):
        picture_name = actors.choose_picture()
        actor = actors.choose_actor() if picture_name == "share" else None
        method = options.choose_method()
        view = mapview.view_switch()
        mapview.district_picker(edition)
    place_id = mapview.selected_district(edition) or "ALL"
    map_column, card_column = st.columns([2, 1], gap="medium")
    with map_column:
        if actor is None:
            kinds = measure_places(edition, filters, MEASURES["actor_kinds"])
            mapview.draw_picture(edition, density_picture(kinds, method), view, "種類")
        else:
            profiles = actors.district_profiles(edition, filters)
            picture = actor_share_picture(profiles, actor, method)
            mapview.draw_picture(edition, picture, view, "％", (actors.SHARE_NOTE,))
    with card_column:
        actors.place_card(edition, filters, place_id)
    actors.actor_table(edition, summarise(edition, filters), filters)
    actors.together(edition, filters, place_id)
    actors.organisation_list(edition, filters, place_id)
    actors.actor_notes(edition, filters)
    export_panel(edition, filters)
