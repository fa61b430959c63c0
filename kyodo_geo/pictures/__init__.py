"""Pictures to be kept: what every map and chart of the pages shows, as one SVG or PNG."""
