"""What the districts may be called in a file."""

from __future__ import annotations

import csv
from functools import cache

from kyodo_geo.settings import SHIPPED_DATA_DIR

PLACES = ("district_ids", "district_names")
"""The columns of ours that hold districts."""

NO_DISTRICT = ("C00", "全市", "C99", "地区不明")


@cache
def district_names() -> frozenset[str]:
    """Ids and names of the districts, and what stands for all or none of them."""
    with (SHIPPED_DATA_DIR / "districts.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    own = {text for row in rows for text in (row["district_id"], row["name"])}
    return frozenset(own.union(NO_DISTRICT))
