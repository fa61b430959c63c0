"""Errors a user can act on: where, what was found, what was expected, what to do next.

Every message is Japanese and complete; a page shows it, the command line prints it on
stderr. Any other exception is a defect and goes to the log.
"""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

REASONS = {
    errno.ENOENT: "ファイルかフォルダーがありません",
    errno.ENOTDIR: "途中に、フォルダーではないものがあります",
    errno.EISDIR: "ファイルではなく、フォルダーです",
    errno.EEXIST: "同じ名前のものがもうあります",
    errno.EACCES: "許されていません",
    errno.EPERM: "許されていません",
    errno.EROFS: "読むだけの場所です",
    errno.ENOSPC: "空きがありません",
    errno.EDQUOT: "使える量を超えます",
    errno.EIO: "装置が読み書きできません",
    errno.ENAMETOOLONG: "名前が長すぎます",
}
"""Japanese texts per errno; other reasons keep the system's English text."""


class KyodoError(Exception):
    """Base of all errors with one Japanese message for the user.

    `where` names the file, row or setting, `found` the value or state, `expected` the correct
    one, `next_step` the remedy; parts that do not apply are empty. `detail` (paths, the
    system's text) is for the operator (command line, log), never part of the message.
    """

    def __init__(
        self, where: str, found: str, expected: str = "", next_step: str = "", detail: str = ""
    ) -> None:
        self.where = where
        self.found = found
        self.expected = expected
        self.next_step = next_step
        self.detail = detail
        super().__init__(self.sentence)

    @property
    def sentence(self) -> str:
        """Full message, one sentence per part."""
        parts = [f"{self.where}: {self.found}" if self.where else self.found]
        parts += [part for part in (self.expected, self.next_step) if part]
        return "".join(part if part.endswith("。") else f"{part}。" for part in parts)

    @property
    def sentence_in_detail(self) -> str:
        """Message with `detail` in brackets, for the operator."""
        return f"{self.sentence}（{self.detail}）" if self.detail else self.sentence


@contextmanager
def refusal_to_write(
    kind: type[KyodoError], target: object, what: str = "", also: tuple[type[Exception], ...] = ()
) -> Iterator[None]:
    """Raise `kind` if writing `target` fails with OSError or one of `also`.

    `what` is the object of the sentence (e.g. 控えを).
    """
    failures: tuple[type[Exception], ...] = (OSError, *also)
    try:
        yield
    except failures as error:
        raise kind(
            where=Path(str(target)).name,
            found=f"{what}書き込めませんでした{system_error_text(error)}",
            next_step=_write_advice(error),
            detail=f"{target}: {error}",
        ) from error


def system_error_text(error: Exception) -> str:
    """Return the reason of an OSError in brackets; empty for other errors.

    Paths are left out: they are no business of people in a browser.
    """
    system = error if isinstance(error, OSError) else None
    reason = REASONS.get(system.errno or 0, system.strerror) if system else None
    return f"（{reason}）" if reason else ""


def _write_advice(error: Exception) -> str:
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return "フォルダーを先に作るか、別の場所を指定してください"
    return "空き容量と書き込みの許可を確かめるか、別の場所を指定してください"


class EditionError(KyodoError):
    """An edition file is missing, damaged, foreign or of a newer version."""


class StorageError(KyodoError):
    """The data folder cannot be written: full, read-only or locked."""


class SourceDataError(KyodoError):
    """A shipped or uploaded file has wrong content."""


class BoundaryError(SourceDataError):
    """A boundary file does not hold exactly the expected districts."""


class AccessError(KyodoError):
    """A person lacks the role that an action requires."""


class AccountError(KyodoError):
    """The accounts file is invalid, or the signed-in identity cannot be established."""


class FilterError(KyodoError):
    """A filter value (address, command line) is unknown."""


class ExportError(KyodoError):
    """A file could not be written."""


class ArchiveError(KyodoError):
    """A backup cannot be written, is invalid, or cannot be restored here."""


class IntakeError(KyodoError):
    """An examined import cannot be published, or one of its files cannot be written."""


class StaleError(KyodoError):
    """The edition or review has been replaced since it was read (optimistic locking)."""


class ProposalError(KyodoError):
    """A proposal cannot be created, found or decided on."""


class DraftError(KyodoError):
    """A draft cannot be stored, or the drafts file cannot be used."""
