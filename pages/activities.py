"""活動一覧: what was done."""

import streamlit as st

from kyodo_geo.measures.summary import summarise
from kyodo_geo.ui import activities, shell
from kyodo_geo.ui.exports import export_panel
from kyodo_geo.ui.filters import empty_state

with shell.filtered_page("activities") as (edition, filters):
    activities.activity_detail(edition)
    if not empty_state(edition, filters):
        with st.container(horizontal=True, key="kg_options", vertical_alignment="bottom"):
            order = activities.choose_order()
            page = activities.choose_page(summarise(edition, filters).total.activities)
        activities.activity_list(edition, filters, order, page)
    export_panel(edition, filters)
