"""Small things that tests build."""

from __future__ import annotations

import sqlite3
from dataclasses import fields
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from kyodo_geo.editions import Edition
from kyodo_geo.export import ExportReport, export_view, file_name
from kyodo_geo.model import Activity, Filters
from kyodo_geo.ui.assets import asset_address
from kyodo_geo.vocabulary import ActorType, Certainty, Field, Scope, Status

MOUNT = f"/{asset_address('core/mount.js')}"
"""The address of the script that draws the parts of a page."""

FILTER_FIELDS = tuple(field.name for field in fields(Filters))

ONE_FILTER_EACH = (
    Filters(regions=("花巻",)),
    Filters(actors=(ActorType.SCHOOL,)),
    Filters(scopes=(Scope.B,)),
    Filters(fields=(Field.TOURISM,)),
    Filters(status=Status.PLANNED),
    Filters(certainty=Certainty.STATED),
    Filters(keyword="まつり"),
    Filters(with_context=True),
)
"""Views narrowed by one filter, each of which leaves out something of the shipped record."""


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


def fill_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """From now on no SQLite file can grow."""
    connect = sqlite3.connect

    def small(*arguments: object, **options: object) -> sqlite3.Connection:
        con: sqlite3.Connection = connect(*arguments, **options)  # type: ignore[call-overload]
        [[pages]] = con.execute("PRAGMA page_count")
        con.execute(f"PRAGMA max_page_count = {pages}")
        return con

    monkeypatch.setattr(sqlite3, "connect", small)
