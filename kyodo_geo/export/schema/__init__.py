"""Schemas of exported files: columns, code lists, tables, formats."""
