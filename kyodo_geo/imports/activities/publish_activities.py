"""An examined file becomes a new edition, whole or not at all."""

from __future__ import annotations

import duckdb

from kyodo_geo.auth.roles import Person, Role, require
from kyodo_geo.editions import EditionStore
from kyodo_geo.editions.load import insert_incoming
from kyodo_geo.editions.sql import sql_text
from kyodo_geo.editions.store import DraftWriter, OnStep, refuse_another_edition
from kyodo_geo.imports.activities.activity_examination import ActivityExamination

ACTION = "取り込み"

CLEAN_UP = "DROP VIEW incoming; DROP TABLE unchanged"


def publish(
    store: EditionStore,
    examination: ActivityExamination,
    person: Person,
    on_step: OnStep | None = None,
) -> int:
    """Publish the new and changed activities as one edition; returns its number.

    The whole table is written anew, newest first, so that lists need no sort and files come
    in the same order as ever. Raises AccessError for anyone but an official, IntakeError if
    there is nothing to publish, StaleError if the edition is no longer the one the file was
    compared with, and whatever `EditionStore.publish` raises.
    """
    require(person, Role.OFFICIAL, ACTION)
    writer = import_writer(examination)
    publication = examination.publication(person, ACTION, _description(examination))
    return store.publish(writer, publication, on_step)


def import_writer(examination: ActivityExamination) -> DraftWriter:
    """Build what makes an edition hold the new and changed activities of a file.

    Raises IntakeError if there are none. Applied to an edition other than the one the file was
    compared with, it raises StaleError.
    """
    incoming = examination.incoming()

    def change(con: duckdb.DuckDBPyConnection) -> None:
        refuse_another_edition(con, examination.edition_number, examination.file_name)
        con.register("examined", incoming)
        con.execute(sql_text(__package__, "take_in_examined"))
        insert_incoming(con)
        con.execute(CLEAN_UP)
        con.unregister("examined")

    return change


def _description(examination: ActivityExamination) -> str:
    counts = examination.counts
    taken = f"新規{counts['new']:,}件、変更{counts['changed']:,}件"
    if counts["refused"]:
        taken += f"、取り込めなかった行{counts['refused']:,}件"
    return f"{examination.file_name} を取り込み（{taken}）"
