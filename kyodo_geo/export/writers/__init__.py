"""One module per kind of file or row: CSV, Excel, GeoJSON, ZIP, and the values in them."""
