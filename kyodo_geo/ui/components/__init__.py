"""Parts of pages as plain values, drawn in the browser by the scripts in static/."""
