"""Drafts of reviews: kept per person and activity in `drafts.sqlite`, bounded (decision 28)."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from kyodo_geo.auth.roles import Person, Role, require
from kyodo_geo.editions import EditionStore
from kyodo_geo.editions.sql import sql_text
from kyodo_geo.errors import DraftError
from kyodo_geo.japanese import JAPAN
from kyodo_geo.sqlite import SqliteFile

DRAFTS_FILE = "drafts.sqlite"
SCHEMA_VERSION = 1
MOST_A_PERSON = 50
LONGEST_TEXTS = 20_000
"""Characters of all fields together; a review that can be published has fewer."""

ACTION = "ふりかえりの下書き"

UPSERT = """
INSERT INTO draft VALUES (?, ?, ?, ?, ?)
ON CONFLICT DO UPDATE SET texts = excluded.texts, before = excluded.before,
                          saved_at = excluded.saved_at
"""


@dataclass(frozen=True)
class ReviewDraft:
    """Draft: texts of the form by field, texts of the review it replaces (empty for none).

    `saved_at` is Japanese time.
    """

    activity_id: str
    texts: Mapping[str, str]
    before: Mapping[str, str]
    saved_at: datetime


class Drafts:
    """All drafts of one person."""

    def __init__(self, store: EditionStore, person: Person) -> None:
        path = store.folder.with_name(DRAFTS_FILE)
        schema = sql_text(__package__, "drafts")
        self._file = SqliteFile(path, "下書きのファイル", schema, SCHEMA_VERSION, DraftError)
        self._person = person

    def load_all(self) -> tuple[ReviewDraft, ...]:
        """List the person's drafts, the latest first. Raises StorageError or DraftError."""
        query = "SELECT * FROM draft WHERE person = :person ORDER BY saved_at DESC, activity_id"
        rows = self._file.rows(query, {"person": self._person.name})
        return tuple(_draft(row) for row in rows)

    def find(self, activity_id: str) -> ReviewDraft | None:
        """Return the person's draft of one activity; None if there is none."""
        return next((draft for draft in self.load_all() if draft.activity_id == activity_id), None)

    def save(self, activity_id: str, texts: Mapping[str, str], before: Mapping[str, str]) -> None:
        """Store the texts of the form, and those of the review it replaces.

        Raises AccessError for anyone but an official, DraftError for texts that are too long
        and for more than MOST_A_PERSON drafts, StorageError where nothing can be written.
        """
        require(self._person, Role.OFFICIAL, ACTION)
        if (written := sum(map(len, texts.values()))) > LONGEST_TEXTS:
            raise DraftError(
                where=ACTION,
                found=f"{written:,}字あります",
                expected=f"残せるのは{LONGEST_TEXTS:,}字までです",
                next_step="短くしてください",
            )
        now = datetime.now(UTC).isoformat()
        stored = (json.dumps(dict(part), ensure_ascii=False) for part in (texts, before))
        with self._file.writing(creates=True) as con:
            self._refuse_more(con, activity_id)
            con.execute(UPSERT, [self._person.name, activity_id, *stored, now])

    def delete(self, activity_id: str) -> None:
        """Delete a draft, if there is one. Raises AccessError like `save`."""
        require(self._person, Role.OFFICIAL, ACTION)
        # Asked first: without a file there is nothing that could be opened for writing.
        if self.find(activity_id):
            with self._file.writing() as con:
                query = "DELETE FROM draft WHERE person = ? AND activity_id = ?"
                con.execute(query, [self._person.name, activity_id])

    def _refuse_more(self, con: sqlite3.Connection, activity_id: str) -> None:
        query = "SELECT count(*) FROM draft WHERE person = ? AND activity_id <> ?"
        [others] = con.execute(query, [self._person.name, activity_id]).fetchone()
        if others >= MOST_A_PERSON:
            raise DraftError(
                where=ACTION,
                found=f"書きかけのふりかえりが{others:,}件あり、これ以上は残せません",
                next_step="書きかけのものを公開するか、捨ててください",
            )


def _draft(row: sqlite3.Row) -> ReviewDraft:
    saved_at = datetime.fromisoformat(row["saved_at"]).astimezone(JAPAN)
    texts, before = json.loads(row["texts"]), json.loads(row["before"])
    return ReviewDraft(row["activity_id"], texts, before, saved_at)
