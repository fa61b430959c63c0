"""Errors a user can act on: where, what was found, what was expected, what to do next.

Every message is Japanese and complete; a page shows it, the command line prints it on
stderr. Anything else that is raised is a defect of ours and goes to the log.
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
"""What systems say in English; rarer reasons stay as they are."""


class KyodoError(Exception):
    """A refusal in one Japanese message.

    `where` names the file, row or setting, `found` what stood there, `expected` what
    would have been right and `next_step` what the reader can do now. Parts that do not
    apply may stay empty. `detail` is for whoever runs the server (command line, log) and no
    part of the message: paths, and what the system said.
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
        """The whole message, one sentence after the other."""
        parts = [f"{self.where}: {self.found}" if self.where else self.found]
        parts += [part for part in (self.expected, self.next_step) if part]
        return "".join(part if part.endswith("。") else f"{part}。" for part in parts)

    @property
    def sentence_in_detail(self) -> str:
        """The message for whoever runs the server."""
        return f"{self.sentence}（{self.detail}）" if self.detail else self.sentence


@contextmanager
def refusal_to_write(
    kind: type[KyodoError], target: object, what: str = "", also: tuple[type[Exception], ...] = ()
) -> Iterator[None]:
    """What the system refuses while `target` is written, as an error of ours.

    `what` names what could not be written, `also` other exceptions that mean the same.
    """
    try:
        yield
    except Exception as error:
        if not isinstance(error, (OSError, *also)):
            raise
        raise kind(
            where=Path(str(target)).name,
            found=f"{what}書き込めませんでした{system_error_text(error)}",
            next_step=_write_advice(error),
            detail=f"{target}: {error}",
        ) from error


def system_error_text(error: Exception) -> str:
    """The reason of a failure in brackets; empty where it would name places of the server."""
    system = error if isinstance(error, OSError) else None
    reason = REASONS.get(system.errno or 0, system.strerror) if system else None
    return f"（{reason}）" if reason else ""


def _write_advice(error: Exception) -> str:
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return "フォルダーを先に作るか、別の場所を指定してください"
    return "空き容量と書き込みの許可を確かめるか、別の場所を指定してください"


class EditionError(KyodoError):
    """An edition file is missing, damaged, foreign or made by a newer version."""


class StorageError(KyodoError):
    """The data folder cannot be written: full, read-only or locked."""


class SourceDataError(KyodoError):
    """A file that ships or is handed in does not hold what it should."""


class BoundaryError(SourceDataError):
    """A boundary file is not the 27 districts it should be."""


class AccessError(KyodoError):
    """Somebody without the role wants to write."""


class AccountError(KyodoError):
    """The file of accounts cannot be used, or who has signed in cannot be told."""


class FilterError(KyodoError):
    """A filter value (address, command line) is not one of the known ones."""


class ExportError(KyodoError):
    """A file could not be written."""


class ArchiveError(KyodoError):
    """A backup could not be written, is not what it should be, or must not be put in place."""


class IntakeError(KyodoError):
    """What was examined cannot be published, or a file around it cannot be written."""


class StaleError(KyodoError):
    """There is something newer than what was looked at: look again before it is changed."""


class ProposalError(KyodoError):
    """A proposal cannot be made, found or decided on."""


class DraftError(KyodoError):
    """A draft cannot be kept, or the file of drafts cannot be used."""
