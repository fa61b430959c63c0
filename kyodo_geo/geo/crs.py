"""The two coordinate reference systems in use: one to carry, one to measure."""

GEOGRAPHIC_CRS = "EPSG:4326"
"""WGS84 in degrees: what GeoJSON files and the web map carry. Never measured in."""

PLANE_CRS = "EPSG:6678"
"""JGD2011 / 平面直角座標系 X系 (Iwate) in metres: areas, distances and simplification."""
