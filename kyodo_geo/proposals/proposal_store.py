"""The SQLite file of proposals, opened per call, created with the first proposal."""

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
"""Decided proposals that are listed, the newest first."""


@dataclass(frozen=True)
class NewProposal:
    """A proposal that has no number yet."""

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
        """Return the store beside the editions of a data folder."""
        return cls(store.folder.with_name(PROPOSALS_FILE))

    def list_open(self, district_id: str | None = None) -> tuple[Proposal, ...]:
        """Return open proposals, oldest first, of one district or (None) of all."""
        wanted = {"open": ProposalState.PROPOSED, "district": district_id}
        return self._proposals(sql_text(__package__, "open_proposals"), wanted)

    def list_all(self, district_id: str | None) -> tuple[Proposal, ...]:
        """Return open proposals, then the newest MOST_LISTED decided ones; None: all districts."""
        wanted = {"open": ProposalState.PROPOSED, "district": district_id, "most": MOST_LISTED}
        decided = self._proposals(sql_text(__package__, "decided_proposals"), wanted)
        return self.list_open(district_id) + decided

    def find(self, number: int) -> Proposal | None:
        """Return a proposal by number, None if there is none."""
        query = "SELECT * FROM proposal WHERE number = :number"
        return next(iter(self._proposals(query, {"number": number})), None)

    def events(self, number: int) -> tuple[Event, ...]:
        """Return the state transitions of a proposal, oldest first."""
        query = "SELECT * FROM event WHERE proposal = :number ORDER BY rowid"
        return tuple(map(_event, self._file.rows(query, {"number": number})))

    def count_open(self, district_id: str | None = None) -> int:
        """Count open proposals of one district or (None) of all."""
        query = (
            "SELECT count(*) AS waiting FROM proposal"
            " WHERE state = :open AND (:district IS NULL OR district_id = :district)"
        )
        wanted = {"open": ProposalState.PROPOSED, "district": district_id}
        return sum(row["waiting"] for row in self._file.rows(query, wanted))

    def add(self, new: NewProposal, most_open: int, most_a_day: int) -> int:
        """Store a new proposal and return its number.

        Raises ProposalError if the district has `most_open` open ones, or made `most_a_day`
        within 24 hours.
        """
        now = datetime.now(UTC)
        with self._file.writing(creates=True) as con:
            # In the transaction, so that two processes cannot both be below the limit.
            _refuse_too_many(con, new.district_id, now, most_open, most_a_day)
            insert = sql_text(__package__, "insert_proposal")
            [number] = con.execute(insert, _insert_values(new, now)).fetchone()
            event = Event(now, new.proposed_by, None, ProposalState.PROPOSED, new.word)
            _insert_event(con, number, event)
        return int(number)

    def store_answer(self, number: int, answer: str) -> None:
        """Store the answer of an approval before its edition is published.

        Raises ProposalError if the proposal is no longer open.
        """
        query = "UPDATE proposal SET answer = ? WHERE number = ? AND state = ?"
        with self._file.writing() as con:
            if not con.execute(query, [answer, number, ProposalState.PROPOSED]).rowcount:
                raise _not_open_error(con, number)

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
        """Set the final state of an open proposal; `answer` None keeps the one noted before.

        Raises ProposalError if it has been decided already.
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
                raise _not_open_error(con, number)
            event = Event(at, by, ProposalState.PROPOSED, state, row["answer"])
            _insert_event(con, number, event)

    def _proposals(self, query: str, parameters: Mapping[str, Any]) -> tuple[Proposal, ...]:
        return tuple(map(_proposal, self._file.rows(query, parameters)))


def _insert_values(new: NewProposal, now: datetime) -> dict[str, Any]:
    # `entry` is left over: SQLite passes over what the statement does not name.
    return vars(new) | {
        "activity_id": new.entry.activity_id,
        "texts": json.dumps(dict(new.entry.texts), ensure_ascii=False),
        "before": json.dumps(dict(new.entry.before), ensure_ascii=False),
        "proposed_at": now.isoformat(),
        "state": ProposalState.PROPOSED,
    }


def _refuse_too_many(
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


def _insert_event(con: sqlite3.Connection, number: int, event: Event) -> None:
    at, *others = vars(event).values()
    row = [number, at.astimezone(UTC).isoformat(), *others]
    con.execute("INSERT INTO event VALUES (?, ?, ?, ?, ?, ?)", row)


def _not_open_error(con: sqlite3.Connection, number: int) -> ProposalError:
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
    values = dict(row)
    texts, before = (json.loads(values.pop(name)) for name in ("texts", "before"))
    entry = Entry(values.pop("activity_id"), texts, before)
    terms = {"kind": ProposalKind(row["kind"]), "state": ProposalState(row["state"])}
    times = {name: _time(row[name]) for name in ("proposed_at", "decided_at") if row[name]}
    return Proposal(entry=entry, **values | terms | times)


def _event(row: sqlite3.Row) -> Event:
    before = ProposalState(row["before"]) if row["before"] else None
    return Event(_time(row["at"]), row["by"], before, ProposalState(row["after"]), row["word"])


def _time(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(JAPAN)
