"""Names of exported files: edition, period, and a short mark of the filters."""

from __future__ import annotations

import hashlib

from kyodo_geo.city import city
from kyodo_geo.editions import Edition
from kyodo_geo.export.schema.formats import FORMATS
from kyodo_geo.model import Filters


def file_name(edition: Edition, filters: Filters, format_id: str) -> str:
    """A telling ASCII name: edition, period, a short mark of the filters."""
    encoding = "_cp932" if format_id == "csv-cp932" else ""
    return f"{view_name(edition, filters)}{encoding}.{FORMATS[format_id].extension}"


def view_name(edition: Edition, filters: Filters, what: str = "") -> str:
    """The same without an ending; `what` says which table of the view it is."""
    parts = ["fictional"] if edition.info.is_fictional else []
    parts += ["kyodo", *([what] if what else []), f"ed{edition.info.number:04}", _marks(filters)]
    return "_".join(parts)


def japanese_view_name(edition: Edition, filters: Filters, what: str) -> str:
    """The same for Japanese readers."""
    fictional = "架空データ_" if edition.info.is_fictional else ""
    return f"{fictional}{city().title}_{what}_第{edition.info.number}版_{_marks(filters)}"


def _marks(filters: Filters) -> str:
    """The period, and a short mark of the filters where the view is narrowed."""
    start, end = filters.year_from, filters.year_to
    period = "all" if start is None and end is None else f"{start or ''}-{end or ''}"
    mark = hashlib.sha256(repr(filters).encode()).hexdigest()[:6]
    return f"{period}_{mark}" if filters.is_narrowed else period
