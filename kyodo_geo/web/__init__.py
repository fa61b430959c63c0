"""HTTP helpers shared by pages and API: file streaming, links to descriptions."""
