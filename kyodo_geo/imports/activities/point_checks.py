"""Where activities took place, and the district that point lies in."""

from __future__ import annotations

from kyodo_geo.geo.places import districts_of_points
from kyodo_geo.imports.activities.activity_findings import ActivityFinding
from kyodo_geo.imports.activities.records import Columns, Records
from kyodo_geo.imports.activities.row_checks import Upload
from kyodo_geo.measures.places.district_shapes import district_boundaries
from kyodo_geo.model import CITYWIDE_ID
from kyodo_geo.tabular.column_arrays import with_cells
from kyodo_geo.tabular.findings import Checked


def check_points(upload: Upload, records: Records) -> Checked[Columns]:
    """Complete districts from points (EPSG:4326); find half points and those that lie elsewhere."""
    table, masks = upload.table, records.values["district_mask"]
    lats, lngs = records.values["point_lat"], records.values["point_lng"]
    has_lat, has_lng = lats != None, lngs != None  # noqa: E711 - elementwise
    label, half = table.label("point_lat"), ActivityFinding.POINT_HALF
    findings = [table.finding(half, row, label) for row in records.touched(has_lat != has_lng)]
    rows = records.touched(has_lat & has_lng)
    if not rows:
        return Checked({}, findings)
    bits = {place.place_id: place.mask for place in upload.edition.places}
    boundaries = district_boundaries(upload.edition)
    lie_in = districts_of_points(lats[rows].tolist(), lngs[rows].tolist(), boundaries)
    completed, label = {}, table.label("district_ids")
    for row, district_id in zip(rows, lie_in, strict=True):
        is_blank = masks[row] == 0 and not upload.is_refused(row, label)
        if is_blank and district_id is not None:
            completed[row] = bits[district_id]
            kind, texts = ActivityFinding.PLACE_FROM_POINT, {"became": district_id}
            findings.append(table.finding(kind, row, label, **texts))
        elif masks[row] & ~bits[CITYWIDE_ID] and not masks[row] & bits.get(district_id or "", 0):
            place = f"{district_id}の中です" if district_id else "どの地区の中でもありません"
            kind, texts = ActivityFinding.POINT_ELSEWHERE, {"detail": f"その場所は、{place}"}
            findings.append(table.finding(kind, row, label, **texts))
    return Checked({"district_mask": with_cells(masks, completed)}, findings)
