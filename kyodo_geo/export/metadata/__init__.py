"""Metadata of exported files: manifest, Data Package, CSVW."""
