"""The density page the tutorial way: Streamlit, pandas, folium.Choropleth.

To draw on a closed network at all, Leaflet comes from this app's static folder and the
colour map's legend, which needs d3 from elsewhere, is taken off. Everything else is as the
tutorials have it.
"""

import json
import os
from pathlib import Path

import folium
import pandas as pd
import streamlit as st
from streamlit_folium import st_folium

DATA = Path(os.environ["TUTORIAL_DATA"])
LEAFLET = "../../app/static/leaflet"
folium.Map.default_js = [("leaflet", f"{LEAFLET}/leaflet.js")]
folium.Map.default_css = [("leaflet_css", f"{LEAFLET}/leaflet.css")]


@st.cache_data
def load() -> pd.DataFrame:
    """All activities, one row an activity and district."""
    return pd.read_parquet(DATA / "activities.parquet")


@st.cache_data
def districts() -> dict:
    """The boundaries as GeoJSON."""
    return json.loads((DATA / "districts.geojson").read_text("utf-8"))


activities = load()
regions = st.sidebar.multiselect("地域", sorted(activities["region"].unique()), key="region")
forms = st.sidebar.multiselect("形態", sorted(activities["form"].dropna().unique()), key="form")
year_from, year_to = st.sidebar.slider("年度", 2005, 2025, (2005, 2025), key="years")

found = activities[activities["fiscal_year"].between(year_from, year_to)]
if regions:
    found = found[found["region"].isin(regions)]
if forms:
    found = found[found["form"].isin(forms)]
counts = found.groupby("district_id").size().reset_index(name="activities")

st.write(f"{len(found)}件")
base = folium.Map(location=[39.43, 141.2], zoom_start=10, tiles=None)
choropleth = folium.Choropleth(
    geo_data=districts(),
    data=counts,
    columns=["district_id", "activities"],
    key_on="feature.properties.district_id",
    fill_color="Blues",
    nan_fill_color="white",
)
for name in [n for n in choropleth._children if n.startswith("color_map")]:
    del choropleth._children[name]
choropleth.add_to(base)
st_folium(base, width=740, height=520)
st.dataframe(counts)
