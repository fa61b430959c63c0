"""Boundaries of the districts, and which district a place is in."""
