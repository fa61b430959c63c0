"""The two coordinate reference systems in use: one to carry, one to measure."""

from kyodo_geo.city import city

GEOGRAPHIC_CRS = "EPSG:4326"
"""WGS84 in degrees: what GeoJSON files and the web map carry. Never measured in."""

PLANE_CRS = city().plane_crs
"""平面直角座標系 (JGD2011) of the city in metres: areas, distances and simplification."""
