"""The density page as a tutorial would write it: Streamlit, pandas and `folium.Choropleth`.

It does what the tutorials do, with `st.cache_data` for loading and nothing else. Where
that was needed for the comparison to be fair it is better than they are:

- It draws without the internet. Stock folium asks twelve files of other hosts and draws
  nothing if one of them is missing; here Leaflet comes from the server itself, and the
  scripts that only markers and pop-ups need are left out.
- The colour scale that `Choropleth` draws needs d3 from another host: it is taken away and
  said in a sentence. That spares the tutorial work.
- The file is Parquet with one true-or-false column for each form and actor type, so that
  pandas filters as fast as it can.
- `returned_objects` is narrowed to what is used; the default runs the script once more
  after each change.
"""

import json
import os
from pathlib import Path

import folium
import js_lib_leaflet
import pandas as pd
import streamlit as st
from streamlit_folium import st_folium

DATA = Path(os.environ["TUTORIAL_DATA_DIR"])
FORMS = ["共催", "実行委員会・協議会", "事業協力・協定", "後援・協賛", "補助・助成", "委託"]
ACTORS = ["個人", "地域団体", "市民活動団体", "事業者", "学校", "市"]

LEAFLET_DIR = Path(js_lib_leaflet.__file__).parent / "static" / "js_lib_leaflet"
assets = st.components.v1.declare_component("leaflet_files", path=LEAFLET_DIR)
folium.Map.default_js = [("leaflet", f"../{assets.name}/leaflet.js")]
folium.Map.default_css = [("leaflet_css", f"../{assets.name}/leaflet.css")]


@st.cache_data
def load_activities():
    """One row an activity and district."""
    activities = pd.read_parquet(DATA / "activities.parquet")
    names = ["district_id", "district", "region", "source"]
    return activities.astype(dict.fromkeys(names, "category"))


@st.cache_data
def load_districts():
    """The boundaries."""
    return json.loads((DATA / "districts.geojson").read_text("utf-8"))


st.set_page_config(page_title="協働の密度", layout="wide")
st.title("協働の密度")
activities = load_activities()
districts = load_districts()

years = sorted(activities["fiscal_year"].dropna().unique().astype(int))
year_from = st.sidebar.selectbox("年度（から）", years, index=0)
year_to = st.sidebar.selectbox("年度（まで）", years, index=len(years) - 1)
regions = st.sidebar.pills("地域", list(activities["region"].unique()), selection_mode="multi")
forms = st.sidebar.pills("形態", FORMS, selection_mode="multi")
actors = st.sidebar.pills("主体", ACTORS, selection_mode="multi")

selected = activities[activities["fiscal_year"].between(year_from, year_to)]
if regions:
    selected = selected[selected["region"].isin(regions)]
if forms:
    selected = selected[selected[forms].any(axis=1)]
if actors:
    selected = selected[selected[actors].any(axis=1)]

counts = (
    selected.groupby(["district_id", "district"], observed=True)
    .agg(件数=("id", "size"), 参加者数=("participants_count", "sum"))
    .reset_index()
)
st.metric("件数（延べ）", f"{len(selected):,}")

district_map = folium.Map(location=[39.45, 141.2], zoom_start=10, tiles=None)
choropleth = folium.Choropleth(
    geo_data=districts,
    data=counts,
    columns=["district_id", "件数"],
    key_on="feature.properties.district_id",
    fill_color="YlGnBu",
    nan_fill_color="white",
).add_to(district_map)
folium.GeoJsonTooltip(["name"]).add_to(choropleth.geojson)
for name in [key for key in choropleth._children if key.startswith("color_map")]:
    del choropleth._children[name]

map_column, list_column = st.columns([2, 1])
with map_column:
    clicked = st_folium(
        district_map, width=800, height=520, returned_objects=["last_active_drawing"]
    )
    if len(counts):
        st.caption(f"{counts['件数'].min():,}〜{counts['件数'].max():,}件")
with list_column:
    drawing = (clicked or {}).get("last_active_drawing")
    name = drawing["properties"]["name"] if drawing else None
    st.subheader(name or "市全体")
    listed = selected[selected["district"] == name] if name else selected
    st.dataframe(listed.nlargest(5, "fiscal_year")[["title", "fiscal_year", "source"]])
st.dataframe(counts, hide_index=True)
