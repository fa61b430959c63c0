"""Files of printed documents and pictures: their names, written whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from kyodo_geo.editions import Edition
from kyodo_geo.errors import ExportError, refusal_to_write


@contextmanager
def draft_folder(folder: Path) -> Iterator[Path]:
    """Yield a hidden folder on the same disk, removed afterwards."""
    with TemporaryDirectory(dir=folder, prefix=".kyodo-") as drafts:
        yield Path(drafts)


def write_whole(content: bytes, target: Path) -> None:
    """Write a file, whole or not at all. Raises ExportError if that is refused."""
    with refusal_to_write(ExportError, target), draft_folder(target.parent) as drafts:
        draft = drafts / "draft"
        draft.write_bytes(content)
        draft.replace(target)


def file_stem(edition: Edition, *parts: str) -> str:
    """Return the name without ending: parts and edition, marked where data are fictional."""
    words = ["fictional"] if edition.info.is_fictional else []
    return "_".join([*words, *parts, f"第{edition.info.number}版"])


def file_name_part(text: str) -> str:
    """Replace all but letters and digits by hyphens."""
    return "".join(c if c.isalnum() else "-" for c in text)
