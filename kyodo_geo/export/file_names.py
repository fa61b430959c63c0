"""Names of exported files (edition, period, hash of the filters), and their atomic writing."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from kyodo_geo.city import city
from kyodo_geo.editions import Edition
from kyodo_geo.errors import ExportError, refusal_to_write
from kyodo_geo.export.schema.formats import FORMATS
from kyodo_geo.model import Filters


def file_name(edition: Edition, filters: Filters, format_id: str) -> str:
    """Build the ASCII name of an exported file: edition, period, hash of the filters."""
    encoding = "_cp932" if format_id == "csv-cp932" else ""
    return f"{view_name(edition, filters)}{encoding}.{FORMATS[format_id].extension}"


def view_name(edition: Edition, filters: Filters, what: str = "") -> str:
    """Build the same name without an extension; `what` names a table of the view."""
    parts = ["fictional"] if edition.info.is_fictional else []
    parts += ["kyodo", *([what] if what else []), f"ed{edition.info.number:04}", _marks(filters)]
    return "_".join(parts)


def japanese_view_name(edition: Edition, filters: Filters, what: str) -> str:
    """Build a Japanese name without an extension, for files that people keep."""
    fictional = "架空データ_" if edition.info.is_fictional else ""
    return f"{fictional}{city().title}_{what}_第{edition.info.number}版_{_marks(filters)}"


@contextmanager
def draft_of(target: Path, also: tuple[type[Exception], ...] = ()) -> Iterator[Path]:
    """Yield a path to write to, and move that file to `target` at the end: whole or not at all.

    Raises ExportError for what the system, or an exception in `also`, refuses.
    """
    with (
        refusal_to_write(ExportError, target, also=also),
        TemporaryDirectory(dir=target.parent, prefix=".kyodo-") as folder,
    ):
        draft = Path(folder) / f"draft{target.suffix}"
        yield draft
        draft.replace(target)


def _marks(filters: Filters) -> str:
    start, end = filters.year_from, filters.year_to
    period = "all" if start is None and end is None else f"{start or ''}-{end or ''}"
    mark = hashlib.sha256(repr(filters).encode()).hexdigest()[:6]
    return f"{period}_{mark}" if filters.is_narrowed else period
