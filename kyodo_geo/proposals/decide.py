"""Decide on proposals: approve (publishes an edition) or send back; for officials."""

from __future__ import annotations

from datetime import UTC, datetime

import duckdb

from kyodo_geo.auth.roles import Person, Role, require
from kyodo_geo.editions import Edition, EditionStore, Publication
from kyodo_geo.editions.delete_activities import LONGEST_WHY, describe_removal, removal_writer
from kyodo_geo.editions.store import DraftWriter, OnStep
from kyodo_geo.errors import ProposalError, StaleError
from kyodo_geo.imports.activities.form_entry import describe_entry, examine_entry
from kyodo_geo.imports.activities.publish_activities import import_writer
from kyodo_geo.proposals.proposal import Proposal, ProposalKind, ProposalState
from kyodo_geo.proposals.proposal_store import ProposalStore
from kyodo_geo.proposals.query import find_proposal, mark_approved
from kyodo_geo.proposals.submit import LONGEST_WORD, refuse_long

APPROVE, SEND_BACK = "提案の承認", "提案の差し戻し"


def approve(
    store: EditionStore,
    number: int,
    person: Person,
    looked_at: int,
    word: str = "",
    on_step: OnStep | None = None,
) -> int:
    """Publish a proposal as a new edition and mark it; return the edition's number.

    `looked_at` is the edition it was compared with. Raises AccessError for anyone but an
    official, StaleError if there is a newer edition, ProposalError if it is no longer open, and
    what examination and `EditionStore.publish` raise. `on_step` gets the publication's steps.
    """
    require(person, Role.OFFICIAL, APPROVE)
    refuse_long("返事", len(word), LONGEST_WORD)
    proposal, edition = find_proposal(store, number, person), store.current()
    if edition.info.number != looked_at:
        raise StaleError(
            where=proposal.name,
            found=f"見たあと（第{looked_at}版）に、新しい版ができました",
            next_step="何も変えていません。もう一度見てください",
        )
    change, summary = _described_change(proposal, edition)

    def change_if_open(con: duckdb.DuckDBPyConnection) -> None:
        # The lock is held: of two officials who decide at once only one gets beyond this.
        ProposalStore.of(store).store_answer(number, word.strip())
        change(con)

    description = f"{proposal.name}: {summary}"
    publication = Publication(person.name, APPROVE, description, (proposal.source_file,))
    made = store.publish(change_if_open, publication, on_step)
    mark_approved(store)
    return made


def send_back(store: EditionStore, number: int, person: Person, word: str) -> None:
    """Return an open proposal to the council with a reason.

    Raises AccessError for anyone but an official, ProposalError if `word` is empty or the
    proposal is no longer open.
    """
    require(person, Role.OFFICIAL, SEND_BACK)
    refuse_long("返事", len(word), LONGEST_WORD)
    if not word.strip():
        raise ProposalError(
            SEND_BACK, "理由がありません", next_step="地区の方に伝えることを書いてください"
        )
    # Under the editions' lock, so that it cannot come between an approval and its edition.
    with store.locked():
        find_proposal(store, number, person)
        now = datetime.now(UTC)
        ProposalStore.of(store).decide(
            number, ProposalState.RETURNED, person.name, now, answer=word.strip()
        )


def _described_change(proposal: Proposal, edition: Edition) -> tuple[DraftWriter, str]:
    """Return the change an approval makes, and its description for the log."""
    entry = proposal.entry
    if proposal.kind is ProposalKind.REMOVAL:
        ids, why = [entry.activity_id], proposal.word[:LONGEST_WHY]
        return removal_writer(ids, edition.info.number), describe_removal(edition, ids, why)
    examination = examine_entry(entry, edition, proposal.name)
    if examination.counts["refused"]:
        raise ProposalError(
            where=proposal.name,
            found="いまの版には、このままでは入れられません",
            next_step="見つかったことを見て、差し戻してください",
        )
    return import_writer(examination), describe_entry(entry, examination)
