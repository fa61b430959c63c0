"""協働の密度: in which district, and how much."""

import streamlit as st

from kyodo_geo.measures.density import Drawing, measure_places
from kyodo_geo.ui import density, mapview, options, shell
from kyodo_geo.ui.exports import export_panel
from kyodo_geo.ui.filters import empty_state
from kyodo_geo.ui.pictures import density_picture

with shell.filtered_page("density") as (edition, filters):
    empty_state(edition, filters)
    with st.container(horizontal=True, key="kg_options", vertical_alignment="bottom"):
        measure = density.choose_measure()
        method = options.choose_method(disabled=measure.drawing is Drawing.CIRCLE)
        view = mapview.view_switch()
        mapview.district_picker(edition)
    measured = measure_places(edition, filters, measure)
    picture = density_picture(measured, method)
    map_column, card_column = st.columns([2, 1], gap="medium")
    with map_column:
        notes = density.legend_notes(measured, method)
        mapview.draw_picture(edition, picture, view, measure.unit, notes)
    with card_column:
        density.place_card(edition, filters, measured)
    density.density_table(edition, measured)
    density.density_notes(edition, filters, measured)
    export_panel(edition, filters)
