"""HTTP helpers that pages and API share: streaming files, links to their descriptions."""
