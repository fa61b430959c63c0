"""Answers beside the pages: map data, images, exports, PDF, and the table of routes."""
