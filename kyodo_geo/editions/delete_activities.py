"""Activities taken out of the record: a new edition without them; earlier ones keep them."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from kyodo_geo.auth.roles import Person, Role, require
from kyodo_geo.editions.edition import Edition
from kyodo_geo.editions.sql import fetch_rows
from kyodo_geo.editions.store import (
    DraftWriter,
    EditionStore,
    OnStep,
    Publication,
    refuse_another_edition,
)
from kyodo_geo.errors import EditionError

REMOVE = "削除"
LONGEST_WHY = 500
MOST_NAMED = 5
"""Activities that the log names; the comparison of the editions has all."""

WANTED = "(SELECT unnest($ids))"


def remove(
    store: EditionStore,
    ids: Sequence[str],
    person: Person,
    why: str,
    on_step: OnStep | None = None,
    *,
    looked_at: int | None = None,
) -> int:
    """Publish an edition without these activities and what hangs on them; returns its number.

    `looked_at` is the edition they were looked at in: with another one nothing is done. Raises
    AccessError for anyone but an official, EditionError without a reason, for ids that are not
    there and for activities that others go on from, StaleError for another edition.
    """
    require(person, Role.OFFICIAL, REMOVE)
    edition = store.current()
    if looked_at is None:
        looked_at = edition.info.number
    publication = Publication(person.name, REMOVE, describe_removal(edition, ids, why))
    return store.publish(removal_writer(ids, looked_at), publication, on_step)


def describe_removal(edition: Edition, ids: Sequence[str], why: str) -> str:
    """What is removed and why, for the log. Raises EditionError without a reason."""
    reason = " ".join(why.split())
    if not 0 < len(reason) <= LONGEST_WHY:
        raise EditionError(
            where=REMOVE,
            found="理由がありません" if not reason else f"理由が{len(reason):,}字あります",
            next_step=f"削除する理由を{LONGEST_WHY}字までで書いてください",
        )
    query = f"SELECT id, title FROM activity WHERE id IN {WANTED} ORDER BY id"
    names = [f"{row.id}「{row.title}」" for row in edition.rows(query, {"ids": list(ids)})]
    rest = f"ほか{len(names) - MOST_NAMED:,}件" if len(names) > MOST_NAMED else ""
    return f"{'、'.join(names[:MOST_NAMED])}{rest}を削除（理由: {reason}）"


def removal_writer(ids: Sequence[str], looked_at: int) -> DraftWriter:
    """What takes activities, and what hangs on them, out of an edition."""
    wanted = {"ids": list(dict.fromkeys(ids))}

    def change(con: duckdb.DuckDBPyConnection) -> None:
        refuse_another_edition(con, looked_at, REMOVE)
        _refuse_unknown(con, wanted)
        _refuse_continued(con, wanted)
        for table in ("rating", "review"):
            con.execute(f"DELETE FROM {table} WHERE activity_id IN {WANTED}", wanted)
        con.execute(f"DELETE FROM activity WHERE id IN {WANTED}", wanted)

    return change


def _refuse_unknown(con: duckdb.DuckDBPyConnection, wanted: dict[str, list[str]]) -> None:
    query = f"SELECT id FROM activity WHERE id IN {WANTED}"
    there = {row.id for row in fetch_rows(con, query, wanted)}
    unknown = [activity_id[:40] for activity_id in wanted["ids"] if activity_id not in there]
    if unknown or not there:
        raise EditionError(
            where=REMOVE,
            found=f"活動「{'」「'.join(unknown)}」は、いまの版にありません",
            expected="何も変えていません",
            next_step="活動の番号を確かめてください",
        )


def _refuse_continued(con: duckdb.DuckDBPyConnection, wanted: dict[str, list[str]]) -> None:
    query = (
        f"SELECT id FROM activity WHERE continues IN {WANTED} AND id NOT IN {WANTED} ORDER BY id"
    )
    going_on = [row.id for row in fetch_rows(con, query, wanted)]
    if going_on:
        named = "、".join(going_on[:MOST_NAMED])
        raise EditionError(
            where=REMOVE,
            found=f"{named}が、この活動の続きとされています",
            expected="何も変えていません",
            next_step="先に、その活動の「続きのもと」を直してください",
        )
