"""The file of proposals: SQLite, opened for each call, made with the first proposal."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from kyodo_geo.editions import EditionStore
from kyodo_geo.editions.backup import PROPOSALS_FILE
from kyodo_geo.editions.sql import sql_text
from kyodo_geo.errors import ProposalError
from kyodo_geo.imports.activities.form_entry import Entry
from kyodo_geo.japanese import JAPAN
from kyodo_geo.proposals.proposal import Event, Proposal, ProposalKind, ProposalState
from kyodo_geo.sqlite import SqliteFile

SCHEMA_VERSION = 1

MOST_LISTED = 500
"""Proposals that have been decided on and are listed, the newest first."""


@dataclass(frozen=True)
class NewProposal:
    """What a proposal is made of before it has a number."""

    kind: ProposalKind
    entry: Entry
    base_edition: int
    word: str
    proposed_by: str
    district_id: str


class ProposalStore:
    """All proposals of one data folder."""

    def __init__(self, path: Path) -> None:
        schema = sql_text(__package__, "schema")
        self._file = SqliteFile(path, "提案のファイル", schema, SCHEMA_VERSION, ProposalError)

    @classmethod
    def of(cls, store: EditionStore) -> ProposalStore:
        """The box beside the editions of a store."""
        return cls(store.folder.with_name(PROPOSALS_FILE))

    def open_ones(self) -> tuple[Proposal, ...]:
        """Those nobody has decided on, oldest first."""
        return self._proposals(
            sql_text(__package__, "open_proposals"),
            {"open": ProposalState.PROPOSED, "district": None},
        )

    def listed(self, district_id: str | None) -> tuple[Proposal, ...]:
        """Open ones, oldest first, then the others, newest first; None is every district."""
        wanted = {"open": ProposalState.PROPOSED, "district": district_id, "most": MOST_LISTED}
        first, then = (sql_text(__package__, f"{name}_proposals") for name in ("open", "decided"))
        return self._proposals(first, wanted) + self._proposals(then, wanted)

    def find(self, number: int) -> Proposal | None:
        """One proposal; None if there is none of this number."""
        query = "SELECT * FROM proposal WHERE number = :number"
        return next(iter(self._proposals(query, {"number": number})), None)

    def events(self, number: int) -> tuple[Event, ...]:
        """What has become of a proposal, oldest first."""
        query = "SELECT * FROM event WHERE proposal = :number ORDER BY rowid"
        return tuple(map(_event, self._file.rows(query, {"number": number})))

    def count_open(self, district_id: str | None = None) -> int:
        """How many wait for a decision, in a district or in all."""
        query = (
            "SELECT count(*) AS waiting FROM proposal"
            " WHERE state = :open AND (:district IS NULL OR district_id = :district)"
        )
        wanted = {"open": ProposalState.PROPOSED, "district": district_id}
        return sum(row["waiting"] for row in self._file.rows(query, wanted))

    def add(self, new: NewProposal, most_open: int, most_a_day: int) -> int:
        """Keep a new proposal; returns its number.

        Raises ProposalError where the district has `most_open` open ones, or has made
        `most_a_day` within a day.
        """
        now = datetime.now(UTC)
        with self._file.writing(creates=True) as con:
            _refuse_more(con, new.district_id, now, most_open, most_a_day)
            insert = sql_text(__package__, "insert_proposal")
            [number] = con.execute(insert, _insert_values(new, now)).fetchone()
            _insert_event(con, number, now, new.proposed_by, None, ProposalState.PROPOSED, new.word)
        return int(number)

    def note_answer(self, number: int, answer: str) -> None:
        """Keep the word of an approval that is about to be made, if nobody has decided yet."""
        query = "UPDATE proposal SET answer = ? WHERE number = ? AND state = ?"
        with self._file.writing() as con:
            if not con.execute(query, [answer, number, ProposalState.PROPOSED]).rowcount:
                raise _decided_already(con, number)

    def decide(
        self,
        number: int,
        state: ProposalState,
        by: str,
        at: datetime,
        *,
        answer: str | None = None,
        edition: int | None = None,
    ) -> None:
        """Take an open proposal to another state; `answer` None keeps the one noted before.

        Raises ProposalError for one that has been decided on already.
        """
        with self._file.writing() as con:
            values = {
                "number": number,
                "open": ProposalState.PROPOSED,
                "state": state,
                "decided_by": by,
                "decided_at": at.astimezone(UTC).isoformat(),
                "answer": answer,
                "edition": edition,
            }
            row = con.execute(sql_text(__package__, "decide_proposal"), values).fetchone()
            if row is None:
                raise _decided_already(con, number)
            _insert_event(con, number, at, by, ProposalState.PROPOSED, state, row["answer"])

    def _proposals(self, query: str, parameters: Mapping[str, Any]) -> tuple[Proposal, ...]:
        return tuple(map(_proposal, self._file.rows(query, parameters)))


def _insert_values(new: NewProposal, now: datetime) -> dict[str, Any]:
    return {
        "kind": new.kind,
        "activity_id": new.entry.activity_id,
        "texts": json.dumps(dict(new.entry.texts), ensure_ascii=False),
        "before": json.dumps(dict(new.entry.before), ensure_ascii=False),
        "base_edition": new.base_edition,
        "word": new.word,
        "proposed_by": new.proposed_by,
        "district_id": new.district_id,
        "proposed_at": now.isoformat(),
        "state": ProposalState.PROPOSED,
    }


def _refuse_more(
    con: sqlite3.Connection, district_id: str, now: datetime, most_open: int, most_a_day: int
) -> None:
    day_before = datetime.fromtimestamp(now.timestamp() - 86_400, UTC).isoformat()
    wanted = {"open": ProposalState.PROPOSED, "since": day_before, "district": district_id}
    count = con.execute(sql_text(__package__, "count_recent"), wanted).fetchone()
    if count["waiting"] >= most_open or count["recent"] >= most_a_day:
        found = (
            f"返事を待つ提案が{count['waiting']:,}件あります"
            if count["waiting"] >= most_open
            else f"この1日に{count['recent']:,}件の提案がありました"
        )
        raise ProposalError(
            where="提案",
            found=f"この地区では、{found}。これ以上は受け付けられません",
            next_step="返事を待つか、要らない提案を取り下げてください",
        )


def _insert_event(
    con: sqlite3.Connection,
    number: int,
    at: datetime,
    by: str,
    before: ProposalState | None,
    after: ProposalState,
    word: str,
) -> None:
    row = [number, at.astimezone(UTC).isoformat(), by, before, after, word]
    con.execute("INSERT INTO event VALUES (?, ?, ?, ?, ?, ?)", row)


def _decided_already(con: sqlite3.Connection, number: int) -> ProposalError:
    query = "SELECT state, decided_by FROM proposal WHERE number = ?"
    row = con.execute(query, [number]).fetchone()
    if row is None:
        return ProposalError(f"提案第{number}号", "見つかりません")
    return ProposalError(
        where=f"提案第{number}号",
        found=f"もう「{row['state']}」になっています（{row['decided_by']}）",
        expected="何も変えていません",
        next_step="提案を開き直して、確かめてください",
    )


def _proposal(row: sqlite3.Row) -> Proposal:
    entry = Entry(row["activity_id"], json.loads(row["texts"]), json.loads(row["before"]))
    return Proposal(
        number=row["number"],
        kind=ProposalKind(row["kind"]),
        entry=entry,
        base_edition=row["base_edition"],
        word=row["word"],
        proposed_by=row["proposed_by"],
        district_id=row["district_id"],
        proposed_at=_time(row["proposed_at"]),
        state=ProposalState(row["state"]),
        decided_by=row["decided_by"],
        decided_at=_time(row["decided_at"]) if row["decided_at"] else None,
        answer=row["answer"],
        edition=row["edition"],
    )


def _event(row: sqlite3.Row) -> Event:
    return Event(
        at=_time(row["at"]),
        by=row["by"],
        before=ProposalState(row["before"]) if row["before"] else None,
        after=ProposalState(row["after"]),
        word=row["word"],
    )


def _time(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(JAPAN)
