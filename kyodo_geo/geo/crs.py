"""Coordinate reference systems: one for exchange, one for measuring."""

from kyodo_geo.city import city

GEOGRAPHIC_CRS = "EPSG:4326"
"""WGS84 in degrees, for GeoJSON and the web map; never for measuring."""

PLANE_CRS = city().plane_crs
"""平面直角座標系 (JGD2011) of the city in metres, for areas, distances, simplification."""
