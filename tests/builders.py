"""Small things that tests build."""

from __future__ import annotations

from kyodo_geo.model import Activity
from kyodo_geo.vocabulary import ActorType


def activity(number: int = 1, **changes: object) -> Activity:
    """An activity of a citizen and the city in C01 in 2020, with some fields changed."""
    values: dict[str, object] = {
        "activity_id": f"T{number:04}",
        "title": f"活動{number}",
        "summary": "",
        "district_ids": ("C01",),
        "actors": (ActorType.INDIVIDUAL, ActorType.CITY),
        "fiscal_year": 2020,
    }
    return Activity(**(values | changes))  # type: ignore[arg-type]
