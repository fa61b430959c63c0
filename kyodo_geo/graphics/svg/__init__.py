"""Maps and charts drawn as SVG for files and print."""
