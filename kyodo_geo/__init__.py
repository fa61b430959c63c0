"""Kyodo Geo: where, in which forms and by whom a city collaborates (協働)."""

__version__ = "0.1.0"
