"""What is printed, as PDF set on this machine by Typst: 地区カルテ, hand-outs of cases."""

from kyodo_geo.report.district_sheets import (
    all_names,
    district_named,
    district_sheet,
    sheet_name,
    write_sheet,
    write_sheets,
)
from kyodo_geo.report.handout import handout, handout_name, write_handout
from kyodo_geo.report.qr_link import page_address

__all__ = [
    "all_names",
    "district_named",
    "district_sheet",
    "handout",
    "handout_name",
    "page_address",
    "sheet_name",
    "write_handout",
    "write_sheet",
    "write_sheets",
]
