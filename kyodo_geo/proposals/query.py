"""Read proposals: councils those of their own district, officials all (decision 24)."""

from __future__ import annotations

from contextlib import suppress

from kyodo_geo.auth.roles import Person, Role, require
from kyodo_geo.editions import EditionStore
from kyodo_geo.errors import ProposalError
from kyodo_geo.proposals.proposal import Event, Proposal, ProposalState
from kyodo_geo.proposals.proposal_store import ProposalStore

READ = "提案"


def list_proposals(store: EditionStore, person: Person) -> tuple[Proposal, ...]:
    """Return the proposals a person may see: open ones, oldest first, then the newest decided.

    Raises AccessError for readers: proposals may hold what must not be published.
    """
    require(person, Role.COUNCIL, READ)
    mark_approved(store)
    return ProposalStore.of(store).list_all(_visible_district(person))


def count_open(store: EditionStore, person: Person) -> int:
    """Count the open proposals a person may see. Raises AccessError for readers."""
    require(person, Role.COUNCIL, READ)
    # Without `mark_approved`, because every page asks: one that was just approved may still count.
    return ProposalStore.of(store).count_open(_visible_district(person))


def find_proposal(store: EditionStore, number: int, person: Person) -> Proposal:
    """Return one proposal.

    Raises ProposalError if there is none or it is another district's, AccessError for readers.
    """
    require(person, Role.COUNCIL, READ)
    mark_approved(store)
    proposal = ProposalStore.of(store).find(number)
    if proposal is None or not proposal.is_visible_to(person):
        raise ProposalError(
            where=f"提案第{number}号",
            found="見つからないか、ほかの地区の提案です",
            next_step="一覧から選んでください",
        )
    return proposal


def list_events(store: EditionStore, proposal: Proposal, person: Person) -> tuple[Event, ...]:
    """Return the events of a proposal, oldest first. Raises what `find_proposal` raises."""
    find_proposal(store, proposal.number, person)
    return ProposalStore.of(store).events(proposal.number)


def mark_approved(store: EditionStore) -> None:
    """Mark open proposals as approved if an edition has been made of them."""
    # Decision 24: no transaction spans both files. The edition comes first; where the process
    # was killed before the mark, it follows from the edition's log.
    proposals = ProposalStore.of(store)
    waiting = proposals.list_open()
    if not waiting:
        return
    made = {text: entry for entry in store.current().log for text in entry.source_files}
    for proposal in waiting:
        if entry := made.get(proposal.source_file):
            decision = ProposalState.APPROVED, entry.published_by, entry.published_at
            with suppress(ProposalError):  # another process has just marked it
                proposals.decide(proposal.number, *decision, edition=entry.number)


def _visible_district(person: Person) -> str | None:
    """Return the district whose proposals a person may see; None for all."""
    return None if person.role is Role.OFFICIAL else person.district_id
