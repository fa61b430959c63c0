"""Small things that tests build."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from kyodo_geo.editions import Edition
from kyodo_geo.export import ExportReport, export_view, file_name
from kyodo_geo.model import Activity, Filters
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


def export_bytes(edition: Edition, filters: Filters, format_id: str) -> tuple[bytes, ExportReport]:
    """A file of a view as bytes, with what was said of it."""
    with TemporaryDirectory() as folder:
        target = Path(folder) / file_name(edition, filters, format_id)
        report = export_view(edition, filters, format_id, target)
        return target.read_bytes(), report
