"""One activity as values for programs: the same as a row of activities.csv, sets as lists."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from kyodo_geo.editions import Edition
from kyodo_geo.measures.activities.listing import ListedActivity
from kyodo_geo.vocabulary import KYODO_SCOPES, Term


def activity_values(edition: Edition, activity: ListedActivity) -> dict[str, Any]:
    """The values of an activity by the names of ACTIVITY_COLUMNS.

    Sets are lists in the order of the CSV, `is_kyodo` is true or false, dates are ISO 8601, and
    what is not on record is None (a text: empty).
    """
    places = [edition.place_by_id[place_id] for place_id in activity.place_ids]
    places = [place for place in places if place.kind != "unknown"]
    return {
        "edition": edition.info.number,
        "activity_id": activity.activity_id,
        "title": activity.title,
        "summary": activity.summary,
        "fiscal_year": activity.fiscal_year,
        "start_date": activity.start_date and activity.start_date.isoformat(),
        "end_date": activity.end_date and activity.end_date.isoformat(),
        "district_ids": [place.place_id for place in places],
        "district_names": [place.label for place in places],
        "regions": list(dict.fromkeys(place.region for place in places if place.region)),
        "forms_stated": _labels(activity.forms_stated),
        "forms_implied": _labels(activity.forms_implied),
        "actors": _labels(activity.actors),
        "scopes": _labels(activity.scopes),
        "is_kyodo": bool(set(activity.scopes) & set(KYODO_SCOPES)),
        "field": activity.field.label,
        "status": activity.status.label,
        "participants_count": activity.participants_count,
        "city_cost_yen": activity.city_cost_yen,
        "organisations": list(activity.organisations),
        "note": activity.note,
        "source": activity.source,
        "source_date": activity.source_date,
        "point_lat": activity.point_lat,
        "point_lng": activity.point_lng,
        "continues": activity.continues,
    }


def _labels(terms: Iterable[Term]) -> list[str]:
    return [term.label for term in terms]
