"""The smallest page Streamlit can show: what every start is measured against."""

import streamlit as st

st.write("empty")
