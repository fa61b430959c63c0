"""協働の密度: in which district, and how much."""

import streamlit as st

from kyodo_geo.measures.density import MEASURES, Drawing, measure_places
from kyodo_geo.ui import density, mapview, options, shell
from kyodo_geo.ui.exports import export_panel
from kyodo_geo.ui.parts import draw
from kyodo_geo.ui.pictures import density_picture

with shell.page("density") as view:
    measure = MEASURES[options.MEASURE.chosen]
    method = options.chosen_method()
    shell.top(
        view,
        options.offer(options.MEASURE),
        options.offer_classes(disabled=measure.drawing is Drawing.CIRCLE),
        options.offer(options.VIEW),
        options.DISTRICT,
    )
    selected = mapview.selected_district(view.edition)
    measured = measure_places(view.edition, view.filters, measure)
    map_column, card_column = st.columns([2, 1], gap="medium")
    with map_column:
        picture = density_picture(measured, method)
        notes = density.legend_notes(measured, method)
        mapview.draw_picture(view.edition, picture, measure.unit, notes)
    with card_column:
        card = density.place_card(view.edition, view.filters, measured, selected)
        draw(view.edition, "kg_card", card)
    draw(
        view.edition,
        "kg_below",
        density.density_table(measured, selected),
        density.density_notes(view.edition, view.filters, measured),
        export_panel(view.filters),
    )
