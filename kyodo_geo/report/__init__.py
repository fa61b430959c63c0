"""地区カルテ on paper: one A4 page a district as PDF, set on this machine by Typst."""

from kyodo_geo.report.address import page_address
from kyodo_geo.report.naming import asked_district, sheet_name
from kyodo_geo.report.sheet import district_sheet
from kyodo_geo.report.sheets import all_names, write_sheet, write_sheets

__all__ = [
    "all_names",
    "asked_district",
    "district_sheet",
    "page_address",
    "sheet_name",
    "write_sheet",
    "write_sheets",
]
