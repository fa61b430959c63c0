"""Examined reference data becomes a new edition, whole or not at all."""

from __future__ import annotations

import duckdb

from kyodo_geo.auth.roles import Person, Role, require
from kyodo_geo.editions import EditionStore
from kyodo_geo.editions.store import OnStep, refuse_another_edition
from kyodo_geo.imports.reference.reference_examination import ReferenceExamination, ReferencePlan
from kyodo_geo.imports.reference.sources import Source, write_card
from kyodo_geo.japanese import today


def publish(
    store: EditionStore,
    examination: ReferenceExamination[ReferencePlan],
    person: Person,
    source: Source | None = None,
    on_step: OnStep | None = None,
) -> int:
    """Publish what a file changes as one edition; returns its number.

    `source` is what pages will say of the file. Raises AccessError for anyone but an official,
    IntakeError if there is nothing to publish, StaleError if the edition is no longer the one
    the file was compared with, and whatever `EditionStore.publish` raises.
    """
    kind = examination.kind
    require(person, Role.OFFICIAL, kind.action)
    plan = examination.plan_to_publish(unusable="使えないファイルです")

    def change(con: duckdb.DuckDBPyConnection) -> None:
        refuse_another_edition(con, examination.edition_number, examination.file_name)
        plan.write(con)
        write_card(con, kind, source or Source(), examination.file_name, today())

    description = f"{kind.label}を {examination.file_name} に入れ替え（{plan.description}）"
    return store.publish(change, examination.publication(person, kind.action, description), on_step)
