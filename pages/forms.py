"""協働の形態: in which forms."""

import streamlit as st

from kyodo_geo.maps.classes import ClassMethod
from kyodo_geo.measures.summary import summarise
from kyodo_geo.ui import forms, mapview, options, shell
from kyodo_geo.ui.exports import export_panel
from kyodo_geo.ui.filters import empty_state
from kyodo_geo.ui.pictures import dominant_form_picture, form_share_picture

with shell.filtered_page("forms") as (edition, filters):
    empty_state(edition, filters)
    summary = summarise(edition, filters)
    profiles = forms.district_profiles(edition, filters)
    with st.container(horizontal=True, key="kg_options", vertical_alignment="bottom"):
        picture_name = forms.choose_picture()
        form = forms.choose_form() if picture_name == "share" else None
        method = ClassMethod.NATURAL if picture_name == "dominant" else options.choose_method()
        view = "map" if picture_name == "each" else mapview.view_switch()
        mapview.district_picker(edition)
    place_id = mapview.selected_district(edition) or "ALL"
    if picture_name == "each":
        forms.small_maps(edition, profiles, method)
        forms.place_card(edition, filters, place_id)
    else:
        map_column, card_column = st.columns([2, 1], gap="medium")
        with map_column:
            if form is None:
                picture = dominant_form_picture(profiles)
                mapview.draw_picture(edition, picture, view, "", forms.dominant_notes(profiles))
            else:
                picture = form_share_picture(profiles, form, method)
                mapview.draw_picture(edition, picture, view, "％", (forms.SHARE_NOTE,))
        with card_column:
            forms.place_card(edition, filters, place_id)
    forms.form_table(edition, summary, filters)
    forms.bands(edition, filters, place_id)
    forms.form_notes(edition, filters)
    export_panel(edition, filters)
