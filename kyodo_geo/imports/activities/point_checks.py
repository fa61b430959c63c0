"""Where activities took place, and the district that point lies in."""

from __future__ import annotations

import numpy as np

from kyodo_geo.editions import Edition
from kyodo_geo.geo.places import districts_of_points
from kyodo_geo.imports.activities.records import Records
from kyodo_geo.imports.activities.table import ActivityTable
from kyodo_geo.measures.places.district_shapes import district_boundaries
from kyodo_geo.model import CITYWIDE_ID
from kyodo_geo.tabular.findings import Check


def check_points(table: ActivityTable, records: Records, edition: Edition) -> None:
    """Complete districts from points, and flag points that lie elsewhere."""
    lats, lngs = records.values["point_lat"], records.values["point_lng"]
    has_lat, has_lng = lats != None, lngs != None  # noqa: E711 - elementwise
    for row in np.flatnonzero(records.is_touched & (has_lat != has_lng)).tolist():
        table.find(Check.POINT_HALF, table.numbers[row], table.label("point_lat"))
    rows = np.flatnonzero(records.is_touched & has_lat & has_lng)
    if not len(rows):
        return
    bits = {place.place_id: place.mask for place in edition.places}
    boundaries = district_boundaries(edition)
    found = districts_of_points(lats[rows].tolist(), lngs[rows].tolist(), boundaries)
    for row, district_id in zip(rows.tolist(), found, strict=True):
        _compare(table, records, row, district_id, bits)


def _compare(
    table: ActivityTable, records: Records, row: int, district_id: str | None, bits: dict[str, int]
) -> None:
    """One activity's districts beside the one its point lies in; None for outside of all."""
    masks, number, label = (
        records.values["district_mask"],
        table.numbers[row],
        table.label("district_ids"),
    )
    if masks[row] == 0 and district_id is not None and (number, label) not in table.refused_cells:
        masks[row] = bits[district_id]
        table.find(Check.PLACE_FROM_POINT, number, label, became=district_id)
    elif masks[row] & ~bits[CITYWIDE_ID] and not masks[row] & bits.get(district_id or "", 0):
        lies_in = f"{district_id}の中です" if district_id else "どの地区の中でもありません"
        table.find(Check.POINT_ELSEWHERE, number, label, detail=f"その場所は、{lies_in}")
