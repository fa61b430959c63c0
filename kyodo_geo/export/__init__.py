"""Export of a filtered view: CSV, Excel, GeoJSON, and a ZIP of all with its metadata."""

from kyodo_geo.export.file_names import file_name, japanese_view_name, view_name
from kyodo_geo.export.schema.formats import FORMATS, ExportFormat
from kyodo_geo.export.view import ExportReport, cp932_changes, export_view

__all__ = [
    "FORMATS",
    "ExportFormat",
    "ExportReport",
    "cp932_changes",
    "export_view",
    "file_name",
    "japanese_view_name",
    "view_name",
]
