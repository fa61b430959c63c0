"""What officials do: approve a proposal, which makes a new edition, or send it back."""

from __future__ import annotations

from datetime import UTC, datetime

import duckdb

from kyodo_geo.auth.roles import Person, Role, require
from kyodo_geo.editions import Edition, EditionStore, Publication, delete_activities
from kyodo_geo.editions.store import DraftWriter, OnStep
from kyodo_geo.errors import ProposalError, StaleError
from kyodo_geo.imports.activities.form_entry import describe_entry, examine_entry
from kyodo_geo.imports.activities.publish_activities import import_writer
from kyodo_geo.proposals.proposal import Proposal, ProposalKind, ProposalState
from kyodo_geo.proposals.proposal_store import ProposalStore
from kyodo_geo.proposals.query import find_proposal, settle
from kyodo_geo.proposals.submit import LONGEST_WORD

APPROVE, SEND_BACK = "提案の承認", "提案の差し戻し"


def approve(
    store: EditionStore,
    number: int,
    person: Person,
    looked_at: int,
    word: str = "",
    on_step: OnStep | None = None,
) -> int:
    """Publish a proposal as a new edition and mark it; returns the edition's number.

    `looked_at` is the edition the official has seen it beside. Raises AccessError for anyone
    but an official, StaleError where there is a newer edition, ProposalError for one that has
    been decided on, and what examining and publishing raise. `on_step` is told the steps of the
    publication.
    """
    require(person, Role.OFFICIAL, APPROVE)
    _refuse_long(word)
    proposal, edition = find_proposal(store, number, person), store.current()
    if edition.info.number != looked_at:
        raise StaleError(
            where=proposal.name,
            found=f"見たあと（第{looked_at}版）に、新しい版ができました",
            next_step="何も変えていません。もう一度見てください",
        )
    change, said = _change(proposal, edition)
    box = ProposalStore.of(store)

    def of_an_open_one(con: duckdb.DuckDBPyConnection) -> None:
        # The lock is held: of two officials who decide at once only one gets beyond this.
        box.note_answer(number, word.strip())
        change(con)

    publication = Publication(
        person.name, APPROVE, f"{proposal.name}: {said}", (proposal.source_file,)
    )
    made = store.publish(of_an_open_one, publication, on_step)
    settle(store)
    return made


def send_back(store: EditionStore, number: int, person: Person, word: str) -> None:
    """Return an open proposal with a word to the council.

    Raises AccessError for anyone but an official, ProposalError without a word or for one that
    has been decided on.
    """
    require(person, Role.OFFICIAL, SEND_BACK)
    _refuse_long(word)
    if not word.strip():
        raise ProposalError(
            SEND_BACK, "理由がありません", next_step="地区の方に伝えることを書いてください"
        )
    # Decisions wait for each other, and for an approval that is being published.
    with store.locked():
        find_proposal(store, number, person)
        now = datetime.now(UTC)
        ProposalStore.of(store).decide(
            number, ProposalState.RETURNED, person.name, now, answer=word.strip()
        )


def _change(proposal: Proposal, edition: Edition) -> tuple[DraftWriter, str]:
    """What approving does to the edition, and what the log says of it."""
    entry = proposal.entry
    if proposal.kind is ProposalKind.REMOVAL:
        ids = [entry.activity_id]
        change = delete_activities.removal_writer(ids, edition.info.number)
        return change, delete_activities.describe_removal(
            edition, ids, proposal.word[: delete_activities.LONGEST_WHY]
        )
    examination = examine_entry(entry, edition, proposal.name)
    if examination.counts["refused"]:
        raise ProposalError(
            where=proposal.name,
            found="いまの版には、このままでは入れられません",
            next_step="見つかったことを見て、差し戻してください",
        )
    change = import_writer(examination)
    return change, describe_entry(entry, examination)


def _refuse_long(word: str) -> None:
    if len(word) > LONGEST_WORD:
        raise ProposalError(
            where="返事",
            found=f"{len(word):,}字あります",
            expected=f"{LONGEST_WORD:,}字までです",
            next_step="短くしてください",
        )
