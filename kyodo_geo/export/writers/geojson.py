"""The figures of every place as a table, and of the districts as GeoJSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import pandas as pd

from kyodo_geo.editions import Edition
from kyodo_geo.export.metadata.manifest import provenance
from kyodo_geo.export.schema.columns import PLACE_COLUMNS
from kyodo_geo.geo.boundaries import join_measures
from kyodo_geo.measures.places.actors import ActorProfile, actor_profiles
from kyodo_geo.measures.places.density import MEASURES, measure_places
from kyodo_geo.measures.places.description import describe_view
from kyodo_geo.measures.places.district_shapes import (
    district_areas_km2,
    district_boundaries,
)
from kyodo_geo.measures.places.forms import FormProfile, form_profiles
from kyodo_geo.measures.places.summary import PlaceSummary
from kyodo_geo.model import Filters
from kyodo_geo.vocabulary import KNOWN_FORMS, ActorType, Form


def place_rows(edition: Edition, filters: Filters) -> list[dict[str, Any]]:
    """Figures of every place (PLACE_COLUMNS), one row a place, numbers rounded to 4 places;
    None: no data.

    地区不明 stands in it only if there are such activities.
    """
    per_area = measure_places(edition, filters, MEASURES["per_10km2"])
    per_people = measure_places(edition, filters, MEASURES["per_1000"])
    basis = "region" if per_people.by_region else "district"
    summary, areas = per_area.summary, district_areas_km2(edition)
    forms, actors = form_profiles(edition, filters), actor_profiles(edition, filters)
    rows = [row for row in summary.rows() if row is not summary.unknown or row.activities]
    return [
        {
            **_counts(row),
            "area_km2": _rounded(areas.get(row.place.place_id)),
            "per_10km2": _rounded(per_area.values[row.place.place_id]),
            "per_1000": _rounded(per_people.values[row.place.place_id]),
            "per_1000_basis": basis if per_people.values[row.place.place_id] is not None else "",
            **_form_counts(forms[row.place.place_id]),
            **_actor_counts(actors[row.place.place_id]),
        }
        for row in rows
    ]


def place_cells(edition: Edition, filters: Filters) -> list[tuple[Any, ...]]:
    """The same as rows of cells in the order of PLACE_COLUMNS."""
    return [
        tuple(row[column.name] for column in PLACE_COLUMNS) for row in place_rows(edition, filters)
    ]


def district_geojson(edition: Edition, filters: Filters, generated_at: datetime | None) -> str:
    """The districts' figures with their shapes (WGS84, RFC 7946); 全市 and totals beside.

    Edition, dates, licence and attribution are members of the collection.
    """
    rows = place_rows(edition, filters)
    figures = pd.DataFrame([row for row in rows if row["kind"] == "district"], dtype=object)
    figures = figures.rename(columns={"place_id": "district_id"})
    # Numbers with gaps as objects: a missing value is null, a whole number stays whole.
    figures = figures.where(figures.notna(), None)
    shapes = district_boundaries(edition).drop(columns="area_km2")  # in full, and in the figures
    joined = join_measures(shapes, figures)
    collection = json.loads(
        joined.reset_index().drop(columns=["anchor_lat", "anchor_lng"]).to_json()
    )
    collection.pop("crs", None)
    collection |= {
        **provenance(edition, generated_at),
        "view": describe_view(edition, filters),
        "attribution": attribution(edition),
        "others": [row for row in rows if row["kind"] != "district"],
    }
    return json.dumps(collection, ensure_ascii=False, default=float)


def attribution(edition: Edition) -> str:
    """The sentence that has to stand wherever the boundaries are shown."""
    return next((card["attribution"] for card in edition.sources if "attribution" in card), "")


def _counts(row: PlaceSummary) -> Mapping[str, Any]:
    return {
        "place_id": row.place.place_id,
        "kind": row.place.kind,
        "name": row.place.label,
        "region": row.place.region,
        "activities": row.activities,
        "kyodo": row.kyodo,
        "participants": row.participants,
        "participants_known": row.participants_known,
        "actor_kinds": row.actor_kinds,
    }


def _form_counts(profile: FormProfile) -> dict[str, int]:
    counts = profile.counts
    known = {f"form_{form}": counts[form].activities for form in KNOWN_FORMS}
    stated = {f"form_{form}_stated": counts[form].stated for form in KNOWN_FORMS}
    return known | stated | {"form_unknown": counts[Form.UNKNOWN].activities}


def _actor_counts(profile: ActorProfile) -> dict[str, int]:
    return {f"actor_{actor}": profile.count(actor) for actor in ActorType}


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(float(value), 4)
