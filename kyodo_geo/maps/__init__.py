"""Pictures of the districts as folium elements, HTML and SVG; nothing here knows Streamlit."""
