"""Maps of the districts: classes, colours, legend, geometry, labels, the folium base map."""
